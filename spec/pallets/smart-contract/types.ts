import {
  account,
  bool,
  bytes,
  changed,
  enumeration,
  fixed,
  option,
  struct,
  u16,
  u32,
  u64,
  u128,
  u8,
  unit,
  vec,
  type ValueOf,
} from '../../kernel/shape.js'
import type { SpecVersion } from '../../kernel/version.js'
import { PublicIp, Resources } from '../tfgrid/types.js'
import { SURCHARGE } from './releases.js'

export const Cause = enumeration({ CanceledByUser: unit, OutOfFunds: unit })
export type Cause = ValueOf<typeof Cause>

/** `GracePeriod` holds the block in which the period began. */
export const ContractState = enumeration({ Created: unit, Deleted: Cause, GracePeriod: u64 })
export type ContractState = ValueOf<typeof ContractState>

export const NodeContract = struct({
  nodeId: u32,
  deploymentHash: fixed(32),
  deploymentData: bytes,
  publicIps: u32,
  publicIpsList: vec(PublicIp),
})
export type NodeContract = ValueOf<typeof NodeContract>

export const ContractData = enumeration({ NodeContract, NameContract: struct({ name: bytes }), RentContract: struct({ nodeId: u32 }) })
export type ContractData = ValueOf<typeof ContractData>

export const Contract = struct({
  version: u32,
  state: ContractState,
  contractId: u64,
  twinId: u32,
  contractType: ContractData,
  solutionProviderId: option(u64),
})
export type Contract = ValueOf<typeof Contract>

/** `lastUpdated` in seconds of the reports' own clock, `amountUnbilled` in 1e-7 USD. */
export const ContractBillingInformation = struct({ previousNuReported: u64, lastUpdated: u64, amountUnbilled: u64 })
export type ContractBillingInformation = ValueOf<typeof ContractBillingInformation>

export const ContractResources = struct({ contractId: u64, used: Resources })
export type ContractResources = ValueOf<typeof ContractResources>

/** Amounts in 1e-7 TFT, `lockUpdated` in seconds since 1970. */
export const ContractLock = changed(
  struct({ amountLocked: u128, lockUpdated: u64, cycles: u16 }),
  SURCHARGE,
  struct({ amountLocked: u128, extraAmountLocked: u128, lockUpdated: u64, cycles: u16 }),
)
export type ContractLock = ValueOf<typeof ContractLock>
/** A lock as its version stores it: before there were surcharges, without one. */
export const lockAt = (
  version: SpecVersion,
  amountLocked: bigint,
  extraAmountLocked: bigint,
  lockUpdated: bigint,
  cycles: number,
): ContractLock => (version < SURCHARGE ? { amountLocked, lockUpdated, cycles } : { amountLocked, extraAmountLocked, lockUpdated, cycles })
/** What is locked of surcharges. */
export const extraLocked = ({ extraAmountLocked = 0n }: ContractLock): bigint => extraAmountLocked

export const DiscountLevel = enumeration({ None: unit, Default: unit, Bronze: unit, Silver: unit, Gold: unit })
export type DiscountLevel = ValueOf<typeof DiscountLevel>

/** `timestamp` in seconds, `amountBilled` in 1e-7 TFT. */
export const ContractBill = struct({ contractId: u64, timestamp: u64, discountLevel: DiscountLevel, amountBilled: u128 })
/** Network use: `nru` in bytes over `window` seconds, as of `timestamp` seconds by the node's clock. */
export const NruConsumption = struct({ contractId: u64, timestamp: u64, window: u64, nru: u64 })
export type NruConsumption = ValueOf<typeof NruConsumption>
/** Deprecated; only an event that nothing deposits still carries it. */
export const Consumption = struct({ contractId: u64, timestamp: u64, cru: u64, sru: u64, hru: u64, mru: u64, nru: u64 })

/** `take` in percent of a bill. */
export const Provider = struct({ who: account, take: u8 })
export type Provider = ValueOf<typeof Provider>
export const SolutionProvider = struct({
  solutionProviderId: u64,
  providers: vec(Provider),
  description: bytes,
  link: bytes,
  approved: bool,
})
export type SolutionProvider = ValueOf<typeof SolutionProvider>

export const ServiceContractState = enumeration({ Created: unit, AgreementReady: unit, ApprovedByBoth: unit })
export type ServiceContractState = ValueOf<typeof ServiceContractState>
/** Fees in 1e-3 USD an hour, the variable one the most that bills may add; `lastBill` in seconds since 1970. */
export const ServiceContract = struct({
  serviceContractId: u64,
  serviceTwinId: u32,
  consumerTwinId: u32,
  baseFee: u64,
  variableFee: u64,
  metadata: bytes,
  acceptedByService: bool,
  acceptedByConsumer: bool,
  lastBill: u64,
  state: ServiceContractState,
})
export type ServiceContract = ValueOf<typeof ServiceContract>
/** `variableAmount` in 1e-3 USD, `window` in seconds. */
export const ServiceContractBill = struct({ variableAmount: u64, window: u64, metadata: bytes })
export type ServiceContractBill = ValueOf<typeof ServiceContractBill>

export const StorageVersion = enumeration(
  Object.fromEntries(['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7', 'V8', 'V9', 'V10', 'V11'].map((v) => [v, unit])),
)
