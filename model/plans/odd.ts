import { transferAllowDeath } from '../../spec/pallets/balances/calls.js'
import { cancelContract, createNodeContract, createRentContract } from '../../spec/pallets/smart-contract/calls.js'
import {
  approveSolutionProvider,
  changeBillingFrequency,
  createSolutionProvider,
  serviceContractBill,
  setDedicatedNodeExtraFee,
} from '../../spec/pallets/smart-contract/calls-service.js'
import {
  BillingFrequency,
  ContractID,
  Contracts,
  ServiceContracts,
  SolutionProviderID,
  SolutionProviders,
} from '../../spec/pallets/smart-contract/items.js'
import type { SolutionProvider } from '../../spec/pallets/smart-contract/types.js'
import { Validators as SessionValidators } from '../../spec/pallets/system/items.js'
import { deleteNode } from '../../spec/pallets/tfgrid/calls-node.js'
import { addFarmIp } from '../../spec/pallets/tfgrid/calls.js'
import { Farms, Nodes } from '../../spec/pallets/tfgrid/items.js'
import { setMaxTftPrice, setMinTftPrice, setPrices } from '../../spec/pallets/tft-price/calls.js'
import type { Draw } from '../draw.js'
import { drainTo, refill } from '../money.js'
import { emptyNode, ownerOfTwin, twinOwner } from '../pick.js'
import { asks, motion, type Proposal } from '../proposal.js'
import { anyContract, bill, hourLater, payer, used, type Steps } from './steps.js'
import { hash } from '../values.js'

/**
 * A bill, a payer who runs dry, a node's end and new money, all in one second: what could not be closed with its node is
 * closed after all, when its node is gone.
 */
export function* goneAtOnce(d: Draw): Steps {
  const nodeId = emptyNode(d)
  const node = nodeId === undefined ? undefined : d.w.get(Nodes, nodeId)
  if (nodeId === undefined || node === undefined) return
  const farm = d.w.get(Farms, node.farmId)
  const host = ownerOfTwin(d, node.twinId)
  // The tenant will have nothing left: somebody else is the node, so that it can pay for its own end.
  const tenant = [twinOwner(d), twinOwner(d), twinOwner(d)].find((who) => who !== host)
  if (tenant === undefined || farm === undefined) return
  const before = d.w.get(ContractID)
  if (d.chance(50)) {
    yield asks(ownerOfTwin(d, farm.twinId), setDedicatedNodeExtraFee, {
      nodeId,
      extraFee: BigInt(d.pick([10_000, 500_000])),
    })
    yield asks(tenant, createRentContract, { nodeId, solutionProviderId: undefined })
  } else {
    const solutionProviderId = yield* greedyProvider(d)
    const n = d.int(1, 250)
    if (!farm.publicIps.some((ip) => ip.contractId === 0n))
      yield asks(ownerOfTwin(d, farm.twinId), addFarmIp, { farmId: farm.id, ip: `185.208.9.${n}/24`, gw: '185.208.9.254' })
    const publicIps = d.chance(80) ? 1 : 0
    yield asks(tenant, createNodeContract, { nodeId, deploymentHash: d.of(hash), deploymentData: '', publicIps, solutionProviderId })
  }
  const id = d.w.get(ContractID)
  if (id === before) return
  yield* used(d, id)
  yield hourLater(d)
  yield bill(d, id)
  const drain = drainTo(d, tenant, 0n)
  if (drain !== undefined) yield asks(drain.who, transferAllowDeath, drain.args)
  yield asks(host, deleteNode, { nodeId })
  const lent = refill(d, tenant)
  if (d.chance(75)) yield asks(lent.who, transferAllowDeath, lent.args)
  yield bill(d, id)
}

/** An approved provider whose takes add up to more than there is: 200 and 100 count as 44. */
export function* greedyProvider(d: Draw): Generator<Proposal, bigint> {
  const isGreedy = ([, { providers, approved }]: [bigint, SolutionProvider]) =>
    approved && providers.reduce((sum, { take }) => sum + take, 0) > 100
  const there = [...d.w.entries(SolutionProviders)].find(isGreedy)?.[0]
  if (there !== undefined) return there
  yield asks(d.actor(), createSolutionProvider, {
    description: '',
    link: '',
    providers: [200, 100].map((take) => ({ who: d.actor(), take })),
  })
  const solutionProviderId = d.w.get(SolutionProviderID)
  yield motion(d.w, approveSolutionProvider, { solutionProviderId, approve: true })
  return solutionProviderId
}

/** The billing frequency changes under contracts, which can then hardly be closed. */
export function* frequency(d: Draw): Steps {
  // Lower ones have the same turn before and after.
  const all = [...d.w.entries(Contracts)].map(([id]) => id)
  const high = all.filter((id) => id >= d.w.get(BillingFrequency))
  const ids = high.length > 0 ? high : all
  if (ids.length === 0 || (high.length === 0 && d.chance(70))) return
  yield motion(d.w, changeBillingFrequency, { frequency: BigInt.asUintN(64, d.w.get(BillingFrequency) + BigInt(d.int(1, 9))) })
  for (let i = d.int(1, 3); i > 0; i--) {
    const id = d.pick(ids)
    if (d.chance(50)) yield* [hourLater(d), bill(d, id)]
    yield asks(payer(d, id) ?? d.actor(), cancelContract, { contractId: id })
  }
}

/** A price of nothing, or one that wraps: what is billed at it, and the way back. */
export function* oddPrice(d: Draw): Steps {
  if (d.chance(30)) return
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
  if (entry !== undefined)
    yield asks(ownerOfTwin(d, entry[1].serviceTwinId), serviceContractBill, {
      serviceContractId: entry[0],
      variableAmount: 0n,
      metadata: '',
    })
  if (d.chance(70)) yield price < 10 ? motion(d.w, setMinTftPrice, { price: d.int(1, 50) }) : motion(d.w, setMaxTftPrice, { price: 1000 })
}
