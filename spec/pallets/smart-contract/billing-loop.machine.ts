import { accept, machine, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { ContractsToBillAt } from './items.js'
import { LOOP_BY_ID } from './releases.js'

type On = Stage<{ readonly contractId: bigint }, bigint>
const listed = (s: On) => s.w.get(ContractsToBillAt, s.key).includes(s.args.contractId)

/**
 * The contracts whose turn comes at one billing index; its key is the index.
 * After the frequency changed, a contract's index is another than the one it was inserted at.
 * @source pallet-smart-contract/src/billing.rs `insert_contract_in_billing_loop`, `remove_contract_from_billing_loop` @439e6919
 */
export const billingLoop = machine({
  id: 'billing-loop',
  pallet: 'SmartContractModule',
  says: 'the contracts that are billed at one index of the billing cycle',
  state: () => 'always' as const,
  states: {
    always: {
      '@insert': [accept('SC-LOOP-1', { when: 'contractIsListed' }), accept('SC-LOOP-2', { do: ['append'] })],
      '@strike': [accept('SC-LOOP-5', { until: LOOP_BY_ID, says: 'whether it is listed or not', do: ['takeOut'] })],
      '@remove': [refuse('SC-LOOP-3', 'contractIsNotListed', 'ContractWrongBillingLoopIndex'), accept('SC-LOOP-4', { do: ['takeOut'] })],
    },
  },
  guards: { contractIsListed: listed, contractIsNotListed: (s: On) => !listed(s) },
  effects: {
    append: (s: On) => s.w.put(ContractsToBillAt, s.key, [...s.w.get(ContractsToBillAt, s.key), s.args.contractId]),
    takeOut: (s: On) =>
      s.w.put(
        ContractsToBillAt,
        s.key,
        s.w.get(ContractsToBillAt, s.key).filter((id) => id !== s.args.contractId),
      ),
  },
})
