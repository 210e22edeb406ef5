import { items, keyArguments, type Item, type Key } from '../../spec/kernel/item.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import type { AdvanceStep, CallStep } from '../../model/step.js'
import { genesisNamed, type GenesisName } from '../../spec/versions/genesis.js'
import type { Receipt } from '../../src/reference/extrinsic.js'
import type { Reference } from '../../src/reference/reference.js'
import { toPlain, type Plain } from '../../src/codec/plain.js'
import { bytesOf, type Stored } from '../targets/runtime/store.js'
import type { RuntimeChain, Step as RuntimeStep } from '../targets/runtime/driver.js'
import { decidingRule, type Difference } from './difference.js'
import { EventBytes, phases } from './events.js'
import { Keys } from './keys.js'

/** A difference before the sequence knows its place. */
export type Found = Omit<Difference, 'step'>

/**
 * Holds the reference against the real runtime, step by step: outcome, all events with all fields in order, and every
 * storage key that either side touched. Bytes decide; they are decoded to show a difference.
 */
export class Judge {
  readonly chain: RuntimeChain
  readonly reference: Reference
  private readonly keys: Keys
  private readonly events: EventBytes
  /** Keys that the reference touched in this step. */
  private readonly predicted = new Set<Bytes>()
  private extrinsics = 0
  private loaded: GenesisName = 'default'

  /** Both with the default genesis. */
  constructor(chain: RuntimeChain, reference: Reference) {
    this.chain = chain
    this.reference = reference
    this.keys = new Keys(chain.metadata)
    this.events = new EventBytes(chain.metadata)
  }

  /** Both sides back to a genesis, with the first block open. */
  reset(genesis: GenesisName = 'default'): Found | undefined {
    if (genesis === this.loaded) {
      this.chain.reset()
      this.reference.reset()
    } else {
      const entries = genesisNamed(genesis, this.chain.version.specVersion)
      this.chain.load(entries)
      this.reference.load(entries)
      this.loaded = genesis
    }
    const from = this.reference.w.mark()
    this.reference.open(1, 6)
    return this.openBlock(1, 6, from.journal, from.events)
  }

  /** Writes an entry on both sides, past all rules: for inputs that sequences cannot reach. */
  write(item: Item, key: Key, value: unknown): void {
    this.chain.write({ pallet: item.pallet, item: item.name, args: keyArguments(item, key), value })
    this.reference.w.write(item, key, value)
  }

  /** Runs something and takes both sides back to where they were. */
  scratch<T>(run: () => T): T {
    const { chain, reference, extrinsics } = this
    const there = chain.mark()
    const here = reference.w.mark()
    try {
      return run()
    } finally {
      chain.restore(there)
      reference.w.rollback(here)
      this.extrinsics = extrinsics
    }
  }

  call(step: CallStep): { readonly found: Found | undefined; readonly receipt: Receipt } {
    const { chain, reference } = this
    const { w } = reference
    const bytes = chain.call(step.call.pallet, step.call.name, step.args)
    const actual = chain.apply(chain.signed(step.who, bytes))
    const from = w.mark()
    const receipt = reference.call(step.call, step.args, step.who)
    const found =
      this.compareOutcome(receipt, actual) ??
      this.compareEvents(from.events, w.events.length, phases.extrinsic(this.extrinsics), actual) ??
      this.compareStorage(from.journal, actual, 'extrinsic')
    if (actual.outcome.kind === 'ok' || actual.outcome.kind === 'error') this.extrinsics++
    return { found, receipt }
  }

  advance({ blocks, seconds }: AdvanceStep): Found | undefined {
    const { chain, reference } = this
    const { w } = reference
    const from = w.mark()
    const { opened } = reference.advance(blocks, seconds)
    const finalized = chain.finalize()
    if (finalized.outcome.kind !== 'ok') return this.differs('outcome', 'finalize', { kind: 'ok' }, finalized.outcome)
    const events = this.compareEvents(from.events, opened, phases.finalization, finalized)
    if (events !== undefined) return events
    return this.openBlock(blocks, seconds, from.journal, opened, finalized)
  }

  /** Opens the block on the runtime's side and compares what both edges of the block wrote together. */
  private openBlock(blocks: number, seconds: number, journal: number, events: number, finalized?: RuntimeStep): Found | undefined {
    const { chain, reference } = this
    const opened = chain.openBlock(chain.number + blocks, chain.timeMs + seconds * 1000)
    if (opened.outcome.kind !== 'ok') return this.differs('outcome', 'open a block', { kind: 'ok' }, opened.outcome)
    this.extrinsics = 1
    const { w } = reference
    const setTime = w.events.length - 1
    const expected =
      this.events.encode(w.events, events, setTime, phases.initialization) +
      this.events.encode(w.events, setTime, w.events.length, phases.extrinsic(0))
    const actual = chain.eventBytes(opened).latin1Slice()
    if (expected !== actual) return this.eventDifference(events, w.events.length, opened)
    return this.compareStorage(journal, finalized === undefined ? opened : { ...opened, logMark: finalized.logMark }, 'block')
  }

  private compareOutcome(receipt: Receipt, { outcome: actual }: RuntimeStep): Found | undefined {
    const { outcome } = receipt
    const same =
      outcome.type === 'ok'
        ? actual.kind === 'ok'
        : outcome.type === 'error'
          ? actual.kind === 'error' && actual.error === outcome.error
          : outcome.type === 'invalid'
            ? actual.kind === 'invalid' && actual.reason === outcome.reason
            : actual.kind === 'panic' && actual.text.includes(outcome.message)
    return same ? undefined : this.differs('outcome', 'outcome', outcome, actual)
  }

  private compareEvents(from: number, to: number, phase: Bytes, step: RuntimeStep): Found | undefined {
    const expected = this.events.encode(this.reference.w.events, from, to, phase)
    return expected === this.chain.eventBytes(step).latin1Slice() ? undefined : this.eventDifference(from, to, step)
  }

  private eventDifference(from: number, to: number, step: RuntimeStep): Found {
    const expected = this.reference.w.events
      .slice(from, to)
      .map(({ type, value }) => ({ event: `${type.pallet}.${type.name}`, value: toPlain(type.shapeAt(this.reference.w.version), value) }))
    const actual = this.chain
      .events(step)
      .map(({ pallet, name, value }) => ({ event: `${pallet}.${name}`, value: toPlain(this.events.shapeOf(pallet, name), value) }))
    const at = expected.findIndex((e, i) => !sameEvent(e, actual[i]))
    const place = at < 0 ? Math.min(expected.length, actual.length) : at
    return this.differs('events', `event ${place} ${(expected[place] ?? actual[place])?.event ?? 'phase or bytes'}`, expected, actual)
  }

  private compareStorage(journal: number, step: RuntimeStep, where: 'extrinsic' | 'block'): Found | undefined {
    const { keys, predicted, chain, reference } = this
    const { w } = reference
    predicted.clear()
    for (let i = journal; i < w.journalItems.length; i++) {
      const item = w.journalItems[i]!
      const key = keys.keyOf(item, w.journalKeys[i])
      if (key === undefined)
        return this.differs('storage', `${item.pallet}.${item.name}`, 'an item of the spec', 'the runtime has no such item')
      if (predicted.has(key)) continue
      predicted.add(key)
      const found = this.compareEntry(item, w.journalKeys[i], key)
      if (found !== undefined) return found
    }
    let found: Found | undefined
    chain.store.touched(step.logMark, (key, before, after) => {
      if (found !== undefined || predicted.has(key) || sameStored(before, after) || keys.isIgnored(key, where)) return
      found = this.differs(
        'storage',
        `${keys.describe(key)} (not predicted)`,
        keys.decode(key, bytesOf(before)),
        keys.decode(key, bytesOf(after)),
      )
    })
    return found
  }

  private compareEntry(item: Item, key: Key, bytes: Bytes): Found | undefined {
    const value = this.reference.w.stored(item, key)
    const expected = this.keys.bytesOf(item, value)
    const actual = this.chain.store.get(bytes)
    return expected === actual
      ? undefined
      : this.differs('storage', `${item.pallet}.${item.name}`, this.plainOf(item, value), this.keys.decode(bytes, actual))
  }

  private plainOf(item: Item, value: unknown): Plain {
    return value === undefined ? null : toPlain(item.valueAt(this.reference.w.version), value)
  }

  /** Compares everything: every entry of every declared item, and that the runtime has no other entries of them. */
  compareAll(): Found | undefined {
    const { w } = this.reference
    for (const item of items) {
      const prefix = this.keys.prefixOf(item)
      if (prefix === undefined) continue
      let count = 0
      for (const [key] of w.entries(item)) {
        const bytes = this.keys.keyOf(item, key)!
        const found = this.compareEntry(item, key, bytes)
        if (found !== undefined) return found
        count++
      }
      const stored = this.chain.store.keysUnder(prefix).length
      if (stored !== count) return this.differs('storage', `${item.pallet}.${item.name} (number of entries)`, count, stored)
    }
    return undefined
  }

  private differs(kind: Difference['kind'], field: string, expected: Plain, actual: Plain): Found {
    const rules = this.reference.interpreter.trace.map((b) => b.meta.rule)
    return { kind, field, rule: decidingRule(rules), rules, expected, actual }
  }
}

const sameStored = (a: Stored | undefined, b: Stored | undefined): boolean => a === b || bytesOf(a) === bytesOf(b)

const sameEvent = (a: Plain, b: Plain | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)
