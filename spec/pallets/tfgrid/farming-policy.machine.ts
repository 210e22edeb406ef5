import { accept, machine, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { blockNumber } from '../system/clock.js'
import { FarmingPolicyStored, FarmingPolicyUpdated } from './events.js'
import { FarmingPoliciesMap, FarmingPolicyID } from './items.js'
import type { FarmingPolicy } from './types.js'

/** The terms of a farming policy. `immutable` is decided at creation. */
export type UpdateFarmingPolicy = Omit<FarmingPolicy, 'version' | 'id' | 'policyCreated' | 'immutable'> & {
  readonly farmingPolicyId: number
}
export type CreateFarmingPolicy = Omit<FarmingPolicy, 'version' | 'id' | 'policyCreated'>

/** Version of the struct that is written. @source lib.rs `TFGRID_FARMING_POLICY_VERSION` */
const VERSION = 2

type On<A = unknown> = Stage<A, number>

const create = [accept('TG-FARMING-CREATE-1', { to: 'stored', says: 'names need not be unique', do: ['storeNew'] })]

/**
 * A farming policy: what farmers earn. Its key is its id.
 *
 * An immutable policy can never be changed again, say the documents; 144 changes it all the same (quirk Q-FARMING-IMMUTABLE).
 *
 * @source pallet-tfgrid/src/pricing.rs `_create_farming_policy`, `_update_farming_policy` @439e6919; docs/misc/minimal_DAO.md
 */
export const farmingPolicy = machine({
  id: 'farming-policy',
  pallet: 'TfgridModule',
  says: 'a farming policy: what farmers earn',
  state: (w: World, id: number) => (w.has(FarmingPoliciesMap, id) ? 'stored' : 'absent'),
  states: {
    absent: {
      createFarmingPolicy: create,
      updateFarmingPolicy: [refuse('TG-FARMING-UPDATE-1', null, 'FarmingPolicyNotExists')],
    },
    stored: {
      createFarmingPolicy: create,
      updateFarmingPolicy: [
        refuse('TG-FARMING-UPDATE-2', 'isImmutable', 'BadOrigin', {
          instead: 'Q-FARMING-IMMUTABLE',
          says: 'nobody may: the pallet has no error for it',
        }),
        accept('TG-FARMING-UPDATE-3', { to: 'stored', do: ['storeTerms'] }),
      ],
    },
  },
  guards: { isImmutable: (s: On) => s.w.get(FarmingPoliciesMap, s.key).immutable },
  effects: {
    storeNew: (s: On<CreateFarmingPolicy>) => {
      const { immutable } = s.args
      const policy = { version: VERSION, id: s.key, policyCreated: blockNumber(s.w), immutable, ...termsOf(s.args) }
      s.w.put(FarmingPoliciesMap, s.key, policy)
      s.w.set(FarmingPolicyID, s.key)
      s.emit(FarmingPolicyStored, policy)
    },
    storeTerms: (s: On<UpdateFarmingPolicy>) => {
      const policy = { ...s.w.get(FarmingPoliciesMap, s.key), ...termsOf(s.args) }
      s.w.put(FarmingPoliciesMap, s.key, policy)
      s.emit(FarmingPolicyUpdated, policy)
    },
  },
})

/** What an update replaces. */
type Terms = Omit<UpdateFarmingPolicy, 'farmingPolicyId'>
const termsOf = ({
  name,
  su,
  cu,
  nu,
  ipv4,
  minimalUptime,
  policyEnd,
  default: isDefault,
  nodeCertification,
  farmCertification,
}: Terms): Terms => ({ name, su, cu, nu, ipv4, minimalUptime, policyEnd, default: isDefault, nodeCertification, farmCertification })
