import { Defect } from './defect.js'
import type { ShapeDef } from './shape.js'

/** How long values of a shape are: always the same, or told by the value. */
type Measure = number | ((value: never) => number)

/** Every extrinsic is measured, so a shape is turned into functions once. */
const measures = new WeakMap<ShapeDef, Measure>()

/** The number of SCALE bytes of a value. Extrinsics pay for their length, so the spec has to know it. */
export function encodedLength(shape: ShapeDef, value: unknown): number {
  const measure = measureOf(shape)
  return typeof measure === 'number' ? measure : measure(value as never)
}

function measureOf(shape: ShapeDef): Measure {
  let measure = measures.get(shape)
  if (measure === undefined) measures.set(shape, (measure = compile(shape)))
  return measure
}

function compile(shape: ShapeDef): Measure {
  switch (shape.kind) {
    case 'unit':
      return 0
    case 'u8':
    case 'bool':
      return 1
    case 'u16':
      return 2
    case 'u32':
    case 'i32':
      return 4
    case 'u64':
    case 'i64':
      return 8
    case 'u128':
      return 16
    case 'account':
      return 32
    case 'fixed':
      return shape.length
    case 'bytes':
      return (value: string) => compactLength(value.length) + value.length
    case 'compact':
      return compactLength
    case 'option': {
      const of = calling(measureOf(shape.of))
      return (value: unknown) => (value === undefined ? 1 : 1 + of(value))
    }
    case 'vec': {
      const elements = elementsOf(measureOf(shape.of))
      return (values: readonly unknown[]) => compactLength(values.length) + elements(values)
    }
    case 'array':
      return elementsOf(measureOf(shape.of))
    case 'tuple':
      return partsOf(shape.of.map((of, i) => [i, measureOf(of)]))
    case 'struct':
      return partsOf(shape.fields.map(([name, of]) => [name, measureOf(of)]))
    case 'enum': {
      const variants = new Map(shape.variants.map(([name, , of]) => [name, calling(measureOf(of))]))
      return ({ type, value }: { readonly type: string; readonly value?: unknown }) => {
        const variant = variants.get(type)
        if (variant === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no variant ${type}`)
        return 1 + variant(value)
      }
    }
    default:
      // A type that contains itself: what it refers to may not be there yet.
      return (value: unknown) => encodedLength(shape.get(), value)
  }
}

const calling = (measure: Measure): ((value: unknown) => number) =>
  typeof measure === 'number' ? () => measure : (measure as (value: unknown) => number)

const elementsOf = (measure: Measure): ((values: readonly unknown[]) => number) =>
  typeof measure === 'number'
    ? (values) => values.length * measure
    : (values) => {
        let total = 0
        for (let i = 0; i < values.length; i++) total += measure(values[i] as never)
        return total
      }

/** The sum of parts that a name or a position finds. */
function partsOf(parts: readonly (readonly [at: string | number, measure: Measure])[]): Measure {
  let always = 0
  const telling: { readonly at: string; readonly measure: (value: never) => number }[] = []
  for (const [at, measure] of parts)
    if (typeof measure === 'number') always += measure
    else telling.push({ at: String(at), measure })
  if (telling.length === 0) return always
  return (value: Readonly<Record<string, unknown>>) => {
    let total = always
    for (let i = 0; i < telling.length; i++) {
      const { at, measure } = telling[i]!
      total += measure(value[at] as never)
    }
    return total
  }
}

/** The length of a compact integer. */
export function compactLength(n: number | bigint): number {
  if (n < 64) return 1
  if (n < 16384) return 2
  if (n < 1073741824) return 4
  let length = 1
  for (let rest = BigInt(n); rest > 0n; rest >>= 8n) length++
  return Math.max(length, 5)
}
