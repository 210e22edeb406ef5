import fc from 'fast-check'
import { expect, test } from 'vitest'
import { World } from '../../kernel/world.js'
import { Now } from '../system/items.js'
import { FarmUpdated } from './events.js'
import { Farms, FarmingPoliciesMap, noFarmingPolicy } from './items.js'
import { choosePolicy, draw, drawOnLimits, type PolicyChoice } from './policy-choice.js'
import { computeUnits, GIGABYTE as GB, storageUnits } from './resources.js'
import type { Farm, FarmCertification, FarmingPolicy, FarmingPolicyLimit, NodeCertification } from './types.js'

const nodeCertification = fc.constantFrom<NodeCertification>({ type: 'Diy' }, { type: 'Certified' })
const farmCertification = fc.constantFrom<FarmCertification>({ type: 'NotCertified' }, { type: 'Gold' })
const policies = fc
  .array(fc.record({ default: fc.boolean(), nodeCertification, farmCertification }), { maxLength: 8 })
  .map((list) => list.map((p, i): FarmingPolicy => ({ ...noFarmingPolicy, ...p, id: i + 1 })))
const resources = { hru: 1024n * GB, sru: 512n * GB, cru: 8n, mru: 16n * GB }
const diy = { farmId: 1, resources, certification: { type: 'Diy' as const } }
const free: FarmingPolicyLimit = {
  farmingPolicyId: 1,
  cu: undefined,
  su: undefined,
  end: undefined,
  nodeCount: undefined,
  nodeCertification: false,
}

function world(list: readonly FarmingPolicy[], farm: Partial<Farm> = {}): World {
  const w = new World(144)
  for (const p of list) w.put(FarmingPoliciesMap, p.id, p)
  const base = { version: 4, id: 1, name: 'farm', twinId: 1, pricingPolicyId: 1, publicIps: [], dedicatedFarm: false }
  w.put(Farms, 1, { ...base, certification: { type: 'NotCertified' }, farmingPolicyLimits: undefined, ...farm })
  w.set(Now, 1_000_000n)
  return w
}
const at144 = (w: World) => ({ w, quirk: () => true })
const intended = (w: World) => ({ w, quirk: () => false })

test('TG-POLICY-3: without limits, the best policy that asks for no more than node and farm have; default policies first, then the newest', () => {
  fc.assert(
    fc.property(policies, nodeCertification, farmCertification, (list, certification, farm) => {
      const fits = list.filter(
        (p) =>
          (p.nodeCertification.type === 'Diy' || certification.type === 'Certified') &&
          (p.farmCertification.type === 'NotCertified' || farm.type === 'Gold'),
      )
      const rank = (p: FarmingPolicy) =>
        [p.default, p.farmCertification.type === 'Gold', p.nodeCertification.type === 'Certified'].reduce(
          (n, yes) => n * 2 + Number(yes),
          0,
        ) *
          100 +
        p.id
      const best = fits.sort((a, b) => rank(b) - rank(a))[0]
      const chosen = choosePolicy(at144(world(list, { certification: farm })), { ...diy, certification })
      expect(chosen).toEqual(best === undefined ? 'FarmingPolicyNotExists' : { policy: best, limitsLeft: null })
    }),
  )
})

test('TG-POLICY-2: limits last while every one of them covers the node, and shrink by what the node takes', () => {
  const cu = computeUnits(resources)
  const su = storageUnits(resources)
  const limit = (of: bigint) => fc.option(fc.constantFrom(0n, of - 1n, of, of + 5n), { nil: undefined })
  const limits = fc.record({ cu: limit(cu), su: limit(su), end: limit(1000n), nodeCount: fc.option(fc.nat(3), { nil: undefined }) })
  fc.assert(
    fc.property(limits, (l) => {
      const covered = (l.cu ?? cu) >= cu && (l.su ?? su) >= su && (l.end ?? 1000n) >= 1000n && l.nodeCount !== 0
      const left = draw({ ...free, ...l }, diy, 1000n)
      if (!covered) {
        expect(left).toBeNull()
        return
      }
      const take = (from: bigint | undefined, what: bigint) => (from === undefined ? undefined : from - what)
      const nodeCount = l.nodeCount === undefined ? undefined : l.nodeCount - 1
      expect(left).toEqual({ ...free, cu: take(l.cu, cu), su: take(l.su, su), end: l.end, nodeCount })
    }),
  )
})

test('TG-POLICY-1: limits that name no policy are refused, used up ones give the best default policy', () => {
  const certified: FarmingPolicy = { ...noFarmingPolicy, id: 2, default: true, nodeCertification: { type: 'Certified' } }
  const plain: FarmingPolicy = { ...noFarmingPolicy, id: 1, default: true }
  const usedUp = { farmingPolicyLimits: { ...free, nodeCount: 0 } }
  expect(choosePolicy(at144(world([], { farmingPolicyLimits: free })), diy)).toBe('FarmingPolicyNotExists')
  expect(choosePolicy(at144(world([plain])), { ...diy, farmId: 2 })).toBe('FarmNotExists')
  // Q-POLICY-DEFAULT-UNFIT: a node that nobody certified gets the policy of certified ones.
  expect(choosePolicy(at144(world([plain, certified], usedUp)), diy)).toEqual({ policy: certified, limitsLeft: null })
  expect(choosePolicy(intended(world([plain, certified], usedUp)), diy)).toEqual({ policy: plain, limitsLeft: null })
  // Q-POLICY-LIMIT-CERTIFICATION: limits for certified nodes are given to any.
  const certifiedOnly = { farmingPolicyLimits: { ...free, nodeCertification: true } }
  expect(choosePolicy(at144(world([plain], certifiedOnly)), diy)).toHaveProperty('limitsLeft.nodeCertification', true)
  expect(choosePolicy(intended(world([plain], certifiedOnly)), diy)).toHaveProperty('limitsLeft', null)
})

test('what is drawn is written to the farm and told', () => {
  const w = world([{ ...noFarmingPolicy, id: 1 }], { farmingPolicyLimits: { ...free, nodeCount: 2 } })
  drawOnLimits(w, 1, choosePolicy(at144(w), diy) as PolicyChoice)
  expect(w.get(Farms, 1)!.farmingPolicyLimits!.nodeCount).toBe(1)
  expect(w.events).toEqual([{ type: FarmUpdated, value: w.get(Farms, 1) }])
})
