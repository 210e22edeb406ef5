import type { HasState } from '../actor.js'
import type { Memo, Operation, Payout, Signature, StellarAccount, Submitted, VaultTx } from './types.js'
import { hashOf } from './types.js'

const NOBODY: StellarAccount = { exists: true, trusts: true, tft: 0n }

/** A payment out of the vault that the ledger has carried out. */
export interface Paid {
  readonly hash: string
  readonly to: string
  readonly amount: bigint
  readonly memo: Memo
  readonly claimable: boolean
  /** What the submitter paid for, for the auditor alone, and only where no memo says it: the ledger does not know. */
  readonly cause: string
}

/** The context of the ledger's machine. */
export class Ledger implements HasState {
  state = 'open'
  /** The vault's TFT. */
  vault: bigint
  /** TFT in claimable balances that the vault has made. */
  claimable = 0n
  /** The vault's sequence number: that of its last transaction. */
  sequence: number
  signers: Set<string>
  threshold: number
  readonly history: VaultTx[] = []
  /** Hash by consumed sequence number. */
  readonly consumed = new Map<number, string>()
  readonly results = new Map<string, Submitted>()
  /** Carried out since somebody last looked. */
  paid: Paid[] = []
  payout: Payout = { to: '', amount: 0n, sequence: 0, memo: { type: 'none' }, claimable: false }
  hash = ''
  cause = ''
  signatures: readonly Signature[] = []
  answer: Submitted = { type: 'paid' }
  private readonly accounts = new Map<string, StellarAccount>()
  private readonly named = new Map<string, VaultTx>()

  constructor(vault: bigint, signers: readonly string[]) {
    this.vault = vault
    this.sequence = 100
    this.signers = new Set(signers)
    this.threshold = (signers.length >> 1) + 1
  }

  account(address: string): StellarAccount {
    return this.accounts.get(address) ?? NOBODY
  }

  change(address: string, change: Partial<StellarAccount>): void {
    this.accounts.set(address, { ...this.account(address), ...change })
  }

  /** A payment into the vault. */
  deposit(operations: readonly Operation[], memo: Memo, otherOperations = 0): VaultTx {
    const cursor = this.history.length + 1
    const tx = { hash: cursor.toString(16).padStart(64, '0'), cursor, operations, memo, otherOperations }
    this.history.push(tx)
    this.named.set(tx.hash, tx)
    for (const { from, asset, amount } of operations)
      if (asset === 'TFT') {
        this.change(from, { tft: this.account(from).tft - amount })
        this.vault += amount
      }
    return tx
  }

  /** All TFT on Stellar that the bridge has to do with; accounts count from what they had at first. */
  supply(): bigint {
    let sum = this.vault + this.claimable
    for (const { tft } of this.accounts.values()) sum += tft
    return sum
  }

  transaction(hash: string): VaultTx | undefined {
    return this.named.get(hash)
  }

  /** Makes a submission the machine's subject. */
  propose(payout: Payout, signatures: readonly Signature[], cause: string): void {
    this.payout = payout
    this.hash = hashOf(payout)
    this.signatures = signatures
    this.cause = cause
  }

  consume(hash: string): void {
    this.sequence++
    this.consumed.set(this.sequence, hash)
  }

  fail(reason: string): void {
    this.answer = { type: 'failed', reason }
    this.results.set(this.hash, this.answer)
  }

  pay(into: 'account' | 'claimable'): void {
    const { to, amount, memo } = this.payout
    this.vault -= amount
    if (into === 'account') this.change(to, { tft: this.account(to).tft + amount })
    else this.claimable += amount
    this.paid.push({ hash: this.hash, to, amount, memo, claimable: into === 'claimable', cause: this.cause })
    this.answer = { type: 'paid' }
    this.results.set(this.hash, this.answer)
  }
}
