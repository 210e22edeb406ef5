import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BLOCK_WEIGHTS_AT_123,
  BLOCK_WEIGHTS_AT_144,
  evaluate,
  feeSchedule,
  inclusionFee,
  lengthToFee,
  totalFee,
  weightToFee,
} from './fee.js'
import { U128 } from './integers.js'
import { perbillFromParts, perbillFromRational } from './per-thing.js'

const at144 = feeSchedule(BLOCK_WEIGHTS_AT_144)
const refTime = fc.oneof(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.bigInt({ min: 0n, max: 2_000_000_000_001n }))
const length = fc.integer({ min: 0, max: 2 ** 32 - 1 })

describe('at 144', () => {
  test.each([
    // answers of the 144 runtime to TransactionPaymentApi_query_weight_to_fee
    [0n, 0n],
    [5_000n, 0n],
    [98_974_000n, 8_710n],
    [100_000_000n, 8_800n],
    [125_000_000n, 11_000n],
    [250_000_000n, 21_999n], // exactly 21999.5: the half goes down
    [250_000_001n, 22_000n],
    [1_000_000_000n, 87_998n],
    [123_456_789_123n, 10_863_951n],
    [2_000_000_000_000n, 175_996_000n],
    [18_446_744_073_709_551_615n, 175_996_000n],
  ])('weight %s costs %s', (weight, fee) => {
    expect(weightToFee(at144, weight)).toBe(fee)
  })

  test('an extrinsic of base weight costs a tenth of a cent', () => {
    expect(at144.baseFee).toBe(10_000n)
    expect(feeSchedule(BLOCK_WEIGHTS_AT_123).baseFee).toBe(10_000n)
  })
  test('a weight unit costs 87998 billionths of a fee unit, up to a whole block', () => {
    fc.assert(
      fc.property(refTime, (weight) => {
        const paid = weight > 2_000_000_000_000n ? 2_000_000_000_000n : weight
        const twiceError = 2n * (weightToFee(at144, weight) * 1_000_000_000n - paid * 87_998n)
        expect(-1_000_000_000n <= twiceError && twiceError < 1_000_000_000n).toBe(true)
      }),
    )
  })
  test('a heavier or longer extrinsic never costs less', () => {
    fc.assert(
      fc.property(refTime, refTime, length, length, (w1, w2, l1, l2) => {
        fc.pre(w1 <= w2 && l1 <= l2)
        expect(inclusionFee(at144, w1, l1) <= inclusionFee(at144, w2, l2)).toBe(true)
      }),
    )
  })
  test('a fee is base, length, weight and tip; without payment it is the tip', () => {
    fc.assert(
      fc.property(refTime, length, fc.bigInt({ min: 0n, max: U128.max }), (weight, bytes, tip) => {
        const exact = 10_000n + BigInt(bytes) + weightToFee(at144, weight) + tip
        expect(totalFee(at144, weight, bytes, tip)).toBe(exact > U128.max ? U128.max : exact)
        expect(totalFee(at144, weight, bytes, tip, false)).toBe(tip)
      }),
    )
    expect(lengthToFee(65_536)).toBe(65_536n)
  })
})

describe('a fee polynomial', () => {
  /** 0.5 x³ + 2⅓ x² + 7 x − 10000, of sp-weights' own tests. */
  const polynomial = [
    { integer: 0n, fraction: perbillFromParts(500_000_000n), negative: false, degree: 3 },
    { integer: 2n, fraction: perbillFromRational(1n, 3n), negative: false, degree: 2 },
    { integer: 7n, fraction: perbillFromParts(0n), negative: false, degree: 1 },
    { integer: 10_000n, fraction: perbillFromParts(0n), negative: true, degree: 0 },
  ]
  test('is evaluated term by term', () => {
    expect(evaluate(polynomial, 100n)).toBe(514_033n)
    expect(evaluate(polynomial, 10_123n)).toBe(518_917_034_928n)
  })
  test('saturates at both ends', () => {
    expect(evaluate(polynomial, 0n)).toBe(0n)
    expect(evaluate(polynomial, 10n)).toBe(0n)
    expect(evaluate(polynomial, U128.max)).toBe(U128.max - 10_000n)
  })
})
