import { accept, must, refuse } from '../../kernel/machine.js'
import { fact } from '../../kernel/stage.js'
import { addNode } from '../dao/farm-weight.js'
import { seconds } from '../system/clock.js'
import { NodeStored } from './events.js'
import { ConnectionPrice, Farms, NodeID, NodeIdByTwinID, Nodes, NodesByFarmID, TwinIdByAccountID } from './items.js'
import type { NodeDetails } from './node-details.rules.js'
import { callersTwin, nodeOf, type OnNode } from './node.state.js'
import { choosePolicy, drawOnLimits, type PolicyChoice } from './policy-choice.js'

/**
 * Registration: a twin becomes a node of any farm it names. The farm's owner is not asked.
 * @source pallet-tfgrid/src/node.rs `_create_node` @439e6919
 */
export const createNode = [
  refuse('TG-NODE-CREATE-1', 'namedFarmIsMissing', 'FarmNotExists'),
  refuse('TG-NODE-CREATE-2', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-NODE-CREATE-3', 'twinHasANode', 'NodeWithTwinIdExists'),
  accept('TG-NODE-CREATE-4', { to: 'registered', do: [must('@checkDetails'), must('@enrol')] }),
]

/** `@enrol`: gives the node its farming policy, and with it its certification, and stores it. */
export const enrol = [
  refuse('TG-NODE-CREATE-5', 'noPolicyFits', 'FarmingPolicyNotExists'),
  accept('TG-NODE-CREATE-6', {
    when: 'limitsAreDrawnOn',
    to: 'registered',
    do: ['drawOnLimits', 'storeNewNode', 'weighNewNode', 'announceNode'],
  }),
  accept('TG-NODE-CREATE-7', { to: 'registered', do: ['storeNewNode', 'weighNewNode', 'announceNode'] }),
]

/** Version of the node struct that is written. @source lib.rs `TFGRID_NODE_VERSION` */
const NODE_VERSION = 5

type On = OnNode<NodeDetails>
const choice = fact('farming policy of the new node', (s: On) =>
  choosePolicy(s, { farmId: s.args.farmId, resources: s.args.resources, certification: { type: 'Diy' } }),
)
const chosen = (s: On) => choice(s) as PolicyChoice

export const createGuards = {
  namedFarmIsMissing: (s: On) => !s.w.has(Farms, s.args.farmId),
  twinHasANode: (s: On) => s.w.has(NodeIdByTwinID, callersTwin(s)!),
  noPolicyFits: (s: On) => typeof choice(s) === 'string',
  limitsAreDrawnOn: (s: On) => chosen(s).limitsLeft !== null,
}

export const createEffects = {
  drawOnLimits: (s: On) => drawOnLimits(s.w, s.args.farmId, chosen(s)),
  storeNewNode: (s: On) => {
    const { farmId, resources, location, interfaces, secureBoot, virtualized, serialNumber } = s.args
    const { policy } = chosen(s)
    const twinId = s.w.get(TwinIdByAccountID, s.caller)!
    s.w.put(Nodes, s.key, {
      version: NODE_VERSION,
      id: s.key,
      farmId,
      twinId,
      resources,
      location,
      publicConfig: undefined,
      created: seconds(s.w),
      farmingPolicyId: policy.id,
      interfaces,
      certification: policy.nodeCertification,
      secureBoot,
      virtualized,
      serialNumber,
      connectionPrice: s.w.get(ConnectionPrice),
    })
    s.w.set(NodeID, s.key)
    s.w.put(NodeIdByTwinID, twinId, s.key)
    s.w.put(NodesByFarmID, farmId, [...s.w.get(NodesByFarmID, farmId), s.key])
  },
  weighNewNode: (s: On) => addNode(s.w, s.args.farmId, s.args.resources),
  announceNode: (s: On) => s.emit(NodeStored, nodeOf(s)),
}
