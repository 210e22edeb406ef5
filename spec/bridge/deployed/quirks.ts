import type { Severity } from '../../versions/quirk.js'

/** A habit of the deployed daemon that breaks what the bridge promises. Each can be switched off: that is its repair. */
export interface DaemonQuirk {
  /** Never changes its meaning. */
  readonly id: string
  readonly kind: 'daemon'
  readonly says: string
  /** What is promised instead. */
  readonly promises: string
  /** What the daemon does with the habit switched off. */
  readonly repair: string
  readonly severity: Severity
  readonly source: string
}

/** @source of the promises: bridge/docs/architecture.md, in the same repository @439e6919 */
const vaulted = 'architecture.md, Tfchain side: “tokens are minted / burned based on what is vaulted on the Stellar side”'
const majority = 'architecture.md, Consensus: “the majority of bridge daemons in the network should report that a deposit happened”'
const onlyOnce = 'architecture.md, Consensus: “Executed mints/withdraws are recorded on tfchain and cannot be replayed”'
const watches = 'architecture.md, Consensus: the daemon watches both chains, and mints and withdraws accordingly'

type Told = Pick<DaemonQuirk, 'says' | 'promises' | 'repair' | 'severity'>
const quirk = (id: string, where: string, told: Told): DaemonQuirk => ({
  id: `Q-DAEMON-${id}`,
  kind: 'daemon',
  ...told,
  source: `bridge/tfchain_bridge/pkg/${where} @439e6919`,
})
const money = 'loss of money'
const service = 'loss of service'

export const daemonQuirks: readonly DaemonQuirk[] = [
  quirk('MANY-SENDERS', 'bridge/mint.go `mint`', {
    says: 'of several senders in one transaction, one is refunded, whichever the map gives first',
    promises: vaulted,
    repair: 'mints what all of them sent to the account that the memo names',
    severity: money,
  }),
  quirk('RETURN-MEMO', 'bridge/mint.go `mint`', {
    says: 'passes over a deposit with a return memo: nobody gets it',
    promises: vaulted,
    repair: 'refunds it like any memo that names nobody',
    severity: money,
  }),
  quirk('PAYMENTS-ONLY', 'stellar/stellar.go `processTransaction`', {
    says: 'passes over a transaction in which any operation is no plain payment (a path payment, a claimed balance)',
    promises: vaulted,
    repair: 'takes every operation that credits TFT',
    severity: money,
  }),
  quirk('ANY-ASSET', 'stellar/stellar.go `processTransaction`', {
    says: 'adds up all payments of a transaction that credits some TFT, whatever their asset is (and compares code and issuer with && where || is meant)',
    promises: vaulted,
    repair: 'adds up TFT only',
    severity: money,
  }),
  quirk('FIRST-PAGE', 'stellar/stellar.go `getTransactionEffects`, `getOperationEffect`', {
    says: 'reads the first ten effects and operations of a transaction: the default page of Horizon',
    promises: vaulted,
    repair: 'reads every page',
    severity: money,
  }),
  quirk('EVENT-PER-EFFECT', 'stellar/stellar.go `processTransaction`', {
    says: 'makes one event of every payment, each with the sum: it votes once for each',
    promises: majority,
    repair: 'makes one event of a transaction',
    severity: money,
  }),
  quirk('OPERATIONS-SKIPPED', 'stellar/stellar.go `processTransaction`', {
    says: 'passes over a deposit for good when Horizon does not answer the question for its operations',
    promises: vaulted,
    repair: 'ends, and reads it again',
    severity: money,
  }),
  quirk('MEMO-WRAPS', 'bridge/mint.go `getSubstrateAddressFromMemo`', {
    says: 'cuts the id in a memo to 32 bits: twin_4294967297 is twin 1',
    promises: vaulted,
    repair: 'refunds an id that is none',
    severity: money,
  }),
  quirk('ERROR-IS-BAD-MEMO', 'bridge/mint.go `mint`', {
    says: 'takes a chain that does not answer for a memo that names nobody, and refunds',
    promises: vaulted,
    repair: 'ends, and asks again',
    severity: money,
  }),
  quirk('ERROR-IS-NO-TRUST', 'bridge/withdraw.go `handleWithdrawCreated`, `handleWithdrawExpired`', {
    says: 'takes a Horizon that does not answer for an account without trust line',
    promises: vaulted,
    repair: 'ends, and asks again',
    severity: money,
  }),
  quirk('CLOSES-EARLY', 'bridge/withdraw.go `handleBadWithdraw`', {
    says: 'closes a withdrawal after its own vote to mint it back; others then skip it, and the mint stays one vote short',
    promises: vaulted,
    repair: 'leaves it open until it was minted back',
    severity: money,
  }),
  quirk('WRITES-OFF', 'bridge/withdraw.go `handleWithdrawExpired`', {
    says: 'closes an expired withdrawal whose target has no trust line, and nobody is paid',
    promises: vaulted,
    repair: 'leaves it open for the next expiry',
    severity: money,
  }),
  quirk('FEE-CACHED', 'bridge/bridge.go `NewBridge`', {
    says: 'reads the deposit fee once, when it starts',
    promises: watches,
    repair: 'reads it for every deposit',
    severity: service,
  }),
  quirk('THRESHOLD-CACHED', 'stellar/stellar.go `NewStellarWallet`', {
    says: "reads the vault's threshold once, when it starts: later it submits with too few signatures, or with too many",
    promises: watches,
    repair: 'reads it for every submission',
    severity: service,
  }),
  quirk('RETRIES-FOR-EVER', 'substrate/client.go `Retry*`', {
    says: 'tries a refused call again every ten seconds, for ever, before anything else',
    promises: watches,
    repair: 'asks whether it is settled, and goes on',
    severity: service,
  }),
  quirk('HEADS-LOST', 'bridge/bridge.go `Start`, substrate/events.go `SubscribeTfchainBridgeEvents`', {
    says: 'handles the blocks whose finalized heads arrive: what happened while it was down, and what was finalized together with a later block, is never handled. The height in its file is not used',
    promises: watches,
    repair: 'handles every block since the last one, in order',
    severity: service,
  }),
  quirk('UNKNOWN-EVENT', 'bridge/bridge.go `Start`, substrate/events.go `processEventsForHeight`', {
    says: "ends, with exit code 0, at a block whose events it cannot decode (its client's list of events is fixed): after a runtime upgrade that block is never handled",
    promises: watches,
    repair: 'passes over events that it does not know',
    severity: service,
  }),
  quirk('TORN-FILE', 'persistency.go `Save`', {
    says: 'overwrites its file in place: cut in the middle, it never starts again, with --rescan neither',
    promises: watches,
    repair: 'writes beside it and renames',
    severity: service,
  }),
  quirk('NO-MEMO', 'bridge/withdraw.go `handleWithdrawReady`', {
    says: 'pays withdrawals without a memo: two equal ones at one sequence number are one transaction',
    promises: onlyOnce,
    repair: 'puts the number of the withdrawal into a hash memo',
    severity: money,
  }),
  quirk('OWN-SEQUENCE', 'stellar/stellar.go `generatePaymentOperation`', {
    says: 'counts sequence numbers by itself, and goes back when it submits: validators sign different transactions',
    promises: 'architecture.md, Consensus: “the majority … should have posted a signature of the withdraw transaction”',
    repair: 'goes on from the number that the vault has on Stellar',
    severity: service,
  }),
  quirk('PAY-AGAIN', 'bridge/withdraw.go `handleWithdrawExpired`', {
    says: 'signs an expired withdrawal anew without asking whether Stellar has paid it',
    promises: onlyOnce,
    repair: 'leaves it to people, who look at Stellar',
    severity: money,
  }),
  quirk('MINT-AFTER-REFUND', 'bridge/mint.go `mint`', {
    says: 'asks whether a deposit was minted, never whether it was refunded',
    promises: onlyOnce,
    repair: 'asks both',
    severity: money,
  }),
  quirk('FIRST-SIGNATURES', 'stellar/stellar.go `Create*PaymentWithSignaturesAndSubmit`', {
    says: 'submits with the first signatures on the list, whoever made them (as long as the pallet stops at enough of them, there is no better one to take)',
    promises: watches,
    repair: "takes those that are good, by the vault's signers of today",
    severity: service,
  }),
  quirk('REFUNDS-BLINDLY', 'bridge/refund.go `handleRefundExpired`', {
    says: 'signs refunds to accounts that cannot receive, and ends when Stellar refuses, every twenty blocks',
    promises: vaulted,
    repair: 'looks at the account first, and makes a claimable balance where it cannot be paid',
    severity: service,
  }),
]
