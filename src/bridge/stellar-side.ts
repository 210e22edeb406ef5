import { Actor } from '../../spec/bridge/actor.js'
import { Ledger } from '../../spec/bridge/stellar/ledger.js'
import { ledgerMachine } from '../../spec/bridge/stellar/ledger.machine.js'
import type { Memo, Operation, Payout, Signature, VaultTx } from '../../spec/bridge/stellar/types.js'
import type { Edition } from '../../spec/kernel/version.js'
import type { Trouble } from './trouble.js'

/** What a daemon's Horizon shows: the ledger as far as it has come. */
export interface Seen {
  /** Transactions on the vault's account. */
  readonly history: number
  /** The vault's sequence number. */
  readonly sequence: number
}
interface Handed {
  readonly payout: Payout
  readonly signatures: readonly Signature[]
  readonly cause: string
}

/** Stellar as both bridges see it: the ledger, and Horizons that are down, slow, behind, or lose an answer. */
export class StellarSide {
  readonly ledger: Ledger
  private readonly machine: Actor<Ledger>
  private readonly trouble: Trouble
  /** Handed in, and not applied yet. */
  private late: Handed[] = []
  /** What those Horizons show that have stopped. */
  private readonly stopped = new Map<number, Seen>()

  constructor(vault: bigint, validators: number, edition: Edition, trouble: Trouble) {
    this.ledger = new Ledger(
      vault,
      Array.from({ length: validators }, (_, i) => `G${i}`),
    )
    this.machine = new Actor(ledgerMachine, edition)
    this.trouble = trouble
  }

  deposit(operations: readonly Operation[], memo: Memo, otherOperations?: number): VaultTx {
    return this.ledger.deposit(operations, memo, otherOperations)
  }

  /** True when this question of a daemon gets an answer. */
  answers(daemon: number): boolean {
    if (this.trouble.is('stellar-down', daemon)) return false
    return !this.trouble.hiccups('horizon-hiccup', daemon)
  }

  /** What the daemon's Horizon shows. */
  seen(daemon: number): Seen {
    const { history, sequence } = this.ledger
    const now = { history: history.length, sequence }
    if (!this.trouble.is('horizon-behind', daemon)) {
      this.stopped.delete(daemon)
      return now
    }
    const then = this.stopped.get(daemon)
    if (then !== undefined) return then
    this.stopped.set(daemon, now)
    return now
  }

  /**
   * Hands in a transaction.
   * @returns null when it was paid; what the daemon hears otherwise
   */
  submit(payout: Payout, signatures: readonly Signature[], cause: string): string | null {
    const { trouble, ledger } = this
    if (trouble.is('stellar-rejects')) return 'tx_insufficient_fee'
    if (trouble.is('late-submissions')) {
      this.late.push({ payout, signatures, cause })
      return 'timeout'
    }
    const refusal = this.apply({ payout, signatures, cause })
    if (trouble.is('answer-lost')) return 'timeout'
    if (refusal !== null) return refusal
    return ledger.answer.type === 'paid' ? null : ledger.answer.type === 'failed' ? ledger.answer.reason : 'tx_failed'
  }

  /** A round begins: what was handed in late is applied, in the order of the sequence numbers, as Stellar's queue holds it. */
  round(): void {
    if (this.late.length === 0 || this.trouble.is('late-submissions')) return
    const due = this.late.sort((a, b) => a.payout.sequence - b.payout.sequence)
    this.late = []
    for (const handed of due) this.apply(handed)
  }

  private apply({ payout, signatures, cause }: Handed): string | null {
    this.ledger.propose(payout, signatures, cause)
    return this.machine.deliver(this.ledger, 'submit')
  }

  /** The operators change who signs for the vault: that is a transaction of the vault itself, and takes a number. */
  changeSigner(key: string, isSigner: boolean): void {
    const { ledger } = this
    if (isSigner) ledger.signers.add(key)
    else ledger.signers.delete(key)
    ledger.threshold = (ledger.signers.size >> 1) + 1
    this.foreign()
  }

  /** A transaction of the vault that nobody on the chain knows of. */
  foreign(): void {
    this.machine.deliver(this.ledger, 'foreign')
  }
}
