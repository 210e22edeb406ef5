/**
 * What a farm decides for its nodes: their deletion by the farmer, and the farming policy that they get with it.
 * @source pallet-tfgrid/src/farm.rs `_delete_node_farm`, `_attach_policy_to_farm` @439e6919
 */
import { binarySearch } from '../../kernel/binary-search.js'
import { accept, must, refuse } from '../../kernel/machine.js'
import { fact, type Stage } from '../../kernel/stage.js'
import { blockNumber } from '../system/clock.js'
import type { ArgsOf, attachPolicyToFarm, deleteNodeFarm } from './calls.js'
import { FarmingPolicySet } from './events.js'
import { farmIsAbsent, updateFarmWith, type OnFarm } from './farm.rules.js'
import { FarmingPoliciesMap, NodeIdByTwinID, Nodes, NodesByFarmID } from './items.js'
import type { FarmingPolicyLimit } from './types.js'

type Delete = Stage<ArgsOf<typeof deleteNodeFarm>, number>
type Attach = Stage<ArgsOf<typeof attachPolicyToFarm>, number>

/** A farm's list of nodes is searched as if it were sorted; one that moved in from another farm may be missed. */
const unsorted = 'Q-NODE-LIST-UNSORTED'
/** A policy that does not exist can be attached. */
const missingPolicy = 'Q-FARM-POLICY-MISSING'

const callerHasNoTwin = refuse('TG-FARM-NODE-DELETE-1', 'callerHasNoTwin', 'TwinNotExists')
export const deleteNodeAbsent = [
  callerHasNoTwin,
  refuse('TG-FARM-NODE-DELETE-2', 'nodeIsAbsent', 'NodeNotExists'),
  refuse('TG-FARM-NODE-DELETE-3', null, 'FarmNotExists', { says: 'never: no farm is ever deleted' }),
]
export const deleteNode = [
  callerHasNoTwin,
  refuse('TG-FARM-NODE-DELETE-4', 'callerIsNotTheFarmer', 'FarmerNotAuthorized'),
  accept('TG-FARM-NODE-DELETE-5', { when: 'searchMeetsNode', to: 'live', do: ['unlistNode', must('@deleteNode', 'node'), 'freeTwin'] }),
  accept('TG-FARM-NODE-DELETE-6', {
    when: 'nodeIsListed',
    to: 'live',
    do: ['unlistNode', must('@deleteNode', 'node'), 'freeTwin'],
    instead: unsorted,
  }),
  accept('TG-FARM-NODE-DELETE-7', {
    to: 'live',
    do: [must('@deleteNode', 'node'), 'freeTwin'],
    says: 'the node is gone; the list keeps its id when the search missed it',
  }),
]

const nothingToAttach = accept('TG-FARM-POLICY-1', { when: 'noLimitsAreGiven', says: 'nothing happens, whether the farm exists or not' })
const attachable = [
  nothingToAttach,
  refuse('TG-FARM-POLICY-2', 'policyIsAbsent', 'FarmingPolicyNotExists', { instead: missingPolicy }),
  refuse('TG-FARM-POLICY-3', 'policyHasEnded', 'FarmingPolicyExpired'),
]
export const attachPolicyAbsent = [...attachable, farmIsAbsent('TG-FARM-POLICY-4')]
export const attachPolicy = [
  ...attachable,
  accept('TG-FARM-POLICY-5', {
    to: 'live',
    do: ['attachLimits', must('@adoptPolicy', 'nodes'), 'tellAttached'],
    says: 'the farm takes the certification that the policy asks for; when a node finds no policy, nothing is attached',
  }),
]

/** The farm's node that is to go. */
const node = fact('node', (s: Delete) => s.w.get(Nodes, s.args.nodeId) ?? null)
const listed = (s: Delete): readonly number[] => s.w.get(NodesByFarmID, s.key)

/** The limits to attach, where there are any. */
const limits = (s: Attach): FarmingPolicyLimit => s.args.limits!
const policy = (s: Attach) => s.w.get(FarmingPoliciesMap, limits(s).farmingPolicyId)

export const farmNodesGuards = {
  nodeIsAbsent: (s: Delete) => node(s) === null,
  searchMeetsNode: (s: Delete) => node(s) !== null && binarySearch(listed(s), s.args.nodeId) >= 0,
  nodeIsListed: (s: Delete) => listed(s).includes(s.args.nodeId),
  noLimitsAreGiven: (s: Attach) => s.args.limits === undefined,
  policyIsAbsent: (s: Attach) => !s.w.has(FarmingPoliciesMap, limits(s).farmingPolicyId),
  /** The end is a number of blocks, 0 for never. The sum wraps at 2^32. */
  policyHasEnded: (s: Attach) => {
    const { policyCreated, policyEnd } = policy(s)
    return policyEnd !== 0 && blockNumber(s.w) >= (policyCreated + policyEnd) >>> 0
  },
}

export const farmNodesEffects = {
  unlistNode: (s: Delete) => {
    s.w.put(
      NodesByFarmID,
      s.key,
      listed(s).filter((id) => id !== s.args.nodeId),
    )
  },
  /** Unlike `delete_node`, which keeps the entry. */
  freeTwin: (s: Delete) => s.w.remove(NodeIdByTwinID, node(s)!.twinId),
  attachLimits: (s: Attach) => updateFarmWith(s, { farmingPolicyLimits: limits(s), certification: policy(s).farmCertification }),
  tellAttached: (s: Attach) => s.emit(FarmingPolicySet, [s.key, limits(s)]),
}

export const farmNodesRoutes = {
  node: (s: Delete) => [{ machine: 'node', key: s.args.nodeId }],
  nodes: (s: OnFarm) => s.w.get(NodesByFarmID, s.key).map((id) => ({ machine: 'node', key: id })),
}
