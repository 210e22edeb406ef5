import { transferAllowDeath } from '../../spec/pallets/balances/calls.js'
import { cancelContract, createNodeContract, createRentContract, updateNodeContract } from '../../spec/pallets/smart-contract/calls.js'
import { setDedicatedNodeExtraFee } from '../../spec/pallets/smart-contract/calls-service.js'
import { lifeOf } from '../../spec/pallets/smart-contract/contract.state.js'
import { GRACE_PERIOD } from '../../spec/pallets/smart-contract/grace.rules.js'
import { ActiveNodeContracts, ActiveRentContractForNode, ContractLock, Contracts } from '../../spec/pallets/smart-contract/items.js'
import type { Contract } from '../../spec/pallets/smart-contract/types.js'
import { blockNumber } from '../../spec/pallets/system/clock.js'
import { deleteNode } from '../../spec/pallets/tfgrid/calls-node.js'
import { deleteNodeFarm } from '../../spec/pallets/tfgrid/calls.js'
import { Farms, Nodes } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { drainTo, refill } from '../money.js'
import { ownerOfTwin, twinOwner } from '../pick.js'
import { asks, wait } from '../proposal.js'
import { anyContract, bill, drained, hourLater, payer, reported, used, type Steps } from './steps.js'
import { hash } from '../values.js'

/** Bills a few contracts cycle after cycle. */
export function* billingRounds(d: Draw): Steps {
  const ids = [...new Set(Array.from({ length: d.int(1, 3) }, () => anyContract(d)))].filter((id) => id !== undefined)
  for (const id of ids) yield* used(d, id)
  for (let i = d.pick([2, 4, 8]); i > 0 && ids.length > 0; i--) {
    yield hourLater(d)
    for (const id of ids) yield bill(d, id)
  }
}

/** Bills one contract until its payout: it comes with the 24th bill, for which the payer may lack the money. */
export function* payout(d: Draw): Steps {
  const id = anyContract(d)
  if (id === undefined) return
  yield* used(d, id)
  const drains = d.chance(35)
  for (let i = 0; i < 26; i++) {
    const { cycles } = d.w.get(ContractLock, id)
    if (!d.w.has(Contracts, id) || (i > 1 && cycles === 0)) return
    yield hourLater(d)
    if (cycles === 23) yield* reported(d, id)
    if (drains && cycles === 23) yield* drained(d, id)
    yield bill(d, id)
    if (d.w.get(Contracts, id)?.state.type === 'GracePeriod') {
      const who = payer(d, id)
      if (who !== undefined) yield asks(refill(d, who).who, transferAllowDeath, refill(d, who).args)
    }
  }
}

/** A payer runs dry: grace begins, and the money comes back, the contract is cancelled, or the grace period passes to the block. */
export function* grace(d: Draw): Steps {
  const id = anyContract(d)
  if (id === undefined) return
  yield* used(d, id)
  if (d.chance(50)) yield* [hourLater(d), bill(d, id)]
  yield* drained(d, id)
  for (let i = 0; i < 3 && d.w.get(Contracts, id)?.state.type === 'Created'; i++) yield* [hourLater(d), bill(d, id)]
  if (d.chance(30)) yield* [hourLater(d), bill(d, id)]
  const contract = d.w.get(Contracts, id)
  const who = payer(d, id)
  if (contract?.state.type !== 'GracePeriod' || who === undefined) return
  const way = d.int(0, 9)
  if (way < 4) {
    const { args, who: from } = refill(d, who)
    yield asks(from, transferAllowDeath, args)
    yield* [hourLater(d), bill(d, id)]
  } else if (way < 6) {
    if (d.chance(60)) yield asks(refill(d, who).who, transferAllowDeath, refill(d, who).args)
    yield asks(who, cancelContract, { contractId: id })
    yield asks(who, updateNodeContract, { contractId: id, deploymentHash: d.of(hash), deploymentData: '' })
  } else yield* toEndOfGrace(d, id, contract)
}

function* toEndOfGrace(d: Draw, id: bigint, contract: Contract): Steps {
  if (contract.state.type !== 'GracePeriod') return
  const left = Number(contract.state.value) + GRACE_PERIOD - blockNumber(d.w)
  const blocks = left + d.pick([-1, 0, 0, 0, 1])
  // What was owed stays owed, and there is nothing left to pay it with.
  const drain = d.chance(40) ? drainTo(d, payer(d, id) ?? d.actor(), BigInt(d.pick([0, 1, 499, 500, 501]))) : undefined
  if (drain !== undefined) yield asks(drain.who, transferAllowDeath, drain.args)
  if (blocks > 0) yield wait(blocks, blocks * 6)
  // The contracts of a node whose rent contract is in grace are deleted first, sometimes.
  const under = contract.contractType.type === 'RentContract' ? d.w.get(ActiveNodeContracts, contract.contractType.value.nodeId) : []
  if (d.chance(60)) for (const other of under.slice(0, 2)) yield bill(d, other)
  yield bill(d, id)
  if (d.chance(50)) yield* [wait(1, 6), bill(d, id)]
}

/** A node goes with contracts on it. Those of payers who cannot pay linger as deleted, and are billed and cancelled again. */
export function* nodeGone(d: Draw): Steps {
  const nodes = [...d.w.entries(ActiveNodeContracts)].filter(([, ids]) => ids.length > 0).map(([node]) => node)
  const rented = d.w.count(ActiveRentContractForNode) > 0 && d.chance(50) ? d.keyOf(ActiveRentContractForNode) : undefined
  const nodeId = rented ?? (nodes.length > 0 ? d.pick(nodes) : undefined)
  const node = nodeId === undefined ? undefined : d.w.get(Nodes, nodeId)
  if (node === undefined || nodeId === undefined) return
  const rent = d.w.get(ActiveRentContractForNode, nodeId)
  const ids = [...d.w.get(ActiveNodeContracts, nodeId), ...(rent === undefined ? [] : [rent])].slice(0, 3)
  for (const id of ids) yield* used(d, id)
  if (d.chance(60)) yield* [hourLater(d), ...ids.map((id) => bill(d, id))]
  if (d.chance(50)) yield hourLater(d)
  const farm = d.w.get(Farms, node.farmId)
  yield d.chance(50) || farm === undefined
    ? asks(ownerOfTwin(d, node.twinId), deleteNode, { nodeId })
    : asks(ownerOfTwin(d, farm.twinId), deleteNodeFarm, { nodeId })
  for (const id of ids) {
    if (lifeOf(d.w, id) === 'absent') continue
    if (d.chance(50)) yield hourLater(d)
    yield bill(d, id)
    yield asks(payer(d, id) ?? d.actor(), cancelContract, { contractId: id })
  }
}

/** A farmer wants a fee for a node; somebody rents it and deploys on it; the rent is billed until it is paid out, or grace comes. */
export function* rented(d: Draw): Steps {
  const entry = d.entryOf(Nodes)
  if (entry === undefined) return
  const [nodeId, node] = entry
  const farm = d.w.get(Farms, node.farmId)
  if (!d.w.has(ActiveRentContractForNode, nodeId)) {
    if (farm !== undefined && d.chance(60))
      yield asks(ownerOfTwin(d, farm.twinId), setDedicatedNodeExtraFee, { nodeId, extraFee: BigInt(d.pick([1, 10_000, 500_000])) })
    yield asks(twinOwner(d), createRentContract, { nodeId, solutionProviderId: undefined })
  }
  const id = d.w.get(ActiveRentContractForNode, nodeId)
  const tenant = id === undefined ? undefined : payer(d, id)
  if (id === undefined || tenant === undefined) return
  for (let i = d.int(0, 2); i > 0; i--)
    yield asks(tenant, createNodeContract, {
      nodeId,
      deploymentHash: d.of(hash),
      deploymentData: '',
      publicIps: d.int(0, 1),
      solutionProviderId: undefined,
    })
  const way = d.int(0, 2)
  if (way === 0) for (let i = 0; i < 25 && d.w.has(Contracts, id); i++) yield* [hourLater(d), bill(d, id)]
  else if (way === 1) {
    yield* drained(d, id)
    yield* [hourLater(d), bill(d, id)]
    const contract = d.w.get(Contracts, id)
    if (contract?.state.type !== 'GracePeriod') return
    if (d.chance(50)) yield* toEndOfGrace(d, id, contract)
    else yield* [asks(refill(d, tenant).who, transferAllowDeath, refill(d, tenant).args), hourLater(d), bill(d, id)]
  } else yield* [hourLater(d), bill(d, id)]
}
