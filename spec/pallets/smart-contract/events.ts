import { event } from '../../kernel/event.js'
import { account, bool, struct, tuple, u128, u32, u64, vec } from '../../kernel/shape.js'
import { PublicIp } from '../tfgrid/types.js'
import {
  Cause,
  Consumption,
  Contract,
  ContractBill,
  ContractResources,
  NruConsumption,
  ServiceContract as Service,
  ServiceContractBill,
  SolutionProvider,
} from './types.js'

/** Events of the smart-contract pallet. @source pallet-smart-contract/src/lib.rs `Event` @439e6919 */
const SC = 'SmartContractModule'

export const ContractCreated = event(SC, 'ContractCreated', Contract)
export const ContractUpdated = event(SC, 'ContractUpdated', Contract)
export const NodeContractCanceled = event(SC, 'NodeContractCanceled', struct({ contractId: u64, nodeId: u32, twinId: u32 }))
export const NameContractCanceled = event(SC, 'NameContractCanceled', struct({ contractId: u64 }))
export const IPsReserved = event(SC, 'IPsReserved', struct({ contractId: u64, publicIps: vec(PublicIp) }))
export const IPsFreed = event(SC, 'IPsFreed', struct({ contractId: u64, publicIps: vec(PublicIp) }))
export const ContractDeployed = event(SC, 'ContractDeployed', tuple(u64, account))
export const ConsumptionReportReceived = event(SC, 'ConsumptionReportReceived', Consumption)
export const ContractBilled = event(SC, 'ContractBilled', ContractBill)
/** `amount` in 1e-7 TFT. */
export const TokensBurned = event(SC, 'TokensBurned', struct({ contractId: u64, amount: u128 }))
export const UpdatedUsedResources = event(SC, 'UpdatedUsedResources', ContractResources)
export const NruConsumptionReportReceived = event(SC, 'NruConsumptionReportReceived', NruConsumption)
export const RentContractCanceled = event(SC, 'RentContractCanceled', struct({ contractId: u64 }))
export const ContractGracePeriodStarted = event(
  SC,
  'ContractGracePeriodStarted',
  struct({ contractId: u64, nodeId: u32, twinId: u32, blockNumber: u64 }),
)
export const ContractGracePeriodEnded = event(SC, 'ContractGracePeriodEnded', struct({ contractId: u64, nodeId: u32, twinId: u32 }))
export const SolutionProviderCreated = event(SC, 'SolutionProviderCreated', SolutionProvider)
export const SolutionProviderApproved = event(SC, 'SolutionProviderApproved', tuple(u64, bool))
export const ServiceContractCreated = event(SC, 'ServiceContractCreated', Service)
export const ServiceContractMetadataSet = event(SC, 'ServiceContractMetadataSet', Service)
export const ServiceContractFeesSet = event(SC, 'ServiceContractFeesSet', Service)
export const ServiceContractApproved = event(SC, 'ServiceContractApproved', Service)
export const ServiceContractCanceled = event(SC, 'ServiceContractCanceled', struct({ serviceContractId: u64, cause: Cause }))
export const ServiceContractBilled = event(
  SC,
  'ServiceContractBilled',
  struct({ serviceContract: Service, bill: ServiceContractBill, amount: u128 }),
)
export const BillingFrequencyChanged = event(SC, 'BillingFrequencyChanged', u64)
export const NodeExtraFeeSet = event(SC, 'NodeExtraFeeSet', struct({ nodeId: u32, extraFee: u64 }))
