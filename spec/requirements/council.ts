import { carried, outside, type Requirement } from './requirement.js'

const COUNCIL = 'docs/misc/council.md'
const PRICE = 'docs/misc/price.md'

/** The council, the price of a TFT, accounts and fees. */
export const councilRequirements: readonly Requirement[] = [
  carried('REQ-CO-1', 'Members move, vote and close; nobody else does.', `${COUNCIL}, Proposals, Voting, Closing motions`, {
    rules: ['CO-PROPOSE-1', 'CO-VOTE-1', 'CO-EXECUTE-1'],
    invariants: ['INV-CO-2', 'INV-CO-5'],
    decided: 'The text speaks of members only; anybody may close a motion that is decided. Decided for the code: closing decides nothing.',
  }),
  carried('REQ-CO-2', 'A motion is carried out when it is closed and approved.', `${COUNCIL}, Closing motions`, {
    rules: ['CO-CLOSE-6', 'CO-CLOSE-8'],
    invariants: ['INV-CO-1', 'INV-CO-4', 'GATE-CO-1'],
  }),
  carried('REQ-CO-3', 'The council changes its own members.', `${COUNCIL}, Council members`, {
    rules: ['CO-MEMBERS-1'],
    invariants: ['INV-CO-2', 'INV-CO-3'],
  }),
  carried('REQ-CO-4', 'What the council may do is what pallets allow it, and no more.', 'docs/architecture/0013-remove-sudo.md, Decision', {
    rules: ['CO-EXECUTE-3', 'CO-CLOSE-6'],
    invariants: ['INV-BAL-5'],
  }),
  outside(
    'REQ-CO-5',
    'At most 12 members.',
    'docs/misc/minimal_DAO.md, Council',
    'The limit is a constant of the runtime, 100 at 144, which set_members does not enforce.',
  ),
  outside(
    'REQ-CO-6',
    'Farmers vote on proposals of the council, by the weight of their farms.',
    'docs/misc/minimal_DAO.md, Voting; pallet-dao/README.md',
    'pallet-dao is not modelled, only the weights that other pallets write (REQ-TG-34).',
  ),
  outside(
    'REQ-CO-7',
    'Validators are approved by the council.',
    'docs/misc/council.md; docs/misc/adding_validators.md; pallet-validator',
    'Consensus and its validators are outside.',
  ),
  outside('REQ-CO-8', 'The treasury is spent by votes.', 'docs/misc/minimal_DAO.md, Treasury', 'No described version has one.'),
  carried('REQ-TP-1', 'The average is the mean of the prices in a ring of 1440, the oldest of which gives way.', PRICE, {
    rules: ['TP-AVERAGE-1', 'TP-SET-2'],
    invariants: ['INV-TP-1', 'INV-TP-2', 'INV-TP-5', 'INV-TP-6'],
    tests: ['spec/pallets/tft-price/history.test.ts'],
  }),
  carried('REQ-TP-2', 'Only who makes blocks gives a price.', PRICE, { rules: ['TP-SET-1'], invariants: ['INV-TP-4'] }),
  outside(
    'REQ-TP-3',
    'A price is fetched every ten blocks.',
    `${PRICE}; pallet-tft-price/readme.md`,
    'The worker is outside. The texts contradict each other (every block, every minute, average every ten minutes); the code stores both at every price.',
  ),
  carried(
    'REQ-TP-4',
    'Bills use the average, between the bounds that the council sets.',
    'pallet-tft-price/src/lib.rs `set_min_tft_price`, `set_max_tft_price`',
    { rules: ['TP-MIN-2', 'TP-MAX-2'], invariants: ['INV-TP-3', 'INV-SV-8'] },
  ),
  carried(
    'REQ-SYS-1',
    'Every call costs its sender some tokens, refused or not.',
    'pallet-tfgrid/spec.md, Creating / updating / deleting objects',
    { rules: ['EXT-PAY-2'], invariants: ['INV-FEE-1', 'INV-SYS-3'] },
  ),
  carried('REQ-SYS-2', 'A call that is refused leaves nothing but its fee and nonce.', 'polkadot-v0.9.42, frame/support/src/dispatch.rs', {
    rules: ['EXT-SETTLE-3'],
    invariants: ['INV-SYS-1', 'INV-SYS-4'],
  }),
  carried('REQ-SYS-3', 'No call makes the runtime panic.', 'polkadot-v0.9.42, frame/executive: a panicking extrinsic cannot be included', {
    rules: ['SC-BILL-4', 'SC-BILL-7', 'TG-NODE-DETAILS-16'],
    invariants: ['INV-SYS-2'],
  }),
  carried(
    'REQ-SYS-4',
    'The issuance is the sum of all balances, and nobody loses what it did not give away.',
    'polkadot-v0.9.42, frame/balances',
    { rules: ['BAL-MOVE-7'], invariants: ['INV-BAL-1', 'INV-BAL-2', 'INV-BAL-3', 'INV-BAL-4', 'INV-BAL-6', 'INV-BAL-7'] },
  ),
]
