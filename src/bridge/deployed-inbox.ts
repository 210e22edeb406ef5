import type { Daemon, Task } from '../../spec/bridge/deployed/daemon.js'
import type { Ledger } from '../../spec/bridge/stellar/ledger.js'
import { BurnTransactions, ExecutedBurnTransactions, MintTransactions, RefundTransactions } from '../../spec/pallets/tft-bridge/items.js'
import type { Auditor } from './audit.js'
import type { DeployedChain } from './deployed-chain.js'

/** The daemon's queues, outside its machine: what the two subscriptions hold for it. */
export interface Inbox {
  /** Tasks of blocks, by the round in which they arrive. */
  readonly heads: { readonly at: number; readonly tasks: readonly Task[] }[]
  /** What is left of the block or deposit under way. */
  tasks: Task[]
  /** How far Stellar's stream has been read; in memory alone. */
  streamed: number
  /** The round to whose end it waits. */
  busy: number
  /** The two subscriptions take turns. */
  stellarNext: boolean
}

export const emptyInbox = (): Inbox => ({ heads: [], tasks: [], streamed: 0, busy: 0, stellarNext: false })

interface Ended {
  readonly chain: DeployedChain
  readonly ledger: Ledger
  readonly audit: Auditor
  readonly daemons: readonly Daemon[]
}

/** Says of every transfer that is open at the end whether it is lost (nobody handles it any more) or frozen. */
export function judgeOpen({ chain: { w }, ledger, audit, daemons }: Ended, inboxes: readonly Inbox[], rounds: number): void {
  const frozen = (id: string): void => audit.breach('frozen', id, `not ended ${rounds} rounds after the last fault`)
  for (const { id, kind } of audit.open.values()) {
    if (kind === 'withdrawal') {
      const burn = BigInt(id.slice('burn '.length))
      if (w.has(ExecutedBurnTransactions, burn)) audit.breach('lost', id, 'closed, and neither paid nor minted back')
      else if (w.has(BurnTransactions, burn)) frozen(id)
      continue
    }
    const hash = id.slice('deposit '.length)
    const { cursor } = ledger.transaction(hash)!
    const isPending = w.has(MintTransactions, hash) || w.has(RefundTransactions, hash)
    const past = daemons.filter(
      ({ disk, state }, i) =>
        state !== 'down' && disk !== 'torn' && (disk.cursor >= cursor || (state === 'idle' && inboxes[i]!.streamed >= cursor)),
    ).length
    if (past > daemons.length >> 1 && !isPending)
      audit.breach('lost', id, 'neither minted nor refunded in full, and nobody handles it any more')
    else frozen(id)
  }
}
