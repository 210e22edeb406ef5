/**
 * How a rule dispatches a call that it carries: it sends `@dispatch` to the reserved receiver `call`, which is no
 * machine. The call runs in a storage layer of its own. With a `reply`, the receiver then delivers the outcome to an
 * entity, as an event, and that entity's refusal is the send's; without one the call's own refusal is.
 */
import type { Key } from '../../kernel/item.js'
import type { Receiver } from '../../kernel/machine.js'
import type { Origin } from '../../kernel/stage.js'
import type { CallValue } from './runtime-call.js'

/** The receiver's name, and the event that it takes. */
export const CALL = 'call'
export const DISPATCH = '@dispatch'

export interface Reply {
  readonly machine: string
  readonly key: Key
  readonly event: string
  /** The event's arguments, made when the outcome is known. */
  readonly args: (error: Replied['error']) => Replied
}
/** What a reply's event gets: the dispatch error's name, null for success. */
export interface Replied {
  readonly error: string | null
}
export interface DispatchArgs {
  readonly call: CallValue
  readonly origin: Origin
  readonly reply?: Reply
  /** `noBatchAll`: an origin that may not call `batchAll`; `fresh`: a new origin, free of what filters its sender's. */
  readonly filter?: 'noBatchAll' | 'fresh'
}

export const dispatched = (args: DispatchArgs): Receiver => ({ machine: CALL, key: undefined, args })
