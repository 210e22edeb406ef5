import { u32, type AccountId, type Bytes } from '../../../spec/kernel/shape.js'
import { slotMs } from '../../../spec/versions/genesis.js'
import { codecOf, encodeToString } from '../../../src/codec/compile.js'
import { Reader, Writer } from '../../../src/codec/stream.js'
import { Appended } from './appended.js'
import { ChainState } from './chain-state.js'
import { readDispatchInfo, type DispatchInfo } from './dispatch-info.js'
import { RuntimeTrap } from './executor.js'
import { ExtrinsicFormat, header, type SignOptions } from './extrinsic.js'
import { OffchainWorker, type OffchainOptions } from './offchain.js'
import { ok, Outcomes, type Outcome } from './outcome.js'
import type { Touch } from './store.js'

export type { ChainMark } from './chain-state.js'
export type { DispatchInfo } from './dispatch-info.js'

/** One thing the driver did to the chain: opened a block, applied an extrinsic, finalized. */
export interface Step {
  readonly outcome: Outcome
  /** Where the events deposited by this step begin and end in the block's events, in bytes (without the compact count before all). */
  readonly eventsStart: number
  readonly eventsEnd: number
  /** How many events those are. */
  readonly eventCount: number
  /** The store's log before the step: `store.touched(logMark, …)` right after it tells what it wrote. */
  readonly logMark: number
}

/** An event with its place, as the metadata describes it. */
export interface DecodedEvent {
  readonly pallet: string
  readonly name: string
  readonly value: unknown
  readonly phase: unknown
}

export type ScheduledOrigin = { readonly type: 'Root' } | { readonly type: 'Signed'; readonly value: AccountId }

/** A call longer than this cannot stand in the scheduler's agenda. @source `frame_support::traits::preimages::Bounded` */
const longestInline = 128

/**
 * The real runtime, driven block by block: `openBlock`, `apply` as often as wanted, `finalize`.
 *
 * Blocks may carry any number and any time; what the runtime insists on is that Aura's slot (time / 6 s) grows and that
 * the time is 3 s after the block before, and it panics otherwise.
 */
export class RuntimeChain extends ChainState {
  private readonly outcomes = new Outcomes(this.metadata)
  private readonly format = new ExtrinsicFormat(this.metadata.signedExtensions)
  private readonly eventsKey = this.metadata.key('System', 'Events')
  private readonly accountKeys = new Map<AccountId, Bytes>()

  // — blocks —

  /**
   * Initializes a block and applies the timestamp inherent.
   * When that panics or is refused nothing has happened and no block is open.
   * @param timeMs ms since 1970; its slot must be later than the last block's
   */
  openBlock(number: number, timeMs: number): Step {
    if (this.open) throw new Error(`block ${this.number} is still open`)
    const logMark = this.store.mark()
    let outcome = this.trapped(() => this.executor.call('Core_initialize_block', header(number, Math.floor(timeMs / slotMs))))
    if (outcome.kind === 'ok') outcome = this.dispatch(this.bare(this.call('Timestamp', 'set', { now: BigInt(timeMs) })))
    if (outcome.kind !== 'ok') {
      this.store.revert(logMark)
      return { outcome, eventsStart: 0, eventsEnd: 0, eventCount: 0, logMark }
    }
    Object.assign(this, { number, timeMs, open: true })
    const events = this.blockEvents()
    return { outcome, eventsStart: 0, eventsEnd: events?.length ?? 0, eventCount: events?.count ?? 0, logMark }
  }

  /** Applies an extrinsic. Invalid and panicking ones leave no trace, as in a block builder. */
  apply(extrinsic: Bytes): Step {
    if (!this.open) throw new Error('no block is open')
    return this.step(() => this.dispatch(extrinsic))
  }

  /** Runs the hooks at the block's end. After a panic the block is still open and as it was. */
  finalize(): Step {
    if (!this.open) throw new Error('no block is open')
    const step = this.step(() => this.trapped(() => this.executor.call('BlockBuilder_finalize_block')))
    if (step.outcome.kind === 'ok') this.open = false
    return step
  }

  private step(run: () => Outcome): Step {
    const logMark = this.store.mark()
    const before = this.blockEvents()
    const eventsStart = before?.length ?? 0
    const countBefore = before?.count ?? 0
    const outcome = run()
    const after = this.blockEvents()
    return { outcome, eventsStart, eventsEnd: after?.length ?? 0, eventCount: (after?.count ?? 0) - countBefore, logMark }
  }

  private dispatch(extrinsic: Bytes): Outcome {
    const mark = this.store.mark()
    let outcome = ok
    const trap = this.trapped(() => {
      outcome = this.outcomes.of(this.executor.call('BlockBuilder_apply_extrinsic', extrinsic))
    })
    if (trap.kind === 'panic') return trap
    if (outcome.kind === 'invalid') this.store.revert(mark)
    return outcome
  }

  private trapped(run: () => unknown): Outcome {
    try {
      run()
      return ok
    } catch (error) {
      if (error instanceof RuntimeTrap) return { kind: 'panic', text: error.text }
      throw error
    }
  }

  // — events and writes —

  private blockEvents(): Appended | undefined {
    const stored = this.store.stored(this.eventsKey)
    return typeof stored === 'string' ? Appended.from(stored) : stored
  }

  /** SCALE of the step's event records, one after the other; valid until the next step. */
  eventBytes({ eventsStart, eventsEnd }: Step): Buffer {
    return this.blockEvents()?.elements(0).subarray(eventsStart, eventsEnd) ?? Buffer.alloc(0)
  }

  /** The step's events, decoded. */
  events(step: Step): readonly DecodedEvent[] {
    const reader = new Reader(this.eventBytes(step))
    const codec = codecOf<EventRecord>(this.metadata.eventRecord)
    return Array.from({ length: step.eventCount }, () => {
      const { phase, event } = codec.decodeFrom(reader)
      return { pallet: event.type, name: event.value.type, value: event.value.value, phase }
    })
  }

  /** Visits what the last step wrote, the block's events left out (they have their own comparison). */
  touched({ logMark }: Step, visit: Touch): void {
    this.store.touched(logMark, (key, before, after) => {
      if (key !== this.eventsKey) visit(key, before, after)
    })
  }

  // — extrinsics —

  /** A call in SCALE. @param args memory form; `undefined` for a call without arguments */
  call(pallet: string, name: string, args?: unknown): Bytes {
    const call = this.metadata.callNamed(pallet, name)
    return String.fromCharCode(call.palletIndex, call.index) + encodeToString<unknown>(call.shape, args)
  }

  /** The account's nonce now. */
  nonce(account: AccountId): number {
    let key = this.accountKeys.get(account)
    if (key === undefined) this.accountKeys.set(account, (key = this.metadata.key('System', 'Account', account)))
    const stored = this.store.get(key)
    return stored === undefined
      ? 0
      : (stored.charCodeAt(0) | (stored.charCodeAt(1) << 8) | (stored.charCodeAt(2) << 16) | (stored.charCodeAt(3) << 24)) >>> 0
  }

  /** The call as an extrinsic that the account has "signed" with the driver's dummy signature, at its current nonce. */
  signed(account: AccountId, call: Bytes, { tip = 0n, nonce = this.nonce(account) }: SignOptions = {}): Bytes {
    return this.format.signed(account, call, nonce, tip)
  }

  /** The call as an extrinsic without a signature. */
  bare(call: Bytes): Bytes {
    return this.format.bare(call)
  }

  /**
   * The call as a motion of threshold 1, which executes at once when a council member proposes it: the way to Root's and the
   * council's calls. The extrinsic succeeds even where the call inside fails: look at `Council.Executed`.
   */
  motion(call: Bytes): Bytes {
    const propose = this.metadata.callNamed('Council', 'propose')
    const writer = new Writer(call.length + 16)
    writer.u8(propose.palletIndex)
    writer.u8(propose.index)
    writer.compact(1)
    writer.raw(call)
    writer.compact(call.length)
    return writer.slice()
  }

  /**
   * Puts a call into the scheduler's agenda for a block that is not open yet: it is dispatched when that block opens, without
   * fee, nonce or signature; the result stands in `Scheduler.Dispatched`.
   * @throws Error for a call of more than 128 bytes, which the agenda cannot hold
   */
  schedule(number: number, origin: ScheduledOrigin, call: Bytes): void {
    if (call.length > longestInline)
      throw new Error(`the scheduler takes calls of up to ${longestInline} bytes, this one has ${call.length}: use a motion`)
    const agenda = this.read('Scheduler', 'Agenda', number) as readonly unknown[]
    const inner = { type: origin.type, value: origin.type === 'Signed' ? origin.value : undefined }
    const scheduled = {
      maybeId: undefined,
      priority: 0,
      call: { type: 'Inline', value: call },
      maybePeriodic: undefined,
      origin: { type: 'system', value: inner },
    }
    this.write({ pallet: 'Scheduler', item: 'Agenda', args: [number], value: [...agenda, scheduled] })
  }

  // — questions —

  /** Weight, class and withheld fee of an extrinsic in the present state. */
  queryInfo(extrinsic: Bytes): DispatchInfo {
    const mark = this.store.mark()
    const length = encodeToString(u32, extrinsic.length)
    const result = this.executor.call('TransactionPaymentApi_query_info', extrinsic + length)
    this.store.revert(mark)
    return readDispatchInfo(this.metadata, result)
  }

  /**
   * Runs the real off-chain worker on the last finalized block.
   * @returns the extrinsics it submitted, ready for `apply`; nothing is written
   */
  offchain(options: OffchainOptions = {}): readonly Bytes[] {
    const mark = this.store.mark()
    const worker = new OffchainWorker({ nowMs: this.timeMs, ...options })
    this.executor.callOffchain('OffchainWorkerApi_offchain_worker', header(this.number, Math.floor(this.timeMs / slotMs)), worker)
    this.store.revert(mark)
    return worker.submitted
  }
}

interface EventRecord {
  readonly phase: unknown
  readonly event: { readonly type: string; readonly value: { readonly type: string; readonly value: unknown } }
}
