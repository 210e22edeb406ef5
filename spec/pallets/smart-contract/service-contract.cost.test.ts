import fc from 'fast-check'
import { expect, test } from 'vitest'
import { billCost, billCostWraps, billedWindow, variableLimit } from './service-contract.cost.js'

const MAX = (1n << 64n) - 1n
const edges = fc.constantFrom(0n, 1n, MAX / 10_000n, MAX / 10_000n + 1n, MAX / 36_000_000n, MAX / 36_000_000n + 1n, MAX)
const u64 = fc.oneof(edges, fc.bigInt(0n, 100_000n), fc.bigInt(0n, MAX))
const window = fc.bigInt(0n, 3600n)
const bill = fc.record({ baseFee: u64, variableAmount: u64, window })

test('SC-SERVICE-COST-1: a bill covers the time since the last one, an hour at most', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, MAX), fc.bigInt(0n, MAX), (now, lastBill) => {
      const covered = billedWindow(now, lastBill)
      expect(covered >= 0n && covered <= 3600n).toBe(true)
      if (now >= lastBill && now - lastBill <= 3600n) expect(covered).toBe(now - lastBill)
    }),
  )
})

test('SC-SERVICE-COST-2: the limit of an hour is the variable fee, and a shorter window allows no more than a longer one', () => {
  fc.assert(
    fc.property(window, window, u64, (a, b, fee) => {
      expect(variableLimit(3600n, fee)).toBe(fee)
      expect(variableLimit(0n, fee)).toBe(0n)
      const [short, long] = a < b ? [a, b] : [b, a]
      expect(variableLimit(short, fee) <= variableLimit(long, fee)).toBe(true)
    }),
  )
})

test('SC-SERVICE-COST-2: an exact half rounds down, because the share of the hour is truncated first', () => {
  expect(variableLimit(1n, 1800n)).toBe(0n)
  expect(variableLimit(1n, 1801n)).toBe(1n)
  expect(variableLimit(1800n, 1n)).toBe(1n)
})

test('SC-SERVICE-COST-3: the variable amount is charged to the unit, on top of the base fee', () => {
  fc.assert(
    fc.property(bill, (b) => {
      fc.pre(!billCostWraps(b))
      expect(billCost(b)).toBe(billCost({ ...b, variableAmount: 0n }) + b.variableAmount * 10_000n)
    }),
  )
})

test('SC-SERVICE-COST-3: without wrapping the base fee is charged by the second, rounded to the nearest unit', () => {
  fc.assert(
    fc.property(bill, (b) => {
      fc.pre(!billCostWraps(b))
      const exact = b.baseFee * 10_000n * b.window
      expect(billCost({ ...b, variableAmount: 0n })).toBe((2n * exact + 3600n) / 7200n)
    }),
  )
})

test('a cost that wraps is below the exact one', () => {
  fc.assert(
    fc.property(bill, (b) => {
      fc.pre(billCostWraps(b))
      expect(billCost(b) * 3600n < (b.baseFee * b.window + b.variableAmount * 3600n) * 10_000n + 1800n).toBe(true)
    }),
  )
  expect(billCost({ baseFee: MAX / 36_000_000n + 1n, variableAmount: 0n, window: 3600n })).toBe(9569n)
})
