import type { AccountId } from '../../spec/kernel/shape.js'
import { transferAllowDeath } from '../../spec/pallets/balances/calls.js'
import { addNruReports, billContractForBlock, cancelContract, createNodeContract, createRentContract, reportContractResources, updateNodeContract } from '../../spec/pallets/smart-contract/calls.js'
import { approveSolutionProvider, changeBillingFrequency, createSolutionProvider, serviceContractBill, setDedicatedNodeExtraFee } from '../../spec/pallets/smart-contract/calls-service.js'
import { lifeOf } from '../../spec/pallets/smart-contract/contract.state.js'
import { GRACE_PERIOD } from '../../spec/pallets/smart-contract/grace.rules.js'
import {
  ActiveNodeContracts,
  ActiveRentContractForNode,
  BillingFrequency,
  ContractID,
  ContractLock,
  Contracts,
  NodeContractResources,
  ServiceContracts,
  SolutionProviders,
} from '../../spec/pallets/smart-contract/items.js'
import type { Contract } from '../../spec/pallets/smart-contract/types.js'
import { blockNumber, seconds } from '../../spec/pallets/system/clock.js'
import { Validators as SessionValidators } from '../../spec/pallets/system/items.js'
import { deleteNode } from '../../spec/pallets/tfgrid/calls-node.js'
import { deleteNodeFarm } from '../../spec/pallets/tfgrid/calls.js'
import { Farms, Nodes, Twins } from '../../spec/pallets/tfgrid/items.js'
import { setMaxTftPrice, setMinTftPrice, setPrices } from '../../spec/pallets/tft-price/calls.js'
import type { Draw } from '../draw.js'
import { drainPayer, drainTo, refill } from '../money.js'
import { contractOf, emptyNode, ownerOfTwin, twinOwner } from '../pick.js'
import { asks, motion, wait, type Proposal } from '../proposal.js'
import { hash, resources } from '../values.js'

type Steps = Generator<Proposal, void>
const GIGABYTE = 1n << 30n

/** A contract of a kind drawn first, so that the rare kinds get their share. */
const anyContract = (d: Draw): bigint | undefined => contractOf(d, d.pick(['NodeContract', 'NameContract', 'RentContract'] as const)) ?? d.keyOf(Contracts)
const bill = (d: Draw, contractId: bigint): Proposal => asks(d.actor(), billContractForBlock, { contractId })
const hourLater = (d: Draw): Proposal => wait(600, d.chance(80) ? 3600 : d.int(6, 10_000))
const payer = (d: Draw, id: bigint): AccountId | undefined => d.w.get(Twins, d.w.get(Contracts, id)?.twinId ?? 0)?.accountId

/** Has a node contract's node report something that costs. */
function* used(d: Draw, id: bigint): Steps {
  const contract = d.w.get(Contracts, id)?.contractType
  if (contract?.type !== 'NodeContract' || (d.w.has(NodeContractResources, id) && d.chance(70))) return
  const node = d.w.get(Nodes, contract.value.nodeId)
  if (node === undefined) return
  const usual = { hru: 0n, sru: 50n * GIGABYTE, cru: BigInt(d.int(1, 8)), mru: 4n * GIGABYTE }
  yield asks(ownerOfTwin(d, node.twinId), reportContractResources, { contractResources: [{ contractId: id, used: d.chance(85) ? usual : d.of(resources) }] })
  if (d.chance(15)) yield asks(ownerOfTwin(d, node.twinId), addNruReports, { reports: [{ contractId: id, timestamp: seconds(d.w), window: 3600n, nru: GIGABYTE }] })
}

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
    if (drains && cycles === 23) yield* drained(d, id)
    yield bill(d, id)
    if (d.w.get(Contracts, id)?.state.type === 'GracePeriod') {
      const who = payer(d, id)
      if (who !== undefined) yield asks(refill(d, who).who, transferAllowDeath, refill(d, who).args)
    }
  }
}

function* drained(d: Draw, id: bigint): Steps {
  const drain = drainPayer(d, id)
  if (drain !== undefined) yield asks(drain.who, transferAllowDeath, drain.args)
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
  yield d.chance(50) || farm === undefined ? asks(ownerOfTwin(d, node.twinId), deleteNode, { nodeId }) : asks(ownerOfTwin(d, farm.twinId), deleteNodeFarm, { nodeId })
  for (const id of ids) {
    if (lifeOf(d.w, id) === 'absent') continue
    if (d.chance(50)) yield hourLater(d)
    yield bill(d, id)
    yield asks(payer(d, id) ?? d.actor(), cancelContract, { contractId: id })
  }
}

/** Bills, a node's end and a drained payer in one second: a contract that could not be closed is closed after all, its node gone. */
export function* goneAtOnce(d: Draw): Steps {
  const provider = d.keyOf(SolutionProviders)
  const greedy = { description: '', link: '', providers: [200, 100].map((take) => ({ who: d.actor(), take })) }
  if (provider === undefined) yield asks(d.actor(), createSolutionProvider, greedy)
  const solutionProviderId = d.keyOf(SolutionProviders)
  const nodeId = emptyNode(d)
  const tenant = twinOwner(d)
  if (solutionProviderId === undefined || nodeId === undefined) return
  yield motion(d.w, approveSolutionProvider, { solutionProviderId, approve: true })
  const before = d.w.get(ContractID)
  yield asks(tenant, createNodeContract, { nodeId, deploymentHash: d.of(hash), deploymentData: '', publicIps: d.int(0, 1), solutionProviderId })
  const id = d.w.get(ContractID)
  const node = d.w.get(Nodes, nodeId)
  if (id === before || node === undefined) return
  yield* used(d, id)
  yield hourLater(d)
  yield bill(d, id)
  yield asks(ownerOfTwin(d, node.twinId), deleteNode, { nodeId })
  const drain = drainTo(d, payer(d, id) ?? tenant, 0n)
  if (drain !== undefined) yield asks(drain.who, transferAllowDeath, drain.args)
  yield bill(d, id)
}

/** The billing frequency changes under contracts, which can then hardly be closed. */
export function* frequency(d: Draw): Steps {
  const ids = [...d.w.entries(Contracts)].map(([id]) => id)
  if (ids.length === 0 || d.chance(60)) return
  yield motion(d.w, changeBillingFrequency, { frequency: BigInt.asUintN(64, d.w.get(BillingFrequency) + BigInt(d.int(1, 9))) })
  for (let i = d.int(1, 3); i > 0; i--) {
    const id = d.pick(ids)
    if (d.chance(50)) yield* [hourLater(d), bill(d, id)]
    yield asks(payer(d, id) ?? d.actor(), cancelContract, { contractId: id })
  }
}

/** A price of nothing, or one that wraps: what is billed at it, and the way back. */
export function* oddPrice(d: Draw): Steps {
  if (d.chance(70)) return
  const price = d.pick([0, 0, 1, 429_497, 1 << 28])
  const session = d.w.get(SessionValidators)[0]
  if (session === undefined) return
  if (price < 10) yield motion(d.w, setMinTftPrice, { price: 0 })
  else yield motion(d.w, setMaxTftPrice, { price: 0xffff_ffff })
  yield asks(session, setPrices, { price, blockNumber: 0 })
  yield hourLater(d)
  for (let i = d.int(1, 2); i > 0; i--) {
    const id = anyContract(d)
    if (id !== undefined) yield bill(d, id)
  }
  const entry = d.entryOf(ServiceContracts)
  if (entry !== undefined) yield asks(ownerOfTwin(d, entry[1].serviceTwinId), serviceContractBill, { serviceContractId: entry[0], variableAmount: 0n, metadata: '' })
  if (d.chance(70)) yield price < 10 ? motion(d.w, setMinTftPrice, { price: d.int(1, 50) }) : motion(d.w, setMaxTftPrice, { price: 1000 })
}

/** A farmer wants a fee for a node; somebody rents it and deploys on it; the rent is billed until it is paid out, or grace comes. */
export function* rented(d: Draw): Steps {
  const entry = d.entryOf(Nodes)
  if (entry === undefined) return
  const [nodeId, node] = entry
  const farm = d.w.get(Farms, node.farmId)
  if (!d.w.has(ActiveRentContractForNode, nodeId)) {
    if (farm !== undefined && d.chance(60)) yield asks(ownerOfTwin(d, farm.twinId), setDedicatedNodeExtraFee, { nodeId, extraFee: BigInt(d.pick([1, 10_000, 500_000])) })
    yield asks(twinOwner(d), createRentContract, { nodeId, solutionProviderId: undefined })
  }
  const id = d.w.get(ActiveRentContractForNode, nodeId)
  const tenant = id === undefined ? undefined : payer(d, id)
  if (id === undefined || tenant === undefined) return
  for (let i = d.int(0, 2); i > 0; i--)
    yield asks(tenant, createNodeContract, { nodeId, deploymentHash: d.of(hash), deploymentData: '', publicIps: d.int(0, 1), solutionProviderId: undefined })
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
