import { accept, attempt, must, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { pairKey } from '../../kernel/item.js'
import type { Bytes } from '../../kernel/shape.js'
import { Twins } from '../tfgrid/items.js'
import { contractsUnder, existing, nodeContractOf } from './contract.state.js'
import { ContractUpdated } from './events.js'
import { markDeleted } from './grace.rules.js'
import { ContractIDByNodeIDAndHash, Contracts } from './items.js'
import { LOOP_BY_ID } from './releases.js'

/** Changing and ending a contract. @source pallet-smart-contract/src/grid_contract.rs `_update_node_contract`, `_cancel_contract`, `node_deleted` @439e6919 */

export interface UpdateNodeContract {
  readonly contractId: bigint
  readonly deploymentHash: Bytes
  readonly deploymentData: Bytes
}
type On<A = unknown> = Stage<A, bigint>

const LINGERS = 'Q-NODE-GONE-LINGERS'

export const updateNodeContract = [
  refuse('SC-UPDATE-2', 'ownerTwinIsMissing', 'TwinNotExists'),
  refuse('SC-UPDATE-3', 'callerIsNotOwner', 'TwinNotAuthorizedToUpdateContract'),
  refuse('SC-UPDATE-4', 'isInGrace', 'CannotUpdateContractInGraceState'),
  refuse('SC-UPDATE-5', 'isNoNodeContract', 'InvalidContractType'),
  refuse('SC-UPDATE-7', 'hashIsAnothers', 'ContractIsNotUnique', { instead: 'Q-HASH-TAKEN-OVER' }),
  accept('SC-UPDATE-6', { do: ['rehash', must('@relist'), 'emitUpdated'] }),
]
export const updateAbsent = [refuse('SC-UPDATE-1', null, 'ContractNotExists')]

export const cancelContract = [
  refuse('SC-CANCEL-2', 'ownerTwinIsMissing', 'TwinNotExists'),
  refuse('SC-CANCEL-3', 'callerIsNotOwner', 'TwinNotAuthorizedToCancelContract'),
  refuse('SC-CANCEL-4', 'rentedNodeStillHasContracts', 'NodeHasActiveContracts'),
  accept('SC-CANCEL-5', { to: 'absent', do: ['markCancelled', must('@relist'), must('@bill')] }),
]
export const cancelAbsent = [refuse('SC-CANCEL-1', null, 'ContractNotExists')]

/** @nodeDeleted: the contract is closed and billed; at 144 one whose bill is refused lingers as deleted, with what it holds (quirk Q-NODE-GONE-LINGERS). */
export const nodeDeleted = [
  accept('SC-GONE-2', { quirk: LINGERS, do: ['markCancelled', must('@relist'), attempt('@bill')] }),
  accept('SC-GONE-3', {
    instead: LINGERS,
    to: 'absent',
    says: 'a contract that cannot be billed keeps its node',
    do: ['markCancelled', must('@relist'), must('@bill')],
  }),
]
export const nodeDeletedWhenAbsent = [accept('SC-GONE-1')]

export const billContractForBlock = [accept('SC-BILL-0', { says: 'anybody may have any contract billed at any time', do: [must('@bill')] })]
export const billAbsent = [
  accept('SC-BILL-12', {
    until: LOOP_BY_ID,
    says: 'a contract that is gone is struck off the list whose turn it is',
    do: [must('@strike', 'turnNow')],
  }),
  refuse('SC-BILL-1', null, 'ContractNotExists', { from: LOOP_BY_ID }),
]

const owner = (s: On) => s.w.get(Twins, existing(s.w, s.key).twinId)

export const changeGuards = {
  ownerTwinIsMissing: (s: On) => owner(s) === undefined,
  callerIsNotOwner: (s: On) => owner(s)!.accountId !== s.caller,
  isInGrace: (s: On) => existing(s.w, s.key).state.type === 'GracePeriod',
  hashIsAnothers: (s: On<UpdateNodeContract>) => {
    const key = pairKey(nodeContractOf(existing(s.w, s.key))!.nodeId, s.args.deploymentHash)
    return s.w.has(ContractIDByNodeIDAndHash, key) && s.w.get(ContractIDByNodeIDAndHash, key) !== s.key
  },
  rentedNodeStillHasContracts: (s: On) => contractsUnder(s.w, existing(s.w, s.key)).length > 0,
}

export const changeEffects = {
  rehash: (s: On<UpdateNodeContract>) => {
    const { deploymentHash, deploymentData } = s.args
    const contract = existing(s.w, s.key)
    const value = nodeContractOf(contract)!
    s.w.remove(ContractIDByNodeIDAndHash, pairKey(value.nodeId, value.deploymentHash))
    s.w.put(ContractIDByNodeIDAndHash, pairKey(value.nodeId, deploymentHash), s.key)
    s.w.put(Contracts, s.key, { ...contract, contractType: { type: 'NodeContract', value: { ...value, deploymentHash, deploymentData } } })
  },
  emitUpdated: (s: On) => s.emit(ContractUpdated, existing(s.w, s.key)),
  markCancelled: markDeleted('CanceledByUser'),
}
