/** Calls of the utility pallet. @source frame/utility/src/lib.rs `#[pallet::call]` @polkadot-v0.9.42 */
import { call, type OriginKind } from '../../kernel/call.js'
import { struct, u16, vec } from '../../kernel/shape.js'
import { OriginCaller } from '../system/origin-caller.js'
import { runtimeCall } from '../system/runtime-call.js'
import { Weight } from '../system/weight.js'

const utility = (origin: OriginKind) => ({ origin, subject: () => ({ machine: 'utility', key: undefined }) })
const calls = struct({ calls: vec(runtimeCall) })

/** One after the other, each in a layer of its own, until one fails; what succeeded before stays. */
export const batch = call('Utility', 'batch', calls, utility('any'))
/** Dispatches in the name of an account that is derived from the sender. */
export const asDerivative = call('Utility', 'asDerivative', struct({ index: u16, call: runtimeCall }), utility('signed'))
/** All or none. */
export const batchAll = call('Utility', 'batchAll', calls, utility('any'))
export const dispatchAs = call('Utility', 'dispatchAs', struct({ asOrigin: OriginCaller, call: runtimeCall }), utility('root'))
/** All of them, whatever fails. */
export const forceBatch = call('Utility', 'forceBatch', calls, utility('any'))
export const withWeight = call('Utility', 'withWeight', struct({ call: runtimeCall, weight: Weight }), utility('root'))
