import type { AccountId } from '../../spec/kernel/shape.js'
import { transferAllowDeath } from '../../spec/pallets/balances/calls.js'
import { addNruReports, billContractForBlock, reportContractResources } from '../../spec/pallets/smart-contract/calls.js'
import { Contracts, NodeContractResources } from '../../spec/pallets/smart-contract/items.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import { Nodes, Twins } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { drainPayer } from '../money.js'
import { contractOf, ownerOfTwin } from '../pick.js'
import { asks, wait, type Proposal } from '../proposal.js'
import { resources } from '../values.js'

/** What the plans about grid contracts are made of. */
export type Steps = Generator<Proposal, void>
const GIGABYTE = 1n << 30n

/** A contract of a kind drawn first, so that the rare kinds get their share. */
export const anyContract = (d: Draw): bigint | undefined =>
  contractOf(d, d.pick(['NodeContract', 'NameContract', 'RentContract'] as const)) ?? d.keyOf(Contracts)
export const bill = (d: Draw, contractId: bigint): Proposal => asks(d.actor(), billContractForBlock, { contractId })
export const hourLater = (d: Draw): Proposal => wait(600, d.chance(80) ? 3600 : d.int(6, 10_000))
export const payer = (d: Draw, id: bigint): AccountId | undefined => d.w.get(Twins, d.w.get(Contracts, id)?.twinId ?? 0)?.accountId

/** Has a node contract's node report something that costs. */
export function* used(d: Draw, id: bigint): Steps {
  const contract = d.w.get(Contracts, id)?.contractType
  if (contract?.type !== 'NodeContract' || (d.w.has(NodeContractResources, id) && d.chance(70))) return
  const node = d.w.get(Nodes, contract.value.nodeId)
  if (node === undefined) return
  const usual = { hru: 0n, sru: 50n * GIGABYTE, cru: BigInt(d.int(1, 8)), mru: 4n * GIGABYTE }
  yield asks(ownerOfTwin(d, node.twinId), reportContractResources, {
    contractResources: [{ contractId: id, used: d.chance(85) ? usual : d.of(resources) }],
  })
  if (d.chance(15)) yield* reported(d, id)
}

/** The node of a node contract reports an hour's network use. */
export function* reported(d: Draw, id: bigint): Steps {
  const contract = d.w.get(Contracts, id)?.contractType
  const node = contract?.type === 'NodeContract' ? d.w.get(Nodes, contract.value.nodeId) : undefined
  if (node === undefined) return
  const reports = [{ contractId: id, timestamp: seconds(d.w), window: 3600n, nru: GIGABYTE }]
  yield asks(ownerOfTwin(d, node.twinId), addNruReports, { reports })
}

/** Drains the payer of a contract to the edge of what it owes. */
export function* drained(d: Draw, id: bigint): Steps {
  const drain = drainPayer(d, id)
  if (drain !== undefined) yield asks(drain.who, transferAllowDeath, drain.args)
}
