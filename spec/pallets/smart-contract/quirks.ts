import type { Quirk } from '../../versions/quirk.js'

const FLOW = 'pallet-smart-contract/service_consumer_contract_flow.md'
const SPECS = 'pallet-smart-contract/service_consumer_contract_specs.md'
const SOLUTION = 'pallet-smart-contract/solution_provider.md'
const inPallet = (where: string): string => `pallet-smart-contract/src/${where} @439e6919`
/** Why a trap is no answer: nobody pays for it, and what it stands in the way of never happens. */
const refusal = 'a refusal, as an extrinsic that traps costs its sender nothing and the block’s author time'

export const quirks: readonly Quirk[] = [
  {
    id: 'Q-BILL-NO-POLICY',
    says: 'traps while no pricing policy has the id 1: contracts can be neither billed nor cancelled',
    promises: `${refusal}; the pallet reads the same map with an error elsewhere (PricingPolicyNotExists)`,
    severity: 'lock-up',
    source: inPallet('cost.rs `calculate_contract_cost_tft`'),
  },
  {
    id: 'Q-PRICE-ZERO',
    says: 'divides by the price of a TFT and traps while it is zero: no price yet and no minimum, or a product that wraps to zero',
    promises: `${refusal}; the pallet has an error for it that it never uses (TFTPriceValueError)`,
    severity: 'lock-up',
    source: inPallet('cost.rs `calculate_cost_in_tft_from_units_usd`'),
  },
  {
    id: 'Q-PRICE-WRAP',
    says: 'the price in 1e-7 USD wraps at 2^32: from 429.4967 USD a TFT on, a bill is many times too high',
    promises: 'docs/misc/price.md: “We use the TFT Price to calculate how much TFT the user is due”: the price, not what is left of it',
    severity: 'loss of money',
    source: inPallet('cost.rs `calculate_cost_in_tft_from_units_usd`'),
  },
  {
    id: 'Q-DISCOUNT-PERIOD',
    says: 'multiplies by the period where it has to divide: a bill for less than an hour counts as a smaller amount an hour, one for more as a larger, so that the same use gets another discount',
    promises:
      'docs/architecture/0008-discount-levels-changed.md: the discount follows the “nr months staking”, however often bills come; repaired in 149 (@c749b55c)',
    severity: 'loss of money',
    source: inPallet('cost.rs `calculate_discount_tft`'),
    from: 130,
    until: 149,
  },
  {
    id: 'Q-DISCOUNT-ZERO',
    says: 'divides the balance by the monthly amount and traps where that is zero: the product of amount and time wraps to it at 2^64, or rounds to it; the contract can be neither billed nor cancelled then',
    promises: `docs/architecture/0008-discount-levels-changed.md gives such an amount the highest level; and ${refusal}`,
    severity: 'lock-up',
    source: inPallet('cost.rs `calculate_discount_tft`'),
  },
  {
    id: 'Q-FREQUENCY-STRANDS',
    says: 'leaves the contracts at their old places when the frequency changes: most can never be removed again (ContractWrongBillingLoopIndex)',
    promises:
      'docs/architecture/0010-rework-billing-loop.md, Decision: contracts are listed “at index contract_id % billing_frequency”, and “When a contract get removed … we now directly remove it from the billing loop too”',
    severity: 'lock-up',
    source: inPallet('billing.rs `_change_billing_frequency`, `remove_contract_from_billing_loop`'),
  },
  {
    id: 'Q-PROVIDER-TAKE-WRAP',
    says: 'adds the takes in a u8, which wraps: takes of 200 and 100 percent count as 44',
    promises: `${SOLUTION}: “the sum of these percentages can never exceed 50%”`,
    severity: 'loss of money',
    source: inPallet('solution_provider.rs `_create_solution_provider`'),
  },
  {
    id: 'Q-PROVIDER-COUNT',
    says: 'takes any number of payout addresses, each of which costs every payout a transfer',
    promises: `${SOLUTION}: “Up to 5 payout addresses”`,
    severity: 'wrong record',
    source: inPallet('solution_provider.rs `_create_solution_provider`'),
  },
  {
    id: 'Q-SERVICE-COST-WRAP',
    says: 'fees, and the product of fee and time, wrap at 2^64: a high fee is billed as a low one',
    promises: `${FLOW}, Step 4: “amount = base_fee * T / 3600 + variable_amount”`,
    severity: 'loss of money',
    source: inPallet('cost.rs `calculate_bill_cost_units_usd`'),
  },
  {
    id: 'Q-SERVICE-OUT-OF-FUNDS',
    says: 'cancels the contract of a consumer without funds and then refuses the call, which undoes the cancellation: the contract lives on',
    promises: `${FLOW}, Step 4: “if the consumer is out of funds the billing will fail AND the contract will be canceled”`,
    severity: 'wrong record',
    source: inPallet('service_contract.rs `_service_contract_pay_bill`'),
  },
  {
    id: 'Q-SERVICE-READY',
    says: 'a change of fees asks for metadata alone, a change of metadata for a base fee alone, and neither takes readiness back: fees of zero make a contract ready',
    promises: `${FLOW}, Step 2: ready “when both metadata and fees are set (metadata not empty and base_fee greater than zero)”`,
    severity: 'wrong record',
    source: inPallet('service_contract.rs `_service_contract_set_metadata`, `_service_contract_set_fees`'),
  },
  {
    id: 'Q-SERVICE-TERMS',
    says: 'fees and metadata can change after one party has approved: the consumer approves, the service raises its fees and approves, the consumer pays',
    promises: `${SPECS}, Flow: “as soon as either party accepted (i.e. either flag is set), the fees and metadata cannot be changed anymore”`,
    severity: 'loss of money',
    source: inPallet('service_contract.rs `_service_contract_set_metadata`, `_service_contract_set_fees`'),
  },
  {
    id: 'Q-LAST-BILL-LOST',
    says: 'announces the last bill of a contract that ends (ContractBilled) and never charges it: only what earlier bills locked is paid',
    promises:
      'spec.md, Architecture, 3: “will bill the user based on the farmers prices” for what is used; what ContractBilled says is what is charged. Other repair: announce only what is charged',
    severity: 'loss of money',
    source: inPallet('billing.rs `bill_contract`, `handle_lock`'),
  },
  {
    id: 'Q-LOCK-ROUGH',
    says: 'takes for locked whatever of the payer’s balance is not usable, the existential deposit included, and forgets what other contracts have locked when it is at most a deposit',
    promises:
      'docs/architecture/0011-dedicated-nodes-extra-fee.md and ContractLock: an amount is locked by a contract; the account’s lock is what its contracts have locked together',
    severity: 'loss of money',
    source: inPallet('billing.rs `handle_lock`'),
  },
  {
    id: 'Q-GRACE-UNLOCKED',
    says: 'what falls due during grace is written to the contract and never locked, not even when grace ends: the account can spend it, and the payout takes it from what other contracts have locked',
    promises: 'ContractLock: `amount_locked` is locked. Other repair: lock the whole debt when grace ends',
    severity: 'loss of money',
    source: inPallet('billing.rs `handle_grace`, `handle_lock`'),
    from: 132,
  },
  {
    id: 'Q-GRACE-COUNTS-TWICE',
    says: 'holds all that a contract has locked against the usable balance, from which it is taken already: who could pay the bill several times over is put into grace',
    promises: 'spec.md, Architecture, 3: “If the user runs out of funds”: grace is for who cannot pay the bill',
    severity: 'loss of service',
    source: inPallet('billing.rs `handle_grace`'),
    from: 132,
  },
  {
    id: 'Q-GRACE-LEFT-BEHIND',
    says: 'a node contract made on a node whose rent contract is in grace, or whose own bill finds funds, goes on while the rent contract is in grace',
    promises:
      'handle_grace_rent_contract: node contracts on a rented node share the grace of the rent contract. Other repair: make the new contract in grace',
    severity: 'wrong record',
    source: inPallet('billing.rs `handle_grace_rent_contract`'),
  },
  {
    id: 'Q-RENT-ENDS-UNBILLED',
    says: 'removes the node contracts on a rented node whose rent ends out of funds without their last bill, and without paying out or unlocking what they have locked',
    promises:
      'docs/architecture/0010-rework-billing-loop.md, Decision: a contract’s removal is one process; what a contract has locked goes with it. Other repair: unlock and forget',
    severity: 'loss of money',
    source: inPallet('grid_contract.rs `remove_contract`'),
  },
  {
    id: 'Q-NODE-GONE-LINGERS',
    says: 'a node’s contracts whose bill is refused stay stored as deleted when their node is deleted, with name, IPs and locks, and what the refused bill has paid stays paid; with the node gone no bill ever succeeds',
    promises:
      'spec.md, Architecture, 1: “If the contract is canceled by either the user or the node, the IPs for that contract will be freed”. Other repairs: remove the contract unbilled, or bill it in a layer of its own and retry',
    severity: 'lock-up',
    source: 'pallet-smart-contract/src/grid_contract.rs `node_deleted`, pallet-tfgrid/src/node.rs `_delete_node` @439e6919',
  },
  {
    id: 'Q-HASH-TAKEN-OVER',
    says: 'an update may give a contract the deployment hash of another one on the node: the index then leads to it alone, and the other’s end or next update removes the entry',
    promises:
      'spec.md, Architecture, 2: the node checks “the deployment hash on the contract”, which create_node_contract keeps unique (ContractIsNotUnique)',
    severity: 'wrong record',
    source: inPallet('grid_contract.rs `_update_node_contract`'),
  },
  {
    id: 'Q-NRU-TWICE',
    says: 'counts a report of the same time as the last one again: a node that sends a report twice has it billed twice',
    promises: 'spec.md, Architecture, 3: “The chain will compute how much is being used and will bill the user”: what is used is used once',
    severity: 'loss of money',
    source: inPallet('grid_contract.rs `_compute_reports`'),
  },
  {
    id: 'Q-NRU-FUTURE',
    says: 'counts a report of a time to come: every report of the contract until then is passed over',
    promises:
      'spec.md, Architecture, 3: a report’s timestamp is “timestampOfReport”; repaired the same way for uptime (InvalidTimestampHint). Other repair: refuse the call',
    severity: 'loss of money',
    source: inPallet('grid_contract.rs `_compute_reports`'),
  },
  {
    id: 'Q-RENT-OVER-OTHERS',
    says: 'lets a node of a dedicated farm be rented while contracts of other users live on it, from before the farm was dedicated: they use what the tenant pays for, and are in grace when the tenant is',
    promises:
      'builders_program.md, RentContracts: a rent contract “rents the full available resources on a node”. Other repair: refuse to dedicate a farm whose nodes have contracts',
    severity: 'loss of service',
    source: inPallet('grid_contract.rs `_create_rent_contract`'),
  },
  {
    id: 'Q-DISCOUNT-BALANCE-WRAP',
    says: 'takes the lower 64 bits of the balance for the discount: from 1.8 million million TFT on, more balance may mean less discount',
    promises:
      'docs/architecture/0008-discount-levels-changed.md: the discount follows the “nr months staking”; a larger balance lasts longer',
    severity: 'loss of money',
    source: inPallet('cost.rs `calculate_discount_tft`'),
  },
]
