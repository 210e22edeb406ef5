import type { Quirk } from '../../versions/quirk.js'

/** @source of the promises: bridge/docs/architecture.md, in the same repository @439e6919 */
const majority = 'bridge/docs/architecture.md, Consensus: “the majority of bridge daemons in the network should'
const onlyOnce = 'bridge/docs/architecture.md, Consensus: “Executed mints/withdraws are recorded on tfchain and cannot be replayed”'
const vaulted = 'bridge/docs/architecture.md, Tfchain side: “tokens are minted / burned based on what is vaulted on the Stellar side”'
const inPallet = (where: string): string => `pallet-tft-bridge/src/tft_bridge.rs ${where} @439e6919`

/** What 144 does with a signature that comes after enough of them, for burns and refunds alike. */
const moreThanEnough = {
  says: 'once validators have left, so that there are more signatures than a majority, it takes yet another one and announces readiness again: it compares with == where >= is meant',
  promises: 'the pallet’s own error for this case: enough signatures are present. Who listens to the event submits a second time',
  severity: 'wrong record',
} as const

export const quirks: readonly Quirk[] = [
  {
    id: 'Q-MINT-VOTES-TWICE',
    says: 'counts calls, not validators: one validator that votes often enough mints alone',
    promises: `${majority} report that a deposit happened”`,
    severity: 'loss of money',
    source: inPallet('`vote_stellar_mint_transaction`'),
  },
  {
    id: 'Q-MINT-OTHER-VOTE',
    says: 'counts a vote for the proposal whatever target and amount it names: who proposes first decides who gets how much',
    promises: `${majority} report that a deposit happened”: who reports another receiver or amount reports another deposit`,
    severity: 'loss of money',
    source: inPallet('`propose_or_vote_stellar_mint_transaction`'),
  },
  {
    id: 'Q-MINT-AND-REFUND',
    says: 'a deposit can be minted and refunded: neither side looks whether the other has begun or happened',
    promises: `${vaulted}: what goes back is not vaulted any more`,
    severity: 'loss of money',
    source: inPallet('`propose_or_vote_stellar_mint_transaction`, `create_stellar_refund_transaction_or_add_sig`'),
  },
  {
    id: 'Q-MINT-LOST',
    says: 'what is less than the existential deposit and goes to an account that does not exist is dropped, and told as minted',
    promises: `${vaulted}: tokens that stay vaulted and are minted to nobody are lost`,
    severity: 'loss of money',
    source: inPallet('`mint_tft`'),
  },
  {
    id: 'Q-BURN-SATURATES',
    says: 'burns an amount above 2^64 - 1 and writes down 2^64 - 1: Stellar pays out less than was burned',
    promises: `${vaulted}: what is burned here is paid out there`,
    severity: 'loss of money',
    source: inPallet('`burn_tft`'),
  },
  {
    id: 'Q-BURN-SIGNS-TWICE',
    says: 'tells signers apart by the Stellar key that they name, which nothing ties to them: one validator can fill the list with signatures of nobody',
    promises: `${majority} have posted a signature of the withdraw transaction”`,
    severity: 'loss of service',
    source: inPallet('`add_stellar_sig_burn_transaction`'),
  },
  {
    id: 'Q-REFUND-SIGNS-TWICE',
    says: 'tells signers apart by the Stellar key that they name, which nothing ties to them: one validator can fill the list with signatures of nobody',
    promises: `${majority} have posted a signature”: a refund withdraws from the vault too`,
    severity: 'loss of service',
    source: inPallet('`add_stellar_sig_refund_transaction`'),
  },
  { id: 'Q-BURN-MORE-THAN-ENOUGH', ...moreThanEnough, source: inPallet('`add_stellar_sig_burn_transaction`') },
  { id: 'Q-REFUND-MORE-THAN-ENOUGH', ...moreThanEnough, source: inPallet('`add_stellar_sig_refund_transaction`') },
  {
    id: 'Q-REFUND-OTHER-SIGNATURE',
    says: 'takes a signature whatever target and amount it is about, so that a refund becomes ready that Stellar refuses',
    promises: `${majority} have posted a signature of the withdraw transaction”: of this one. Burns refuse such a signature with WrongParametersProvided`,
    severity: 'loss of service',
    source: inPallet('`create_stellar_refund_transaction_or_add_sig`'),
  },
  {
    id: 'Q-REFUND-REOPENED',
    says: 'a refund that was executed can be created again, gathers signatures, and can never be closed any more',
    promises: onlyOnce,
    severity: 'loss of money',
    source: inPallet('`create_stellar_refund_transaction_or_add_sig`, `set_stellar_refund_transaction_executed`'),
  },
]
