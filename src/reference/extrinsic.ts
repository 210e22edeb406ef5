/**
 * Calls and extrinsics: the envelope around a call, its storage layer, and the calls that calls carry.
 * @source frame/executive/src/lib.rs `apply_extrinsic`, sp-runtime/src/generic/checked_extrinsic.rs `apply`,
 *   frame/support/src/dispatch.rs (every call runs in a storage layer) @polkadot-v0.9.42
 */
import { compactLength, encodedLength, type Call } from '../../spec/kernel/call.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { Origin } from '../../spec/kernel/stage.js'
import type { SpecVersion } from '../../spec/kernel/version.js'
import type { EventRecord, World } from '../../spec/kernel/world.js'
import { decodes } from '../../spec/pallets/system/argument-limits.js'
import { actualWeight, callWeight, type InnerWeight } from '../../spec/pallets/system/call-weight.js'
import { CALL, type DispatchArgs } from '../../spec/pallets/system/dispatch.js'
import { Account } from '../../spec/pallets/system/items.js'
import { toCall } from '../../spec/pallets/system/runtime-call.js'
import { addWeights, minWeight, weight, type DispatchInfo, type Weight } from '../../spec/pallets/system/weight.js'
import type { PrepareArgs, SettleArgs } from '../../spec/pallets/transaction-payment/extrinsic.machine.js'
import { feeOf, scheduleAt } from '../../spec/pallets/transaction-payment/fee.js'
import { handlers, Trap, type Interpreter, type Refusal } from './interpreter.js'

/** How an extrinsic ended: dispatched (`ok`, `error`), refused before dispatch (`invalid`), or dropped (`panic`). */
export type Outcome =
  | { readonly type: 'ok' }
  | { readonly type: 'error'; readonly error: string }
  | { readonly type: 'invalid'; readonly reason: string }
  | { readonly type: 'panic'; readonly message: string }

export interface Receipt {
  readonly outcome: Outcome
  /** What was withheld during dispatch, and what stayed paid, tip included; 1e-7 TFT. */
  readonly withheld: bigint
  readonly paid: bigint
  /** The rules that decided, in order; valid until the next step. */
  readonly rules: readonly string[]
  /** Valid until the next step. */
  readonly events: readonly EventRecord[]
}

/** How a call ended. `actual` is the weight that it reported, null when it reported none. */
export interface Dispatched {
  readonly refusal: Refusal | null
  readonly pays: boolean
  readonly actual: Weight | null
}

/** A dispatch under way: what it has dispatched inside, and where their decisions are in the trace. */
interface Frame {
  readonly inner: InnerWeight[]
  readonly nested: (readonly [from: number, to: number])[]
  readonly refusesBatchAll: boolean
}
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
  const reported = actualWeight(call, w)
  const frame: Frame = { inner: [], nested: [], refusesBatchAll }
  frames.push(frame)
  try {
    const refusal = refusesBatchAll && isBatchAll(call) ? FILTERED : decide(interpreter, w, origin, call)
    const actual = reported({ inner: frame.inner, error: refusal?.error ?? null, w })
    const pays = refusal !== null || !givesBack(interpreter, from, frame)
    if (refusal !== null) w.rollback(mark)
    return { refusal, pays, actual }
  } finally {
    frames.pop()
  }
}

const FILTERED: Refusal = { error: 'System.CallFiltered', rule: 'UTIL-FILTER-1' }
const isBatchAll = ({ type }: Call): boolean => type.pallet === 'Utility' && type.name === 'batchAll'

function decide(interpreter: Interpreter, w: World, origin: Origin, { type, args }: Call): Refusal | null {
  const refusal = interpreter.deliver(w, origin, 'origin', undefined, `@${type.origin}`, undefined)
  if (refusal !== null) return refusal
  const { machine, key } = type.subject(w, args, origin)
  return interpreter.deliver(w, origin, machine, key, type.name, args)
}

/** True when a branch that decided here, not in a call inside, has `pays: 'no'`. */
function givesBack({ trace }: Interpreter, from: number, { nested }: Frame): boolean {
  let at = from
  for (const [start, end] of [...nested, [trace.length, trace.length] as const]) {
    for (; at < start; at++) if (trace[at]!.meta.pays === 'no') return true
    at = end
  }
  return false
}

/** A call that a rule dispatches (see spec/pallets/system/dispatch.ts). */
function dispatchInside(interpreter: Interpreter, w: World, origin: Origin, args: DispatchArgs): Refusal | null {
  const parent = framesOf(interpreter).at(-1)
  const call = toCall(args.call)
  const from = interpreter.trace.length
  const refusesBatchAll = args.filter === 'noBatchAll' || (args.filter !== 'fresh' && parent?.refusesBatchAll === true)
  const { refusal, actual } = dispatch(interpreter, w, args.origin, call, refusesBatchAll)
  parent?.inner.push({ announced: callWeight(call, w.version).weight, actual })
  parent?.nested.push([from, interpreter.trace.length])
  if (args.reply === undefined) return refusal
  const { machine, key, event, args: rest } = args.reply
  return interpreter.deliver(w, origin, machine, key, event, { ...rest, error: refusal?.error ?? null })
}

export interface SignedOptions {
  /** 1e-7 TFT. */
  readonly tip?: bigint
  /** The signer's nonce in storage by default. */
  readonly nonce?: number
  /** Bytes of the whole extrinsic; by default those of one that never expires. */
  readonly length?: number
}

const OK: Outcome = { type: 'ok' }
/** Version and kind, address, signature, immortal era; pallet and call. */
const FIXED_BYTES = 1 + (1 + 32) + (1 + 64) + 1 + 2

/** Bytes of a signed extrinsic, its length prefix included. */
export function extrinsicLength(call: Call, nonce: number, tip: bigint, version: SpecVersion): number {
  const body = FIXED_BYTES + compactLength(nonce) + compactLength(tip) + encodedLength(call.type.argsAt(version), call.args)
  return compactLength(body) + body
}

/**
 * Applies a signed extrinsic: envelope, dispatch in a layer, settlement. An invalid one and one that panics leave no trace.
 * The interpreter's trace is emptied first.
 */
export function applySigned(interpreter: Interpreter, w: World, call: Call, who: AccountId, options: SignedOptions = {}): Receipt {
  const origin: Origin = { type: 'signed', who }
  const { tip = 0n, nonce = w.get(Account, who).nonce } = options
  const mark = w.mark()
  interpreter.trace.length = 0
  const announced = callWeight(call, w.version)
  const length = options.length ?? extrinsicLength(call, nonce, tip, w.version)
  const withheld = feeOf(w, { refTime: announced.weight.refTime, length, tip, pays: true })
  // Read by few, so made when asked for.
  const receipt = (outcome: Outcome, held: bigint, stays: bigint): Receipt => ({
    outcome,
    withheld: held,
    paid: stays,
    get rules() {
      return interpreter.trace.map((b) => b.meta.rule)
    },
    get events() {
      return w.events.slice(mark.events)
    },
  })
  const dropped = (outcome: Outcome): Receipt => {
    w.rollback(mark)
    return receipt(outcome, 0n, 0n)
  }
  try {
    const prepare: PrepareArgs = {
      decodes: decodes(call, w.version),
      nonce,
      withheld,
      weight: announced.weight,
      dispatchClass: announced.dispatchClass,
    }
    const invalid = interpreter.deliver(w, origin, 'extrinsic', who, '@prepare', prepare)
    if (invalid !== null) return dropped({ type: 'invalid', reason: invalid.error.slice(invalid.error.indexOf('.') + 1) })
    const { refusal, pays, actual } = dispatch(interpreter, w, origin, call)
    const spent = actual === null ? announced.weight : minWeight(actual, announced.weight)
    const paid = feeOf(w, { refTime: spent.refTime, length, tip, pays })
    const info: DispatchInfo = {
      weight: addWeights(spent, weight(scheduleAt(w.version).weights.extrinsicBase)),
      class: { type: announced.dispatchClass },
      paysFee: { type: pays ? 'Yes' : 'No' },
    }
    const settle: SettleArgs = { withheld, actualFee: paid, tip, error: refusal?.error ?? null, info }
    interpreter.deliver(w, origin, 'extrinsic', who, '@settle', settle)
    return receipt(refusal === null ? OK : { type: 'error', error: refusal.error }, withheld, paid)
  } catch (error) {
    if (error instanceof Trap) return dropped({ type: 'panic', message: error.message })
    throw error
  }
}
