import { stepInvariant, type Invariant } from '../../kernel/invariant.js'
import type { StepView } from '../../kernel/step-view.js'
import { FarmingPoliciesMap, Farms, NodeIdByTwinID, NodePower, Nodes, TwinIdByAccountID, Twins } from './items.js'
import type { FarmCertification, NodeCertification } from './types.js'
import { relayIsValid } from './validation/relay.js'

const rank = ({ type }: NodeCertification | FarmCertification): number => (type === 'Certified' || type === 'Gold' ? 1 : 0)
const isDirect = (step: StepView, ...names: readonly string[]): boolean =>
  step.act?.call.pallet === 'TfgridModule' && names.includes(step.act.call.name)

/** What holds about steps that change twins, farms and nodes. */
export const gridStepInvariants: readonly Invariant[] = [
  stepInvariant(
    'INV-TG-30',
    'an immutable farming policy never changes',
    [FarmingPoliciesMap],
    (step) =>
      [...step.touched(FarmingPoliciesMap)]
        .filter(
          ([id, before]) => before?.immutable === true && JSON.stringify(before) !== JSON.stringify(step.w.get(FarmingPoliciesMap, id)),
        )
        .map(([id]) => `policy ${id} changed`),
    { brokenBy: ['Q-FARMING-IMMUTABLE'] },
  ),
  stepInvariant(
    'INV-TG-31',
    'a node that registers gets a policy, and with it a certification, that asks for no certification that node or farm lack, unless a policy is attached to its farm',
    [Nodes],
    (step) => {
      const witnesses: string[] = []
      for (const [id, before] of step.touched(Nodes)) {
        const node = step.w.get(Nodes, id)
        if (node === undefined || before !== undefined) continue
        const farm = step.w.get(Farms, node.farmId)
        if (farm === undefined) continue
        const policy = step.w.get(FarmingPoliciesMap, node.farmingPolicyId)
        const isAttached = farm.farmingPolicyLimits?.farmingPolicyId === policy.id && !policy.default
        if (
          !isAttached &&
          farm.farmingPolicyLimits?.farmingPolicyId !== policy.id &&
          (rank(policy.nodeCertification) > 0 || rank(policy.farmCertification) > rank(farm.certification))
        )
          witnesses.push(`node ${id} got policy ${policy.id}`)
      }
      return witnesses
    },
    { brokenBy: ['Q-POLICY-DEFAULT-UNFIT'] },
  ),
  stepInvariant(
    'INV-TG-32',
    'limits that are for certified nodes are drawn on by certified nodes only',
    [Farms, Nodes],
    (step) => {
      const witnesses: string[] = []
      for (const [farm, before] of step.touched(Farms)) {
        const limits = before?.farmingPolicyLimits
        const left = step.w.get(Farms, farm)?.farmingPolicyLimits
        if (
          limits?.nodeCertification !== true ||
          left === undefined ||
          left.farmingPolicyId !== limits.farmingPolicyId ||
          limits.nodeCount === undefined ||
          left.nodeCount !== limits.nodeCount - 1
        )
          continue
        for (const [id, node] of step.touched(Nodes))
          if (node === undefined && step.w.get(Nodes, id)?.farmId === farm)
            witnesses.push(`node ${id}, which nobody certified, drew on the limits of farm ${farm}`)
      }
      return witnesses
    },
    { brokenBy: ['Q-POLICY-LIMIT-CERTIFICATION'] },
  ),
  stepInvariant(
    'INV-TG-33',
    'a relay that is a domain is taken',
    [],
    (step) => {
      const { act } = step
      if (act?.outcome.error !== 'TfgridModule.InvalidRelayAddress' || !isDirect(step, 'createTwin', 'updateTwin')) return []
      const { relay } = act.args as { readonly relay?: string }
      return relay === undefined || relayIsValid(relay) ? [`${relay} is refused`] : []
    },
    { brokenBy: ['Q-TWIN-RELAY'] },
  ),
  stepInvariant(
    'INV-TG-34',
    'a node can always delete itself',
    [],
    (step) => {
      const { act, w } = step
      if (act?.outcome.error !== 'TfgridModule.NodeNotExists' || !isDirect(step, 'deleteNode')) return []
      const { id } = act.args as { readonly id: number }
      return w.get(Nodes, id)?.twinId === w.get(TwinIdByAccountID, act.who) && w.has(Nodes, id) ? [`node ${id} cannot delete itself`] : []
    },
    { brokenBy: ['Q-NODE-LIST-UNSORTED'] },
  ),
  stepInvariant('INV-TG-35', 'a twin keeps its id and its account for ever', [Twins], (step) =>
    [...step.touched(Twins)].flatMap(([id, before]) =>
      before === undefined || step.w.get(Twins, id)?.accountId === before.accountId ? [] : [`twin ${id} changed hands`],
    ),
  ),
  stepInvariant('INV-TG-36', 'a twin is changed only by its own account', [Twins], (step) => {
    const { act } = step
    if (act === undefined || act.call.pallet !== 'TfgridModule') return []
    return [...step.touched(Twins)].flatMap(([id, before]) =>
      before === undefined || before.accountId === act.who ? [] : [`somebody else changed twin ${id}`],
    )
  }),
  stepInvariant(
    'INV-TG-37',
    'a node moves, updates and powers itself; its farmer may only delete it, configure it and ask for its power',
    [Nodes, NodePower],
    (step) => {
      const { act, w } = step
      if (act === undefined || act.call.pallet !== 'TfgridModule') return []
      const witnesses: string[] = []
      for (const [id, before] of step.touched(Nodes)) {
        if (before === undefined || isDirect(step, 'setNodeCertification', 'attachPolicyToFarm')) continue
        const isItself = w.get(Twins, before.twinId)?.accountId === act.who
        const isFarmer = w.get(Twins, w.get(Farms, before.farmId)?.twinId ?? 0)?.accountId === act.who
        if (!isItself && !(isFarmer && isDirect(step, 'deleteNodeFarm', 'addNodePublicConfig')))
          witnesses.push(`somebody else changed node ${id} by ${act.call.name}`)
      }
      return witnesses
    },
  ),
  stepInvariant('INV-TG-38', 'a farm is changed by its farmer, or because the council or one of its nodes makes it', [Farms], (step) => {
    const { act, w } = step
    if (act === undefined || !isDirect(step, 'updateFarm', 'addFarmIp', 'removeFarmIp', 'addStellarPayoutV2Address')) return []
    return [...step.touched(Farms)].flatMap(([id, before]) =>
      before === undefined || w.get(Twins, before.twinId)?.accountId === act.who ? [] : [`somebody else changed farm ${id}`],
    )
  }),
  stepInvariant(
    'INV-TG-39',
    'a deleted node leaves no index to it behind',
    [Nodes],
    (step) =>
      [...step.touched(Nodes)].flatMap(([id, before]) =>
        before === undefined || step.w.has(Nodes, id) || step.w.get(NodeIdByTwinID, before.twinId) !== id
          ? []
          : [`twin ${before.twinId} still leads to node ${id}`],
      ),
    { brokenBy: ['Q-NODE-TWIN-LINGERS'] },
  ),
]
