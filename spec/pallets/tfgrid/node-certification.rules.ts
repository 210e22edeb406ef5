import { accept, refuse } from '../../kernel/machine.js'
import { fact } from '../../kernel/stage.js'
import { NodeCertificationSet, NodeUpdated } from './events.js'
import { AllowedNodeCertifiers, FarmingPoliciesMap, Nodes } from './items.js'
import { nodeOf, type OnNode } from './node.state.js'
import { choosePolicy, drawOnLimits, type PolicyChoice } from './policy-choice.js'
import type { NodeCertification } from './types.js'

/**
 * A node's certification and its farming policy, which follow each other: who certifies a node that has a default policy
 * has its policy chosen anew, and a policy that is attached to the farm sets the certification of its nodes.
 * @source pallet-tfgrid/src/lib.rs `set_node_certification`, node.rs `_set_node_certification`, farm.rs `_attach_policy_to_farm` @439e6919
 */
export interface SetNodeCertification {
  readonly nodeId: number
  readonly nodeCertification: NodeCertification
}

const onlyCertifiers = [
  refuse('TG-NODE-CERTIFY-0', 'callerIsNoAccount', 'BadOrigin', { says: 'a minority of the council is neither restricted nor signed' }),
  refuse('TG-NODE-CERTIFY-1', 'callerMayNotCertify', 'NotAllowedToCertifyNode'),
]

export const setNodeCertification = [
  ...onlyCertifiers,
  accept('TG-NODE-CERTIFY-3', {
    when: 'hasSpecialPolicy',
    says: 'a policy that is no default one stays',
    to: 'registered',
    do: ['certify', 'announceCertification'],
  }),
  refuse('TG-NODE-CERTIFY-4', 'farmOfNodeIsMissing', 'FarmNotExists'),
  refuse('TG-NODE-CERTIFY-5', 'noPolicyFitsCertification', 'FarmingPolicyNotExists'),
  accept('TG-NODE-CERTIFY-6', {
    when: 'certificationDrawsOnLimits',
    to: 'registered',
    do: ['drawForCertification', 'certify', 'assignPolicy', 'announceCertification'],
  }),
  accept('TG-NODE-CERTIFY-7', { to: 'registered', do: ['certify', 'assignPolicy', 'announceCertification'] }),
]
export const setCertificationAbsent = [...onlyCertifiers, refuse('TG-NODE-CERTIFY-2', null, 'NodeNotExists')]

/** `@adoptPolicy`: a policy was attached to the node's farm. */
export const adoptPolicy = [
  accept('TG-NODE-ADOPT-2', { when: 'hasSpecialPolicy', says: 'a policy that is no default one stays' }),
  refuse('TG-NODE-ADOPT-3', 'farmOfNodeIsMissing', 'FarmNotExists'),
  refuse('TG-NODE-ADOPT-4', 'noPolicyFitsNode', 'FarmingPolicyNotExists'),
  accept('TG-NODE-ADOPT-5', { when: 'nodeDrawsOnLimits', to: 'registered', do: ['drawForNode', 'adopt', 'announceAdoption'] }),
  accept('TG-NODE-ADOPT-6', { to: 'registered', do: ['adopt', 'announceAdoption'] }),
]
export const adoptPolicyAbsent = [accept('TG-NODE-ADOPT-1', { says: 'a farm may list nodes that are gone' })]

type On = OnNode<SetNodeCertification>
const certificationsChoice = fact('farming policy for the certification', (s: On) =>
  choosePolicy(s, { ...nodeOf(s), certification: s.args.nodeCertification }),
)
const nodesChoice = fact('farming policy for the node', (s: OnNode) => choosePolicy(s, nodeOf(s)))
const chosen = (choice: ReturnType<typeof nodesChoice>) => choice as PolicyChoice

export const certificationGuards = {
  callerIsNoAccount: (s: On) => s.origin.type !== 'signed' && s.origin.type !== 'root' && s.origin.type !== 'council',
  callerMayNotCertify: (s: On) => s.origin.type === 'signed' && !(s.w.get(AllowedNodeCertifiers) ?? []).includes(s.origin.who),
  hasSpecialPolicy: (s: OnNode) => !s.w.get(FarmingPoliciesMap, nodeOf(s).farmingPolicyId).default,
  noPolicyFitsCertification: (s: On) => typeof certificationsChoice(s) === 'string',
  certificationDrawsOnLimits: (s: On) => chosen(certificationsChoice(s)).limitsLeft !== null,
  noPolicyFitsNode: (s: OnNode) => typeof nodesChoice(s) === 'string',
  nodeDrawsOnLimits: (s: OnNode) => chosen(nodesChoice(s)).limitsLeft !== null,
}

export const certificationEffects = {
  drawForCertification: (s: On) => drawOnLimits(s.w, nodeOf(s).farmId, chosen(certificationsChoice(s))),
  certify: (s: On) => s.w.put(Nodes, s.key, { ...nodeOf(s), certification: s.args.nodeCertification }),
  assignPolicy: (s: On) => s.w.put(Nodes, s.key, { ...nodeOf(s), farmingPolicyId: chosen(certificationsChoice(s)).policy.id }),
  announceCertification: (s: On) => {
    s.emit(NodeUpdated, nodeOf(s))
    s.emit(NodeCertificationSet, [s.key, s.args.nodeCertification])
  },
  drawForNode: (s: OnNode) => drawOnLimits(s.w, nodeOf(s).farmId, chosen(nodesChoice(s))),
  adopt: (s: OnNode) => {
    const { policy } = chosen(nodesChoice(s))
    s.w.put(Nodes, s.key, { ...nodeOf(s), farmingPolicyId: policy.id, certification: policy.nodeCertification })
  },
  announceAdoption: (s: OnNode) => s.emit(NodeUpdated, nodeOf(s)),
}
