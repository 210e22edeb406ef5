/** The part of frame-system's events that an extrinsic causes. @source frame/system/src/lib.rs `Event` @polkadot-v0.9.42 */
import { event } from '../../kernel/event.js'
import { account, struct } from '../../kernel/shape.js'
import { DispatchError } from './dispatch-error.js'
import { DispatchInfo } from './weight.js'

export const ExtrinsicSuccess = event('System', 'ExtrinsicSuccess', struct({ dispatchInfo: DispatchInfo }))
export const ExtrinsicFailed = event('System', 'ExtrinsicFailed', struct({ dispatchError: DispatchError, dispatchInfo: DispatchInfo }))
export const NewAccount = event('System', 'NewAccount', struct({ account }))
export const KilledAccount = event('System', 'KilledAccount', struct({ account }))
