/** The part of frame-system's events that an extrinsic causes. @source frame/system/src/lib.rs `Event` @polkadot-v0.9.42 */
import { event } from '../../kernel/event.js'
import { account, changed, struct, type History, type Shape } from '../../kernel/shape.js'
import { DispatchError, DispatchErrorBefore } from './dispatch-error.js'
import { FRAME_0_9_42 } from './types.js'
import { DispatchInfo } from './weight.js'

export const ExtrinsicSuccess = event('System', 'ExtrinsicSuccess', struct({ dispatchInfo: DispatchInfo }))
/** Before polkadot-v0.9.42 the errors about tokens had other names, which no call met. */
const failed: History<{ readonly dispatchError: DispatchError; readonly dispatchInfo: DispatchInfo }> = changed(
  struct({ dispatchError: DispatchErrorBefore as Shape<DispatchError>, dispatchInfo: DispatchInfo }),
  FRAME_0_9_42,
  struct({ dispatchError: DispatchError, dispatchInfo: DispatchInfo }),
)
export const ExtrinsicFailed = event('System', 'ExtrinsicFailed', failed)
export const NewAccount = event('System', 'NewAccount', struct({ account }))
export const KilledAccount = event('System', 'KilledAccount', struct({ account }))
