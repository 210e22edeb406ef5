import { carried, outside, planned, type Requirement } from './requirement.js'

const SPEC = 'pallet-smart-contract/spec.md'
const BUILDERS = 'builders_program.md'
const ADR = (n: string): string => `docs/architecture/${n}.md, Decision`
const V9 = 'pallet-smart-contract/src/migrations/v9.rs'

/** Grid contracts: what a user, a node and a farmer are promised about deployments, bills and grace. */
export const contractRequirements: readonly Requirement[] = [
  carried(
    'REQ-SC-1',
    'A node contract is an agreement between a user and a node about one workload, named by its deployment hash.',
    `${BUILDERS}, NodeContracts`,
    { rules: ['SC-CREATE-12', 'SC-CREATE-13'], invariants: ['INV-SC-10', 'INV-SC-17'] },
  ),
  carried('REQ-SC-2', 'A contract always belongs to a twin and, unless it is a name’s, to a node.', `${SPEC}, Architecture 1`, {
    rules: ['SC-CREATE-1', 'SC-CREATE-2'],
    invariants: ['INV-SC-20', 'INV-SC-21', 'INV-BI-15'],
  }),
  carried('REQ-SC-3', 'Only the user’s twin changes or cancels a contract.', `${SPEC}, Architecture 1`, {
    rules: ['SC-UPDATE-3', 'SC-CANCEL-3'],
    invariants: ['INV-BI-9'],
    decided:
      'The text lets the node’s twin update the contract too; the code lets the node report about it and nothing else. Decided for the code: what the node says of use is a report, and the text has no update that a node would make.',
  }),
  carried('REQ-SC-4', 'A contract that asks for public IPs reserves as many of the farm of its node.', `${SPEC}, Architecture 1`, {
    rules: ['SC-CREATE-12'],
    invariants: ['INV-SC-3', 'INV-SC-4'],
  }),
  carried('REQ-SC-5', 'When the farm has not enough free IPs, the contract is refused.', `${SPEC}, Architecture 1`, {
    rules: ['SC-CREATE-10', 'SC-CREATE-11'],
    invariants: ['INV-SC-4'],
  }),
  carried('REQ-SC-6', 'When a contract is cancelled by user or node, its IPs are free again.', `${SPEC}, Architecture 1`, {
    rules: ['SC-FREE-3', 'SC-REMOVE-2', 'TG-NODE-UPDATE-10'],
    invariants: ['INV-SC-3', 'GATE-SC-10'],
  }),
  carried('REQ-SC-7', 'The chain stores the contract and gives its id back.', `${SPEC}, Architecture 1`, {
    rules: ['SC-CREATE-13', 'SC-RENT-7', 'SC-NAME-6'],
    invariants: ['INV-SC-13', 'INV-SC-21'],
  }),
  outside(
    'REQ-SC-8',
    'The deployment’s data is encrypted by the user, so that only the user reads it.',
    `${SPEC}, Architecture 1 and Notes`,
    'The chain stores the bytes that it is given; whether they are encrypted it cannot know.',
  ),
  outside(
    'REQ-SC-9',
    'The node deploys only when user and deployment hash are those of the contract.',
    `${SPEC}, Architecture 2`,
    'The node decides this off the chain; that the hash leads to one contract is REQ-SC-1.',
  ),
  carried('REQ-SC-10', 'Once the node agrees to deploy, the resources used are set on the contract.', `${BUILDERS}, NodeContracts`, {
    rules: ['SC-RES-6'],
    invariants: ['INV-SC-12', 'GATE-SC-1'],
  }),
  carried('REQ-SC-11', 'Only the contract’s node reports what the contract uses.', `${SPEC}, Architecture 3`, {
    rules: ['SC-RES-5', 'SC-NRU-8'],
    invariants: ['INV-BI-10'],
  }),
  carried('REQ-SC-12', 'A node may report about several contracts in one call.', `${SPEC}, Architecture 3`, {
    rules: ['SC-RES-7', 'SC-NRU-11'],
    decided:
      'The text names add_reports with cru, sru, hru, mru and nru; 144 has report_contract_resources for capacity and add_nru_reports for network use. Decided for the code: the split carries the same promise.',
  }),
  carried('REQ-SC-13', 'Network use of a time is billed once.', `${SPEC}, Architecture 3`, {
    rules: ['SC-NRU-9', 'SC-NRU-10', 'SC-NRU-12', 'SC-NRU-13'],
    invariants: ['INV-BI-11'],
  }),
  carried('REQ-SC-14', 'The user is billed for what is used, by the pricing policy.', `${SPEC}, Architecture 3`, {
    rules: ['SC-BILL-10', 'SC-SETTLE-2'],
    invariants: ['INV-BI-3', 'INV-BI-4', 'INV-BI-5'],
    decided:
      'The text takes the policy of the node’s farm; the code takes policy 1 for capacity and the farm’s for network use. Farms are always made with policy 1 and nothing changes it (docs/misc/pricing_policies.md says the same), so both agree on every state that calls can reach.',
  }),
  carried('REQ-SC-15', 'Units of storage, compute and network follow the rules for cloud pricing.', `${SPEC}, Architecture 3`, {
    rules: ['SC-BILL-10'],
    tests: ['spec/pallets/smart-contract/price.test.ts'],
  }),
  carried('REQ-SC-16', 'Bills are in TFT, at the chain’s price of a TFT.', 'docs/misc/price.md', {
    rules: ['SC-BILL-7', 'SC-BILL-10'],
    invariants: ['INV-SV-8'],
    tests: ['spec/pallets/smart-contract/price.test.ts'],
  }),
  carried('REQ-SC-17', 'What a user pays goes where the distribution says, and to nobody else.', `${SPEC}, Architecture 3`, {
    rules: ['SC-DIST-12'],
    invariants: ['INV-BI-2', 'INV-BAL-1', 'INV-BAL-7'],
    decided:
      'The text sends bills to the farmer; the code gives farmers the surcharge of rented nodes only, and shares the rest: 10 % foundation, 5 % staking pool, 50 % sales and solutions, 35 % burnt. Decided for the code: pricing_policies.md and solution_provider.md name these shares, and farmers are paid by minting.',
  }),
  carried('REQ-SC-18', 'A user who runs out of funds loses the contract, after a grace period.', `${SPEC}, Architecture 3`, {
    rules: ['SC-GRACE-1', 'SC-GRACE-3', 'SC-GRACE-4'],
    invariants: ['INV-BI-7', 'INV-BI-17', 'GATE-SC-2', 'GATE-SC-3', 'GATE-SC-4'],
    decided:
      'The text removes the contract at once; the code waits for 14 days. Decided for the code: later documents speak of the grace period.',
  }),
  outside(
    'REQ-SC-19',
    'The node takes the workload down when the contract is cancelled.',
    `${SPEC}, Architecture 3`,
    'The node acts on the event; that the event comes is REQ-SC-20.',
  ),
  carried('REQ-SC-20', 'A contract’s end is announced.', 'pallet-smart-contract/flow.md', {
    rules: ['SC-REMOVE-3', 'SC-REMOVE-4', 'SC-REMOVE-5'],
    invariants: ['GATE-SC-11', 'GATE-SC-12', 'GATE-SC-13'],
  }),
  carried(
    'REQ-SC-21',
    'Every contract is put into a billing cycle, once, when it is made.',
    `${BUILDERS}, NodeContracts; ${ADR('0009-rework-billing-loop')}`,
    { rules: ['SC-LOOP-1', 'SC-LOOP-2'], invariants: ['INV-SC-6'] },
  ),
  carried('REQ-SC-22', 'A contract’s place in the billing cycle is its id modulo the frequency.', ADR('0010-rework-billing-loop'), {
    rules: ['SC-LOOP-2', 'SC-FREQUENCY-3'],
    invariants: ['INV-SC-6', 'INV-BI-16'],
  }),
  carried('REQ-SC-23', 'A contract that is removed leaves the billing cycle at once.', ADR('0010-rework-billing-loop'), {
    rules: ['SC-LOOP-4'],
    invariants: ['INV-SC-7'],
  }),
  carried('REQ-SC-24', 'The worker bills a contract only when there is something to bill.', ADR('0009-rework-billing-loop'), {
    rules: ['SC-BILL-9'],
    tests: ['spec/pallets/smart-contract/offchain-worker.test.ts'],
  }),
  carried(
    'REQ-SC-25',
    'A bill does not depend on the one before having succeeded.',
    'docs/architecture/0002-smart-contract-billing-changed.md, Consequences',
    { rules: ['SC-BILL-0'], invariants: ['INV-BI-5', 'INV-BI-6'] },
  ),
  carried(
    'REQ-SC-26',
    'Anybody may have a contract billed, and nobody needs to.',
    'docs/architecture/0002-smart-contract-billing-changed.md, Consequences',
    { rules: ['SC-BILL-0'], invariants: ['INV-BI-5'] },
  ),
  outside(
    'REQ-SC-27',
    'Contracts are billed as long as a validator runs the worker.',
    'docs/architecture/0002-smart-contract-billing-changed.md, Consequences',
    'Workers are outside of the chain’s state; src/node bills as one does.',
  ),
  carried('REQ-SC-28', 'A name contract is an agreement about one domain name, which is then taken.', `${BUILDERS}, NameContracts`, {
    rules: ['SC-NAME-5', 'SC-NAME-6'],
    invariants: ['INV-SC-8', 'INV-SC-15'],
  }),
  carried('REQ-SC-29', 'A name contract is billed like the others.', `${BUILDERS}, NameContracts`, {
    rules: ['SC-BILL-10'],
    invariants: ['INV-BI-3'],
  }),
  carried('REQ-SC-30', 'A rent contract rents a whole node, to one user.', `${BUILDERS}, RentContracts`, {
    rules: ['SC-RENT-1', 'SC-RENT-5', 'SC-CREATE-6'],
    invariants: ['INV-SC-9', 'INV-SC-16', 'INV-SC-22', 'INV-BI-8'],
  }),
  carried('REQ-SC-31', 'A rented node comes at a discount.', `${BUILDERS}, RentContracts`, {
    rules: ['SC-BILL-10'],
    invariants: ['GATE-SC-6'],
    tests: ['spec/pallets/smart-contract/bill.invariants.test.ts'],
  }),
  carried(
    'REQ-SC-32',
    'Node contracts on the node that the user rents cost nothing but network use and public IPs.',
    `${BUILDERS}, RentContracts`,
    { rules: ['SC-BILL-9', 'SC-BILL-10'], tests: ['spec/pallets/smart-contract/bill.invariants.test.ts'] },
  ),
  outside(
    'REQ-SC-33',
    'Users get suggestions where to deploy.',
    `${BUILDERS}, Capacity planning`,
    'The document itself puts it into a service off the chain.',
  ),
  outside(
    'REQ-SC-34',
    'Billing holds for ten thousand users.',
    `${BUILDERS}, Improvements on the code`,
    'A goal for performance; the block’s weight is not modelled.',
  ),
  outside(
    'REQ-SC-35',
    'Several chains of at most ten thousand nodes each talk to each other.',
    `${BUILDERS}, Scaling`,
    'Research; no released version has it.',
  ),
  carried(
    'REQ-SC-36',
    'A farmer may ask a surcharge for a node; such a node is served to nobody but who rents it.',
    ADR('0011-dedicated-nodes-extra-fee'),
    { rules: ['SC-EXTRA-FEE-4', 'SC-CREATE-7'], invariants: ['INV-BI-14'] },
  ),
  carried('REQ-SC-37', 'The surcharge goes to the farmer in full.', ADR('0011-dedicated-nodes-extra-fee'), {
    rules: ['SC-DIST-9'],
    invariants: ['GATE-SC-8', 'INV-BAL-1'],
  }),
  carried('REQ-SC-38', 'The surcharge is given in 1e-3 USD a month, and locked apart.', ADR('0011-dedicated-nodes-extra-fee'), {
    rules: ['SC-EXTRA-FEE-6', 'SC-DIST-3'],
    invariants: ['INV-BI-1'],
  }),
  carried('REQ-SC-39', 'No contract is made on a node that is switched off.', ADR('0004-node-power'), {
    rules: ['SC-CREATE-3', 'SC-RENT-4'],
    invariants: ['INV-BI-13'],
    since: 125,
  }),
  carried(
    'REQ-SC-40',
    'The more months a balance lasts, the higher the discount: 1.5, 3, 6 and 18 months.',
    'docs/architecture/0008-discount-levels-changed.md',
    { rules: ['SC-BILL-10'], invariants: ['INV-BI-18', 'GATE-SC-9'], tests: ['spec/pallets/smart-contract/bill.invariants.test.ts'] },
  ),
  carried(
    'REQ-SC-41',
    'The balance of the account that a twin is bonded to counts for the discount.',
    ADR('0007-twin-bond-stash-account'),
    { rules: ['SC-BILL-10', 'TG-TWIN-BOND-3'], invariants: ['INV-TG-22'] },
  ),
  carried(
    'REQ-SC-42',
    'The owner may attach a solution to a contract that has none, and never change it.',
    ADR('0006-attach-solution-provider'),
    { rules: ['SC-ATTACH-5', 'SC-ATTACH-6', 'SC-ATTACH-7'], invariants: ['INV-BI-12', 'INV-BI-9'] },
  ),
  carried('REQ-SC-43', 'Every contract has a lock, and locks are contracts’.', `${V9} \`check_contracts\`, \`check_contract_lock\``, {
    rules: ['SC-CREATE-13', 'SC-REMOVE-3'],
    invariants: ['INV-SC-5', 'INV-SC-14'],
  }),
  carried('REQ-SC-44', 'A node’s list of contracts and the contracts agree.', `${V9} \`check_active_node_contracts\``, {
    rules: ['SC-LIST-2', 'SC-LIST-3'],
    invariants: ['INV-SC-1', 'INV-SC-2'],
  }),
  carried(
    'REQ-SC-45',
    'Hash index, name index and rent index agree with the contracts.',
    `${V9} \`check_contract_id_by_node_id_and_hash\`, \`check_contract_id_by_name_registration\`, \`check_active_rent_contract_for_node\``,
    { rules: ['SC-UPDATE-7', 'SC-REMOVE-4'], invariants: ['INV-SC-8', 'INV-SC-9', 'INV-SC-10', 'INV-SC-15', 'INV-SC-16', 'INV-SC-17'] },
  ),
  carried(
    'REQ-SC-46',
    'Billing information and used resources are of node contracts that exist.',
    `${V9} \`check_contract_billing_information_by_id\`, \`check_node_contract_resources\``,
    { rules: ['SC-REMOVE-3'], invariants: ['INV-SC-11', 'INV-SC-12', 'INV-SC-18'] },
  ),
  carried('REQ-SC-47', 'The billing loop holds contracts that exist, each once.', `${V9} \`check_contracts_to_bill_at\``, {
    rules: ['SC-LOOP-1'],
    invariants: ['INV-SC-6', 'INV-SC-7'],
  }),
  carried('REQ-SC-48', 'A contract that was deleted is gone from storage.', `${V9} \`check_contracts\``, {
    rules: ['SC-GONE-3', 'TG-NODE-GONE-2'],
    invariants: ['INV-SC-19'],
  }),
  carried(
    'REQ-SC-49',
    'What is locked of an account is what its contracts have locked together.',
    `${V9} \`check_contract_lock\`; ${ADR('0011-dedicated-nodes-extra-fee')}`,
    { rules: ['SC-SETTLE-2', 'SC-SETTLE-10', 'SC-DIST-1'], invariants: ['INV-BI-1'] },
  ),
  planned(
    'REQ-SC-50',
    'An owner can end a contract whatever shares a bill has: also when a share is too small to create its receiver’s account.',
    `${SPEC}, Architecture 1`,
    'A share below the existential deposit to an account that is gone refuses the bill, and with it the cancellation. Neither invariant nor quirk stands yet.',
  ),
]
