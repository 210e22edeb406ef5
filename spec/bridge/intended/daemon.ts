import type { VaultTx } from '../stellar/types.js'
import { Validator } from '../validator.js'
import type { Report } from './deposit.machine.js'
import type { PayoutRecord } from './types.js'

/** A deposit as the daemon reports it. */
export interface Seen extends Omit<Report, 'refund'> {
  readonly key: string
}
export type Open = readonly (readonly [sequence: bigint, payout: PayoutRecord])[]

/** How far Stellar was read. */
export interface Position {
  /** The newest transaction that was reported. */
  readonly cursor: number
  /** How far a rescan has come; it goes up to the cursor, beside the new ones: they do not wait for it. */
  readonly behind: number
}

export const START: Position = { cursor: 0, behind: 0 }

/** An effect of the intended daemon. Calls are batches: one extrinsic, whose items are refused one by one. */
export type Request =
  { readonly what: 'load' | 'page' | 'open' | 'report' | 'sign' | 'submit' | 'results' | 'settle' } | ({ readonly what: 'save' } & Position)

export type Answer =
  | { readonly ok: false }
  | {
      readonly ok: true
      readonly page?: readonly VaultTx[]
      /** How far was read: what the chain has decided about already is not in the page. */
      readonly readTo?: Position
      readonly open?: Open
      readonly results?: readonly (readonly [bigint, number])[]
      readonly refused?: number
    }

/** The context of the intended daemon's machine. All that it must not lose is on its disk: where it has read to. */
export class IntendedDaemon extends Validator {
  disk: Position | 'torn' = START
  /** Where the page that it works on ends. */
  read: Position = START
  seen: readonly Seen[] = []
  open: Open = []
  results: readonly (readonly [bigint, number])[] = []
  /** Payouts that it heard of by events, where it lives on those (S-READS-STATE out). */
  readonly heard = new Set<bigint>()
  request: Request | null = null
  answer: Answer = { ok: true }
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
