import { doubleMap, map, single } from '../../kernel/item.js'
import { bytes, fixed, u32, u64, u8, vec } from '../../kernel/shape.js'
import { SURCHARGE } from './releases.js'
import {
  Contract,
  ContractBillingInformation,
  ContractLock as Lock,
  ContractResources,
  lockAt,
  ServiceContract,
  SolutionProvider,
  StorageVersion,
} from './types.js'

/** Storage of the smart-contract pallet. @source pallet-smart-contract/src/lib.rs `#[pallet::storage]` @439e6919 */
const SC = 'SmartContractModule'

/** Every contract that lives, and those whose deletion failed to finish. */
export const Contracts = map(SC, 'Contracts', u64, Contract)
export const ContractBillingInformationByID = map(SC, 'ContractBillingInformationByID', u64, ContractBillingInformation, {
  orElse: { previousNuReported: 0n, lastUpdated: 0n, amountUnbilled: 0n },
})
/** What a node says a contract uses. Presence of the key is what makes a contract `deployed`. */
export const NodeContractResources = map(SC, 'NodeContractResources', u64, ContractResources, {
  orElse: { contractId: 0n, used: { hru: 0n, sru: 0n, cru: 0n, mru: 0n } },
})
/** Keyed by node id and deployment hash. */
export const ContractIDByNodeIDAndHash = doubleMap(SC, 'ContractIDByNodeIDAndHash', u32, fixed(32), u64, { orElse: 0n })
/** The live node contracts of a node, by its id. */
export const ActiveNodeContracts = map(SC, 'ActiveNodeContracts', u32, vec(u64), { orElse: [] })
/** The contracts whose turn comes at a billing index. */
export const ContractsToBillAt = map(SC, 'ContractsToBillAt', u64, vec(u64), { orElse: [] })
/** What a contract owes and has not paid out yet. */
export const ContractLock = map(SC, 'ContractLock', u64, Lock, {
  orElse: lockAt(SURCHARGE, 0n, 0n, 0n, 0),
  orElseHistory: [0, SURCHARGE].map((version) => [version, lockAt(version, 0n, 0n, 0n, 0)] as const),
})
export const ContractIDByNameRegistration = map(SC, 'ContractIDByNameRegistration', bytes, u64, { orElse: 0n })
/** The rent contract of a node, by the node's id. */
export const ActiveRentContractForNode = map(SC, 'ActiveRentContractForNode', u32, u64)
/** The id given last. */
export const ContractID = single(SC, 'ContractID', u64, { orElse: 0n })
export const SolutionProviders = map(SC, 'SolutionProviders', u64, SolutionProvider)
export const SolutionProviderID = single(SC, 'SolutionProviderID', u64, { orElse: 0n })
export const PalletVersion = single(SC, 'PalletVersion', StorageVersion, { orElse: { type: 'V10' } })
/** Blocks from one bill to the next. */
export const BillingFrequency = single(SC, 'BillingFrequency', u64, { orElse: 600n })
export const ServiceContracts = map(SC, 'ServiceContracts', u64, ServiceContract)
export const ServiceContractID = single(SC, 'ServiceContractID', u64, { orElse: 0n })
export const CurrentMigrationStage = single(SC, 'CurrentMigrationStage', u8)
/** A farmer's monthly surcharge on a rented node, in 1e-3 USD. */
export const DedicatedNodesExtraFee = map(SC, 'DedicatedNodesExtraFee', u32, u64, { orElse: 0n })
