import type { Draw } from '../../model/draw.js'
import { banker } from '../../model/money.js'
import { ownerOfTwin, twinOwner } from '../../model/pick.js'
import { anyContract, payer } from '../../model/plans/steps.js'
import { asks } from '../../model/proposal.js'
import { hash } from '../../model/values.js'
import { pairKey } from '../../spec/kernel/item.js'
import { Locks, type BalanceLock } from '../../spec/pallets/balances/items.js'
import * as contracts from '../../spec/pallets/smart-contract/calls.js'
import { nodeContractOf } from '../../spec/pallets/smart-contract/contract.state.js'
import {
  ActiveNodeContracts,
  BillingFrequency,
  ContractBillingInformationByID,
  ContractID,
  ContractIDByNodeIDAndHash,
  ContractLock,
  Contracts,
  ContractsToBillAt,
} from '../../spec/pallets/smart-contract/items.js'
import type { Contract } from '../../spec/pallets/smart-contract/types.js'
import { blockNumber, seconds } from '../../spec/pallets/system/clock.js'
import { Account } from '../../spec/pallets/system/items.js'
import { nobodyAt } from '../../spec/pallets/system/types.js'
import { Farms, Nodes, Twins } from '../../spec/pallets/tfgrid/items.js'
import { changed, put, type Scenery } from './scene.js'

/** Scenes about contracts: those that ended and are still there, and indexes that disagree with what they index. */

const deleted = { type: 'Deleted', value: { type: 'CanceledByUser', value: undefined } } as const
const GRID = 'gridlock'
const lockOf = (name: string, amount: bigint): BalanceLock => ({ id: name, amount, reasons: { type: 'All' } })

/** A contract, a rent contract where there is one rather than not, and who pays for it. */
function contractAndPayer(d: Draw) {
  const rent = d.chance(40) ? [...d.w.entries(Contracts)].find(([, { contractType }]) => contractType.type === 'RentContract') : undefined
  const contractId = rent?.[0] ?? anyContract(d)
  const contract = contractId === undefined ? undefined : d.w.get(Contracts, contractId)
  const who = contractId === undefined ? undefined : payer(d, contractId)
  return contractId === undefined || contract === undefined || who === undefined ? undefined : { contractId, contract, who }
}
const billedByBanker = (contractId: bigint) => asks(banker, contracts.billContractForBlock, { contractId })

/**
 * A contract that has ended is billed and paid out: its payer is there, counts references the old way, has locks of somebody else,
 * or is gone, with locks that are left or without; its node or farm may be gone, too.
 */
export function* ended(d: Draw): Scenery {
  const found = contractAndPayer(d)
  if (found === undefined || found.who === banker) return
  const { contractId, contract, who } = found
  const amountLocked = BigInt(d.pick([0, 1, 10_000, 3_000_000]))
  const extraAmountLocked = contract.contractType.type === 'RentContract' ? BigInt(d.pick([0, 700_000])) : 0n
  const more = BigInt(d.pick([0, 400, 2_000_000]))
  const frozen = amountLocked + extraAmountLocked + more
  const locks = d.pick([[], [lockOf(GRID, frozen)], [lockOf('another0', 3000n)], [lockOf(GRID, frozen), lockOf('another0', 3000n)]])
  yield put(Contracts, contractId, { ...contract, state: deleted })
  yield put(ContractLock, contractId, { ...d.w.get(ContractLock, contractId), amountLocked, extraAmountLocked, lockUpdated: seconds(d.w) })
  yield put(Locks, who, locks.length === 0 ? undefined : locks)
  const way = d.int(0, 5)
  const isLocked = locks.length > 0
  if (way === 0) yield put(Account, who, undefined)
  else if (way === 1) yield put(Account, who, nobodyAt(d.w.version))
  else if (d.w.has(Account, who)) {
    // A balance may be frozen that no lock accounts for, and somebody else may need the account.
    const nowFrozen = isLocked ? (frozen > 3000n ? frozen : 3000n) : BigInt(d.pick([0, 4000]))
    const consumers = isLocked ? 2 : nowFrozen > 0n ? d.int(1, 2) : d.int(0, 1)
    yield changed(d, who, { consumers }, { frozen: nowFrozen, flags: way === 2 ? 0n : 1n << 127n })
  }
  yield* baseless(d, contract)
  yield billedByBanker(contractId)
}

/** The node of a contract is gone, or its farm, or the farmer: a surcharge finds nobody then. */
function* baseless(d: Draw, { contractType, twinId }: Contract): Scenery {
  const nodeId = contractType.type === 'NameContract' ? undefined : contractType.value.nodeId
  const node = nodeId === undefined ? undefined : d.w.get(Nodes, nodeId)
  if (nodeId === undefined || node === undefined || d.chance(contractType.type === 'RentContract' ? 25 : 60)) return
  const farmer = d.w.get(Farms, node.farmId)?.twinId
  const way = d.int(0, 2)
  if (way === 0) yield put(Nodes, nodeId, undefined)
  else if (way === 1) yield put(Nodes, nodeId, { ...node, farmId: 0xfffe })
  else if (farmer !== undefined && farmer !== twinId) yield put(Twins, farmer, undefined)
}

/** The list of a node's live contracts forgets one, or has it twice; then the contract changes, is billed in or out of grace, or ends. */
export function* unlisted(d: Draw): Scenery {
  const all = [...d.w.entries(Contracts)].filter(([, contract]) => nodeContractOf(contract) !== null)
  if (all.length === 0) return
  const [contractId, contract] = d.pick(all)
  const [value, who] = [nodeContractOf(contract)!, payer(d, contractId)]
  if (who === undefined) return
  const ids = d.w.get(ActiveNodeContracts, value.nodeId)
  const rich = d.chance(50)
  if (d.chance(50))
    yield put(Contracts, contractId, {
      ...contract,
      state: { type: 'GracePeriod', value: BigInt(Math.max(0, blockNumber(d.w) - d.pick([0, 201_600]))) },
    })
  yield put(ContractLock, contractId, { ...d.w.get(ContractLock, contractId), lockUpdated: seconds(d.w) - 3600n })
  if (d.w.has(Account, who)) yield changed(d, who, {}, { free: rich ? 1n << 50n : 600n })
  yield put(ActiveNodeContracts, value.nodeId, d.pick([undefined, ids.filter((id) => id !== contractId), [...ids, contractId]]))
  yield d.pick([
    asks(who, contracts.updateNodeContract, { contractId, deploymentHash: d.of(hash), deploymentData: '' }),
    asks(who, contracts.cancelContract, { contractId }),
    billedByBanker(contractId),
    billedByBanker(contractId),
  ])
}

/** A rent contract in or near grace carries its node contracts along, which its node's list may name twice or not at all. */
export function* rentInGrace(d: Draw): Scenery {
  const entry = [...d.w.entries(Contracts)].find(([, { contractType }]) => contractType.type === 'RentContract')
  if (entry === undefined) return
  const [contractId, contract] = entry
  const who = payer(d, contractId)
  const nodeId = contract.contractType.type === 'RentContract' ? contract.contractType.value.nodeId : 0
  if (who === undefined || !d.w.has(Account, who)) return
  const goesIn = d.chance(50)
  if (!goesIn) yield put(Contracts, contractId, { ...contract, state: { type: 'GracePeriod', value: BigInt(blockNumber(d.w)) } })
  yield put(ContractLock, contractId, { ...d.w.get(ContractLock, contractId), lockUpdated: seconds(d.w) - 3600n })
  yield changed(d, who, {}, { free: goesIn ? 600n : 1n << 50n })
  const ids = d.w.get(ActiveNodeContracts, nodeId)
  const another = [...d.w.entries(Contracts)].find(
    ([id, { contractType }]) => contractType.type === 'NodeContract' && !ids.includes(id),
  )?.[0]
  // A contract that stands on another node, in whose list an entry is missing, is carried along as well.
  const other = another === undefined ? null : nodeContractOf(d.w.get(Contracts, another)!)
  if (another !== undefined && other !== null) {
    yield put(ActiveNodeContracts, nodeId, [...ids, another])
    yield put(ActiveNodeContracts, other.nodeId, undefined)
  }
  yield billedByBanker(contractId)
}

/** The place in the billing cycle of the contract that comes next is taken by its own id. */
export function* listedBefore(d: Draw): Scenery {
  const next = d.w.get(ContractID) + 1n
  const turn = next % d.w.get(BillingFrequency)
  yield put(ContractsToBillAt, turn, [...d.w.get(ContractsToBillAt, turn), next])
  yield asks(ownerOfTwin(d, 1), contracts.createNameContract, { name: `name${d.int(0, 999)}` })
}

/** A contract that is not for a node has billing information, and a node reports its network use. */
export function* strayReport(d: Draw): Scenery {
  const [contractId] = [...d.w.entries(Contracts)].find(([, { contractType }]) => contractType.type !== 'NodeContract') ?? []
  const node = d.entryOf(Nodes)?.[1]
  if (contractId === undefined || node === undefined) return
  yield put(ContractBillingInformationByID, contractId, { previousNuReported: 0n, lastUpdated: 0n, amountUnbilled: 0n })
  const reports = [{ contractId, timestamp: seconds(d.w), window: 3600n, nru: 1n << 30n }]
  yield asks(ownerOfTwin(d, node.twinId), contracts.addNruReports, { reports })
}

/** A contract whose farm is gone gives its IPs back to nobody. */
export function* farmless(d: Draw): Scenery {
  const found = [...d.w.entries(Contracts)].find(([, contract]) => (nodeContractOf(contract)?.publicIps ?? 0) > 0)
  const nodeId = found === undefined ? undefined : nodeContractOf(found[1])!.nodeId
  const node = nodeId === undefined ? undefined : d.w.get(Nodes, nodeId)
  if (found === undefined || node === undefined) return
  yield put(Farms, node.farmId, undefined)
  yield asks(payer(d, found[0]) ?? banker, contracts.cancelContract, { contractId: found[0] })
}

/** The index of hashes leads to a contract that is gone; somebody deploys the same once more. */
export function* lostHash(d: Draw): Scenery {
  const nodeId = d.keyOf(Nodes)
  const deploymentHash = d.of(hash)
  if (nodeId === undefined) return
  yield put(ContractIDByNodeIDAndHash, pairKey(nodeId, deploymentHash), 0xfffen)
  const args = { nodeId, deploymentHash, deploymentData: '', publicIps: 0, solutionProviderId: undefined }
  yield asks(twinOwner(d), contracts.createNodeContract, args)
}
