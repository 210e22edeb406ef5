import { twox128 } from '../../../spec/kernel/hashes.js'
import { bytes, compact128, u32, type AccountId, type Bytes, type ShapeDef } from '../../../spec/kernel/shape.js'
import { genesis, slotMs, genesisTimeMs, type GenesisEntry } from '../../../spec/versions/genesis.js'
import { codecOf, decode, encodeToString } from '../../../src/codec/compile.js'
import { Reader, Writer } from '../../../src/codec/stream.js'
import { Appended } from './appended.js'
import { Executor, RuntimeTrap, type ExecutorOptions } from './executor.js'
import { ExtrinsicFormat, header, type SignOptions } from './extrinsic.js'
import { RuntimeMetadata } from './metadata.js'
import { OffchainWorker, type OffchainOptions } from './offchain.js'
import { ok, Outcomes, type Outcome } from './outcome.js'
import type { Store, Touch } from './store.js'
import { readVersion, type RuntimeVersion } from './version.js'

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

/** A place to return to; valid until the chain returns to an earlier one. */
export interface ChainMark {
  readonly log: number
  readonly number: number
  readonly timeMs: number
  readonly open: boolean
}

/** What `TransactionPaymentApi_query_info` says of an extrinsic. */
export interface DispatchInfo {
  readonly weight: unknown
  readonly class: 'Normal' | 'Operational' | 'Mandatory'
  /** Withheld during dispatch, without the tip; 1e-7 TFT. */
  readonly partialFee: bigint
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
export class RuntimeChain {
  readonly executor: Executor
  readonly store: Store
  readonly version: RuntimeVersion
  readonly metadata: RuntimeMetadata
  /** Number of the block that is open or was last finalized. */
  number = 0
  /** Its time, ms since 1970. */
  timeMs = genesisTimeMs
  /** True between `openBlock` and `finalize`. */
  open = false
  private readonly outcomes: Outcomes
  private readonly format: ExtrinsicFormat
  private readonly eventsKey: Bytes
  private readonly setTime: Bytes
  private readonly accountKeys = new Map<AccountId, Bytes>()
  private genesisMark = 0

  /**
   * Boots a runtime and loads the default genesis of its version.
   * @param code plain or compressed wasm
   * @throws RuntimeFileError when it is no runtime · UnsupportedMetadata below V14
   */
  constructor(code: Uint8Array, options: ExecutorOptions = {}) {
    this.executor = new Executor(code, options)
    this.store = this.executor.store
    this.version = readVersion(this.executor.call('Core_version'))
    this.metadata = new RuntimeMetadata(Buffer.from(decode(bytes, this.executor.call('Metadata_metadata')), 'latin1'))
    this.outcomes = new Outcomes(this.metadata)
    this.format = new ExtrinsicFormat(this.metadata.signedExtensions)
    this.eventsKey = this.metadata.key('System', 'Events')
    const set = this.metadata.callNamed('Timestamp', 'set')
    this.setTime = String.fromCharCode(set.palletIndex, set.index)
    this.load(genesis(this.version.specVersion))
  }

  // — state —

  /** Empties the chain and writes a genesis; `reset` comes back here. */
  load(entries: readonly GenesisEntry[]): void {
    this.store.revert(0)
    for (const entry of entries) this.write(entry)
    this.genesisMark = this.store.mark()
    this.reset()
  }

  /** Back to the genesis, by undoing. */
  reset(): void {
    this.restore({ log: this.genesisMark, number: 0, timeMs: genesisTimeMs, open: false })
  }

  mark(): ChainMark {
    return { log: this.store.mark(), number: this.number, timeMs: this.timeMs, open: this.open }
  }
  restore({ log, number, timeMs, open }: ChainMark): void {
    this.store.revert(log)
    this.number = number
    this.timeMs = timeMs
    this.open = open
  }

  /** Writes an entry past the runtime. */
  write({ pallet, item, args, value, hidden }: GenesisEntry): void {
    if (hidden !== undefined) return this.store.set(twox128(pallet) + twox128(item), encodeToString<unknown>(hidden, value))
    this.store.set(this.metadata.key(pallet, item, ...args), encodeToString<unknown>(this.metadata.item(pallet, item).value, value))
  }

  /** The stored value in memory form; where the key is absent, `undefined` for an optional item and its default otherwise. */
  read(pallet: string, item: string, ...args: readonly unknown[]): unknown {
    const { value, optional, orElse } = this.metadata.item(pallet, item)
    const stored = this.store.get(this.metadata.key(pallet, item, ...args))
    if (stored === undefined && optional) return undefined
    return decode<unknown>(value, stored ?? orElse)
  }

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
    if (outcome.kind === 'ok') outcome = this.dispatch(this.format.bare(this.setTime + encodeToString(compact128, BigInt(timeMs))))
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
    return stored === undefined ? 0 : (stored.charCodeAt(0) | (stored.charCodeAt(1) << 8) | (stored.charCodeAt(2) << 16) | (stored.charCodeAt(3) << 24)) >>> 0
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
    if (call.length > longestInline) throw new Error(`the scheduler takes calls of up to ${longestInline} bytes, this one has ${call.length}: use a motion`)
    const agenda = this.read('Scheduler', 'Agenda', number) as readonly unknown[]
    const inner = { type: origin.type, value: origin.type === 'Signed' ? origin.value : undefined }
    const scheduled = { maybeId: undefined, priority: 0, call: { type: 'Inline', value: call }, maybePeriodic: undefined, origin: { type: 'system', value: inner } }
    this.write({ pallet: 'Scheduler', item: 'Agenda', args: [number], value: [...agenda, scheduled] })
  }

  // — questions —

  /** Weight, class and withheld fee of an extrinsic in the present state. */
  queryInfo(extrinsic: Bytes): DispatchInfo {
    const mark = this.store.mark()
    const length = encodeToString(u32, extrinsic.length)
    const result = this.executor.call('TransactionPaymentApi_query_info', extrinsic + length)
    this.store.revert(mark)
    const info = decode<{ weight: unknown; class: { type: DispatchInfo['class'] }; partialFee: bigint }>(this.dispatchInfo(), result)
    return { weight: info.weight, class: info.class.type, partialFee: info.partialFee }
  }

  private dispatchInfoShape: ShapeDef | undefined
  private dispatchInfo(): ShapeDef {
    const perClass = this.metadata.item('System', 'BlockWeight').value
    const weight: ShapeDef = perClass.kind === 'struct' ? perClass.fields[0]![1] : { kind: 'u64' }
    const unit: ShapeDef = { kind: 'unit' }
    const classes = ['Normal', 'Operational', 'Mandatory'].map((name, i) => [name, i, unit] as const)
    return (this.dispatchInfoShape ??= {
      kind: 'struct',
      fields: [
        ['weight', weight],
        ['class', { kind: 'enum', variants: classes }],
        ['partialFee', { kind: 'u128' }],
      ],
    })
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

