import { mixSeed } from '../../model/draw.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { genesis } from '../../spec/versions/genesis.js'
import { editionAt, nearest } from '../../spec/versions/editions.js'
import { Reference } from '../../src/reference/reference.js'
import { RuntimeChain } from '../targets/runtime/driver.js'
import { codeEntry, SecondHost } from './chopsticks.js'
import { extras, mockSigned, rootCalls, type Extra } from './extras.js'
import { Lockstep, type HostDifference } from './lockstep.js'
import { Sequence, type Leap } from './sequence.js'
import { verifyLikeChopsticks } from './signing.js'

export interface CheckOptions {
  readonly blocks: number
  readonly seed: number
  readonly onProgress?: (block: number, extrinsics: number) => void
  readonly signal?: AbortSignal
}

/** How extrinsics of one kind ended. */
export type Ends = Record<string, number>

export interface CheckResult {
  readonly specVersion: number
  readonly seed: number
  readonly blocks: number
  readonly extrinsics: { total: number; ok: number; error: number; invalid: number; panic: number }
  /** By call, or by the name of an extra: how often `ok`, and how often what error. */
  readonly ends: Readonly<Record<string, Ends>>
  /** Bytes of System.Events compared at the ends of blocks; storage keys compared after calls; all keys at the ends of sequences. */
  readonly eventBytes: number
  readonly touchedKeys: number
  readonly finalKeys: number
  readonly millis: { readonly v8: number; readonly chopsticks: number }
  readonly differences: readonly HostDifference[]
}

/** Blocks in a sequence: long enough for bills, short enough that not everybody is poor at the end. */
const blocksOfSequence = 16
/** Extras in a block, one after the other through the list. */
const extrasInBlock = 2

/**
 * Runs sequences in lockstep on V8 and on Chopsticks. After every call into the runtime all keys that either side wrote are
 * compared, after every block its raw events, and after every sequence the whole storage. It ends early with the first block
 * that differs.
 * @param wasm the runtime, plain  @throws ChopsticksMissing
 */
export async function check(wasm: Uint8Array, options: CheckOptions): Promise<CheckResult> {
  const v8 = new RuntimeChain(wasm, { verify: verifyLikeChopsticks })
  v8.store.set(...codeEntry(wasm))
  const additions = await extras()
  const second = await SecondHost.boot([...v8.store.entries()].map(([key]) => [key, v8.store.get(key)!] as const))
  try {
    return await new Run(new Lockstep(v8, second), additions, options).all()
  } finally {
    await second.close()
  }
}

class Run {
  private readonly both: Lockstep
  private readonly additions: readonly Extra[]
  private readonly options: CheckOptions
  private readonly extrinsics = { total: 0, ok: 0, error: 0, invalid: 0, panic: 0 }
  private readonly ends: Record<string, Ends> = {}
  private blocks = 0
  private finalKeys = 0

  constructor(both: Lockstep, additions: readonly Extra[], options: CheckOptions) {
    this.both = both
    this.additions = additions
    this.options = options
  }

  async all(): Promise<CheckResult> {
    const { both, options } = this
    const { specVersion } = both.v8.version
    const reference = new Reference(editionAt(nearest(specVersion)), genesis(specVersion))
    for (let n = 0; !this.isOver(); n++) {
      both.reset()
      await this.sequence(new Sequence(reference, mixSeed(options.seed, n)), n)
      if (both.differences.length === 0) this.finalKeys += await both.compareAll()
    }
    const { eventBytes, touchedKeys, millis, differences } = both
    const { blocks, extrinsics, ends, finalKeys } = this
    return { specVersion, seed: options.seed, blocks, extrinsics, ends, eventBytes, touchedKeys, finalKeys, millis, differences }
  }

  private isOver(): boolean {
    const { blocks, signal } = this.options
    return this.blocks === blocks || this.both.differences.length > 0 || signal?.aborted === true
  }

  private async sequence(sequence: Sequence, n: number): Promise<void> {
    let added = 0
    for (let block = 0; block < blocksOfSequence && !this.isOver(); block++) {
      await this.open(sequence.open(), block)
      for (let next = sequence.next(); next !== undefined; next = sequence.next()) {
        const { type, args } = next.call
        const { v8 } = this.both
        await this.apply(`${type.pallet}.${type.name}`, mockSigned(v8, next.who, v8.call(type.pallet, type.name, args)))
      }
      for (let i = 0; i < extrasInBlock; i++, added++) {
        const extra = this.additions[added % this.additions.length]!
        // Rounds of sequences do not meet: what an extra makes up from its round is new each time.
        await this.apply(extra.name, extra.make(this.both.v8, 10 * n + Math.floor(added / this.additions.length)))
      }
      await this.both.finalize()
      this.blocks++
      this.options.onProgress?.(this.blocks, this.extrinsics.total)
    }
  }

  private async open(leap: Leap, block: number): Promise<void> {
    const { both } = this
    const number = both.v8.number + leap.blocks
    const root = rootCalls[block]
    if (root !== undefined) both.schedule(number, { type: 'Root' }, root(both.v8))
    if (!(await both.open(number, both.v8.timeMs + leap.seconds * 1000)))
      throw new Error(`block ${number} could not be opened: the sequence is at fault`)
  }

  private async apply(name: string, extrinsic: Bytes): Promise<void> {
    const { outcome } = await this.both.apply(name, extrinsic)
    this.extrinsics.total++
    this.extrinsics[outcome.kind]++
    const end =
      outcome.kind === 'ok'
        ? 'ok'
        : outcome.kind === 'error'
          ? outcome.error
          : outcome.kind === 'invalid'
            ? `invalid: ${outcome.reason}`
            : 'panic'
    const ends = (this.ends[name] ??= {})
    ends[end] = (ends[end] ?? 0) + 1
  }
}
