import fc from 'fast-check'
import { attachPolicyToFarm } from '../../spec/pallets/tfgrid/calls.js'
import { createFarmingPolicy, createPricingPolicy, updateFarmingPolicy, updatePricingPolicy } from '../../spec/pallets/tfgrid/calls-node.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import { Farms, FarmingPoliciesMap, PricingPolicies } from '../../spec/pallets/tfgrid/items.js'
import type { FarmCertification, FarmingPolicyLimit, NodeCertification, Policy } from '../../spec/pallets/tfgrid/types.js'
import { actors, roles } from '../../spec/versions/genesis.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { farmId } from '../pick.js'
import { anyBytes, u32, u64, u8 } from '../values.js'

/** Policies, which the council makes: prices, and what farmers earn. */

const units = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terrabytes'] as const
const price: fc.Arbitrary<Policy> = fc.record({
  value: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(10_000, 50_000, 100_000, 200_000) }, { weight: 1, arbitrary: u32 }),
  unit: fc
    .oneof({ weight: 5, arbitrary: fc.constant<(typeof units)[number]>('Gigabytes') }, { weight: 2, arbitrary: fc.constantFrom(...units) })
    .map((type) => ({ type })),
})
const receiver = fc.constantFrom(roles.foundation, roles.sales, roles.foundation, roles.sales, actors.eve, actors.peggy)
/** Few names, so that policies want the same; the genesis has the first. */
const pricingName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('threefold_default_pricing_policy', 'cheap', 'dear', 'free') },
  { weight: 1, arbitrary: anyBytes(40) },
)
const pricingTerms = fc.record({
  name: pricingName,
  su: price,
  cu: price,
  nu: price,
  ipu: price,
  uniqueName: price,
  domainName: price,
  foundationAccount: receiver,
  certifiedSalesAccount: receiver,
  discountForDedicationNodes: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 50, 99, 100) }, { weight: 1, arbitrary: u8 }),
})

const nodeCertification = fc.constantFrom<NodeCertification>({ type: 'Diy' }, { type: 'Certified' })
const farmCertification = fc.constantFrom<FarmCertification>({ type: 'NotCertified' }, { type: 'NotCertified' }, { type: 'Gold' })
/** Blocks: for ever, over soon, or nearly never. */
const policyEnd = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 25, 600) },
  { weight: 1, arbitrary: u32 },
)
const reward = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(30, 1000, 2400) }, { weight: 1, arbitrary: u32 })
const farmingTerms = fc.record({
  name: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('main', 'test') }, { weight: 1, arbitrary: anyBytes(40) }),
  su: reward,
  cu: reward,
  nu: reward,
  ipv4: reward,
  minimalUptime: fc.constantFrom(0, 1, 95, 999, 1000, 0xfffe, 0xffff),
  policyEnd,
  default: fc.boolean(),
  nodeCertification,
  farmCertification,
})

const units64 = fc.option(fc.oneof(fc.constantFrom(0n, 1n, 20n, 64n, 1000n), u64), { nil: undefined, freq: 2 })
const nodeCount = fc.option(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(0, 1, 2, 3) }, { weight: 1, arbitrary: u32 }), {
  nil: undefined,
  freq: 2,
})
const pricingPolicyId = (d: Draw): number => (d.chance(92) ? d.keyOf(PricingPolicies) : undefined) ?? d.of(u32)
const farmingPolicyId = (d: Draw): number => (d.chance(92) ? d.keyOf(FarmingPoliciesMap) : undefined) ?? d.of(u32)

function limits(d: Draw): FarmingPolicyLimit {
  const now = seconds(d.w)
  return {
    farmingPolicyId: farmingPolicyId(d),
    cu: d.of(units64),
    su: d.of(units64),
    end: d.pick([undefined, undefined, undefined, now, now - 1n, now + 6n, now + 3600n, d.of(u64)]),
    nodeCount: d.of(nodeCount),
    nodeCertification: d.chance(40),
  }
}

/** Calls of the council about policies. */
export const tfgridPolicies = [
  maker({ call: createPricingPolicy, weight: 2, make: (d) => ({ who: d.actor(), args: d.of(pricingTerms) }) }),
  maker({
    call: updatePricingPolicy,
    weight: 2.5,
    make: (d) => {
      const id = pricingPolicyId(d)
      const kept = d.chance(55) ? (d.chance(65) ? d.w.get(PricingPolicies, id) : d.entryOf(PricingPolicies)?.[1])?.name : undefined
      const terms = d.of(pricingTerms)
      return { who: d.actor(), args: { pricingPolicyId: id, ...terms, name: kept ?? terms.name } }
    },
  }),
  maker({
    call: createFarmingPolicy,
    weight: 1.5,
    make: (d) => ({ who: d.actor(), args: { ...d.of(farmingTerms), immutable: d.chance(30) } }),
  }),
  maker({
    call: updateFarmingPolicy,
    weight: 2.5,
    make: (d) => ({ who: d.actor(), args: { farmingPolicyId: farmingPolicyId(d), ...d.of(farmingTerms) } }),
  }),
  maker({
    call: attachPolicyToFarm,
    weight: 4,
    ready: (w) => w.count(Farms) > 0,
    make: (d) => ({ who: d.actor(), args: { farmId: farmId(d), limits: d.chance(90) ? limits(d) : undefined } }),
  }),
]
