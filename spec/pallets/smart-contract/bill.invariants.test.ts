import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { World } from '../../kernel/world.js'
import { newestVersion } from '../../versions/editions.js'
import { genesis } from '../../versions/genesis.js'
import type { PricingPolicy } from '../tfgrid/types.js'
import { contractCost, discounted, monthlyAmount, resourcesCost } from './cost.js'
import { ActiveRentContractForNode, NodeContractResources } from './items.js'
import type { Contract } from './types.js'

const version = newestVersion
const policy = genesis(version).find(({ item, args }) => item === 'PricingPolicies' && args[0] === 1)!.value as PricingPolicy
const GB = 1024n ** 3n
const resources = fc.record({
  hru: fc.bigInt(0n, 100_000n * GB),
  sru: fc.bigInt(0n, 100_000n * GB),
  cru: fc.bigInt(0n, 1_000n),
  mru: fc.bigInt(0n, 10_000n * GB),
})
const seconds = fc.bigInt(0n, 86_400n)
const ips = fc.integer({ min: 0, max: 100 })
const cost = (used: Parameters<typeof resourcesCost>[0], publicIps: number, elapsed: bigint, billed = true) =>
  resourcesCost(used, publicIps, elapsed, policy, billed, version)

describe('what a contract costs', () => {
  test('never falls when it uses more', () => {
    const more = fc.constantFrom('hru', 'sru', 'cru', 'mru')
    fc.assert(
      fc.property(resources, more, fc.bigInt(0n, 1000n * GB), ips, seconds, (used, which, extra, n, elapsed) => {
        expect(cost({ ...used, [which]: used[which as 'hru'] + extra }, n, elapsed)).toBeGreaterThanOrEqual(cost(used, n, elapsed))
      }),
    )
  })

  test('never falls with time or IPs', () => {
    fc.assert(
      fc.property(resources, ips, seconds, seconds, (used, n, a, b) => {
        expect(cost(used, n, a + b)).toBeGreaterThanOrEqual(cost(used, n, a))
        expect(cost(used, n + 1, a)).toBeGreaterThanOrEqual(cost(used, n, a))
      }),
    )
  })

  test('is the sum of resources and IPs, but for rounding', () => {
    fc.assert(
      fc.property(resources, ips, seconds, (used, n, elapsed) => {
        const apart = cost(used, 0, elapsed) + cost(used, n, elapsed, false)
        const together = cost(used, n, elapsed)
        expect(together - apart).toBeGreaterThanOrEqual(-1n)
        expect(together - apart).toBeLessThanOrEqual(1n)
      }),
    )
  })

  test('is the sum of its times, but for rounding and the truncation of fractions', () => {
    fc.assert(
      fc.property(resources, ips, seconds, seconds, (used, n, a, b) => {
        const apart = cost(used, n, a) + cost(used, n, b)
        const together = cost(used, n, a + b)
        expect(together - apart).toBeGreaterThanOrEqual(-2n)
        expect(together - apart).toBeLessThanOrEqual(2n)
      }),
    )
  })

  test('is IPs and network use alone for a node contract on the node that its user rents', () => {
    const w = new World(version)
    const contract = (publicIps: number): Contract => ({
      version: 4,
      state: { type: 'Created' },
      contractId: 7n,
      twinId: 1,
      contractType: { type: 'NodeContract', value: { nodeId: 3, deploymentHash: '', deploymentData: '', publicIps, publicIpsList: [] } },
      solutionProviderId: undefined,
    })
    fc.assert(
      fc.property(resources, ips, seconds, (used, n, elapsed) => {
        const mark = w.mark()
        w.put(NodeContractResources, 7n, { contractId: 7n, used })
        expect(contractCost(w, contract(n), policy, elapsed)).toBe(elapsed === 0n ? 0n : cost(used, n, elapsed))
        w.put(ActiveRentContractForNode, 3, 9n)
        expect(contractCost(w, contract(n), policy, elapsed)).toBe(elapsed === 0n ? 0n : cost(used, n, elapsed, false))
        w.rollback(mark)
      }),
    )
  })
})

describe('the discount', () => {
  const gross = fc.bigInt(1_000n, 10n ** 12n)
  test('is the higher the more months a balance lasts: 0, 20, 30, 40 and 60 percent from 1.5, 3, 6 and 18 months on', () => {
    const steps = [
      [1.49, 100n],
      [1.51, 80n],
      [3.01, 70n],
      [6.01, 60n],
      [18.01, 40n],
    ] as const
    fc.assert(
      fc.property(gross, fc.constantFrom(...steps), (amount, [months, percent]) => {
        const monthly = amount * 720n
        const balance = (monthly * BigInt(Math.round(months * 100))) / 100n
        const off = discounted(amount, monthly, balance, version).due * 100n - amount * percent
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(100n)
      }),
    )
  })

  test('is for ever the highest when a month costs nothing', () => {
    expect(discounted(10n, 0n, 0n, version)).toEqual({ due: 4n, level: { type: 'Gold' } })
  })

  test('a month with room for every product is the one that wraps, as long as nothing wraps, and goes on beyond', () => {
    fc.assert(
      fc.property(gross, fc.bigInt(1n, 86_400n), fc.boolean(), (due, elapsed, quirky) => {
        expect(monthlyAmount(due, elapsed, quirky, version, false)).toBe(monthlyAmount(due, elapsed, quirky, version))
      }),
    )
    // 13 · 2^60 over 65,536 seconds: 144 takes it for nothing a month.
    const due = 13n << 60n
    expect(monthlyAmount(due, 65_536n, true, version)).toBe(0n)
    const off = monthlyAmount(due, 65_536n, true, version, false) * 5n - due * 65_536n
    expect(off < 0n ? -off : off).toBeLessThanOrEqual(5n)
  })

  test('with room for every balance, the level is that of the exact months', () => {
    const amounts = fc.bigInt(1n, (1n << 128n) - 1n)
    fc.assert(
      fc.property(amounts, amounts, (balance, monthly) => {
        const level = [3n, 6n, 12n, 36n].filter((halves) => 2n * balance >= halves * monthly).length
        expect(discounted(10n, monthly, balance, version, false).level.type).toBe(['None', 'Default', 'Bronze', 'Silver', 'Gold'][level])
      }),
    )
  })

  test('does not depend on how long the billed time is', () => {
    fc.assert(
      fc.property(gross, fc.bigInt(1n, 86_400n), (hourly, elapsed) => {
        const due = (hourly * elapsed) / 3600n
        if (due < 1000n) return
        const off = monthlyAmount(due, elapsed, false, version) - hourly * 720n
        // The period's amount is whole: an error of one unit over the period.
        expect((off < 0n ? -off : off) * elapsed).toBeLessThanOrEqual(3600n * 720n + elapsed)
      }),
    )
  })
})
