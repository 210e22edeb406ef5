import type { ActualWeight, ArgumentWeight, CallWeight, Done, Weigh } from '../system/call-weight.js'
import type { CallValue } from '../system/runtime-call.js'
import { addWeights, minWeight, NO_WEIGHT, type DispatchClassName, type Weight } from '../system/weight.js'
import { asDerivativeWeight, batchAllWeight, batchWeight, dispatchAsWeight, forceBatchWeight } from './weights.js'

interface Batch {
  readonly calls: readonly CallValue[]
}
interface One {
  readonly call: CallValue
}

const batched =
  (base: (c: number) => Weight) =>
  ({ calls }: Batch, weigh: Weigh): CallWeight => {
    const weights = calls.map(weigh)
    const dispatchClass: DispatchClassName = weights.every((c) => c.dispatchClass === 'Operational') ? 'Operational' : 'Normal'
    return {
      weight: addWeights(
        weights.reduce((sum, c) => addWeights(sum, c.weight), NO_WEIGHT),
        base(calls.length),
      ),
      dispatchClass,
    }
  }
const around =
  (base: Weight) =>
  ({ call }: One, weigh: Weigh): CallWeight => ({ ...weigh(call), weight: addWeights(base, weigh(call).weight) })

/** What the utility calls announce: the calls inside and themselves. @source frame/utility/src/lib.rs `#[pallet::weight]` @polkadot-v0.9.42 */
export const utilityWeights: Readonly<Record<string, ArgumentWeight>> = {
  'Utility.batch': batched(batchWeight),
  'Utility.batchAll': batched(batchAllWeight),
  'Utility.forceBatch': batched(forceBatchWeight),
  'Utility.asDerivative': around(asDerivativeWeight),
  'Utility.dispatchAs': around(dispatchAsWeight),
  'Utility.withWeight': ({ call, weight }: One & { readonly weight: Weight }, weigh) => ({
    weight,
    dispatchClass: weigh(call).dispatchClass,
  }),
}

/** `extract_actual_weight` of everything that was dispatched inside. */
const inside = ({ inner }: Done): Weight =>
  inner.reduce((sum, { announced, actual }) => addWeights(sum, actual === null ? announced : minWeight(actual, announced)), NO_WEIGHT)
/** An error before the first call reports nothing. */
const ran = (base: (c: number) => Weight) => () => (done: Done) =>
  done.error !== null && done.inner.length === 0 ? null : addWeights(base(done.inner.length), inside(done))

/** What they report afterwards; `forceBatch` reports the base of `batch`. */
export const utilityActual: Readonly<Record<string, ActualWeight>> = {
  'Utility.batch': ran(batchWeight),
  'Utility.batchAll': ran(batchAllWeight),
  'Utility.forceBatch': ran(batchWeight),
  'Utility.asDerivative': ran(() => asDerivativeWeight),
}
