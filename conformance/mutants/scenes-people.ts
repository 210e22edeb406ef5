import type { Draw } from '../../model/draw.js'
import { asks, motion } from '../../model/proposal.js'
import { proposeBurnTransactionOrAddSig, setBurnTransactionExecuted, swapToStellar } from '../../spec/pallets/tft-bridge/calls.js'
import { BurnTransactionID, BurnTransactions, ExecutedBurnTransactions, Validators } from '../../spec/pallets/tft-bridge/items.js'
import { stellarAddress } from '../../spec/pallets/tft-bridge/stellar-address.js'
import { attachPolicyToFarm, createFarm, deleteEntity, updateEntity, updateTwin } from '../../spec/pallets/tfgrid/calls.js'
import { setNodeCertification, updatePricingPolicy } from '../../spec/pallets/tfgrid/calls-node.js'
import {
  Entities,
  EntityIdByAccountID,
  FarmingPoliciesMap,
  Farms,
  Nodes,
  NodesByFarmID,
  PricingPolicies,
  PricingPolicyIdByName,
  TwinIdByAccountID,
  Twins,
} from '../../spec/pallets/tfgrid/items.js'
import { put, type Scenery } from './scene.js'

/** Scenes about indexes of people, farms, policies and burns that lead to something else. */

/** An account finds somebody else's twin, and acts as if it were its own. */
export function* othersTwin(d: Draw): Scenery {
  const [who, other] = [d.entryOf(Twins)?.[1].accountId, d.actor()]
  const twinId = who === undefined ? undefined : d.w.get(TwinIdByAccountID, who)
  if (who === undefined || twinId === undefined || other === who) return
  yield put(TwinIdByAccountID, other, twinId)
  yield asks(other, updateTwin, { relay: undefined, pk: undefined })
  yield asks(other, createFarm, { name: `farm${d.int(0, 999)}`, publicIps: [] })
}

/** An account finds somebody else's entity. */
export function* othersEntity(d: Draw): Scenery {
  const [entityId, entity] = d.entryOf(Entities) ?? []
  const other = d.actor()
  if (entityId === undefined || entity?.accountId === other) return
  yield put(EntityIdByAccountID, other, entityId)
  if (d.chance(60)) yield asks(other, updateEntity, { name: `entity${d.int(0, 999)}`, country: 'Belgium', city: 'Ghent' })
  yield asks(other, deleteEntity, undefined as never)
}

/** A farm lists a node that names a farm which is not there; a policy is attached to the farm. */
export function* nodeOfNoFarm(d: Draw): Scenery {
  const [nodeId, node] = d.entryOf(Nodes) ?? []
  if (nodeId === undefined || node === undefined || !d.w.has(Farms, node.farmId)) return
  if (!d.w.get(NodesByFarmID, node.farmId).includes(nodeId)) return
  const usual = [...d.w.entries(FarmingPoliciesMap)].find(([, policy]) => policy.default)?.[0]
  if (usual === undefined) return
  yield put(Nodes, nodeId, { ...node, farmId: 0xfffe, farmingPolicyId: usual })
  const limits = { farmingPolicyId: usual, cu: undefined, su: undefined, end: undefined, nodeCount: undefined, nodeCertification: false }
  yield motion(d.w, attachPolicyToFarm, { farmId: node.farmId, limits })
}

/** A node has another policy than that of its farm's limits, and is certified. */
export function* otherPolicy(d: Draw): Scenery {
  const [nodeId, node] = d.entryOf(Nodes) ?? []
  const [other, farmingPolicyId] = [...d.w.entries(FarmingPoliciesMap)].flatMap(([id, policy]) => (policy.default ? [id] : []))
  if (nodeId === undefined || node === undefined || other === undefined || farmingPolicyId === undefined) return
  const limits = { farmingPolicyId, cu: 1n << 40n, su: 1n << 40n, end: undefined, nodeCount: 9, nodeCertification: false }
  yield motion(d.w, attachPolicyToFarm, { farmId: node.farmId, limits })
  yield put(Nodes, nodeId, { ...d.w.get(Nodes, nodeId)!, farmingPolicyId: other, certification: { type: 'Diy' } })
  yield motion(d.w, setNodeCertification, { nodeId, nodeCertification: { type: 'Certified' } })
}

/** The name of a pricing policy leads nowhere; an update that keeps it makes it lead there again. */
export function* namelessPolicy(d: Draw): Scenery {
  const [pricingPolicyId, policy] = d.entryOf(PricingPolicies) ?? []
  if (pricingPolicyId === undefined || policy === undefined) return
  yield put(PricingPolicyIdByName, policy.name, undefined)
  const { version, id, ...terms } = policy
  if (version >= 0 && id === pricingPolicyId) yield motion(d.w, updatePricingPolicy, { pricingPolicyId, ...terms })
}

/** Ids of burns begin anew: a burn is made that was executed before. */
export function* burnAgain(d: Draw): Scenery {
  const who = d.actor()
  const targetStellarAddress = stellarAddress(new Uint8Array(32).fill(1))
  yield asks(who, swapToStellar, { targetStellarAddress, amount: 20_000_000n })
  const [transactionId, burn] = [...d.w.entries(BurnTransactions)].at(-1) ?? []
  const [validator] = d.w.get(Validators)
  if (transactionId === undefined || burn === undefined || validator === undefined) return
  yield put(ExecutedBurnTransactions, transactionId, burn)
  if (d.chance(20)) yield put(BurnTransactionID, undefined, transactionId - 1n)
  const { target, amount } = burn
  const signed = { signature: 'signed', stellarPubKey: 'key', sequenceNumber: 1n }
  yield asks(validator, proposeBurnTransactionOrAddSig, { transactionId, target, amount, ...signed })
  yield asks(validator, setBurnTransactionExecuted, { transactionId })
}
