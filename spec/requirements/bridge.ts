import { carried, outside, planned, type Requirement } from './requirement.js'

const ARCH = 'bridge/docs/architecture.md'
const TRANSFERS = 'bridge/tfchain_bridge/transfers.md'

/** The bridge to Stellar. */
export const bridgeRequirements: readonly Requirement[] = [
  carried('REQ-BR-1', 'No token is created out of thin air: what is minted was deposited.', `${ARCH}, Tfchain side`, {
    rules: ['BR-MINT-PAY-3'],
    invariants: ['INV-BAL-5', 'INV-BR-10', 'INV-BR-11', 'INV-BR-12'],
  }),
  carried('REQ-BR-2', 'Tokens that leave for Stellar are destroyed here.', `${ARCH}, Tfchain side`, {
    rules: ['BR-SWAP-5'],
    invariants: ['INV-BAL-1', 'INV-BR-13'],
  }),
  carried('REQ-BR-3', 'A deposit is minted when a majority of the daemons reports it, each of which counts once.', `${ARCH}, Consensus`, {
    rules: ['BR-MINT-VOTE-1', 'BR-MINT-VOTE-2'],
    invariants: ['INV-BR-10'],
  }),
  carried('REQ-BR-4', 'The majority reports the same deposit: target and amount.', `${ARCH}, Consensus`, {
    rules: ['BR-MINT-5'],
    invariants: ['INV-BR-11'],
  }),
  carried('REQ-BR-5', 'Only authorised daemons report.', `${ARCH}, Consensus`, {
    rules: ['BR-MINT-1', 'BR-BURN-SIGN-1', 'BR-REFUND-1', 'BR-BURN-CLOSE-1', 'BR-REFUND-CLOSE-1'],
    invariants: ['INV-BR-6', 'INV-BR-10', 'INV-BR-14', 'INV-BR-15'],
  }),
  carried('REQ-BR-6', 'A withdrawal needs the signatures of a majority of the daemons, each of which counts once.', `${ARCH}, Consensus`, {
    rules: ['BR-BURN-ADD-1', 'BR-BURN-ADD-4', 'BR-REFUND-ADD-1'],
    invariants: ['INV-BR-14', 'INV-BR-15', 'INV-BR-7', 'INV-BR-8', 'INV-BR-20'],
  }),
  carried('REQ-BR-7', 'What was executed is recorded and cannot be replayed.', `${ARCH}, Consensus`, {
    rules: ['BR-MINT-7', 'BR-BURN-SIGN-7', 'BR-REFUND-8'],
    invariants: ['INV-BR-1', 'INV-BR-2', 'INV-BR-3', 'INV-BR-9', 'INV-BR-19'],
  }),
  carried('REQ-BR-8', 'A deposit is minted or goes back, never both.', `${ARCH}, Consensus; ${TRANSFERS}`, {
    rules: ['BR-MINT-2', 'BR-REFUND-2', 'BR-REFUND-3'],
    invariants: ['INV-BR-4', 'INV-BR-5'],
  }),
  carried('REQ-BR-9', 'A deposit pays the deposit fee and must be larger.', `${TRANSFERS}, Stellar to TF Chain`, {
    rules: ['BR-MINT-PAY-1', 'BR-MINT-PAY-2', 'BR-MINT-PAY-3'],
    invariants: ['INV-BR-12'],
  }),
  carried(
    'REQ-BR-10',
    'A withdrawal pays the withdraw fee and must be larger; the rest is paid out.',
    `${TRANSFERS}, TF Chain to Stellar`,
    { rules: ['BR-SWAP-2', 'BR-SWAP-4', 'BR-SWAP-5'], invariants: ['INV-BR-13'] },
  ),
  outside(
    'REQ-BR-11',
    'A deposit for a twin, farm, entity or node that does not exist goes back.',
    `${TRANSFERS}, Transfer to TF Chain`,
    'The daemon reads the memo and decides; src/bridge does as one does.',
  ),
  outside(
    'REQ-BR-12',
    'A majority of keys that is stolen compromises the bridge.',
    `${ARCH}, Consensus`,
    'A limit of what is promised, not a promise; no minority does is REQ-BR-3 and REQ-BR-6.',
  ),
  carried('REQ-BR-13', 'A withdrawal that is not paid is signed anew after a while.', `${ARCH}, Consensus`, {
    rules: ['BR-BURN-EXPIRE-1', 'BR-REFUND-EXPIRE-1'],
    invariants: ['INV-BR-21', 'GATE-BR-4'],
  }),
  carried(
    'REQ-BR-14',
    'What a majority has signed takes no more signatures: Stellar refuses transactions with too many.',
    `${ARCH}, Consensus`,
    { rules: ['BR-BURN-ADD-7', 'BR-REFUND-ADD-7'], invariants: ['INV-BR-17', 'INV-BR-18'] },
  ),
  carried('REQ-BR-15', 'Who signs a refund signs that refund: its target and amount.', `${ARCH}, Consensus`, {
    rules: ['BR-REFUND-6'],
    invariants: ['INV-BR-16'],
  }),
  planned(
    'REQ-BR-16',
    'A withdrawal is closed when a majority says that Stellar has paid it.',
    `${ARCH}, Consensus`,
    'One validator closes a burn or refund at 144, signed or not: “Only authorized bridge daemons can report” asks for no majority. Whether one is enough is undecided.',
  ),
  planned(
    'REQ-BR-17',
    'Failed deposits and withdrawals are handled.',
    'builders_program.md, TFT Bridge Module',
    'The document says that it has to be thought over.',
  ),
]
