import type { ShapeDef } from '../spec/kernel/shape.js'
import type { Draw } from './draw.js'
import { maker, type Maker } from './maker.js'

/** The longest argument that decodes, by `Pallet.call.path`; `[]` in a path names the elements of a list. */
export type ArgumentLimits = Readonly<Record<string, number>>

/**
 * Makers of calls with one argument at its greatest length, or longer by one: such an extrinsic does not decode.
 * @param makers make the rest of the call, and stand for all calls that the table names
 */
export const longest = (limits: ArgumentLimits, makers: readonly Maker[]): readonly Maker[] =>
  makers.flatMap(({ call, make }) => {
    const prefix = `${call.pallet}.${call.name}.`
    const paths = Object.keys(limits).filter((path) => path.startsWith(prefix))
    if (paths.length === 0) return []
    return maker({
      call,
      weight: 0.15,
      make: (d: Draw) => {
        const { who, args } = make(d)
        const form = call.argsLike(args)
        const path = d.pick(paths.filter((one) => hasField(form, steps(one.slice(prefix.length))[0])))
        const length = limits[path]! + (d.chance(25) ? 1 : 0)
        return { who, args: lengthen(form, args, steps(path.slice(prefix.length)), length) }
      },
    })
  })

/** False for an argument that the call has at another version. */
const hasField = (form: ShapeDef, name: string | undefined): boolean =>
  form.kind === 'struct' && form.fields.some(([field]) => field === name)
const steps = (path: string): readonly string[] => path.replaceAll('[]', '.[]').split('.')

/** The value with what stands at a path at a length: digits, which most texts may consist of, or copies of a list's first element. */
function lengthen(shape: ShapeDef, value: unknown, path: readonly string[], length: number): unknown {
  const [head, ...rest] = path
  if (shape.kind === 'option') return lengthen(shape.of, value ?? least(shape.of), path, length)
  if (shape.kind === 'struct' && head !== undefined) {
    const fields = value as Readonly<Record<string, unknown>>
    const of = shape.fields.find(([name]) => name === head)![1]
    return { ...fields, [head]: lengthen(of, fields[head], rest, length) }
  }
  if (shape.kind === 'vec') {
    const list = value as readonly unknown[]
    const first = list[0] ?? least(shape.of)
    if (head === undefined) return Array.from({ length }, (_, i) => list[i] ?? first)
    return [lengthen(shape.of, first, rest, length), ...list.slice(1)]
  }
  return '0'.repeat(length)
}

/** The least value of a shape: nothing in it. */
function least(shape: ShapeDef): unknown {
  if (shape.kind === 'struct') return Object.fromEntries(shape.fields.map(([name, of]) => [name, least(of)]))
  return shape.kind === 'vec' ? [] : shape.kind === 'option' ? undefined : ''
}
