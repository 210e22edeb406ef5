import type { Task } from '../../spec/bridge/deployed/daemon.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { EventRecord } from '../../spec/kernel/world.js'

/** Handlers run by kind of event, in this order. @source pkg/bridge/bridge.go `Start` @439e6919 */
const order: readonly Task['kind'][] = ['created', 'expired', 'ready', 'refundExpired', 'refundReady']

type Created = readonly [bigint, AccountId, string, bigint]
const readers: Readonly<Record<string, (value: unknown) => Task>> = {
  BurnTransactionCreated: (value) => {
    const [id, source, target, amount] = value as Created
    return { kind: 'created', id, source, target, amount }
  },
  BurnTransactionExpired: (value) => {
    const [id, target, amount] = value as readonly [bigint, string, bigint]
    return { kind: 'expired', id, target, amount }
  },
  BurnTransactionReady: (value) => ({ kind: 'ready', id: value as bigint }),
  RefundTransactionExpired: (value) => {
    const [hash, target, amount] = value as readonly [string, string, bigint]
    return { kind: 'refundExpired', hash, target, amount }
  },
  RefundTransactionReady: (value) => ({ kind: 'refundReady', hash: value as string }),
}

/** What a finalized block gives the daemon to do. */
export function tasksOfBlock(events: readonly EventRecord[]): readonly Task[] {
  const tasks: Task[] = []
  for (const { type, value } of events)
    if (type.pallet === 'TFTBridgeModule') {
      const read = readers[type.name]
      if (read !== undefined) tasks.push(read(value))
    }
  return tasks.length < 2 ? tasks : order.flatMap((kind) => tasks.filter((t) => t.kind === kind))
}
