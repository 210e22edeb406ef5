import { U64 } from '../../kernel/arithmetic/integers.js'
import { accept, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import type { SpecVersion } from '../../kernel/version.js'
import { div, divInt, fromInt, mul } from '../../kernel/arithmetic/u64f64.js'
import { seconds } from '../system/clock.js'
import type { PricingPolicy } from '../tfgrid/types.js'
import { existing, nodeContractOf } from './contract.state.js'
import { BILLING_REFERENCE_PERIOD, toWhole, unitFactor } from './cost.js'
import { NruConsumptionReportReceived, UpdatedUsedResources } from './events.js'
import { ContractBillingInformationByID, NodeContractResources } from './items.js'
import type { ContractResources, NruConsumption } from './types.js'

/** What a contract makes of its node's reports, one report a stage. @source pallet-smart-contract/src/grid_contract.rs `_report_contract_resources`, `_compute_reports` @439e6919 */

export interface ResourceReport {
  readonly nodeId: number
  readonly report: ContractResources
}
export interface NetworkReport {
  readonly nodeId: number
  readonly report: NruConsumption
  readonly policy: PricingPolicy
}
type On<A> = Stage<A, bigint>

export const reportedResources = [
  refuse('SC-RES-4', 'isNoNodeContract', 'InvalidContractType'),
  refuse('SC-RES-5', 'reporterIsAnotherNode', 'NodeNotAuthorizedToComputeReport'),
  accept('SC-RES-6', { do: ['storeResources'] }),
]
export const reportedResourcesWhenAbsent = [accept('SC-RES-3', { says: 'a report for a contract that does not exist is passed over' })]

export const reportedNetwork = [
  accept('SC-NRU-6', { when: 'hasNoBillingInformation', says: 'a contract without billing information is passed over' }),
  refuse('SC-NRU-7', 'isNoNodeContract', 'InvalidContractType'),
  refuse('SC-NRU-8', 'reporterIsAnotherNode', 'NodeNotAuthorizedToComputeReport'),
  accept('SC-NRU-9', {
    when: 'reportIsLate',
    says: 'a report older than the last one is announced but not counted',
    do: ['announceNetworkUse'],
  }),
  accept('SC-NRU-12', {
    when: 'reportIsOfTheSameTime',
    instead: 'Q-NRU-TWICE',
    says: 'nor is one of the same time',
    do: ['announceNetworkUse'],
  }),
  accept('SC-NRU-13', {
    when: 'reportIsOfTheFuture',
    instead: 'Q-NRU-FUTURE',
    says: 'nor is one of a time to come',
    do: ['announceNetworkUse'],
  }),
  accept('SC-NRU-10', { do: ['countNetworkUse', 'announceNetworkUse'] }),
]
export const reportedNetworkWhenAbsent = [accept('SC-NRU-5', { says: 'a report for a contract that does not exist is passed over' })]

export const reportGuards = {
  reporterIsAnotherNode: (s: On<{ readonly nodeId: number }>) => nodeContractOf(existing(s.w, s.key))!.nodeId !== s.args.nodeId,
  hasNoBillingInformation: (s: On<unknown>) => !s.w.has(ContractBillingInformationByID, s.key),
  reportIsOfTheSameTime: (s: On<NetworkReport>) => s.args.report.timestamp === s.w.get(ContractBillingInformationByID, s.key).lastUpdated,
  reportIsOfTheFuture: (s: On<NetworkReport>) => s.args.report.timestamp > seconds(s.w),
  reportIsLate: (s: On<NetworkReport>) => s.args.report.timestamp < s.w.get(ContractBillingInformationByID, s.key).lastUpdated,
}

/** SC-COST-9 What network use costs. @returns u64, 1e-7 USD @source cost.rs `calculate_report_cost_units_usd` @439e6919 */
export const networkCost = ({ nru, window }: NruConsumption, policy: PricingPolicy, version: SpecVersion): bigint =>
  toWhole(version)(
    mul(
      mul(divInt(fromInt(nru), unitFactor(policy.nu.unit, 1000n)), div(fromInt(policy.nu.value), fromInt(BILLING_REFERENCE_PERIOD))),
      fromInt(window),
    ),
  )

export const reportEffects = {
  storeResources: (s: On<ResourceReport>) => {
    s.w.put(NodeContractResources, s.key, s.args.report)
    s.emit(UpdatedUsedResources, s.args.report)
  },
  countNetworkUse: (s: On<NetworkReport>) => {
    const { report, policy } = s.args
    const info = s.w.get(ContractBillingInformationByID, s.key)
    s.w.put(ContractBillingInformationByID, s.key, {
      ...info,
      amountUnbilled: U64.wrappingAdd(info.amountUnbilled, networkCost(report, policy, s.w.version)),
      lastUpdated: report.timestamp,
    })
  },
  announceNetworkUse: (s: On<NetworkReport>) => s.emit(NruConsumptionReportReceived, s.args.report),
}
