import type { EventType } from './event.js'
import { items, type Item, type Key } from './item.js'
import { pick, type SpecVersion } from './version.js'

/** An event as the chain deposits it. `value` follows the event's shape. */
export interface EventRecord<V = unknown> {
  readonly type: EventType<V>
  readonly value: V
}

/** Where the journal and the events stood; `rollback` returns there. */
export interface Mark {
  readonly journal: number
  readonly events: number
}

/**
 * The chain's storage, decoded, with an undo journal.
 *
 * Values are immutable: a write replaces. A key that holds an empty vector is present, unlike an absent one.
 * Every write is journalled with the value before it, same-value writes too, so that a step's touched keys can be
 * compared and any suffix of the journal undone.
 */
export class World {
  readonly version: SpecVersion
  private readonly tables: Map<Key, unknown>[] = items.map(() => new Map<Key, unknown>())
  readonly journalItems: Item[] = []
  readonly journalKeys: Key[] = []
  readonly journalBefore: unknown[] = []
  readonly events: EventRecord[] = []

  constructor(version: SpecVersion) {
    this.version = version
  }

  private table(item: Item): Map<Key, unknown> {
    let table = this.tables[item.index]
    if (table === undefined) this.tables[item.index] = table = new Map<Key, unknown>()
    return table
  }

  get<V, R>(item: Item<undefined, V, R>): V | R
  get<K extends Key, V, R>(item: Item<K, V, R>, key: K): V | R
  get(item: Item, key?: Key): unknown {
    const value = this.table(item).get(key)
    if (value !== undefined) return value
    return item.orElseHistory === undefined ? item.orElse : pick(this.version, item.orElseHistory)
  }

  has<K extends Key, V, R>(item: Item<K, V, R>, key: K): boolean {
    return this.table(item).has(key)
  }

  /** Writes a map's entry. */
  put<K extends Key, V, R>(item: Item<K, V, R>, key: K, value: V): void {
    this.write(item, key, value)
  }

  /** Writes a storage value. */
  set<V, R>(item: Item<undefined, V, R>, value: V): void {
    this.write(item, undefined, value)
  }

  /** Removes a key; removing an absent one changes nothing. */
  remove<K extends Key, V, R>(item: Item<K, V, R>, key: K): void {
    this.write(item, key, undefined)
  }

  /** Writes or removes (`undefined`) by item; for loaders and generic code. */
  write(item: Item, key: Key, value: unknown): void {
    const table = this.table(item)
    this.journalItems.push(item)
    this.journalKeys.push(key)
    this.journalBefore.push(table.get(key))
    if (value === undefined) table.delete(key)
    else table.set(key, value)
  }

  /** The value that is stored, `undefined` when absent, whatever reading it gives. */
  stored(item: Item, key: Key): unknown {
    return this.table(item).get(key)
  }

  entries<K extends Key, V, R>(item: Item<K, V, R>): IterableIterator<[K, V]> {
    return this.table(item).entries() as IterableIterator<[K, V]>
  }

  count<K extends Key, V, R>(item: Item<K, V, R>): number {
    return this.table(item).size
  }

  emit<V>(type: EventType<V>, value: V): void {
    this.events.push({ type, value })
  }

  mark(): Mark {
    return { journal: this.journalItems.length, events: this.events.length }
  }

  /** Nothing is stored, nothing happened. */
  clear(): void {
    for (const table of this.tables) table?.clear()
    this.forgetJournal()
  }

  /** What was written so far can no longer be undone. */
  forgetJournal(): void {
    this.journalItems.length = this.journalKeys.length = this.journalBefore.length = this.events.length = 0
  }

  /** Undoes all writes and events since the mark. Maps may then iterate in another order than before. */
  rollback(mark: Mark): void {
    for (let i = this.journalItems.length - 1; i >= mark.journal; i--) {
      const table = this.table(this.journalItems[i]!)
      const before = this.journalBefore[i]
      if (before === undefined) table.delete(this.journalKeys[i])
      else table.set(this.journalKeys[i], before)
    }
    this.journalItems.length = this.journalKeys.length = this.journalBefore.length = mark.journal
    this.events.length = mark.events
  }
}
