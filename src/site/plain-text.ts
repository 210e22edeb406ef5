import type { Shape, ShapeDef } from '../../spec/kernel/shape.js'
import { actors, roles } from '../../spec/versions/genesis.js'
import { toPlain, type Plain } from '../codec/plain.js'
import { ss58Encode } from '../codec/ss58.js'

/** Values for people's eyes. */

/** Nobody reads more of a value than this; a hostile file may hold megabytes of it. */
const longest = 600
const most = 200

/** The value, with endless texts and lists cut off. */
export function shortened(value: Plain): Plain {
  if (typeof value === 'string') return value.length > longest ? `${value.slice(0, longest)}… (${value.length} characters)` : value
  if (typeof value !== 'object' || value === null) return value
  if (isList(value))
    return value.length > most ? [...value.slice(0, most).map(shortened), `… (${value.length} elements)`] : value.map(shortened)
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shortened(part)]))
}
const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value)

/** Address → name of the accounts that cases use. */
export const accountNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...actors, ...roles }).map(([name, who]) => [ss58Encode(who), name]),
)

export const keyText = (shape: Shape<unknown>, value: unknown): Plain => shortened(toPlain(shape, value))

/** An entity's key in memory as text: an account's bytes have no other shape to be told by than their length. */
export function entityText(key: unknown): string {
  if (key === undefined) return ''
  if (typeof key === 'number' || typeof key === 'bigint') return String(key)
  if (typeof key !== 'string') return ''
  if (key.length === 32) return accountNames[ss58Encode(key as never)] ?? ss58Encode(key as never)
  return /^[ -~]*$/.test(key) ? key.slice(0, 80) : `0x${Buffer.from(key, 'latin1').toString('hex').slice(0, 80)}`
}

/** A shape as a type that a Rust or TypeScript developer recognises. */
export function typeText(shape: ShapeDef, depth = 0): string {
  switch (shape.kind) {
    case 'option':
      return `Option<${typeText(shape.of, depth)}>`
    case 'vec':
      return `Vec<${typeText(shape.of, depth)}>`
    case 'array':
      return `[${typeText(shape.of, depth)}; ${shape.length}]`
    case 'fixed':
      return `[u8; ${shape.length}]`
    case 'tuple':
      return `(${shape.of.map((of) => typeText(of, depth)).join(', ')})`
    case 'struct':
      return depth > 2 ? '{ … }' : `{ ${shape.fields.map(([name, of]) => `${name}: ${typeText(of, depth + 1)}`).join(', ')} }`
    case 'enum':
      return depth > 1 || shape.variants.length > 12
        ? 'enum'
        : shape.variants.map(([name, , of]) => (of.kind === 'unit' ? name : `${name}(${typeText(of, depth + 1)})`)).join(' | ')
    case 'compact':
      return `Compact<${shape.big ? 'u128' : 'u32'}>`
    case 'ref':
      return depth > 0 ? 'Call' : typeText(shape.get(), depth + 1)
    case 'bytes':
      return 'Vec<u8>'
    case 'account':
      return 'AccountId'
    case 'unit':
      return '()'
    default:
      return shape.kind
  }
}
