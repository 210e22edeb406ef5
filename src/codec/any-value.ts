import fc, { type Arbitrary } from 'fast-check'
import type { Bytes, Shape, ShapeDef } from '../../spec/kernel/shape.js'

export interface AnyValueOptions {
  /** Only bytes below 128, which are valid UTF-8 as well. */
  readonly ascii?: boolean
  /** Names of variants to leave out. */
  readonly without?: readonly string[]
  /** What stands for a type that contains itself; a run without one must not meet any. */
  readonly ref?: (shape: ShapeDef) => Arbitrary<unknown>
}

const longest = 40

/** Any value of a shape in memory form, edges included: tests of codecs want all of them, tests of the chain do not. */
export function anyValue<T>(shape: Shape<T>, options: AnyValueOptions = {}): Arbitrary<T> {
  const known = new Map<ShapeDef, Arbitrary<unknown>>()
  const bytes = (minLength: number, maxLength: number): Arbitrary<Bytes> =>
    fc.uint8Array({ minLength, maxLength, max: options.ascii === true ? 127 : 255 }).map((data) => Buffer.from(data).latin1Slice())
  const of = (part: ShapeDef): Arbitrary<unknown> => {
    let arbitrary = known.get(part)
    if (arbitrary === undefined) known.set(part, (arbitrary = make(part)))
    return arbitrary
  }
  const make = (part: ShapeDef): Arbitrary<unknown> => {
    switch (part.kind) {
      case 'bool':
        return fc.boolean()
      case 'u8':
        return fc.nat(0xff)
      case 'u16':
        return fc.nat(0xffff)
      case 'u32':
        return fc.integer({ min: 0, max: 0xffffffff })
      case 'i32':
        return fc.integer()
      case 'u64':
        return fc.bigInt(0n, (1n << 64n) - 1n)
      case 'i64':
        return fc.bigInt(-(1n << 63n), (1n << 63n) - 1n)
      case 'u128':
        return fc.bigInt(0n, (1n << 128n) - 1n)
      case 'compact':
        // All four modes of the encoding alike, not just the widest.
        return part.big
          ? fc.oneof(fc.bigInt(0n, 0x40000000n), fc.bigInt(0n, (1n << 64n) - 1n))
          : fc.oneof(fc.nat(64), fc.nat(0x4000), fc.nat(0x40000000), fc.integer({ min: 0, max: 0xffffffff }))
      case 'unit':
        return fc.constant(undefined)
      case 'bytes':
        return bytes(0, longest)
      case 'account':
        return bytes(32, 32)
      case 'fixed':
        return bytes(part.length, part.length)
      case 'option':
        return fc.option(of(part.of), { nil: undefined })
      case 'vec':
        return fc.array(of(part.of), { maxLength: 3 })
      case 'array':
        return fc.array(of(part.of), { minLength: part.length, maxLength: part.length })
      case 'tuple':
        return fc.tuple(...part.of.map(of))
      case 'struct':
        return fc.record(Object.fromEntries(part.fields.map(([name, field]) => [name, of(field)])), { noNullPrototype: true })
      case 'enum':
        return fc.oneof(
          ...part.variants
            .filter(([type, , content]) => isInhabited(content) && options.without?.includes(type) !== true)
            .map(([type, , content]) => of(content).map((value) => ({ type, value }))),
        )
      case 'ref':
        if (options.ref === undefined) throw new Error('this shape contains itself: say what stands for it')
        return options.ref(part.get())
    }
  }
  return of(shape) as Arbitrary<T>
}

/** True when some value exists: an enum without variants has none. */
export function isInhabited(shape: ShapeDef): boolean {
  switch (shape.kind) {
    case 'enum':
      return shape.variants.some(([, , of]) => isInhabited(of))
    case 'tuple':
      return shape.of.every(isInhabited)
    case 'struct':
      return shape.fields.every(([, of]) => isInhabited(of))
    case 'array':
      return isInhabited(shape.of)
    default:
      return true
  }
}
