import { accept, machine, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { PricingPolicyStored } from './events.js'
import { PricingPolicies, PricingPolicyID, PricingPolicyIdByName } from './items.js'
import type { PricingPolicy } from './types.js'

/** The terms of a pricing policy, as both calls give them. */
export type PricingTerms = Omit<PricingPolicy, 'version' | 'id'>
export type UpdatePricingPolicy = PricingTerms & { readonly pricingPolicyId: number }

/** Version of the struct that is written. @source lib.rs `TFGRID_PRICING_POLICY_VERSION` */
const VERSION = 2
const REWINDS = 'Q-PRICING-POLICY-REWINDS'

type On<A = unknown> = Stage<A, number>
const stored = (s: On): PricingPolicy => s.w.get(PricingPolicies, s.key)!
const idOfName = (s: On<PricingTerms>) => s.w.get(PricingPolicyIdByName, s.args.name)

const create = [
  refuse('TG-PRICING-CREATE-1', 'nameIsTaken', 'PricingPolicyExists'),
  accept('TG-PRICING-CREATE-2', { to: 'stored', do: ['storeNew', 'indexName', 'countId', 'announce'] }),
]

/**
 * A pricing policy: what users pay. Its key is its id; names are unique.
 *
 * 144 takes the id of an updated policy for the newest one: the next policy that is created replaces the one after it, whose
 * name stays taken (quirk Q-PRICING-POLICY-REWINDS).
 *
 * @source pallet-tfgrid/src/pricing.rs `_create_pricing_policy`, `_update_pricing_policy` @439e6919
 */
export const pricingPolicy = machine({
  id: 'pricing-policy',
  pallet: 'TfgridModule',
  says: 'a pricing policy: what users pay',
  state: (w: World, id: number) => (w.has(PricingPolicies, id) ? 'stored' : 'absent'),
  states: {
    absent: {
      createPricingPolicy: create,
      updatePricingPolicy: [refuse('TG-PRICING-UPDATE-1', null, 'PricingPolicyNotExists')],
    },
    stored: {
      createPricingPolicy: create,
      updatePricingPolicy: [
        refuse('TG-PRICING-UPDATE-2', 'nameIsAnothers', 'PricingPolicyWithDifferentIdExists'),
        accept('TG-PRICING-UPDATE-3', {
          when: 'isRenamed',
          to: 'stored',
          quirk: REWINDS,
          do: ['dropName', 'storeTerms', 'indexName', 'countId', 'announce'],
        }),
        accept('TG-PRICING-UPDATE-4', { to: 'stored', quirk: REWINDS, do: ['storeTerms', 'indexName', 'countId', 'announce'] }),
        accept('TG-PRICING-UPDATE-5', {
          when: 'isRenamed',
          to: 'stored',
          instead: REWINDS,
          do: ['dropName', 'storeTerms', 'indexName', 'announce'],
        }),
        accept('TG-PRICING-UPDATE-6', { to: 'stored', instead: REWINDS, do: ['storeTerms', 'indexName', 'announce'] }),
      ],
    },
  },
  guards: {
    nameIsTaken: (s: On<PricingTerms>) => s.w.has(PricingPolicyIdByName, s.args.name),
    nameIsAnothers: (s: On<PricingTerms>) => s.w.has(PricingPolicyIdByName, s.args.name) && idOfName(s) !== s.key,
    isRenamed: (s: On<PricingTerms>) => stored(s).name !== s.args.name,
  },
  effects: {
    dropName: (s: On) => s.w.remove(PricingPolicyIdByName, stored(s).name),
    storeNew: (s: On<PricingTerms>) => s.w.put(PricingPolicies, s.key, { version: VERSION, id: s.key, ...termsOf(s.args) }),
    storeTerms: (s: On<PricingTerms>) => s.w.put(PricingPolicies, s.key, { ...stored(s), ...termsOf(s.args) }),
    indexName: (s: On<PricingTerms>) => s.w.put(PricingPolicyIdByName, s.args.name, s.key),
    countId: (s: On) => s.w.set(PricingPolicyID, s.key),
    announce: (s: On) => s.emit(PricingPolicyStored, stored(s)),
  },
})

/** The terms alone: an update's arguments hold the policy's id too. */
const termsOf = ({
  name,
  su,
  cu,
  nu,
  ipu,
  uniqueName,
  domainName,
  foundationAccount,
  certifiedSalesAccount,
  discountForDedicationNodes,
}: PricingTerms): PricingTerms => ({
  name,
  su,
  cu,
  nu,
  ipu,
  uniqueName,
  domainName,
  foundationAccount,
  certifiedSalesAccount,
  discountForDedicationNodes,
})
