/**
 * Which farming policy a node gets.
 *
 * A farm may have limits attached: then its nodes get that policy as long as the limits last, each drawing on them, and
 * the best default policy afterwards. Without limits a node gets the best policy that asks for no more certification than
 * node and farm have.
 *
 * 144 asks nothing of the node for the default policy once the limits are used up: a node that nobody certified gets the
 * policy of certified nodes, and with it their certification (quirk Q-POLICY-DEFAULT-UNFIT). And it gives limits that are
 * meant for certified nodes to any node (quirk Q-POLICY-LIMIT-CERTIFICATION).
 *
 * @source pallet-tfgrid/src/pricing.rs `get_farming_policy`, `get_default_farming_policy` @439e6919; docs/misc/minimal_DAO.md
 */
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { seconds } from '../system/clock.js'
import { FarmUpdated } from './events.js'
import { Farms, FarmingPoliciesMap } from './items.js'
import { computeUnits, storageUnits } from './resources.js'
import type { FarmCertification, FarmingPolicy, FarmingPolicyLimit, Node, NodeCertification } from './types.js'

/** What the choice looks at. */
export type Candidate = Pick<Node, 'farmId' | 'resources' | 'certification'>
/** A policy, with what stays of the farm's limits when the node draws on them, null when it does not. */
export interface PolicyChoice {
  readonly policy: FarmingPolicy
  readonly limitsLeft: FarmingPolicyLimit | null
}
/** The pallet's error when there is no choice. */
export type NoPolicy = 'FarmNotExists' | 'FarmingPolicyNotExists'

/** TG-POLICY-1 The farming policy for a node. Reads only; `drawOnLimits` writes what the choice costs. */
export function choosePolicy(s: Pick<Stage, 'w' | 'quirk'>, node: Candidate): PolicyChoice | NoPolicy {
  const { w } = s
  const farm = w.get(Farms, node.farmId)
  if (farm === undefined) return 'FarmNotExists'
  const fits = (p: FarmingPolicy) =>
    rank(p.nodeCertification) <= rank(node.certification) && rank(p.farmCertification) <= rank(farm.certification)
  const limits = farm.farmingPolicyLimits
  if (limits === undefined) return free(best(w, fits))
  if (!w.has(FarmingPoliciesMap, limits.farmingPolicyId)) return 'FarmingPolicyNotExists'
  const forCertifiedOnly = limits.nodeCertification && !s.quirk('Q-POLICY-LIMIT-CERTIFICATION')
  const limitsLeft = forCertifiedOnly && node.certification.type !== 'Certified' ? null : draw(limits, node, seconds(w))
  if (limitsLeft !== null) return { policy: w.get(FarmingPoliciesMap, limits.farmingPolicyId), limitsLeft }
  const unfit = s.quirk('Q-POLICY-DEFAULT-UNFIT')
  return free(best(w, (p) => p.default && (unfit || fits(p))))
}

const free = (policy: FarmingPolicy | undefined): PolicyChoice | NoPolicy =>
  policy === undefined ? 'FarmingPolicyNotExists' : { policy, limitsLeft: null }

/** TG-POLICY-2 What stays of a farm's limits after a node; null when they are past their end (in seconds) or too small for it. */
export function draw(limits: FarmingPolicyLimit, node: Candidate, now: bigint): FarmingPolicyLimit | null {
  const cu = computeUnits(node.resources)
  const su = storageUnits(node.resources)
  if (limits.end !== undefined && now > limits.end) return null
  if (limits.cu !== undefined && cu > limits.cu) return null
  if (limits.su !== undefined && su > limits.su) return null
  if (limits.nodeCount === 0) return null
  return {
    ...limits,
    cu: limits.cu === undefined ? undefined : limits.cu - cu,
    su: limits.su === undefined ? undefined : limits.su - su,
    nodeCount: limits.nodeCount === undefined ? undefined : limits.nodeCount - 1,
  }
}

/** TG-POLICY-3 Among the eligible: default policies before others, then the highest farm and node certification, then the newest. */
function best(w: World, eligible: (p: FarmingPolicy) => boolean): FarmingPolicy | undefined {
  let winner: FarmingPolicy | undefined
  for (const [, policy] of w.entries(FarmingPoliciesMap))
    if (eligible(policy) && (winner === undefined || beats(policy, winner))) winner = policy
  return winner
}

/** @source types.rs `impl Ord for FarmingPolicy` */
function beats(a: FarmingPolicy, b: FarmingPolicy): boolean {
  if (a.default !== b.default) return a.default
  if (a.farmCertification.type !== b.farmCertification.type) return rank(a.farmCertification) > rank(b.farmCertification)
  if (a.nodeCertification.type !== b.nodeCertification.type) return rank(a.nodeCertification) > rank(b.nodeCertification)
  return a.id > b.id
}

const rank = ({ type }: NodeCertification | FarmCertification): number => (type === 'Certified' || type === 'Gold' ? 1 : 0)

/** Writes what stays of the farm's limits and tells. For a choice with `limitsLeft` only. */
export function drawOnLimits(w: World, farmId: number, { limitsLeft }: PolicyChoice): void {
  const farm = { ...w.get(Farms, farmId)!, farmingPolicyLimits: limitsLeft! }
  w.put(Farms, farmId, farm)
  w.emit(FarmUpdated, farm)
}
