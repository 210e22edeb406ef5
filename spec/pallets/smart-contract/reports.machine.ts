import { accept, machine, must, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { Farms, NodeIdByTwinID, Nodes, PricingPolicies, TwinIdByAccountID } from '../tfgrid/items.js'
import type { NetworkReport, ResourceReport } from './report.rules.js'
import type { ContractResources, NruConsumption } from './types.js'

type Resources = Stage<{ readonly contractResources: readonly ContractResources[] }, undefined>
type Network = Stage<{ readonly reports: readonly NruConsumption[] }, undefined>
const twin = (s: Stage<unknown, undefined>) => s.w.get(TwinIdByAccountID, s.caller)
const nodeId = (s: Stage<unknown, undefined>) => s.w.get(NodeIdByTwinID, twin(s)!)
const node = (s: Stage<unknown, undefined>) => s.w.get(Nodes, nodeId(s))
const farm = (s: Stage<unknown, undefined>) => s.w.get(Farms, node(s)!.farmId)
const policy = (s: Stage<unknown, undefined>) => s.w.get(PricingPolicies, farm(s)!.pricingPolicyId)

/**
 * Reports of a node about its contracts: each report is handed to its contract; one that refuses undoes the whole call.
 * @source pallet-smart-contract/src/grid_contract.rs `_report_contract_resources`, `_compute_reports` @439e6919
 */
export const reports = machine({
  id: 'reports',
  pallet: 'SmartContractModule',
  says: 'what nodes report about the use of their contracts',
  state: () => 'always' as const,
  states: {
    always: {
      reportContractResources: [
        refuse('SC-RES-1', 'callerHasNoTwin', 'TwinNotExists'),
        refuse('SC-RES-2', 'twinHasNoNode', 'NodeNotExists'),
        accept('SC-RES-7', { do: [must('@reportedResources', 'contractsWithResources')], pays: 'no' }),
      ],
      addNruReports: [
        refuse('SC-NRU-1', 'callerHasNoTwin', 'TwinNotExists'),
        refuse('SC-NRU-2', 'nodeIsMissing', 'NodeNotExists'),
        refuse('SC-NRU-3', 'farmIsMissing', 'FarmNotExists', { says: 'never: no call removes a farm' }),
        refuse('SC-NRU-4', 'policyIsMissing', 'PricingPolicyNotExists', {
          says: 'never: every farm has policy 1, and no call removes a policy',
        }),
        accept('SC-NRU-11', { do: [must('@reportedNetwork', 'contractsWithNetworkUse')], pays: 'no' }),
      ],
    },
  },
  guards: {
    callerHasNoTwin: (s: Resources) => twin(s) === undefined,
    twinHasNoNode: (s: Resources) => !s.w.has(NodeIdByTwinID, twin(s)!),
    nodeIsMissing: (s: Network) => node(s) === undefined,
    farmIsMissing: (s: Network) => farm(s) === undefined,
    policyIsMissing: (s: Network) => policy(s) === undefined,
  },
  effects: {},
  routes: {
    contractsWithResources: (s: Resources) =>
      s.args.contractResources.map((report) => ({
        machine: 'contract',
        key: report.contractId,
        args: { nodeId: nodeId(s), report } satisfies ResourceReport,
      })),
    contractsWithNetworkUse: (s: Network) =>
      s.args.reports.map((report) => ({
        machine: 'contract',
        key: report.contractId,
        args: { nodeId: nodeId(s), report, policy: policy(s)! } satisfies NetworkReport,
      })),
  },
})
