import { U64 } from '../../kernel/arithmetic/integers.js'
import { accept, must, refuse } from '../../kernel/machine.js'
import { fact, type Stage } from '../../kernel/stage.js'
import { pairKey } from '../../kernel/item.js'
import type { Bytes } from '../../kernel/shape.js'
import type { World } from '../../kernel/world.js'
import { blockNumber, seconds } from '../system/clock.js'
import { Farms, NodePower, Nodes, TwinIdByAccountID } from '../tfgrid/items.js'
import type { PublicIp } from '../tfgrid/types.js'
import { rentedInGrace } from './contract.state.js'
import { ContractCreated } from './events.js'
import {
  ActiveNodeContracts,
  ActiveRentContractForNode,
  BillingFrequency,
  ContractBillingInformationByID,
  ContractID,
  ContractIDByNameRegistration,
  ContractIDByNodeIDAndHash,
  ContractLock,
  Contracts,
  DedicatedNodesExtraFee,
} from './items.js'
import { LOOP_BY_ID, NODE_POWER, ONE_ERROR_FOR_RENTED } from './releases.js'
import { lockAt, type Contract, type ContractData, type NodeContract } from './types.js'

/** Creation of grid contracts. @source pallet-smart-contract/src/grid_contract.rs `_create_*_contract`, `create_contract` @439e6919 */

export interface CreateNodeContract {
  readonly nodeId: number
  readonly deploymentHash: Bytes
  readonly deploymentData: Bytes
  readonly publicIps: number
  readonly solutionProviderId: bigint | undefined
}
export interface CreateRentContract {
  readonly nodeId: number
  readonly solutionProviderId: bigint | undefined
}
export interface CreateNameContract {
  readonly name: Bytes
}
type OnNode = Stage<CreateNodeContract, bigint>
type OnRent = Stage<CreateRentContract, bigint>
type OnName = Stage<CreateNameContract, bigint>

/** Version of the contract struct that is written. */
const CONTRACT_VERSION = 4
const MIN_NAME_LENGTH = 3
const MAX_NAME_LENGTH = 64

export const createNodeContract = [
  refuse('SC-CREATE-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-CREATE-2', 'nodeIsMissing', 'NodeNotExists'),
  refuse('SC-CREATE-3', 'nodeIsDown', 'NodeNotAvailableToDeploy', { from: NODE_POWER }),
  refuse('SC-CREATE-4', 'farmIsMissing', 'FarmNotExists', { says: 'never: no call removes a farm' }),
  refuse('SC-CREATE-5', 'rentContractIsLost', 'ContractNotExists'),
  refuse('SC-CREATE-14', 'somebodyElseRentsTheNode', 'NodeHasRentContract', { until: ONE_ERROR_FOR_RENTED }),
  refuse('SC-CREATE-6', 'somebodyElseRentsTheNode', 'NodeNotAvailableToDeploy', { from: ONE_ERROR_FOR_RENTED }),
  refuse('SC-CREATE-7', 'nodeIsForRentOnly', 'NodeNotAvailableToDeploy'),
  refuse('SC-CREATE-15', 'rentOfNodeIsInGrace', 'NodeNotAvailableToDeploy', { instead: 'Q-GRACE-LEFT-BEHIND' }),
  refuse('SC-CREATE-8', 'contractOfSameHashIsLost', 'ContractNotExists'),
  refuse('SC-CREATE-9', 'sameHashIsInUse', 'ContractIsNotUnique'),
  refuse('SC-CREATE-10', 'farmHasFewerIps', 'FarmHasNotEnoughPublicIPs'),
  refuse('SC-CREATE-11', 'farmHasFewerFreeIps', 'FarmHasNotEnoughPublicIPsFree'),
  accept('SC-CREATE-12', {
    when: 'ipsAreWanted',
    to: 'created',
    says: 'the wanted number of free IPs of the farm is reserved, first come first',
    do: [
      must('@mustBeApproved', 'solutionProvider'),
      'reserveIps',
      must('@insert', 'billingTurn'),
      'storeNodeContract',
      'openBillingInformation',
      'listOnNode',
      'announce',
    ],
  }),
  accept('SC-CREATE-13', {
    to: 'created',
    do: [
      must('@mustBeApproved', 'solutionProvider'),
      must('@insert', 'billingTurn'),
      'storeNodeContract',
      'openBillingInformation',
      'listOnNode',
      'announce',
    ],
  }),
]

export const createRentContract = [
  refuse('SC-RENT-1', 'nodeIsRented', 'NodeHasRentContract'),
  refuse('SC-RENT-2', 'nodeIsMissing', 'NodeNotExists'),
  refuse('SC-RENT-3', 'farmIsMissing', 'FarmNotExists', { says: 'never: no call removes a farm' }),
  refuse('SC-RENT-4', 'nodeIsDown', 'NodeNotAvailableToDeploy', { from: NODE_POWER }),
  refuse('SC-RENT-5', 'sharedNodeHasContracts', 'NodeNotAvailableToDeploy'),
  refuse('SC-RENT-6', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-RENT-8', 'othersAreOnTheNode', 'NodeNotAvailableToDeploy', { instead: 'Q-RENT-OVER-OTHERS' }),
  accept('SC-RENT-7', {
    to: 'created',
    do: [must('@mustBeApproved', 'solutionProvider'), must('@insert', 'billingTurn'), 'storeRentContract', 'markNodeRented', 'announce'],
  }),
]

export const createNameContract = [
  refuse('SC-NAME-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-NAME-2', 'nameIsTooShort', 'NameContractNameTooShort'),
  refuse('SC-NAME-3', 'nameIsTooLong', 'NameContractNameTooLong'),
  refuse('SC-NAME-4', 'nameHasOtherCharacters', 'NameNotValid'),
  refuse('SC-NAME-5', 'nameIsTaken', 'NameExists'),
  accept('SC-NAME-6', { to: 'created', do: [must('@insert', 'billingTurn'), 'storeNameContract', 'registerName', 'announce'] }),
]

const farmOf = (s: Stage<{ readonly nodeId: number }, bigint>) => s.w.get(Farms, s.w.get(Nodes, s.args.nodeId)!.farmId)
const sameHash = (s: OnNode) => pairKey(s.args.nodeId, s.args.deploymentHash)

/** The farm's free IPs that the contract takes, in the farm's order. */
const reservation = fact('reservation', (s: OnNode): readonly PublicIp[] =>
  farmOf(s)!
    .publicIps.filter((ip) => ip.contractId === 0n)
    .slice(0, s.args.publicIps)
    .map((ip) => ({ ...ip, contractId: s.key })),
)

export const createGuards = {
  callerHasNoTwin: (s: Stage) => !s.w.has(TwinIdByAccountID, s.caller),
  nodeIsMissing: (s: OnRent) => !s.w.has(Nodes, s.args.nodeId),
  nodeIsDown: (s: OnRent) => {
    const { state, target } = s.w.get(NodePower, s.args.nodeId)
    return state.type === 'Down' || target.type === 'Down'
  },
  farmIsMissing: (s: OnRent) => farmOf(s) === undefined,
  rentContractIsLost: (s: OnNode) => {
    const rent = s.w.get(ActiveRentContractForNode, s.args.nodeId)
    return rent !== undefined && !s.w.has(Contracts, rent)
  },
  somebodyElseRentsTheNode: (s: OnNode) => {
    const rent = s.w.get(ActiveRentContractForNode, s.args.nodeId)
    return rent !== undefined && s.w.get(Contracts, rent)!.twinId !== s.w.get(TwinIdByAccountID, s.caller)
  },
  rentOfNodeIsInGrace: (s: OnNode) => rentedInGrace(s.w, s.args.nodeId),
  nodeIsForRentOnly: (s: OnNode) =>
    !s.w.has(ActiveRentContractForNode, s.args.nodeId) && (s.w.get(DedicatedNodesExtraFee, s.args.nodeId) > 0n || farmOf(s)!.dedicatedFarm),
  contractOfSameHashIsLost: (s: OnNode) =>
    s.w.has(ContractIDByNodeIDAndHash, sameHash(s)) && !s.w.has(Contracts, s.w.get(ContractIDByNodeIDAndHash, sameHash(s))),
  sameHashIsInUse: (s: OnNode) =>
    s.w.has(ContractIDByNodeIDAndHash, sameHash(s)) &&
    s.w.get(Contracts, s.w.get(ContractIDByNodeIDAndHash, sameHash(s)))!.state.type !== 'Deleted',
  farmHasFewerIps: (s: OnNode) => farmOf(s)!.publicIps.length < s.args.publicIps,
  farmHasFewerFreeIps: (s: OnNode) => s.args.publicIps > 0 && reservation(s).length < s.args.publicIps,
  ipsAreWanted: (s: OnNode) => s.args.publicIps > 0,
  nodeIsRented: (s: OnRent) => s.w.has(ActiveRentContractForNode, s.args.nodeId),
  othersAreOnTheNode: (s: OnRent) =>
    s.w.get(ActiveNodeContracts, s.args.nodeId).some((id) => s.w.get(Contracts, id)?.twinId !== s.w.get(TwinIdByAccountID, s.caller)),
  sharedNodeHasContracts: (s: OnRent) => !farmOf(s)!.dedicatedFarm && s.w.get(ActiveNodeContracts, s.args.nodeId).length > 0,
  nameIsTooShort: (s: OnName) => s.args.name.length < MIN_NAME_LENGTH,
  nameIsTooLong: (s: OnName) => s.args.name.length > MAX_NAME_LENGTH,
  nameHasOtherCharacters: (s: OnName) => !/^[a-z0-9_-]*$/.test(s.args.name),
  nameIsTaken: (s: OnName) => s.w.has(ContractIDByNameRegistration, s.args.name),
}

/** Writes the contract, its id as the last one given, and an empty lock that starts now. */
function store(s: Stage<unknown, bigint>, contractType: ContractData, solutionProviderId: bigint | undefined): void {
  const contract: Contract = {
    version: CONTRACT_VERSION,
    twinId: s.w.get(TwinIdByAccountID, s.caller)!,
    contractId: s.key,
    state: { type: 'Created' },
    contractType,
    solutionProviderId,
  }
  s.w.put(Contracts, s.key, contract)
  s.w.set(ContractID, s.key)
  s.w.put(ContractLock, s.key, lockAt(s.w.version, 0n, 0n, seconds(s.w), 0))
}

export const createEffects = {
  reserveIps: (s: OnNode) => {
    const farm = farmOf(s)!
    let left = s.args.publicIps
    const publicIps = farm.publicIps.map((ip) => (ip.contractId === 0n && left-- > 0 ? { ...ip, contractId: s.key } : ip))
    s.w.put(Farms, farm.id, { ...farm, publicIps })
  },
  storeNodeContract: (s: OnNode) => {
    const { nodeId, deploymentHash, deploymentData, publicIps } = s.args
    const value: NodeContract = { nodeId, deploymentHash, deploymentData, publicIps, publicIpsList: publicIps > 0 ? reservation(s) : [] }
    store(s, { type: 'NodeContract', value }, s.args.solutionProviderId)
  },
  openBillingInformation: (s: OnNode) =>
    s.w.put(ContractBillingInformationByID, s.key, { previousNuReported: 0n, lastUpdated: seconds(s.w), amountUnbilled: 0n }),
  listOnNode: (s: OnNode) => {
    s.w.put(ContractIDByNodeIDAndHash, sameHash(s), s.key)
    s.w.put(ActiveNodeContracts, s.args.nodeId, [...s.w.get(ActiveNodeContracts, s.args.nodeId), s.key])
  },
  storeRentContract: (s: OnRent) => store(s, { type: 'RentContract', value: { nodeId: s.args.nodeId } }, s.args.solutionProviderId),
  markNodeRented: (s: OnRent) => s.w.put(ActiveRentContractForNode, s.args.nodeId, s.key),
  storeNameContract: (s: OnName) => store(s, { type: 'NameContract', value: { name: s.args.name } }, undefined),
  registerName: (s: OnName) => s.w.put(ContractIDByNameRegistration, s.args.name, s.key),
  announce: (s: Stage<unknown, bigint>) => s.emit(ContractCreated, s.w.get(Contracts, s.key)!),
}

/** The index at which a contract is billed: its id modulo the billing frequency. @source billing.rs `get_billing_loop_index_from_contract_id` @439e6919 */
export const billingTurn = (s: Stage<unknown, bigint>) =>
  atTurn(s, s.w.version < LOOP_BY_ID ? turnBefore(s.w) : s.key % s.w.get(BillingFrequency))

const atTurn = (s: Stage<unknown, bigint>, key: bigint) => [{ machine: 'billing-loop', key, args: { contractId: s.key } }]
const turnOfBlock = (w: World): bigint => BigInt(blockNumber(w)) % w.get(BillingFrequency)
/** Until 140 a contract is billed one turn before that of its block, so a whole cycle later; at turn 0 at once. @source lib.rs `insert_contract_to_bill` @a3e802fe */
const turnBefore = (w: World): bigint => U64.saturatingSub(turnOfBlock(w), 1n)
/** The turn of this block. */
export const turnNow = (s: Stage<unknown, bigint>) => atTurn(s, turnOfBlock(s.w))

export const createRoutes = {
  billingTurn,
  turnNow,
  solutionProvider: (s: OnRent) =>
    s.args.solutionProviderId === undefined ? [] : [{ machine: 'solution-provider', key: s.args.solutionProviderId }],
}
