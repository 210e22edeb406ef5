import { accept, machine, must, refuse } from '../../kernel/machine.js'
import { fact, type Stage } from '../../kernel/stage.js'
import { Farms, Nodes, TwinIdByAccountID } from '../tfgrid/items.js'
import { BillingFrequencyChanged, NodeExtraFeeSet } from './events.js'
import { ActiveNodeContracts, ActiveRentContractForNode, BillingFrequency, ContractsToBillAt, DedicatedNodesExtraFee } from './items.js'

export interface ChangeBillingFrequency {
  /** Blocks. */
  readonly frequency: bigint
}
export interface SetExtraFee {
  readonly nodeId: number
  /** 1e-3 USD a month. */
  readonly extraFee: bigint
}
type OnFrequency = Stage<ChangeBillingFrequency, undefined>
type OnFee = Stage<SetExtraFee, undefined>

/** Every listed contract with the index that it is listed at, by index. */
const turns = fact('turns', (s: OnFrequency) =>
  [...s.w.entries(ContractsToBillAt)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([index, ids]) => ids.map((contractId) => ({ index, contractId }))),
)

const node = (s: OnFee) => s.w.get(Nodes, s.args.nodeId)
const farm = (s: OnFee) => s.w.get(Farms, node(s)!.farmId)

/**
 * The pallet's settings: how often contracts are billed, and what a farmer wants on top for a node.
 *
 * A contract is listed for billing at its id modulo the frequency. 144 changes the frequency and leaves the lists: contracts
 * are billed at their old index and can no longer be removed (`ContractWrongBillingLoopIndex`, quirk Q-FREQUENCY-STRANDS).
 *
 * @source pallet-smart-contract/src/billing.rs `_change_billing_frequency`, grid_contract.rs `_set_dedicated_node_extra_fee` @439e6919
 */
export const settings = machine({
  id: 'smart-contract',
  pallet: 'SmartContractModule',
  says: 'the settings of the smart-contract pallet',
  state: () => 'always' as const,
  states: {
    always: {
      changeBillingFrequency: [
        refuse('SC-FREQUENCY-1', 'frequencyIsNotHigher', 'CanOnlyIncreaseFrequency'),
        accept('SC-FREQUENCY-2', { quirk: 'Q-FREQUENCY-STRANDS', do: ['setFrequency', 'announceFrequency'] }),
        accept('SC-FREQUENCY-3', {
          instead: 'Q-FREQUENCY-STRANDS',
          says: 'every listed contract moves to the index of the new frequency',
          do: [must('@remove', 'turnsBefore'), must('@insert', 'turnsAfter'), 'setFrequency', 'announceFrequency'],
        }),
      ],
      setDedicatedNodeExtraFee: [
        refuse('SC-EXTRA-FEE-1', 'callerHasNoTwin', 'TwinNotExists'),
        refuse('SC-EXTRA-FEE-2', 'nodeIsMissing', 'NodeNotExists'),
        refuse('SC-EXTRA-FEE-3', 'farmIsMissing', 'FarmNotExists', { says: 'never: no call removes a farm' }),
        refuse('SC-EXTRA-FEE-4', 'callerIsNotTheFarmer', 'UnauthorizedToSetExtraFee'),
        refuse('SC-EXTRA-FEE-5', 'nodeHasContracts', 'NodeHasActiveContracts'),
        accept('SC-EXTRA-FEE-6', {
          says: 'a fee of 0 opens the node to node contracts again, its key stays',
          do: ['setExtraFee', 'announceExtraFee'],
        }),
      ],
    },
  },
  guards: {
    frequencyIsNotHigher: (s: OnFrequency) => s.args.frequency <= s.w.get(BillingFrequency),
    callerHasNoTwin: (s: OnFee) => !s.w.has(TwinIdByAccountID, s.caller),
    nodeIsMissing: (s: OnFee) => node(s) === undefined,
    farmIsMissing: (s: OnFee) => farm(s) === undefined,
    callerIsNotTheFarmer: (s: OnFee) => s.w.get(TwinIdByAccountID, s.caller) !== farm(s)!.twinId,
    nodeHasContracts: (s: OnFee) =>
      s.w.has(ActiveRentContractForNode, s.args.nodeId) || s.w.get(ActiveNodeContracts, s.args.nodeId).length > 0,
  },
  effects: {
    setFrequency: (s: OnFrequency) => s.w.set(BillingFrequency, s.args.frequency),
    announceFrequency: (s: OnFrequency) => s.emit(BillingFrequencyChanged, s.args.frequency),
    setExtraFee: (s: OnFee) => s.w.put(DedicatedNodesExtraFee, s.args.nodeId, s.args.extraFee),
    announceExtraFee: (s: OnFee) => s.emit(NodeExtraFeeSet, { nodeId: s.args.nodeId, extraFee: s.args.extraFee }),
  },
  routes: {
    turnsBefore: (s: OnFrequency) =>
      turns(s).map(({ index, contractId }) => ({ machine: 'billing-loop', key: index, args: { contractId } })),
    turnsAfter: (s: OnFrequency) =>
      turns(s).map(({ contractId }) => ({ machine: 'billing-loop', key: contractId % s.args.frequency, args: { contractId } })),
  },
})
