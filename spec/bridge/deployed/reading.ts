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
  // A payment has two effects, credited and debited; those about others come first here.
  const seen = quirks.has('Q-DAEMON-FIRST-PAGE') ? Math.floor(Math.max(0, PAGE - 2 * otherOperations) / 2) : Infinity
  const credited = operations.slice(0, seen).filter(({ asset }) => asset === 'TFT')
  if (operations.some(({ path }) => path === true) && quirks.has('Q-DAEMON-PAYMENTS-ONLY')) return []
  const senders = new Map<string, bigint>()
  for (const { from, asset, amount } of operations.slice(
    0,
    quirks.has('Q-DAEMON-FIRST-PAGE') ? Math.max(0, PAGE - otherOperations) : Infinity,
  ))
    if (asset === 'TFT' || quirks.has('Q-DAEMON-ANY-ASSET')) senders.set(from, (senders.get(from) ?? 0n) + amount)
  const task: Task = { kind: 'mint', tx, senders: [...senders] }
  return quirks.has('Q-DAEMON-EVENT-PER-EFFECT') ? credited.map(() => task) : credited.length > 0 ? [task] : []
}
