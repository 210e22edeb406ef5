/** A habit of the deployed daemon that breaks what the bridge promises. */
export interface DaemonQuirk {
  /** Never changes its meaning. */
  readonly id: string
  readonly says: string
  readonly source: string
}

const at = (where: string): string => `bridge/tfchain_bridge/pkg/${where} @439e6919`
const quirk = (id: string, says: string, where: string): DaemonQuirk => ({ id, says, source: at(where) })

export const daemonQuirks: readonly DaemonQuirk[] = [
  quirk(
    'Q-DAEMON-MANY-SENDERS',
    'of several senders in one transaction, one is refunded, whichever the map gives first',
    'bridge/mint.go `mint`',
  ),
  quirk('Q-DAEMON-RETURN-MEMO', 'passes over a deposit with a return memo: nobody gets it', 'bridge/mint.go `mint`'),
  quirk(
    'Q-DAEMON-PAYMENTS-ONLY',
    'passes over a transaction in which any operation is no plain payment (a path payment)',
    'stellar/stellar.go `processTransaction`',
  ),
  quirk(
    'Q-DAEMON-ANY-ASSET',
    'adds up all payments of a transaction that credits some TFT, whatever their asset is',
    'stellar/stellar.go `processTransaction`',
  ),
  quirk(
    'Q-DAEMON-FIRST-PAGE',
    'reads the first ten effects and operations of a transaction',
    'stellar/stellar.go `getTransactionEffects`, `getOperationEffect`',
  ),
  quirk(
    'Q-DAEMON-EVENT-PER-EFFECT',
    'makes one event of every payment, each with the sum: it votes once for each',
    'stellar/stellar.go `processTransaction`',
  ),
  quirk(
    'Q-DAEMON-MEMO-WRAPS',
    'cuts the id in a memo to 32 bits: twin_4294967297 is twin 1',
    'bridge/mint.go `getSubstrateAddressFromMemo`',
  ),
  quirk(
    'Q-DAEMON-ERROR-IS-BAD-MEMO',
    'takes a chain that does not answer for a memo that names nobody, and refunds',
    'bridge/mint.go `mint`',
  ),
  quirk(
    'Q-DAEMON-ERROR-IS-NO-TRUST',
    'takes a Horizon that does not answer for an account without trust line',
    'bridge/withdraw.go `handleWithdrawCreated`, `handleWithdrawExpired`',
  ),
  quirk(
    'Q-DAEMON-CLOSES-EARLY',
    'closes a withdrawal after its own vote to mint it back; others then skip it, and the mint stays one vote short',
    'bridge/withdraw.go `handleBadWithdraw`',
  ),
  quirk(
    'Q-DAEMON-WRITES-OFF',
    'closes an expired withdrawal whose target has no trust line, and nobody is paid',
    'bridge/withdraw.go `handleWithdrawExpired`',
  ),
  quirk('Q-DAEMON-FEE-CACHED', 'reads the deposit fee once, when it starts', 'bridge/bridge.go `NewBridge`'),
  quirk(
    'Q-DAEMON-RETRIES-FOR-EVER',
    'tries a refused call again every ten seconds, for ever, before anything else',
    'substrate/client.go `Retry*`',
  ),
  quirk(
    'Q-DAEMON-HEADS-LOST',
    'keeps a height on disk and never uses it: what happened while it was down is not handled',
    'bridge/bridge.go `Start`, substrate/events.go',
  ),
  quirk('Q-DAEMON-TORN-FILE', 'overwrites its file in place: cut in the middle, it never starts again', 'persistency.go `Save`'),
  quirk(
    'Q-DAEMON-NO-MEMO',
    'pays withdrawals without a memo: two equal ones at one sequence number are one transaction',
    'bridge/withdraw.go `handleWithdrawReady`',
  ),
  quirk(
    'Q-DAEMON-OWN-SEQUENCE',
    'counts sequence numbers by itself, and goes back when it submits',
    'stellar/stellar.go `generatePaymentOperation`',
  ),
  quirk(
    'Q-DAEMON-PAY-AGAIN',
    'signs an expired withdrawal anew without asking whether Stellar has paid it',
    'bridge/withdraw.go `handleWithdrawExpired`',
  ),
  quirk('Q-DAEMON-MINT-AFTER-REFUND', 'asks whether a deposit was minted, never whether it was refunded', 'bridge/mint.go `mint`'),
  quirk(
    'Q-DAEMON-FIRST-SIGNATURES',
    'submits with the first signatures on the list, whoever made them',
    'stellar/stellar.go `Create*PaymentWithSignaturesAndSubmit`',
  ),
  quirk(
    'Q-DAEMON-REFUNDS-BLINDLY',
    'signs refunds to accounts that cannot receive, and ends when Stellar refuses, every twenty blocks',
    'bridge/refund.go `handleRefundExpired`',
  ),
]
