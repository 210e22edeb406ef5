import type { AccountId } from '../../kernel/shape.js'
import type { Edition } from '../../kernel/version.js'
import type { HasState } from '../actor.js'
import type { VaultTx } from '../stellar/types.js'
import type { Report } from './deposit.machine.js'
import type { PayoutRecord } from './types.js'

/** A deposit as the daemon reports it. */
export interface Seen extends Omit<Report, 'refund'> {
  readonly key: string
}
export type Open = readonly (readonly [sequence: bigint, payout: PayoutRecord])[]

/** An effect of the intended daemon. Calls are batches: one extrinsic, whose items are refused one by one. */
export type Request =
  | { readonly what: 'load' | 'page' | 'open' | 'report' | 'sign' | 'submit' | 'results' | 'settle' }
  | { readonly what: 'save'; readonly cursor: number }

export type Answer =
  | { readonly ok: false }
  | {
      readonly ok: true
      readonly page?: readonly VaultTx[]
      /** How far was read: what the chain has decided about already is not in the page. */
      readonly readTo?: number

      readonly open?: Open
      readonly results?: readonly (readonly [bigint, number])[]
      readonly refused?: number
    }

/** The context of the intended daemon's machine. All that it must not lose is on its disk: where it has read to. */
export class IntendedDaemon implements HasState {
  state = 'down'
  readonly edition: Edition
  readonly index: number
  readonly account: AccountId
  readonly key: string
  disk: { readonly cursor: number } | 'torn' = { cursor: 0 }
  /** Where the page that it works on ends. */
  cursor = 0
  seen: readonly Seen[] = []
  open: Open = []
  results: readonly (readonly [bigint, number])[] = []
  /** Payouts that it heard of by events, where it lives on those (S-READS-STATE out). */
  readonly heard = new Set<bigint>()
  request: Request | null = null
  answer: Answer = { ok: true }

  constructor(edition: Edition, index: number, account: AccountId) {
    this.edition = edition
    this.index = index
    this.account = account
    this.key = `G${index}`
  }

  has(safeguardIsOut: string): boolean {
    return this.edition.quirks.has(safeguardIsOut)
  }
}

/** The deposits of a page: every operation that credits TFT, by its own id. */
export function depositsOf(page: readonly VaultTx[], sums: boolean): readonly Seen[] {
  return page.flatMap((tx) => {
    const memo = tx.memo.type === 'text' ? tx.memo.value : ''
    if (sums)
      return [{ key: `${tx.hash}:0`, sender: tx.operations[0]!.from, amount: tx.operations.reduce((sum, o) => sum + o.amount, 0n), memo }]
    return tx.operations.flatMap(({ asset, from, amount }, i) =>
      asset === 'TFT' ? [{ key: `${tx.hash}:${i}`, sender: from, amount, memo }] : [],
    )
  })
}
