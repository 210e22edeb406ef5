/**
 * Calls: the storage layer that each runs in, and the calls that calls carry.
 * @source frame/support/src/dispatch.rs (every call runs in a storage layer) @polkadot-v0.9.42
 */
import type { Call, OriginKind } from '../../spec/kernel/call.js'
import type { Origin } from '../../spec/kernel/stage.js'
import type { World } from '../../spec/kernel/world.js'
import { actualWeight, callWeight, type InnerWeight } from '../../spec/pallets/system/call-weight.js'
import { CALL, type DispatchArgs } from '../../spec/pallets/system/dispatch.js'
import { toCall } from '../../spec/pallets/system/runtime-call.js'
import type { Weight } from '../../spec/pallets/system/weight.js'
import { handlers, type Interpreter, type Refusal } from './interpreter.js'

/** How a call ended. `actual` is the weight that it reported, null when it reported none. */
export interface Dispatched {
  readonly refusal: Refusal | null
  readonly pays: boolean
  readonly actual: Weight | null
}

/** A dispatch under way: what it has dispatched inside, and where their decisions are in the trace. */
interface Frame {
  /** Null while it dispatched nothing, as most calls never do. */
  inner: InnerWeight[] | null
  nested: (readonly [from: number, to: number])[] | null
  readonly refusesBatchAll: boolean
}
const NOTHING: readonly never[] = []
const underWay = new WeakMap<Interpreter, Frame[]>()

function framesOf(interpreter: Interpreter): Frame[] {
  let frames = underWay.get(interpreter)
  if (frames === undefined) underWay.set(interpreter, (frames = []))
  return frames
}

handlers.set(CALL, (interpreter, w, origin, _event, args) => dispatchInside(interpreter, w, origin, args as DispatchArgs))

/**
 * Dispatches a call in a storage layer: when it is refused, its writes and events are undone.
 * @throws Trap when the runtime panics; the caller undoes everything
 */
export function dispatch(interpreter: Interpreter, w: World, origin: Origin, call: Call, refusesBatchAll = false): Dispatched {
  const frames = framesOf(interpreter)
  const mark = w.mark()
  const from = interpreter.trace.length
  const reports = actualWeight(call, w)
  const frame: Frame = { inner: null, nested: null, refusesBatchAll }
  frames.push(frame)
  try {
    const refusal = refusesBatchAll && isBatchAll(call) ? FILTERED : decide(interpreter, w, origin, call)
    const actual = reports === null ? null : reports({ inner: frame.inner ?? NOTHING, error: refusal?.error ?? null, w })
    const pays = refusal !== null || !givesBack(interpreter, from, frame.nested ?? NOTHING)
    if (refusal !== null) w.rollback(mark)
    return { refusal, pays, actual }
  } finally {
    frames.pop()
  }
}

const FILTERED: Refusal = { error: 'System.CallFiltered', rule: 'UTIL-FILTER-1' }
const isBatchAll = ({ type }: Call): boolean => type.pallet === 'Utility' && type.name === 'batchAll'

/** What the origin machine is asked. */
const originEvents: Readonly<Record<OriginKind, string>> = {
  signed: '@signed',
  restricted: '@restricted',
  root: '@root',
  any: '@any',
  none: '@none',
}

function decide(interpreter: Interpreter, w: World, origin: Origin, { type, args }: Call): Refusal | null {
  const refusal = interpreter.deliver(w, origin, 'origin', undefined, originEvents[type.origin], undefined)
  if (refusal !== null) return refusal
  const { machine, key } = type.subject(w, args, origin)
  return interpreter.deliver(w, origin, machine, key, type.name, args)
}

/** True when a branch that decided here, not in a call inside, has `pays: 'no'`. */
function givesBack({ trace }: Interpreter, from: number, nested: readonly (readonly [from: number, to: number])[]): boolean {
  let at = from
  for (let i = 0; i < nested.length; i++) {
    const [start, end] = nested[i]!
    for (; at < start; at++) if (trace[at]!.givesBack) return true
    at = end
  }
  for (; at < trace.length; at++) if (trace[at]!.givesBack) return true
  return false
}

/** A call that a rule dispatches (see spec/pallets/system/dispatch.ts). */
function dispatchInside(interpreter: Interpreter, w: World, origin: Origin, args: DispatchArgs): Refusal | null {
  const parent = framesOf(interpreter).at(-1)
  const call = toCall(args.call)
  const from = interpreter.trace.length
  const refusesBatchAll = args.filter === 'noBatchAll' || (args.filter !== 'fresh' && parent?.refusesBatchAll === true)
  const { refusal, actual } = dispatch(interpreter, w, args.origin, call, refusesBatchAll)
  if (parent !== undefined) {
    ;(parent.inner ??= []).push({ announced: callWeight(call, w.version).weight, actual })
    ;(parent.nested ??= []).push([from, interpreter.trace.length])
  }
  if (args.reply === undefined) return refusal
  const { machine, key, event, args: replied } = args.reply
  return interpreter.deliver(w, origin, machine, key, event, replied(refusal?.error ?? null))
}
