/**
 * Extrinsics: the envelope around a call.
 * @source frame/executive/src/lib.rs `apply_extrinsic`, sp-runtime/src/generic/checked_extrinsic.rs `apply` @polkadot-v0.9.42
 */
import type { Call } from '../../spec/kernel/call.js'
import { compactLength, encodedLength } from '../../spec/kernel/encoded-length.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { Origin } from '../../spec/kernel/stage.js'
import { byVersion, type SpecVersion } from '../../spec/kernel/version.js'
import type { EventRecord, Mark, World } from '../../spec/kernel/world.js'
import { decodes } from '../../spec/pallets/system/argument-limits.js'
import { callWeight, type CallWeight } from '../../spec/pallets/system/call-weight.js'
import { Account } from '../../spec/pallets/system/items.js'
import { addWeights, minWeight, weight, type DispatchInfo, type Weight } from '../../spec/pallets/system/weight.js'
import type { PrepareArgs, SettleArgs } from '../../spec/pallets/transaction-payment/extrinsic.machine.js'
import { feeOf, scheduleAt } from '../../spec/pallets/transaction-payment/fee.js'
import { dispatch } from './dispatch.js'
import { Trap, type Interpreter } from './interpreter.js'

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
