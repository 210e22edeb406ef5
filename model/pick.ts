import type { AccountId } from '../spec/kernel/shape.js'
import { ActiveNodeContracts, ActiveRentContractForNode, Contracts, SolutionProviders } from '../spec/pallets/smart-contract/items.js'
import type { Contract } from '../spec/pallets/smart-contract/types.js'
import { Farms, NodeIdByTwinID, Nodes, Twins } from '../spec/pallets/tfgrid/items.js'
import type { Draw } from './draw.js'
import { neverExists } from './entity.js'
import { u32, u64 } from './values.js'

/** Guided choices: mostly what exists and fits, sometimes what does not. */

export const twinId = (d: Draw): number => (d.chance(92) ? d.keyOf(Twins) : undefined) ?? d.of(u32)
export const farmId = (d: Draw): number => (d.chance(94) ? d.keyOf(Farms) : undefined) ?? d.of(u32)
export const nodeId = (d: Draw): number => (d.chance(94) ? d.keyOf(Nodes) : undefined) ?? d.of(u32)
export const contractId = (d: Draw): bigint =>
  (d.chance(94) ? d.keyOf(Contracts) : undefined) ?? (d.chance(30) ? (neverExists(0n) as bigint) : d.of(u64))

/** The account of a twin, or anybody. */
export const ownerOfTwin = (d: Draw, id: number | undefined): AccountId =>
  (id === undefined ? undefined : d.w.get(Twins, id)?.accountId) ?? d.actor()
/** Nearly always the rightful one, sometimes anybody. */
export const rightful = (d: Draw, who: AccountId): AccountId => (d.chance(94) ? who : d.actor())
export const farmer = (d: Draw, farm: number): AccountId => rightful(d, ownerOfTwin(d, d.w.get(Farms, farm)?.twinId))
export const nodeAccount = (d: Draw, node: number): AccountId => rightful(d, ownerOfTwin(d, d.w.get(Nodes, node)?.twinId))
export const contractOwner = (d: Draw, id: bigint): AccountId => rightful(d, ownerOfTwin(d, d.w.get(Contracts, id)?.twinId))
/** Somebody with a twin, nearly always. */
export const twinOwner = (d: Draw): AccountId => (d.chance(95) ? d.entryOf(Twins)?.[1].accountId : undefined) ?? d.actor()

/** A contract of a kind, if a few draws find one. */
export function contractOf(d: Draw, kind: Contract['contractType']['type']): bigint | undefined {
  for (let i = 0; i < 4; i++) {
    const entry = d.entryOf(Contracts)
    if (entry !== undefined && entry[1].contractType.type === kind) return entry[0]
  }
  return undefined
}

/** A node without any contract, if a few draws find one. */
export function emptyNode(d: Draw): number | undefined {
  for (let i = 0; i < 4; i++) {
    const node = d.keyOf(Nodes)
    if (node !== undefined && !d.w.has(ActiveRentContractForNode, node) && d.w.get(ActiveNodeContracts, node).length === 0) return node
  }
  return undefined
}

/** A node with contracts on it, as its account and the contracts. */
export function workingNode(d: Draw): { readonly who: AccountId; readonly contracts: readonly bigint[] } | undefined {
  for (let i = 0; i < 4; i++) {
    const entry = d.entryOf(ActiveNodeContracts)
    const node = entry === undefined ? undefined : d.w.get(Nodes, entry[0])
    if (entry !== undefined && entry[1].length > 0 && node !== undefined && d.w.has(NodeIdByTwinID, node.twinId))
      return { who: ownerOfTwin(d, node.twinId), contracts: entry[1] }
  }
  return undefined
}

export const solutionProvider = (d: Draw): bigint | undefined =>
  d.chance(60) ? undefined : d.chance(85) ? d.keyOf(SolutionProviders) : d.of(u64)
