import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { perbillFromParts, perbillFromPercent, perbillFromRational, perbillOf, percentFromPercent, percentOf } from './per-thing.js'

const BILLION = 1_000_000_000n
const u128 = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
  fc.bigInt({ min: 0n, max: 1n << 40n }),
  fc.constantFrom(0n, 1n, (1n << 64n) - 1n, (1n << 128n) - 1n),
)
const parts = fc.oneof(fc.bigInt({ min: 0n, max: BILLION }), fc.constantFrom(0n, 1n, BILLION / 2n, BILLION - 1n, BILLION))
const percent = fc.integer({ min: 0, max: 255 })

/** The source's own way: x split by the accuracy, the remainder rounded apart; every step fits the type that Rust gives it. */
const split = (part: bigint, accuracy: bigint, x: bigint): bigint => {
  const rest = (x % accuracy) * part
  const correction = rest / accuracy + (rest % accuracy > accuracy / 2n ? 1n : 0n)
  return (x / accuracy) * part + correction
}

describe('products', () => {
  test('a part of a number is the nearest integer, an exact half goes down', () => {
    fc.assert(
      fc.property(parts, u128, (part, x) => {
        const result = perbillOf(perbillFromParts(part), x)
        const twiceError = 2n * (result * BILLION - part * x)
        expect(-BILLION <= twiceError && twiceError < BILLION).toBe(true)
        expect(result).toBe(split(part, BILLION, x))
      }),
    )
  })
  test('percent of a number likewise', () => {
    fc.assert(
      fc.property(percent, u128, (n, x) => {
        expect(percentOf(percentFromPercent(n), x)).toBe(split(BigInt(Math.min(n, 100)), 100n, x))
      }),
    )
  })
  test('a part never exceeds the whole', () => {
    fc.assert(fc.property(parts, u128, (part, x) => perbillOf(perbillFromParts(part), x) <= x))
  })
  test('both kinds of percent agree', () => {
    fc.assert(fc.property(percent, u128, (n, x) => perbillOf(perbillFromPercent(n), x) === percentOf(percentFromPercent(n), x)))
  })
  test('examples, the first two from the documentation of sp-arithmetic', () => {
    expect(percentOf(percentFromPercent(34), 10n)).toBe(3n)
    expect(percentOf(percentFromPercent(36), 10n)).toBe(4n)
    expect(percentOf(percentFromPercent(50), 1n)).toBe(0n)
    expect(percentOf(percentFromPercent(50), 3n)).toBe(1n)
    expect(perbillOf(perbillFromPercent(5), 10n)).toBe(0n)
    expect(perbillOf(perbillFromPercent(5), 11n)).toBe(1n)
  })
})

describe('construction', () => {
  test('more than 100 percent is 100 percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 2 ** 32 - 1 }), (n) => {
        expect([perbillFromPercent(n), percentFromPercent(n)]).toEqual([BILLION, 100n])
      }),
    )
    expect(perbillFromParts(BILLION + 1n)).toBe(BILLION)
  })
  test('a rational is rounded down, and is one when it is above one or its denominator is zero', () => {
    fc.assert(
      fc.property(u128, u128, (p, q) => {
        const result = perbillFromRational(p, q)
        if (q === 0n || p >= q) expect(result).toBe(BILLION)
        else expect(result * q <= p * BILLION && p * BILLION < (result + 1n) * q).toBe(true)
      }),
    )
    expect([perbillFromRational(0n, 0n), perbillFromRational(1n, 3n), perbillFromRational(2n, 1n)]).toEqual([
      BILLION,
      333_333_333n,
      BILLION,
    ])
  })
})
