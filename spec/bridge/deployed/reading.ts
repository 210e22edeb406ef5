import type { Edition } from '../../kernel/version.js'
import type { VaultTx } from '../stellar/types.js'
import type { Task } from './daemon.js'

/** Records of a Horizon page when nobody asks for more. @source developers.stellar.org, Horizon, Pagination */
const PAGE = 10

/**
 * What the daemon takes a transaction on the vault's account for: one mint event for every TFT credited, each with the sum of
 * all payments by sender.
 * @source pkg/stellar/stellar.go `processTransaction` @439e6919
 */
export function mintTasksOf(tx: VaultTx, { quirks }: Edition): readonly Task[] {
  const { operations, otherOperations } = tx
  const most = quirks.has('Q-DAEMON-FIRST-PAGE') ? PAGE : Infinity
  // A payment has two effects, credited and debited; those about others come first here.
  const credited = operations.slice(0, Math.floor(Math.max(0, most - 2 * otherOperations) / 2)).filter(({ asset }) => asset === 'TFT')
  const read = operations.slice(0, Math.max(0, most - otherOperations))
  if (quirks.has('Q-DAEMON-PAYMENTS-ONLY') && read.some(({ path }) => path === true)) return []
  const senders = new Map<string, bigint>()
  for (const { from, asset, amount } of read)
    if (asset === 'TFT' || quirks.has('Q-DAEMON-ANY-ASSET')) senders.set(from, (senders.get(from) ?? 0n) + amount)
  const task: Task = { kind: 'mint', tx, senders: [...senders] }
  return quirks.has('Q-DAEMON-EVENT-PER-EFFECT') ? credited.map(() => task) : credited.length > 0 ? [task] : []
}
