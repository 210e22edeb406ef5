import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { U128, U16, U32, U64, U8, type Unsigned } from './integers.js'

/** One width, seen through bigints, so that numbers and bigints share their properties. */
const widths = [U8, U16, U32, U64, U128].map((type) => {
  const own = type as Unsigned<number | bigint>
  const cast = (x: bigint): number | bigint => (type.bits > 32 ? x : Number(x))
  return { name: `u${type.bits}`, own, cast, size: 1n << BigInt(type.bits) }
})

/** Values with the edges of every width among them, which uniform choice would never hit. */
const valueBelow = (size: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.bigInt({ min: 0n, max: size - 1n }),
    fc.constantFrom(0n, 1n, 2n, size / 2n - 1n, size / 2n, size - 2n, size - 1n),
    fc.integer({ min: 0, max: 127 }).map((bit) => (1n << BigInt(bit)) % size),
  )

const modulo = (x: bigint, size: bigint): bigint => ((x % size) + size) % size

describe.each(widths)('$name', ({ own, cast, size }) => {
  const operations = [
    { plain: (a: bigint, b: bigint) => a + b, wrapping: own.wrappingAdd, saturating: own.saturatingAdd, checked: own.checkedAdd },
    { plain: (a: bigint, b: bigint) => a - b, wrapping: own.wrappingSub, saturating: own.saturatingSub, checked: own.checkedSub },
    { plain: (a: bigint, b: bigint) => a * b, wrapping: own.wrappingMul, saturating: own.saturatingMul, checked: own.checkedMul },
  ]
  const pair = fc.tuple(valueBelow(size), valueBelow(size))

  test('wrapping arithmetic is arithmetic modulo the size of the type', () => {
    fc.assert(
      fc.property(pair, fc.constantFrom(...operations), ([a, b], { plain, wrapping }) => {
        expect(wrapping(cast(a), cast(b))).toBe(cast(modulo(plain(a, b), size)))
      }),
    )
  })

  test('saturating arithmetic stops at the nearest bound', () => {
    fc.assert(
      fc.property(pair, fc.constantFrom(...operations), ([a, b], { plain, saturating }) => {
        const exact = plain(a, b)
        expect(saturating(cast(a), cast(b))).toBe(cast(exact < 0n ? 0n : exact >= size ? size - 1n : exact))
      }),
    )
  })

  test('checked arithmetic gives the exact result or nothing', () => {
    fc.assert(
      fc.property(pair, fc.constantFrom(...operations), ([a, b], { plain, checked }) => {
        const exact = plain(a, b)
        expect(checked(cast(a), cast(b))).toBe(exact < 0n || exact >= size ? undefined : cast(exact))
      }),
    )
  })

  test('a cast wraps, saturates or refuses what does not fit, and keeps what does', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 130n), max: 1n << 130n }), valueBelow(size), (any, fitting) => {
        expect(own.wrap(any)).toBe(cast(modulo(any, size)))
        expect(own.saturate(any)).toBe(cast(any < 0n ? 0n : any >= size ? size - 1n : any))
        expect(own.fit(any)).toBe(any < 0n || any >= size ? undefined : cast(any))
        for (const same of [own.wrap, own.saturate, own.fit]) expect(same(fitting)).toBe(cast(fitting))
      }),
    )
  })

  test('a cast of a number is the cast of the same bigint', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (x) => {
        for (const type of [own.wrap, own.saturate, own.fit]) expect(type(x)).toBe(type(BigInt(x)))
      }),
    )
  })
})

test('examples', () => {
  expect(U32.wrappingMul(0xffffffff, 0xffffffff)).toBe(1)
  expect(U32.saturatingSub(0, 1)).toBe(0)
  expect(U8.wrap(-1)).toBe(255)
  expect(U64.saturate(1n << 64n)).toBe(18_446_744_073_709_551_615n)
  expect(U64.wrap((1n << 64n) + 7n)).toBe(7n)
  expect(U128.checkedAdd(U128.max, 1n)).toBeUndefined()
})
