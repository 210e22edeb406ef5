/** Events of the scheduler; a task is a block and a place in its agenda. @source frame/scheduler/src/lib.rs `Event` @polkadot-v0.9.42 */
import { event } from '../../kernel/event.js'
import { fixed, option, struct, tuple, u32 } from '../../kernel/shape.js'
import { DispatchResult } from '../system/dispatch-error.js'

const S = 'Scheduler'
const task = tuple(u32, u32)
const id = option(fixed(32))
const place = struct({ when: u32, index: u32 })

export const ScheduledAt = event(S, 'Scheduled', place)
export const Canceled = event(S, 'Canceled', place)
export const Dispatched = event(S, 'Dispatched', struct({ task, id, result: DispatchResult }))
export const CallUnavailable = event(S, 'CallUnavailable', struct({ task, id }))
export const PeriodicFailed = event(S, 'PeriodicFailed', struct({ task, id }))
export const PermanentlyOverweight = event(S, 'PermanentlyOverweight', struct({ task, id }))
