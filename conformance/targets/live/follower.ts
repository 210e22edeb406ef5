import { callTypes } from '../../../spec/kernel/call.js'
import { Defect } from '../../../spec/kernel/defect.js'
import { items, keyArguments, type Item, type Key } from '../../../spec/kernel/item.js'
import type { Machine } from '../../../spec/kernel/machine.js'
import type { Bytes } from '../../../spec/kernel/shape.js'
import type { Edition } from '../../../spec/kernel/version.js'
import { toPlain, type Plain } from '../../../src/codec/plain.js'
import { decode, encodeToString } from '../../../src/codec/compile.js'
import type { PlainEvent } from '../../../src/fixtures/format.js'
import { applySigned } from '../../../src/reference/extrinsic.js'
import { Reference } from '../../../src/reference/reference.js'
import { decidingRule, type Difference } from '../../compare/difference.js'
import { entryName, isIgnored, plainKey } from '../../fixtures/observe.js'
import { readBlock, type LiveBlock, type LiveExtrinsic } from './block.js'
import type { LiveConnection } from './connection.js'
import { nameOf, readState, valuesAt } from './state.js'

/** Where chain and reference parted; `extrinsic` is its position in the block, undefined for the block's own hooks. */
export type LiveDifference = Omit<Difference, 'step'> & { readonly extrinsic: number | undefined }

/** What became of a block. */
export interface Followed {
  readonly block: LiveBlock
  readonly difference: LiveDifference | undefined
  /** Positions of the extrinsics that were followed; after one that the spec does not know, nothing in the block is. */
  readonly followed: readonly number[]
  /** Rules that decided in the followed extrinsics. */
  readonly rules: readonly (readonly string[])[]
  /** The call that the spec does not know, by name. */
  readonly unknown: string | undefined
}

/**
 * The reference beside a chain that others use too: it begins with the chain's state and carries out block after block whatever
 * stands in them, whoever sent it. So ids, balances and times are the chain's own, and nothing is assumed of it.
 */
export class Follower {
  readonly reference: Reference
  readonly connection: LiveConnection
  /** The block whose state the reference has. */
  number = 0
  hash = ''
  /** How often the state was read anew. */
  readings = 0
  unreadable: readonly string[] = []
  private readonly version: number
  private readonly keys = new Map<string, Bytes>()

  /** @param spec the machines; others than the spec's own carry a planted fault */
  constructor(connection: LiveConnection, edition: Edition, spec?: readonly Machine[]) {
    this.connection = connection
    this.version = edition.version
    this.reference = new Reference(edition, [], spec)
  }

  /** Takes the chain's state after a block. */
  async take(hash: string, number: number): Promise<void> {
    const { entries, unreadable } = await readState(this.connection, hash, this.version)
    this.reference.load(entries)
    this.unreadable = unreadable
    this.readings++
    this.hash = hash
    this.number = number
  }

  /** Carries out the next block and compares. Afterwards the reference has its state, whatever happened. */
  async follow(hash: string): Promise<Followed> {
    const block = await readBlock(this.connection, hash)
    const journal = this.reference.w.journalItems.length
    const followed: number[] = []
    const rules: (readonly string[])[] = []
    let difference: LiveDifference | undefined
    let unknown: string | undefined
    try {
      difference = this.carryOut(block, followed, rules)
    } catch (error) {
      if (error instanceof UnknownExtrinsic) unknown = error.message
      else if (error instanceof Defect) difference = this.differs('defect', error.code, undefined, 'no defect of the spec', error.message)
      else throw error
    }
    if (difference === undefined && unknown === undefined) difference = await this.compareStorage(block, journal)
    this.hash = block.hash
    this.number = block.number
    if (difference !== undefined || unknown !== undefined) await this.take(block.hash, block.number)
    return { block, difference, followed, rules, unknown }
  }

  private carryOut(block: LiveBlock, followed: number[], rules: (readonly string[])[]): LiveDifference | undefined {
    const { w } = this.reference
    let from = w.events.length
    const compare = (actual: readonly PlainEvent[], extrinsic: number | undefined): LiveDifference | undefined => {
      const found = this.compareEvents(from, actual, extrinsic)
      from = w.events.length
      return found
    }
    this.hook('@initialize', { number: block.number })
    const init = compare(block.events.initialization, undefined)
    if (init !== undefined) return init
    for (const [i, extrinsic] of block.extrinsics.entries()) {
      if (isTimestamp(extrinsic)) this.hook('@timestamp', { millis: block.timeMs })
      else {
        const outcome = this.apply(extrinsic)
        rules[i] = this.reference.interpreter.trace.map(({ meta }) => meta.rule)
        if (outcome.type === 'invalid' || outcome.type === 'panic') return this.differs('outcome', 'outcome', i, outcome, 'was in a block')
        followed.push(i)
      }
      const found = compare(block.events.extrinsic[i]!, i)
      if (found !== undefined) return found
    }
    this.hook('@finalize', {})
    return compare(block.events.finalization, undefined)
  }

  private apply({ signed, call, length }: LiveExtrinsic) {
    const type = call === undefined ? undefined : callTypes.get(`${call.type}.${call.value.type}`)
    if (call === undefined || type === undefined || signed === undefined)
      throw new UnknownExtrinsic(call === undefined ? 'an extrinsic of another form' : `${call.type}.${call.value.type}`)
    const { interpreter, w } = this.reference
    return applySigned(interpreter, w, { type, args: call.value.value }, signed.who, { tip: signed.tip, nonce: signed.nonce, length })
      .outcome
  }

  /** Opens the block after this one as far as can be foretold, for looking ahead. */
  foretell(millis: bigint): void {
    this.hook('@initialize', { number: this.number + 1 })
    this.hook('@timestamp', { millis })
  }

  private hook(event: string, args: unknown): void {
    const { interpreter, w } = this.reference
    interpreter.trace.length = 0
    interpreter.deliver(w, { type: 'none' }, 'block', undefined, event, args)
  }

  private compareEvents(from: number, actual: readonly PlainEvent[], extrinsic: number | undefined): LiveDifference | undefined {
    const { w } = this.reference
    const expected = w.events
      .slice(from)
      .map(({ type, value }): PlainEvent => ({ event: `${type.pallet}.${type.name}`, value: toPlain(type.shapeAt(w.version), value) }))
    const at = Math.max(expected.length, actual.length)
    for (let i = 0; i < at; i++) {
      if (JSON.stringify(expected[i]) === JSON.stringify(actual[i])) continue
      return this.differs('events', `event ${i} ${(expected[i] ?? actual[i])!.event}`, extrinsic, [...expected], [...actual])
    }
    return undefined
  }

  /** Every entry that the reference touched in the block, as the chain has it after the block. */
  private async compareStorage({ hash }: LiveBlock, journal: number): Promise<LiveDifference | undefined> {
    const { w } = this.reference
    const touched = new Map<Bytes, { readonly item: Item; readonly key: Key }>()
    for (let i = journal; i < w.journalItems.length; i++) {
      const item = w.journalItems[i]!
      if (isIgnored(nameOf(item), 'block') || this.unreadable.includes(nameOf(item))) continue
      const key = this.keyOf(item, w.journalKeys[i])
      if (key !== undefined) touched.set(key, { item, key: w.journalKeys[i] })
    }
    const values = await valuesAt(this.connection, [...touched.keys()], hash)
    for (const [bytes, { item, key }] of touched) {
      const found = this.compareEntry(item, key, values.get(bytes))
      if (found !== undefined) return found
    }
    return undefined
  }

  private compareEntry(item: Item, key: Key, actual: Bytes | undefined): LiveDifference | undefined {
    const { w } = this.reference
    const shape = this.connection.metadata.item(item.pallet, item.name).value
    const value = w.stored(item, key)
    const expected = value === undefined ? undefined : encodeToString<unknown>(shape, value)
    if (expected === actual) return undefined
    const plain = (bytes: Bytes | undefined): Plain => (bytes === undefined ? null : toPlain<unknown>(shape, decode<unknown>(shape, bytes)))
    const place = entryName({ item: nameOf(item), key: plainKey(item.keys, keyArguments(item, key)) })
    return this.differs('storage', place, undefined, plain(expected), plain(actual))
  }

  /** Compares everything that the spec models with the chain: also what nobody predicted to change. */
  async compareAll(): Promise<LiveDifference | undefined> {
    const { w } = this.reference
    const { entries, unreadable } = await readState(this.connection, this.hash, this.version)
    const actual = new Reference(this.reference.interpreter.edition, entries).w
    const fresh = unreadable.find((name) => !this.unreadable.includes(name))
    if (fresh !== undefined) return this.differs('storage', fresh, undefined, 'the form that the spec gives it', 'another form')
    for (const item of items) {
      const shape = this.connection.metadata.findItem(item.pallet, item.name)?.value
      if (shape === undefined || isIgnored(nameOf(item), 'block') || this.unreadable.includes(nameOf(item))) continue
      for (const key of new Set([...w.entries(item), ...actual.entries(item)].map(([k]) => k))) {
        const value = actual.stored(item, key)
        const found = this.compareEntry(item, key, value === undefined ? undefined : encodeToString<unknown>(shape, value))
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  private keyOf(item: Item, key: Key): Bytes | undefined {
    const name = `${item.index} ${String(key)}`
    let bytes = this.keys.get(name)
    const found = this.connection.metadata.findItem(item.pallet, item.name)
    if (bytes === undefined && found !== undefined)
      this.keys.set(name, (bytes = this.connection.metadata.key(item.pallet, item.name, ...keyArguments(item, key))))
    return bytes
  }

  private differs(kind: Difference['kind'], field: string, extrinsic: number | undefined, expected: Plain, actual: Plain): LiveDifference {
    const rules = this.reference.interpreter.trace.map((b) => b.meta.rule)
    return { kind, field, extrinsic, rule: decidingRule(rules), rules, expected, actual }
  }
}

class UnknownExtrinsic extends Error {}

const isTimestamp = ({ signed, call }: LiveExtrinsic): boolean =>
  signed === undefined && call?.type === 'Timestamp' && call.value.type === 'set'
