import { accept, attempt, must, refuse } from '../../kernel/machine.js'
import { binarySearch } from '../../kernel/binary-search.js'
import { fact } from '../../kernel/stage.js'
import { removeNode } from '../dao/farm-weight.js'
import { ActiveNodeContracts, ActiveRentContractForNode } from '../smart-contract/items.js'
import { NodeDeleted } from './events.js'
import { NodeIdByTwinID, Nodes, NodesByFarmID } from './items.js'
import { nodeOf, type OnNode } from './node.state.js'

/**
 * The end of a node: it deletes itself (`delete_node`), or its farmer does (`delete_node_farm`, which sends `@deleteNode`).
 *
 * The node looks itself up in its farm's list by binary search, but a node that moved between farms was put at the list's
 * end: then nodes are overlooked and cannot delete themselves (quirk Q-NODE-LIST-UNSORTED). One that can leaves its id with
 * its twin, so that the twin can never register a node again (quirk Q-NODE-TWIN-LINGERS).
 *
 * @source pallet-tfgrid/src/node.rs `_delete_node`; runtime/src/lib.rs `NodeChanged::node_deleted` @439e6919
 */
const UNSORTED = 'Q-NODE-LIST-UNSORTED'
const GONE_LINGERS = 'Q-NODE-GONE-LINGERS'
const LINGERS = 'Q-NODE-TWIN-LINGERS'

export const deleteNode = [
  refuse('TG-NODE-DELETE-2', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-NODE-DELETE-3', 'callerIsNotTheNode', 'NodeUpdateNotAuthorized'),
  refuse('TG-NODE-DELETE-4', 'farmOverlooksTheNode', 'NodeNotExists', { says: "the farm's list does not hold the node, or hides it" }),
  accept('TG-NODE-DELETE-5', { quirk: LINGERS, to: 'absent', do: ['leaveFarm', must('@deleteNode')] }),
  accept('TG-NODE-DELETE-6', { instead: LINGERS, to: 'absent', do: ['leaveFarm', 'freeTwin', must('@deleteNode')] }),
]
export const deleteAbsent = [refuse('TG-NODE-DELETE-1', null, 'NodeNotExists')]

/** `@deleteNode`: contracts on the node are closed and billed, whatever comes of it; then the node is gone. */
export const gone = [
  accept('TG-NODE-GONE-1', {
    quirk: GONE_LINGERS,
    to: 'absent',
    do: [attempt('@nodeDeleted', 'contractsOnNode'), attempt('@nodeDeleted', 'rentContract'), 'dropWeight', 'removeNode'],
  }),
  accept('TG-NODE-GONE-2', {
    instead: GONE_LINGERS,
    to: 'absent',
    says: 'a contract that cannot be billed keeps its node',
    do: [must('@nodeDeleted', 'contractsOnNode'), must('@nodeDeleted', 'rentContract'), 'dropWeight', 'removeNode'],
  }),
]

const placeInFarm = fact("place in the farm's list", (s: OnNode) => {
  const nodes = s.w.get(NodesByFarmID, nodeOf(s).farmId)
  return s.quirk(UNSORTED) ? binarySearch(nodes, s.key) : nodes.indexOf(s.key)
})

export const deleteGuards = { farmOverlooksTheNode: (s: OnNode) => placeInFarm(s) < 0 }

export const deleteEffects = {
  leaveFarm: (s: OnNode) => {
    const { farmId } = nodeOf(s)
    const nodes = s.w.get(NodesByFarmID, farmId)
    const others = nodes.filter((_, i) => i !== placeInFarm(s))
    s.w.put(NodesByFarmID, farmId, others)
  },
  freeTwin: (s: OnNode) => s.w.remove(NodeIdByTwinID, nodeOf(s).twinId),
  dropWeight: (s: OnNode) => removeNode(s.w, nodeOf(s).farmId, nodeOf(s).resources),
  removeNode: (s: OnNode) => {
    s.w.remove(Nodes, s.key)
    s.emit(NodeDeleted, s.key)
  },
}

export const deleteRoutes = {
  contractsOnNode: (s: OnNode) => s.w.get(ActiveNodeContracts, s.key).map((id) => ({ machine: 'contract', key: id })),
  rentContract: (s: OnNode) => {
    const id = s.w.get(ActiveRentContractForNode, s.key)
    return id === undefined ? [] : [{ machine: 'contract', key: id }]
  },
}
