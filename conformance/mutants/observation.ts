import type { Item, Key } from '../../spec/kernel/item.js'
import type { EventRecord, Mark, World } from '../../spec/kernel/world.js'
import type { Step } from '../../model/step.js'
import type { Write } from './vandal.js'
import { notCompared } from '../compare/not-compared.js'
import type { Outcome } from '../../src/reference/extrinsic.js'
import type { Reference } from '../../src/reference/reference.js'
import { genesisNamed, type GenesisName } from '../../spec/versions/genesis.js'
import { equal } from './equal.js'

const loaded = new WeakMap<Reference, GenesisName>()

/** Takes a reference that was made with the default genesis to the first open block of a named one. */
export function begin(reference: Reference, name: GenesisName): void {
  if ((loaded.get(reference) ?? 'default') === name) reference.reset()
  else reference.load(genesisNamed(name, reference.w.version))
  loaded.set(reference, name)
  reference.open(1, 6)
}

/** A step, or a write past all rules. */
export type Move = Step | Write

/** What a step brought about: outcome, events in order, and what every touched key holds afterwards. */
export interface Observation {
  readonly outcome: Outcome | null
  readonly events: readonly EventRecord[]
  readonly storage: ReadonlyMap<Item, ReadonlyMap<Key, unknown>>
}

/** Where a mutant parted from what was recorded. */
export interface Parting {
  readonly field: string
}

const ignored = new Map(notCompared.map(({ what, where }) => [what, where]))
const isIgnored = ({ pallet, name }: Item, step: Move): boolean => {
  const where = ignored.get(`${pallet}.${name}`)
  return where === 'both' || where === (step.type === 'call' ? 'extrinsic' : 'block')
}

/** Carries a step out and keeps what it brought about. Values are immutable, so references to them are enough. */
export function observe(reference: Reference, step: Move): Observation {
  const mark = reference.w.mark()
  const outcome = carryOut(reference, step)
  return { outcome, events: reference.w.events.slice(mark.events), storage: touched(reference.w, mark, step) }
}

export function carryOut(reference: Reference, step: Move): Outcome | null {
  if (step.type === 'write') {
    reference.interpreter.trace.length = 0
    reference.w.write(step.item, step.key, step.value)
    return null
  }
  if (step.type === 'call') return reference.call(step.call, step.args, step.who).outcome
  reference.advance(step.blocks, step.seconds)
  return null
}

function touched(w: World, { journal }: Mark, step: Move): ReadonlyMap<Item, ReadonlyMap<Key, unknown>> {
  const all = new Map<Item, Map<Key, unknown>>()
  for (let i = journal; i < w.journalItems.length; i++) {
    const item = w.journalItems[i]!
    if (isIgnored(item, step)) continue
    let keys = all.get(item)
    if (keys === undefined) all.set(item, (keys = new Map<Key, unknown>()))
    const key = w.journalKeys[i]
    if (!keys.has(key)) keys.set(key, w.stored(item, key))
  }
  return all
}

/** Carries the step out on a mutant and tells where it parts from what was recorded: over the keys that either side touched. */
export function parting(mutant: Reference, step: Move, recorded: Observation): Parting | undefined {
  const { w } = mutant
  const mark = w.mark()
  const outcome = carryOut(mutant, step)
  if (!equal(outcome, recorded.outcome)) return { field: 'outcome' }
  if (w.events.length - mark.events !== recorded.events.length) return { field: 'events' }
  for (const [i, { type, value }] of recorded.events.entries()) {
    const actual = w.events[mark.events + i]!
    if (actual.type !== type || !equal(actual.value, value)) return { field: `event ${type.pallet}.${type.name}` }
  }
  for (const [item, keys] of recorded.storage)
    for (const [key, value] of keys) if (!equal(w.stored(item, key), value)) return { field: `${item.pallet}.${item.name}` }
  for (let i = mark.journal; i < w.journalItems.length; i++) {
    const item = w.journalItems[i]!
    const key = w.journalKeys[i]
    // What only the mutant touched must hold what it held before.
    if (recorded.storage.get(item)?.has(key) === true || isIgnored(item, step)) continue
    if (!equal(w.stored(item, key), heldBefore(w, mark.journal, item, key))) return { field: `${item.pallet}.${item.name}` }
  }
  return undefined
}

function heldBefore(w: World, from: number, item: Item, key: Key): unknown {
  for (let i = from; i < w.journalItems.length; i++) if (w.journalItems[i] === item && w.journalKeys[i] === key) return w.journalBefore[i]
  return undefined
}
