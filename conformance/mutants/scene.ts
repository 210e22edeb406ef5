import type { Draw } from '../../model/draw.js'
import type { Proposal } from '../../model/proposal.js'
import type { CallType } from '../../spec/kernel/call.js'
import { encode } from '../../spec/kernel/encode.js'
import type { Item, Key } from '../../spec/kernel/item.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { Agenda, type Scheduled } from '../../spec/pallets/scheduler/items.js'
import { SystemNumber, Account } from '../../spec/pallets/system/items.js'
import type { OriginCaller } from '../../spec/pallets/system/origin-caller.js'
import { fromCall, runtimeCall } from '../../spec/pallets/system/runtime-call.js'
import type { AccountInfo } from '../../spec/pallets/system/types.js'
import type { Write } from './vandal.js'

/**
 * A run of writes past all rules and of steps towards a decision that no sequence of calls alone comes to. It looks at the
 * world before each, and draws its choices like a plan.
 */
export type Scene = (d: Draw) => Generator<Write | Proposal, void>
export type Scenery = ReturnType<Scene>

/** An entry as it is to be; `undefined` removes it. */
export const put = <K extends Key, V, R>(item: Item<K, V, R>, key: K, value: V | undefined): Write => ({
  type: 'write',
  item,
  key,
  value,
})

/** An account with some of its fields changed. */
export const changed = (d: Draw, who: AccountId, to: Partial<AccountInfo>, data: Partial<AccountInfo['data']> = {}): Write => {
  const info = d.w.get(Account, who)
  return put(Account, who, { ...info, ...to, data: { ...info.data, ...data } })
}

const signed = (value: AccountId): OriginCaller => ({ type: 'system', value: { type: 'Signed', value } })
const rootOrigin: OriginCaller = { type: 'system', value: { type: 'Root', value: undefined } }
export const noOrigin: OriginCaller = { type: 'system', value: { type: 'None', value: undefined } }

/** A task for an agenda: a call that is dispatched without an envelope, for Root, whom no key is, or for an account that pays no fee. */
export function task<A>(by: 'Root' | AccountId, call: CallType<A>, args: A, more: Partial<Scheduled> = {}): Scheduled {
  const bytes = encode(runtimeCall, fromCall({ type: call as unknown as CallType, args }))
  return {
    ...{ maybeId: undefined, priority: 0, call: { type: 'Inline', value: bytes }, maybePeriodic: undefined },
    origin: by === 'Root' ? rootOrigin : signed(by),
    ...more,
  }
}
/** Puts tasks into the agenda of the next block. */
export const soon = (d: Draw, ...tasks: readonly Scheduled[]): Write => put(Agenda, d.w.get(SystemNumber) + 1, tasks)
/** The next block, where they are carried out. */
export const nextBlock: Proposal = { type: 'advance', blocks: 1, seconds: 6 }
