import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advanced, exactSum, MAX_LENGTH, mean, saturatingSum, type Range } from './history.js'

const u32 = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff))

/** substrate-fixed: the quotient cut off at 32 fraction bits, then rounded, halves up. */
const fixedPointMean = (sum: number, count: number): number =>
  Number((((BigInt(sum) << 32n) / BigInt(count) + (1n << 31n)) >> 32n) & 0xffffffffn)

describe('the mean of prices', () => {
  test('is what U32F32 gives, bit for bit', () => {
    fc.assert(
      fc.property(u32, fc.integer({ min: 1, max: 65536 }), (sum, count) => mean(sum, count) === fixedPointMean(sum, count)),
      { numRuns: 5000 },
    )
  })

  test('rounds halves up, and values beside a half as they should be', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 2000 }), fc.integer({ min: -1, max: 1 }), (whole, half, beside) => {
        const sum = whole * 2 * half + half + beside
        return mean(sum, 2 * half) === fixedPointMean(sum, 2 * half)
      }),
    )
  })

  test('lies between the smallest and the largest price, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(u32, { minLength: 1, maxLength: 1440 }), (prices) => {
        const average = mean(exactSum(prices), prices.length)
        return average >= Math.min(...prices) && average <= Math.max(...prices)
      }),
    )
  })

  test('of high prices is too low where the sum is a u32', () => {
    expect(mean(saturatingSum([0xffffffff, 0xffffffff]), 2)).toBe(0x80000000)
    expect(mean(exactSum([0xffffffff, 0xffffffff]), 2)).toBe(0xffffffff)
  })
})

describe('the ring', () => {
  test('holds the last 1440 prices, and its range spans at most 1439', () => {
    let range: Range = [0, 0]
    const written = new Map<number, number>()
    for (let n = 0; n < 4 * MAX_LENGTH; n++) {
      written.set(range[1], n)
      range = advanced(range)
      const span = (range[1] - range[0] + MAX_LENGTH) % MAX_LENGTH
      expect(span).toBe(Math.min(n + 1, MAX_LENGTH - 1))
      expect(written.size).toBe(Math.min(n + 1, MAX_LENGTH))
      expect(Math.min(...written.values())).toBe(Math.max(0, n + 1 - MAX_LENGTH))
    }
  })

  test.each<[Range, Range]>([
    [
      [0, 1439],
      [1, 0],
    ],
    [
      [1439, 1438],
      [0, 1439],
    ],
    [
      [5, 1440],
      [5, 1441],
    ],
    [
      [0, 65535],
      [1, 0],
    ],
    [
      [65535, 65534],
      [0, 65535],
    ],
  ])('from %j goes to %j', (from, to) => {
    expect(advanced(from)).toEqual(to)
  })
})
