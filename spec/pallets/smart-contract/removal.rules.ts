import { accept, attempt, must, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { pairKey } from '../../kernel/item.js'
import { Farms, Nodes } from '../tfgrid/items.js'
import { contractsUnder, existing, nodeContractOf, nodeIdOf } from './contract.state.js'
import { IPsFreed, NameContractCanceled, NodeContractCanceled, RentContractCanceled } from './events.js'
import { withoutFirst } from './grace.rules.js'
import {
  ActiveNodeContracts,
  ActiveRentContractForNode,
  ContractBillingInformationByID,
  ContractIDByNameRegistration,
  ContractIDByNodeIDAndHash,
  ContractLock,
  Contracts,
  NodeContractResources,
} from './items.js'
import { LOOP_BY_ID } from './releases.js'

/** A contract's end. @source pallet-smart-contract/src/grid_contract.rs `remove_contract`, `free_ip` @439e6919 */

type On = Stage<unknown, bigint>
const UNBILLED = 'Q-RENT-ENDS-UNBILLED'
const forget = ['forgetContract', must('@remove', 'billingTurn')]
const forgetNodeContract = ['forgetNodeContract', 'emitNodeContractCanceled', ...forget]
/** Until 140 a contract that is gone stays listed for billing. */
const forgetOnly = ['forgetContract', 'forgetBillingInformation']
const forgetOnlyNodeContract = ['forgetNodeContract', 'emitNodeContractCanceled', 'forgetContract']
const before = { until: LOOP_BY_ID, to: 'absent' }

export const remove = [
  accept('SC-REMOVE-6', { ...before, when: 'holdsIps', do: [attempt('@freeIps'), ...forgetOnlyNodeContract] }),
  accept('SC-REMOVE-7', { ...before, when: 'isNodeContract', do: forgetOnlyNodeContract }),
  accept('SC-REMOVE-8', { ...before, when: 'isNameContract', do: ['forgetName', 'emitNameContractCanceled', ...forgetOnly] }),
  accept('SC-REMOVE-9', {
    ...before,
    do: ['forgetRent', must('@remove', 'contractsOnRentedNode'), 'emitRentContractCanceled', ...forgetOnly],
  }),
  accept('SC-REMOVE-2', {
    from: LOOP_BY_ID,
    when: 'holdsIps',
    to: 'absent',
    says: 'IPs that cannot be freed are let go: the refusal is only logged',
    do: [attempt('@freeIps'), ...forgetNodeContract],
  }),
  accept('SC-REMOVE-3', { from: LOOP_BY_ID, when: 'isNodeContract', to: 'absent', do: forgetNodeContract }),
  accept('SC-REMOVE-4', {
    from: LOOP_BY_ID,
    when: 'isNameContract',
    to: 'absent',
    do: ['forgetName', 'emitNameContractCanceled', ...forget],
  }),
  accept('SC-REMOVE-11', {
    from: LOOP_BY_ID,
    when: 'endsTogether',
    to: 'absent',
    instead: UNBILLED,
    says: 'the node contracts on a rented node end with the rent, each with its last bill',
    do: [must('@close', 'contractsOnRentedNode'), 'forgetRent', 'emitRentContractCanceled', ...forget],
  }),
  accept('SC-REMOVE-5', {
    from: LOOP_BY_ID,
    to: 'absent',
    do: ['forgetRent', must('@remove', 'contractsOnRentedNode'), 'emitRentContractCanceled', ...forget],
  }),
]
export const removeAbsent = [
  accept('SC-REMOVE-10', { until: LOOP_BY_ID }),
  refuse('SC-REMOVE-1', null, 'ContractNotExists', { from: LOOP_BY_ID }),
]

/** @close: a contract ends with the contract that it stands on. */
export const close = [accept('SC-CLOSE-1', { to: 'absent', do: ['expire', must('@relist'), must('@bill')] })]

export const freeIps = [
  refuse('SC-FREE-1', 'nodeOfContractIsMissing', 'NodeNotExists'),
  refuse('SC-FREE-2', 'farmOfContractIsMissing', 'FarmNotExists', { says: 'never: no call removes a farm' }),
  accept('SC-FREE-3', { says: 'every IP of the farm that names the contract is free again', do: ['freeIps'] }),
]

const node = (s: On) => s.w.get(Nodes, nodeIdOf(existing(s.w, s.key)))
const nodeContract = (s: On) => nodeContractOf(existing(s.w, s.key))!

export const removalGuards = {
  endsTogether: (s: On) => contractsUnder(s.w, existing(s.w, s.key)).length > 0,
  holdsIps: (s: On) => (nodeContractOf(existing(s.w, s.key))?.publicIps ?? 0) > 0,
  isNameContract: (s: On) => existing(s.w, s.key).contractType.type === 'NameContract',
  nodeOfContractIsMissing: (s: On) => node(s) === undefined,
  farmOfContractIsMissing: (s: On) => !s.w.has(Farms, node(s)!.farmId),
}

export const removalEffects = {
  freeIps: (s: On) => {
    const farm = s.w.get(Farms, node(s)!.farmId)!
    const publicIps = farm.publicIps.map((ip) => (ip.contractId === s.key ? { ...ip, contractId: 0n } : ip))
    s.w.put(Farms, farm.id, { ...farm, publicIps })
    s.emit(IPsFreed, { contractId: s.key, publicIps: publicIps.filter((_, i) => farm.publicIps[i]!.contractId === s.key) })
  },
  forgetNodeContract: (s: On) => {
    const { nodeId, deploymentHash } = nodeContract(s)
    s.w.put(ActiveNodeContracts, nodeId, withoutFirst(s.w.get(ActiveNodeContracts, nodeId), s.key))
    s.w.remove(ContractIDByNodeIDAndHash, pairKey(nodeId, deploymentHash))
    s.w.remove(NodeContractResources, s.key)
    s.w.remove(ContractBillingInformationByID, s.key)
  },
  emitNodeContractCanceled: (s: On) =>
    s.emit(NodeContractCanceled, { contractId: s.key, nodeId: nodeContract(s).nodeId, twinId: existing(s.w, s.key).twinId }),
  forgetName: (s: On) => s.w.remove(ContractIDByNameRegistration, (existing(s.w, s.key).contractType.value as { name: string }).name),
  emitNameContractCanceled: (s: On) => s.emit(NameContractCanceled, { contractId: s.key }),
  forgetRent: (s: On) => s.w.remove(ActiveRentContractForNode, nodeIdOf(existing(s.w, s.key))),
  emitRentContractCanceled: (s: On) => s.emit(RentContractCanceled, { contractId: s.key }),
  forgetBillingInformation: (s: On) => s.w.remove(ContractBillingInformationByID, s.key),
  forgetContract: (s: On) => {
    s.w.remove(Contracts, s.key)
    s.w.remove(ContractLock, s.key)
  },
}
