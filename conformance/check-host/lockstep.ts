import type { Bytes, ShapeDef } from '../../spec/kernel/shape.js'
import { slotMs } from '../../spec/versions/genesis.js'
import { decode } from '../../src/codec/compile.js'
import type { ChainMark, RuntimeChain, ScheduledOrigin, Step } from '../targets/runtime/driver.js'
import { header } from '../targets/runtime/extrinsic.js'
import { Outcomes, type Outcome } from '../targets/runtime/outcome.js'
import type { Called, OtherHost, Writes } from './chopsticks.js'

/** Where the two hosts disagree. */
export interface HostDifference {
  readonly block: number
  /** What was done: `Pallet.call`, `open`, `finalize`, or `all` at the end. */
  readonly step: string
  /** `outcome`, `events`, or a storage key. */
  readonly what: string
  readonly v8: string
  readonly chopsticks: string
}

/** What the comparison leaves out. All of it lies outside the storage: no storage key is left out. */
export const notCompared: readonly { readonly what: string; readonly why: string }[] = [
  {
    what: 'the header that BlockBuilder_finalize_block returns',
    why: 'V8’s host functions answer zeros for the state root and the extrinsics root; smoldot computes them; neither is written to storage',
  },
  {
    what: 'the text of a panic',
    why: 'that both trap is compared; Chopsticks tells V8’s and smoldot’s common word "unreachable" and logs the rest',
  },
]

/** How much of a value is shown. */
const longestShown = 200
const shown = (bytes: Bytes | undefined): string => {
  if (bytes === undefined) return 'absent'
  const text = Buffer.from(bytes, 'latin1').toString('hex')
  return text.length > longestShown ? `0x${text.slice(0, longestShown)}… (${bytes.length} bytes)` : `0x${text}`
}

/** The runtime on V8 and on Chopsticks, driven by the same bytes; what either writes is compared after every single call. */
export class Lockstep {
  readonly v8: RuntimeChain
  readonly second: OtherHost
  readonly differences: HostDifference[] = []
  readonly millis = { v8: 0, chopsticks: 0 }
  /** Bytes of System.Events that were compared at the ends of blocks, and keys that were compared after calls. */
  eventBytes = 0
  touchedKeys = 0
  private readonly outcomes: Outcomes
  private readonly eventsKey: Bytes
  private readonly genesis: ChainMark

  /** @param v8 in the state that `second` has as its genesis */
  constructor(v8: RuntimeChain, second: OtherHost) {
    this.genesis = v8.mark()
    this.v8 = v8
    this.second = second
    this.outcomes = new Outcomes(v8.metadata)
    this.eventsKey = v8.metadata.key('System', 'Events')
  }

  /** Both back to the genesis. */
  reset(): void {
    this.v8.restore(this.genesis)
    this.second.reset()
  }

  /** Opens a block on both sides: initialization and the timestamp inherent. @returns whether the runtime did */
  async open(number: number, timeMs: number): Promise<boolean> {
    const step = this.timed(() => this.v8.openBlock(number, timeMs))
    const set = this.v8.bare(this.v8.call('Timestamp', 'set', { now: BigInt(timeMs) }))
    const written = new Map<Bytes, Bytes | undefined>()
    let outcome = await this.onSecond('Core_initialize_block', header(number, Math.floor(timeMs / slotMs)), written, () => ({ kind: 'ok' }))
    if (outcome.kind === 'ok')
      outcome = await this.onSecond('BlockBuilder_apply_extrinsic', set, written, (result) => this.outcomes.of(result))
    await this.compare('open', step, outcome, written)
    return step.outcome.kind === 'ok'
  }

  /** Applies an extrinsic on both sides. @param step its name in reports */
  async apply(step: string, extrinsic: Bytes): Promise<Step> {
    const done = this.timed(() => this.v8.apply(extrinsic))
    const written = new Map<Bytes, Bytes | undefined>()
    const outcome = await this.onSecond('BlockBuilder_apply_extrinsic', extrinsic, written, (result) => this.outcomes.of(result))
    await this.compare(step, done, outcome, written)
    return done
  }

  /** Ends the block on both sides, and compares its events as a whole. */
  async finalize(): Promise<void> {
    const step = this.timed(() => this.v8.finalize())
    const written = new Map<Bytes, Bytes | undefined>()
    const outcome = await this.onSecond('BlockBuilder_finalize_block', '', written, () => ({ kind: 'ok' }))
    await this.compare('finalize', step, outcome, written)
    const [ours, theirs] = [this.v8.store.get(this.eventsKey), await this.second.get(this.eventsKey)]
    this.eventBytes += ours?.length ?? 0
    if (ours !== theirs) this.differs('finalize', 'events', this.eventNames(ours), this.eventNames(theirs))
    await this.second.settle()
  }

  /** Puts a call into the scheduler's agenda on both sides, past the runtime, between two blocks. */
  schedule(number: number, origin: ScheduledOrigin, call: Bytes): void {
    const mark = this.v8.store.mark()
    this.v8.schedule(number, origin, call)
    const written = new Map<Bytes, Bytes | undefined>()
    this.v8.store.touched(mark, (key) => written.set(key, this.v8.store.get(key)))
    this.second.keep(written)
  }

  /** Compares the whole storage, key by key. @returns how many keys there are on either side */
  async compareAll(): Promise<number> {
    const keys = new Set<Bytes>(await this.second.keys())
    for (const [key] of this.v8.store.entries()) keys.add(key)
    for (const key of keys) await this.compareKey('all', key)
    return keys.size
  }

  /** Calls the runtime on Chopsticks; keeps what it wrote unless it trapped or the extrinsic is invalid, as a block builder does. */
  private async onSecond(
    entry: string,
    args: Bytes,
    written: Map<Bytes, Bytes | undefined>,
    outcomeOf: (result: Bytes) => Outcome,
  ): Promise<Outcome> {
    const from = performance.now()
    const called: Called = await this.second.call(entry, args)
    this.millis.chopsticks += performance.now() - from
    if ('trapped' in called) return { kind: 'panic', text: called.trapped }
    const outcome = outcomeOf(called.result)
    if (outcome.kind === 'invalid') return outcome
    this.second.keep(called.writes)
    for (const [key, value] of called.writes) written.set(key, value)
    return outcome
  }

  private async compare(name: string, step: Step, theirs: Outcome, written: Writes): Promise<void> {
    const ours = step.outcome
    const text = (o: Outcome): string => (o.kind === 'panic' ? 'panic' : JSON.stringify(o))
    if (text(ours) !== text(theirs)) this.differs(name, 'outcome', JSON.stringify(ours), JSON.stringify(theirs))
    const keys = new Set(written.keys())
    this.v8.store.touched(step.logMark, (key) => keys.add(key))
    this.touchedKeys += keys.size
    for (const key of keys) await this.compareKey(name, key)
  }

  private async compareKey(step: string, key: Bytes): Promise<void> {
    const [ours, theirs] = [this.v8.store.get(key), await this.second.get(key)]
    if (ours !== theirs) this.differs(step, this.keyName(key), shown(ours), shown(theirs))
  }

  private differs(step: string, what: string, v8: string, chopsticks: string): void {
    this.differences.push({ block: this.v8.number, step, what, v8, chopsticks })
  }

  private keyName(key: Bytes): string {
    const item = this.v8.metadata.itemOfKey(key)
    return `${item === undefined ? 'storage' : `${item.pallet}.${item.name}`} ${shown(key)}`
  }

  private eventNames(bytes: Bytes | undefined): string {
    if (bytes === undefined) return 'none'
    const shape: ShapeDef = { kind: 'vec', of: this.v8.metadata.eventRecord }
    try {
      const records = decode<readonly { readonly event: { readonly type: string; readonly value: { readonly type: string } } }[]>(
        shape,
        bytes,
      )
      return records.map(({ event }) => `${event.type}.${event.value.type}`).join(', ')
    } catch {
      return shown(bytes)
    }
  }

  private timed<T>(run: () => T): T {
    const from = performance.now()
    const result = run()
    this.millis.v8 += performance.now() - from
    return result
  }
}
