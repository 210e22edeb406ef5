import type { AccountId } from '../../spec/kernel/shape.js'
import { transferAllowDeath } from '../../spec/pallets/balances/calls.js'
import { addNruReports, cancelContract, createNodeContract, createRentContract } from '../../spec/pallets/smart-contract/calls.js'
import { monthlyAmount } from '../../spec/pallets/smart-contract/cost.js'
import {
  ActiveRentContractForNode,
  ContractBillingInformationByID,
  ContractID,
  ContractLock,
  Contracts,
} from '../../spec/pallets/smart-contract/items.js'
import { costInTft, priceIsZero } from '../../spec/pallets/smart-contract/price.js'
import { networkCost } from '../../spec/pallets/smart-contract/report.rules.js'
import { seconds, secondsSince } from '../../spec/pallets/system/clock.js'
import { setFarmDedicated } from '../../spec/pallets/tfgrid/calls.js'
import { Farms, Nodes, PricingPolicies } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { drainTo } from '../money.js'
import { ownerOfTwin, twinOwner } from '../pick.js'
import { asks, motion, wait, type Proposal } from '../proposal.js'
import { hash } from '../values.js'
import { greedyProvider } from './odd.js'
import { bill, hourLater, used, type Steps } from './steps.js'

/** A node that anybody may deploy on, if a few draws find one. */
function openNode(d: Draw): number | undefined {
  for (let i = 0; i < 4; i++) {
    const entry = d.entryOf(Nodes)
    if (entry === undefined) return undefined
    const [nodeId, { farmId }] = entry
    if (!d.w.has(ActiveRentContractForNode, nodeId) && d.w.get(Farms, farmId)?.dedicatedFarm === false) return nodeId
  }
  return undefined
}

/** Somebody deploys on a node; the contract's id, undefined when it was refused. */
function* deployed(d: Draw, tenant: AccountId, nodeId: number, solutionProviderId?: bigint): Generator<Proposal, bigint | undefined> {
  const before = d.w.get(ContractID)
  const args = { nodeId, deploymentHash: d.of(hash), deploymentData: '', publicIps: 0, solutionProviderId }
  yield asks(tenant, createNodeContract, args)
  const id = d.w.get(ContractID)
  return id === before || !d.w.has(Contracts, id) ? undefined : id
}

/**
 * A contract whose providers take all of it twice ends while its payer has what the transfers take, and not what is to be burnt
 * after them.
 */
export function* nothingToBurn(d: Draw): Steps {
  const nodeId = openNode(d)
  if (nodeId === undefined) return
  const tenant = twinOwner(d)
  const id = yield* deployed(d, tenant, nodeId, yield* greedyProvider(d))
  if (id === undefined) return
  yield* used(d, id)
  yield* [hourLater(d), bill(d, id)]
  const { amountLocked } = d.w.get(ContractLock, id)
  // Takes count as 100 % at most: 221 % are transferred before 35 % are burnt; what is locked is not usable yet, and the fee of the cancellation is paid before.
  const drain = drainTo(d, tenant, (amountLocked * BigInt(d.pick([122, 135, 150]))) / 100n + 12_000n)
  if (drain !== undefined) yield asks(drain.who, transferAllowDeath, drain.args)
  yield asks(tenant, cancelContract, { contractId: id })
}

/** Seconds after which an amount that is a multiple of 2^48 is, times the period, a multiple of 2^64; one of 2^60 is it times 3600, too. */
const PERIOD = 65_536

/** A window of a report by which its cost makes such an amount at the price of today, undefined when none does. */
function window(d: Draw, farmId: number): bigint | undefined {
  const policy = d.w.get(PricingPolicies, d.w.get(Farms, farmId)?.pricingPolicyId ?? 0)
  if (policy === undefined || priceIsZero(d.w)) return undefined
  for (let bits = 40n; bits < 64n; bits++) {
    const cost = networkCost({ contractId: 0n, timestamp: 0n, window: 1n << bits, nru: NRU }, policy, d.w.version)
    const due = cost === 0n ? 0n : costInTft(d.w, cost)
    // At 144 the month is reckoned by the one, and without its quirk by the other.
    const isNothing = (quirky: boolean): boolean => monthlyAmount(due, BigInt(PERIOD), quirky, d.w.version) === 0n
    if (due > 0n && isNothing(true) && isNothing(false)) return 1n << bits
  }
  return undefined
}
/** Three units of network use: the values of policies are for hours, of which they leave thirds. */
const NRU = 3_000_000_000n

/** A node reports a use so large that the monthly amount, which decides about the discount, wraps to nothing. */
export function* nothingAMonth(d: Draw): Steps {
  const nodeId = openNode(d)
  const node = nodeId === undefined ? undefined : d.w.get(Nodes, nodeId)
  if (nodeId === undefined || node === undefined) return
  const id = yield* deployed(d, twinOwner(d), nodeId)
  const span = window(d, node.farmId)
  if (id === undefined || span === undefined) return
  // A report of the second in which the contract was made may count as one that is known.
  yield wait(1, 6)
  const reports = [{ contractId: id, timestamp: seconds(d.w), window: span, nru: NRU }]
  yield asks(ownerOfTwin(d, node.twinId), addNruReports, { reports })
  if (d.w.get(ContractBillingInformationByID, id).amountUnbilled === 0n) return
  const left = PERIOD - Number(secondsSince(d.w, d.w.get(ContractLock, id).lockUpdated))
  if (left > 0) yield wait(d.int(1, 600), left)
  yield bill(d, id)
}

/** Somebody deploys on a node whose farm is dedicated afterwards; somebody else rents the node. */
export function* rentedOver(d: Draw): Steps {
  const nodeId = openNode(d)
  const node = nodeId === undefined ? undefined : d.w.get(Nodes, nodeId)
  const [first, other] = [twinOwner(d), twinOwner(d)]
  if (nodeId === undefined || node === undefined || first === other) return
  if ((yield* deployed(d, first, nodeId)) === undefined) return
  yield motion(d.w, setFarmDedicated, { farmId: node.farmId, dedicated: true })
  yield asks(other, createRentContract, { nodeId, solutionProviderId: undefined })
}

/** One of the above; a panic of the runtime, with which a bill of nothing a month ends, costs it as much as a hundred calls. */
export function* edges(d: Draw): Steps {
  yield* (d.chance(20) ? nothingAMonth : d.pick([nothingToBurn, rentedOver]))(d)
}
