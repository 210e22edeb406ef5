import type { World } from '../../kernel/world.js'
import { ActiveNodeContracts, ActiveRentContractForNode, Contracts, NodeContractResources } from './items.js'
import type { Contract, NodeContract } from './types.js'

/**
 * Where a grid contract is in its life. The chain stores `Created`, `GracePeriod` and `Deleted`; `deployed` is a created
 * node contract whose node has reported resources. A deleted contract that is still stored failed to finish its removal.
 */
export type ContractLife = 'absent' | 'created' | 'deployed' | 'gracePeriod' | 'deleted'

export function lifeOf(w: World, id: bigint): ContractLife {
  const contract = w.get(Contracts, id)
  if (contract === undefined) return 'absent'
  if (contract.state.type === 'GracePeriod') return 'gracePeriod'
  if (contract.state.type === 'Deleted') return 'deleted'
  return w.has(NodeContractResources, id) ? 'deployed' : 'created'
}

/** The contract of an entity that is not absent. */
export const existing = (w: World, id: bigint): Contract => w.get(Contracts, id)!

export const nodeContractOf = (c: Contract): NodeContract | null => (c.contractType.type === 'NodeContract' ? c.contractType.value : null)

/** The node of a node or rent contract, 0 for a name contract. @source types.rs `get_node_id` @439e6919 */
export const nodeIdOf = (c: Contract): number => (c.contractType.type === 'NameContract' ? 0 : c.contractType.value.nodeId)

/** True when the node is rented by a contract that is in grace. */
export const rentedInGrace = (w: World, nodeId: number | undefined): boolean => {
  const rent = nodeId === undefined ? undefined : w.get(ActiveRentContractForNode, nodeId)
  return rent !== undefined && w.get(Contracts, rent)?.state.type === 'GracePeriod'
}

/** The node contracts that live on the node that this contract rents; none unless it is a rent contract. */
export const contractsUnder = (w: World, c: Contract): readonly bigint[] =>
  c.contractType.type === 'RentContract' ? w.get(ActiveNodeContracts, c.contractType.value.nodeId) : []
