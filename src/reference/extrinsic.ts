/**
 * Calls and extrinsics: the envelope around a call, its storage layer, and the calls that calls carry.
 * @source frame/executive/src/lib.rs `apply_extrinsic`, sp-runtime/src/generic/checked_extrinsic.rs `apply`,
 *   frame/support/src/dispatch.rs (every call runs in a storage layer) @polkadot-v0.9.42
 */
import type { Call, OriginKind } from '../../spec/kernel/call.js'
import { compactLength, encodedLength } from '../../spec/kernel/encoded-length.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { Origin } from '../../spec/kernel/stage.js'
import { byVersion, type SpecVersion } from '../../spec/kernel/version.js'
import type { EventRecord, Mark, World } from '../../spec/kernel/world.js'
import { decodes } from '../../spec/pallets/system/argument-limits.js'
import { actualWeight, callWeight, type CallWeight, type InnerWeight } from '../../spec/pallets/system/call-weight.js'
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

export interface SignedOptions {
  /** 1e-7 TFT. */
  readonly tip?: bigint
  /** The signer's nonce in storage by default. */
  readonly nonce?: number
  /** Bytes of the whole extrinsic; by default those of one that never expires. */
  readonly length?: number
}

/** Rules and events are read by few, so they are made when asked for. */
class LazyReceipt implements Receipt {
  readonly outcome: Outcome
  readonly withheld: bigint
  readonly paid: bigint
  private readonly interpreter: Interpreter
  private readonly w: World
  private readonly eventsFrom: number

  constructor(outcome: Outcome, withheld: bigint, paid: bigint, interpreter: Interpreter, w: World, eventsFrom: number) {
    this.outcome = outcome
    this.withheld = withheld
    this.paid = paid
    this.interpreter = interpreter
    this.w = w
    this.eventsFrom = eventsFrom
  }

  get rules(): readonly string[] {
    return this.interpreter.trace.map((b) => b.meta.rule)
  }

  get events(): readonly EventRecord[] {
    return this.w.events.slice(this.eventsFrom)
  }
}

/** Leaves no trace. */
function dropped(interpreter: Interpreter, w: World, mark: Mark, outcome: Outcome): Receipt {
  w.rollback(mark)
  return new LazyReceipt(outcome, 0n, 0n, interpreter, w, mark.events)
}

/** What the event that ends an extrinsic tells of it. */
const infoOf = (spent: Weight, { dispatchClass }: CallWeight, pays: boolean, version: SpecVersion): DispatchInfo => ({
  weight: addWeights(spent, baseWeight(version)),
  class: { type: dispatchClass },
  paysFee: { type: pays ? 'Yes' : 'No' },
})
/** Of calls that announce the same object each time. */
const infos = new Map<CallWeight, DispatchInfo>()
function infoAsAnnounced(announced: CallWeight, version: SpecVersion): DispatchInfo {
  if (announced.isConstant !== true) return infoOf(announced.weight, announced, true, version)
  let info = infos.get(announced)
  if (info === undefined) infos.set(announced, (info = infoOf(announced.weight, announced, true, version)))
  return info
}

const OK: Outcome = { type: 'ok' }
const NO_OPTIONS: SignedOptions = {}
const baseWeight = byVersion((version) => weight(scheduleAt(version).weights.extrinsicBase))
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
export function applySigned(interpreter: Interpreter, w: World, call: Call, who: AccountId, options: SignedOptions = NO_OPTIONS): Receipt {
  const origin: Origin = { type: 'signed', who }
  const { tip = 0n, nonce = w.get(Account, who).nonce } = options
  const mark = w.mark()
  interpreter.trace.length = 0
  const announced = callWeight(call, w.version)
  const length = options.length ?? extrinsicLength(call, nonce, tip, w.version)
  const withheld = feeOf(w, { refTime: announced.weight.refTime, length, tip, pays: true })
  try {
    const prepare: PrepareArgs = {
      decodes: decodes(call, w.version),
      nonce,
      withheld,
      weight: announced.weight,
      dispatchClass: announced.dispatchClass,
    }
    const invalid = interpreter.deliver(w, origin, 'extrinsic', who, '@prepare', prepare)
    if (invalid !== null)
      return dropped(interpreter, w, mark, { type: 'invalid', reason: invalid.error.slice(invalid.error.indexOf('.') + 1) })
    const { refusal, pays, actual } = dispatch(interpreter, w, origin, call)
    // Most calls weigh what they announced, and cost what was withheld.
    const asAnnounced = actual === null && pays
    const spent = actual === null ? announced.weight : minWeight(actual, announced.weight)
    const paid = asAnnounced ? withheld : feeOf(w, { refTime: spent.refTime, length, tip, pays })
    const info = asAnnounced ? infoAsAnnounced(announced, w.version) : infoOf(spent, announced, pays, w.version)
    const settle: SettleArgs = { withheld, actualFee: paid, tip, error: refusal?.error ?? null, info }
    interpreter.deliver(w, origin, 'extrinsic', who, '@settle', settle)
    const outcome: Outcome = refusal === null ? OK : { type: 'error', error: refusal.error }
    return new LazyReceipt(outcome, withheld, paid, interpreter, w, mark.events)
  } catch (error) {
    if (error instanceof Trap) return dropped(interpreter, w, mark, { type: 'panic', message: error.message })
    throw error
  }
}
