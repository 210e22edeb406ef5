import { carried, outside, planned, type Requirement } from './requirement.js'

const FLOW = 'pallet-smart-contract/service_consumer_contract_flow.md'
const SPECS = 'pallet-smart-contract/service_consumer_contract_specs.md'
const SOLUTION = 'pallet-smart-contract/solution_provider.md'

/** Service contracts and solution providers. */
export const serviceRequirements: readonly Requirement[] = [
  carried(
    'REQ-SV-1',
    'A service contract is between two twins, of any kind of account.',
    `${FLOW}, How does it work; docs/architecture/0003-service-consumer-contract.md`,
    { rules: ['SC-SERVICE-CREATE-2', 'SC-SERVICE-CREATE-3', 'SC-SERVICE-CREATE-6'], invariants: ['INV-SV-3'] },
  ),
  carried('REQ-SV-2', 'Service or consumer creates it.', `${FLOW}, Step 1`, {
    rules: ['SC-SERVICE-CREATE-4'],
    invariants: ['INV-SV-10'],
    decided: `${SPECS} lets anybody create one; ${FLOW} and the code let the two parties. Decided for the flow: it describes what was built, and nobody is bound to a contract that a stranger made.`,
  }),
  carried('REQ-SV-3', 'Every creation makes a new contract with a new id.', `${FLOW}, Step 1`, {
    rules: ['SC-SERVICE-CREATE-6'],
    tests: ['spec/pallets/smart-contract/service-contract.machine.test.ts'],
  }),
  carried('REQ-SV-4', 'Only the service sets the fees.', `${FLOW}, Step 2`, { rules: ['SC-SERVICE-FEES-3'], invariants: ['INV-SV-10'] }),
  carried('REQ-SV-5', 'Service and consumer set the metadata.', `${FLOW}, Step 2`, {
    rules: ['SC-SERVICE-METADATA-3'],
    invariants: ['INV-SV-10'],
    decided: `${SPECS} lets metadata be set once; ${FLOW} and the code let it be set until the agreement is approved. Decided for the flow: what protects a party is that approved terms stay (REQ-SV-8).`,
  }),
  carried('REQ-SV-6', 'Metadata has 64 bytes at most.', `${SPECS}, Contract structure`, {
    rules: ['SC-SERVICE-METADATA-6'],
    invariants: ['INV-SV-4'],
  }),
  carried('REQ-SV-7', 'The agreement is ready when metadata and base fee are set, and not otherwise.', `${FLOW}, Step 2`, {
    rules: ['SC-SERVICE-METADATA-8', 'SC-SERVICE-FEES-7', 'SC-SERVICE-FEES-9'],
    invariants: ['INV-SV-1'],
  }),
  carried('REQ-SV-8', 'Once a party has approved, fees and metadata change no more.', `${SPECS}, Callable by service, Callable by user`, {
    rules: ['SC-SERVICE-METADATA-5', 'SC-SERVICE-FEES-5'],
    invariants: ['INV-SV-5'],
  }),
  carried('REQ-SV-9', 'Both approve before anything is billed.', `${FLOW}, Step 3`, {
    rules: ['SC-SERVICE-APPROVE-5', 'SC-SERVICE-BILL-4'],
    invariants: ['INV-SV-2'],
  }),
  carried('REQ-SV-10', 'Either party may reject, which removes the contract.', `${FLOW}, Step 3`, {
    rules: ['SC-SERVICE-REJECT-5'],
    invariants: ['INV-SV-10'],
  }),
  carried('REQ-SV-11', 'Only the service bills.', `${FLOW}, Step 4`, { rules: ['SC-SERVICE-BILL-3'], invariants: ['INV-SV-10'] }),
  carried('REQ-SV-12', 'A bill covers at most the last hour; time beyond is lost to the service.', `${FLOW}, Step 4`, {
    rules: ['SC-SERVICE-BILL-14'],
    invariants: ['INV-SV-9'],
    tests: ['spec/pallets/smart-contract/service-contract.cost.test.ts'],
    decided: `${SPECS} refuses a window of more than an hour; ${FLOW} and the code bound it. Decided for the flow: neither bills more than an hour.`,
  }),
  carried('REQ-SV-13', 'Bills never overlap in time.', `${SPECS}, Billing`, { rules: ['SC-SERVICE-BILL-14'], invariants: ['INV-SV-9'] }),
  carried('REQ-SV-14', 'A bill’s amount is base fee times the time, and the variable amount.', `${FLOW}, Step 4`, {
    rules: ['SC-SERVICE-BILL-14'],
    invariants: ['INV-SV-8'],
    tests: ['spec/pallets/smart-contract/service-contract.cost.test.ts'],
  }),
  carried('REQ-SV-15', 'A variable amount above the variable fee’s share of the time is refused.', `${FLOW}, Step 4`, {
    rules: ['SC-SERVICE-BILL-5'],
    invariants: ['INV-SV-9'],
  }),
  carried('REQ-SV-16', 'A bill’s metadata has 50 bytes at most.', `${SPECS}, Billing`, {
    rules: ['SC-SERVICE-BILL-6'],
    invariants: ['INV-SV-9'],
  }),
  carried('REQ-SV-17', 'A consumer out of funds is not billed and loses the contract.', `${FLOW}, Step 4`, {
    rules: ['SC-SERVICE-BILL-13'],
    invariants: ['INV-SV-6', 'GATE-SV-2'],
  }),
  carried('REQ-SV-18', 'The consumer’s account pays the service’s account.', `${FLOW}, Step 4`, {
    rules: ['SC-SERVICE-BILL-14'],
    invariants: ['INV-SV-7', 'GATE-SV-1'],
  }),
  carried('REQ-SV-19', 'Either party cancels at any time.', `${FLOW}, Step 5`, {
    rules: ['SC-SERVICE-CANCEL-4'],
    invariants: ['INV-SV-10'],
  }),
  outside('REQ-SV-20', 'The service bills at the right frequency.', `${FLOW}, Step 4`, 'The document makes it the service’s own duty.'),
  carried('REQ-SP-1', 'A solution has at most five payout addresses.', `${SOLUTION}; docs/misc/minimal_DAO.md, Solution reward`, {
    rules: ['SC-PROVIDER-CREATE-3'],
    invariants: ['INV-SP-2'],
  }),
  carried('REQ-SP-2', 'The takes of a solution’s providers are half of a bill at most.', `${SOLUTION}`, {
    rules: ['SC-PROVIDER-CREATE-2'],
    invariants: ['INV-SP-1'],
  }),
  carried(
    'REQ-SP-3',
    'A contract’s solution gets its share of what the contract pays; the rest of the half goes to the sales account.',
    `${SOLUTION}`,
    {
      rules: ['SC-DIST-12'],
      invariants: ['INV-BI-2'],
      decided: `${SOLUTION} sends the rest to a treasury; the code sends it to the policy’s certified sales account. Decided for the code: there is no treasury at 144.`,
    },
  ),
  carried('REQ-SP-4', 'Only the council approves a solution.', `${SOLUTION}, Council needs to approve`, {
    rules: ['SC-PROVIDER-APPROVE-2'],
    invariants: ['INV-SP-3'],
  }),
  carried('REQ-SP-5', 'A contract names an approved solution or none.', `${SOLUTION}, Changes to contract creation`, {
    rules: ['SC-PROVIDER-USE-1', 'SC-PROVIDER-USE-2', 'SC-ATTACH-2'],
    invariants: ['INV-BI-12'],
  }),
  outside(
    'REQ-SP-6',
    'A solution’s description is limited to about 160 characters.',
    `${SOLUTION}`,
    'The document suggests it (“should be enough imo”); no version limits it, and a fee is paid by the byte.',
  ),
  outside(
    'REQ-SP-7',
    'A solution can be deleted; contracts that name it then pay the sales account.',
    `${SOLUTION}`,
    'No version has a call that deletes one.',
  ),
  planned(
    'REQ-SP-8',
    'A contract of a name may name a solution as well.',
    `${SOLUTION}, Changes to contract creation`,
    'create_name_contract takes none; the owner attaches one later (REQ-SC-42). Whether that carries the promise is undecided.',
  ),
]
