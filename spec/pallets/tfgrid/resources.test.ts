import fc from 'fast-check'
import { expect, test } from 'vitest'
import { computeUnits, GIGABYTE as GB, hasChanged, storageUnits, weightOf } from './resources.js'
import type { Resources } from './types.js'

const U64 = (1n << 64n) - 1n
const capacity = fc.oneof(fc.bigInt(0n, 1n << 45n), fc.bigInt(0n, U64))
const resources: fc.Arbitrary<Resources> = fc.record({
  hru: capacity,
  sru: capacity,
  cru: fc.oneof(fc.bigInt(0n, 256n), capacity),
  mru: capacity,
})

/** From the unit tests of support/src/resources.rs. */
test.each<[Resources, bigint, bigint]>([
  [{ hru: 0n, sru: 0n, cru: 0n, mru: 0n }, 0n, 0n],
  [{ hru: 4096n * GB, sru: 12288n * GB, cru: 64n, mru: 65536n * GB }, 256n, 52n],
  [{ hru: 4096n * GB, sru: 12288n * GB, cru: 4n, mru: 8n }, 2n, 52n],
  [{ hru: 0n, sru: 12288n * GB, cru: 64n, mru: 64n }, 30n, 49n],
  [{ hru: 0n, sru: 0n, cru: 64n, mru: 64n }, 0n, 0n],
  [{ hru: 4096n * GB, sru: 0n, cru: 64n, mru: 64n }, 0n, 3n],
])('%o has %s compute and %s storage units', (r, cu, su) => {
  expect([computeUnits(r), storageUnits(r), weightOf(r)]).toEqual([cu, su, 2n * cu + su])
})

test('two equal smallest bounds leave no compute units', () => {
  expect(computeUnits({ hru: 0n, sru: 100n * GB, cru: 1n, mru: 2n * GB })).toBe(0n)
  expect(computeUnits({ hru: 0n, sru: 100n * GB + 50n, cru: 1n, mru: 2n * GB })).toBe(4n)
})

test('hardware that differs by at most one percent has not changed', () => {
  fc.assert(
    fc.property(resources, fc.constantFrom('hru', 'sru', 'cru', 'mru'), fc.boolean(), (before, which, more) => {
      fc.pre(before[which] < 1n << 60n)
      const percent = before[which] / 100n + (before[which] % 100n > 50n ? 1n : 0n)
      const after = (by: bigint): Resources => ({ ...before, [which]: more ? before[which] + by : before[which] - by })
      expect(hasChanged(before, after(percent))).toBe(false)
      if (more || before[which] > percent) expect(hasChanged(before, after(percent + 1n))).toBe(true)
    }),
  )
})

test('a difference of 2^63 wraps to itself, one of 2^64 - 1 to 1', () => {
  const none = { hru: 0n, sru: 0n, cru: 0n, mru: 0n }
  expect(hasChanged({ ...none, hru: 1n << 63n }, none)).toBe(true)
  expect(hasChanged({ ...none, hru: U64 }, none)).toBe(false)
})
