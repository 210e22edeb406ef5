/** Events of the utility pallet. @source frame/utility/src/lib.rs `Event` @polkadot-v0.9.42 */
import { event } from '../../kernel/event.js'
import { struct, u32, unit } from '../../kernel/shape.js'
import { DispatchError, DispatchResult } from '../system/dispatch-error.js'

const U = 'Utility'

export const BatchInterrupted = event(U, 'BatchInterrupted', struct({ index: u32, error: DispatchError }))
export const BatchCompleted = event(U, 'BatchCompleted', unit)
export const BatchCompletedWithErrors = event(U, 'BatchCompletedWithErrors', unit)
export const ItemCompleted = event(U, 'ItemCompleted', unit)
export const ItemFailed = event(U, 'ItemFailed', struct({ error: DispatchError }))
export const DispatchedAs = event(U, 'DispatchedAs', struct({ result: DispatchResult }))
