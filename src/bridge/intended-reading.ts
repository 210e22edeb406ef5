import type { IntendedDaemon, Position } from '../../spec/bridge/intended/daemon.js'
import { Deposits } from '../../spec/bridge/intended/items.js'
import { payoutOf } from '../../spec/bridge/intended/payout-tx.js'
import { FAILED, PAID, TAKEN } from '../../spec/bridge/intended/types.js'
import { hashOf, type VaultTx } from '../../spec/bridge/stellar/types.js'
import { PAGE, type IntendedChain } from './intended-chain.js'
import type { StellarSide } from './stellar-side.js'
import type { Trouble } from './trouble.js'

/** Transactions that a daemon reads in one look: twenty pages of Horizon. */
const MOST_READ = 4000

/** What an intended daemon reads of Stellar, through its own Horizon. */
export class IntendedReading {
  private readonly chain: IntendedChain
  private readonly stellar: StellarSide
  private readonly trouble: Trouble
  private readonly decided: number[] = []

  constructor(chain: IntendedChain, stellar: StellarSide, trouble: Trouble) {
    this.chain = chain
    this.stellar = stellar
    this.trouble = trouble
  }

  /**
   * What is new after the cursor on disk, and what a rescan finds before it: what was read and not reported is read again. What
   * the chain has decided about is passed over.
   */
  page({ disk, index }: IntendedDaemon): { readonly page: readonly VaultTx[]; readonly readTo: Position } {
    const from = disk === 'torn' ? { cursor: 0, behind: 0 } : disk
    const page: VaultTx[] = []
    let reads = MOST_READ
    const readOn = (at: number, end: number): number => {
      for (; page.length < PAGE && at < end && reads > 0; reads--) {
        const tx = this.stellar.ledger.history[at++]!
        if (!this.seesDecided(index, tx)) page.push(tx)
      }
      return at
    }
    const cursor = readOn(from.cursor, this.stellar.seen(index).history)
    // Without a rescan under way the two go on together.
    const behind = from.behind === from.cursor ? cursor : readOn(from.behind, from.cursor)
    return { page, readTo: { cursor, behind: behind === from.cursor ? cursor : behind } }
  }

  private seesDecided(index: number, tx: VaultTx): boolean {
    const { trouble } = this
    if (trouble.is('partition', index)) return false
    return this.decidedIn(tx) <= (trouble.is('split', index) ? trouble.since('split', index) : Number.MAX_SAFE_INTEGER)
  }

  /** The block in which the last deposit of a transaction was decided about. What is decided stays so: it is looked up once. */
  private decidedIn({ hash, operations, cursor }: VaultTx): number {
    const known = this.decided[cursor]
    if (known !== undefined) return known
    let last = 0
    for (let i = 0; i < operations.length; i++) {
      if (operations[i]!.asset !== 'TFT') continue
      const decision = this.chain.w.get(Deposits, `${hash}:${i}`)
      if (decision === undefined) return Infinity
      last = Math.max(last, decision.block)
    }
    return (this.decided[cursor] = last)
  }

  /** What its Horizon's history says about the sequence numbers of open payouts. */
  results({ open, index }: IntendedDaemon): readonly (readonly [bigint, number])[] {
    const { ledger } = this.stellar
    const last = this.stellar.seen(index).sequence
    return open.flatMap(([sequence, payout]) => {
      const hash = Number(sequence) > last ? undefined : ledger.consumed.get(Number(sequence))
      if (hash === undefined) return []
      const mine = hash === hashOf(payoutOf(sequence, payout))
      return [[sequence, !mine ? TAKEN : ledger.results.get(hash)?.type === 'paid' ? PAID : FAILED] as const]
    })
  }
}
