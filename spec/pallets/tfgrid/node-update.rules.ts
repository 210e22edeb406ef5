import { accept, must, refuse } from '../../kernel/machine.js'
import { ActiveNodeContracts, Contracts } from '../smart-contract/items.js'
import { addNode, removeNode, replaceNode } from '../dao/farm-weight.js'
import { NodeCertificationSet, NodeUpdated } from './events.js'
import { Nodes, NodesByFarmID } from './items.js'
import type { NodeDetails } from './node-details.rules.js'
import { nodeOf, type OnNode } from './node.state.js'
import { hasChanged } from './resources.js'

/**
 * A node updates itself, which may move it to another farm. Its farming policy stays as it is.
 * @source pallet-tfgrid/src/node.rs `_update_node` @439e6919
 */
export type UpdateNode = NodeDetails & { readonly nodeId: number }

export const updateNode = [
  refuse('TG-NODE-UPDATE-2', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-NODE-UPDATE-3', 'callerIsNotTheNode', 'NodeUpdateNotAuthorized'),
  refuse('TG-NODE-UPDATE-4', 'namedFarmIsMissing', 'FarmNotExists'),
  refuse('TG-NODE-UPDATE-10', 'wouldLeaveReservedIps', 'SmartContractModule.NodeHasActiveContracts', { instead: 'Q-NODE-MOVES-WITH-IPS' }),
  accept('TG-NODE-UPDATE-5', {
    to: 'registered',
    pays: 'no',
    do: [must('@checkDetails'), must('@changeFarm'), must('@reviewHardware'), 'storeDetails', 'announceUpdate'],
  }),
]
export const updateAbsent = [refuse('TG-NODE-UPDATE-1', null, 'NodeNotExists')]

/** `@changeFarm`: the node is listed last in its new farm, so that farm's list need not be in order any more. */
export const changeFarm = [
  accept('TG-NODE-UPDATE-6', { when: 'staysInFarm', do: ['weighAgain'] }),
  accept('TG-NODE-UPDATE-7', { do: ['moveToFarm', 'weighInBothFarms'] }),
]

/** `@reviewHardware`: a certified node whose hardware changed is certified no more. */
export const reviewHardware = [
  accept('TG-NODE-UPDATE-8', { when: 'certifiedHardwareChanged', do: ['resetCertification'] }),
  accept('TG-NODE-UPDATE-9'),
]

type On = OnNode<UpdateNode>

export const updateGuards = {
  /** IPs of the farm that the node is in are reserved by contracts on it. */
  wouldLeaveReservedIps: (s: On) =>
    nodeOf(s).farmId !== s.args.farmId &&
    s.w.get(ActiveNodeContracts, s.key).some((id) => {
      const contract = s.w.get(Contracts, id)?.contractType
      return contract?.type === 'NodeContract' && contract.value.publicIps > 0
    }),
  staysInFarm: (s: On) => nodeOf(s).farmId === s.args.farmId,
  certifiedHardwareChanged: (s: On) => nodeOf(s).certification.type === 'Certified' && hasChanged(nodeOf(s).resources, s.args.resources),
}

export const updateEffects = {
  weighAgain: (s: On) => replaceNode(s.w, s.args.farmId, nodeOf(s).resources, s.args.resources),
  moveToFarm: (s: On) => {
    const { farmId } = nodeOf(s)
    const others = s.w.get(NodesByFarmID, farmId).filter((id) => id !== s.key)
    s.w.put(NodesByFarmID, farmId, others)
    s.w.put(NodesByFarmID, s.args.farmId, [...s.w.get(NodesByFarmID, s.args.farmId), s.key])
  },
  weighInBothFarms: (s: On) => {
    removeNode(s.w, nodeOf(s).farmId, nodeOf(s).resources)
    addNode(s.w, s.args.farmId, s.args.resources)
  },
  resetCertification: (s: On) => {
    s.w.put(Nodes, s.key, { ...nodeOf(s), certification: { type: 'Diy' } })
    s.emit(NodeCertificationSet, [s.key, { type: 'Diy' }])
  },
  storeDetails: (s: On) => {
    const { farmId, resources, location, interfaces, secureBoot, virtualized, serialNumber } = s.args
    s.w.put(Nodes, s.key, { ...nodeOf(s), farmId, resources, location, interfaces, secureBoot, virtualized, serialNumber })
  },
  announceUpdate: (s: On) => s.emit(NodeUpdated, nodeOf(s)),
}
