/** Arguments as expressions of JavaScript with `@polkadot/api`. */
import type { ShapeDef } from '../../spec/kernel/shape.js'
import type { Ref } from '../../model/step.js'
import { actors } from '../../spec/versions/genesis.js'
import { toPlain, type Plain } from '../codec/plain.js'
import { ss58Encode } from '../codec/ss58.js'

const lower = (name: string): string => name[0]!.toLowerCase() + name.slice(1)
/** A pallet as polkadot-js calls it: `TFTBridgeModule` is `tftBridgeModule`. */
export const sectionOf = (pallet: string): string => pallet.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (start) => start.toLowerCase())

const people = new Map(Object.entries(actors).map(([name, who]) => [ss58Encode(who), name]))
/** The name of somebody of the development accounts. */
export const personOf = (address: string): string | undefined => people.get(address)

/**
 * @param refs handles with their paths below this value
 */
export function expression(shape: ShapeDef, plain: Plain, refs: readonly Ref[]): string {
  const handle = refs.find(({ path }) => path.length === 0)
  if (handle !== undefined) return `created(${JSON.stringify(handle.kind)}, ${handle.by})`
  const below = (head: string | number): readonly Ref[] =>
    refs.filter(({ path }) => path[0] === head).map((ref) => ({ ...ref, path: ref.path.slice(1) }))
  const inside = plain as Readonly<Record<string | number, Plain>>
  switch (shape.kind) {
    case 'ref':
      return call(shape.get(), inside, refs)
    case 'option':
      return plain === null ? 'null' : expression(shape.of, plain, refs)
    case 'vec':
    case 'array':
      return Array.isArray(plain)
        ? `[${plain.map((element: Plain, i) => expression(shape.of, element, below(i))).join(', ')}]`
        : JSON.stringify(plain)
    case 'tuple':
      return `[${shape.of.map((of, i) => expression(of, inside[i]!, below(i))).join(', ')}]`
    case 'struct':
      return `{ ${shape.fields.map(([name, of]) => `${name}: ${expression(of, inside[name]!, below(name))}`).join(', ')} }`
    case 'enum': {
      const { type, value } = plain as { readonly type: string; readonly value?: Plain }
      const of = shape.variants.find(([name]) => name === type)![2]
      return `{ ${type}: ${value === undefined ? 'null' : expression(of, value, below('value'))} }`
    }
    default: {
      const name = typeof plain === 'string' ? personOf(plain) : undefined
      return name === undefined ? JSON.stringify(plain) : `${name}.address`
    }
  }
}

/** A call inside a call. */
function call(shape: ShapeDef, plain: Readonly<Record<string, Plain>>, refs: readonly Ref[]): string {
  const { type: pallet, value } = plain as unknown as {
    readonly type: string
    readonly value: { readonly type: string; readonly value?: Plain }
  }
  const inside = (of: ShapeDef, name: string): ShapeDef => (of.kind === 'enum' ? of.variants.find(([one]) => one === name)![2] : of)
  const args = inside(inside(shape, pallet), value.type)
  const below = refs.map((ref) => ({ ...ref, path: ref.path.slice(2) }))
  return callExpression(pallet, value.type, args, value.value ?? null, below)
}

/** `api.tx.section.method(…)` of a call's arguments in plain form. */
export function callExpression(pallet: string, name: string, shape: ShapeDef, plain: Plain, refs: readonly Ref[]): string {
  const fields = shape.kind === 'struct' ? shape.fields : []
  const args = fields.map(([field, of]) => {
    const below = refs.filter(({ path }) => path[0] === field).map((ref) => ({ ...ref, path: ref.path.slice(1) }))
    return expression(of, (plain as Readonly<Record<string, Plain>>)[field]!, below)
  })
  return `api.tx.${sectionOf(pallet)}.${lower(name)}(${args.join(', ')})`
}

export const plainArgs = (shape: ShapeDef, args: unknown): Plain => toPlain<unknown>(shape, args)
