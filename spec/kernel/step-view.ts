import type { EventType } from './event.js'
import { items, type Item, type Key } from './item.js'
import type { AccountId } from './shape.js'
import type { World } from './world.js'

/** What a step was: a signed call and how it ended. Absent for an advance. */
export interface Act {
  readonly who: AccountId
  readonly call: { readonly pallet: string; readonly name: string }
  readonly args: unknown
  /** `error` with the error's name, `invalid` and `panic` with their reason. */
  readonly outcome: {
    readonly type: 'ok' | 'error' | 'invalid' | 'panic'
    readonly error?: string
    readonly reason?: string
    readonly message?: string
  }
}

/** What an item's keys held before the step, by key; `undefined` for a key that was absent. */
export type Touched<K, V> = ReadonlyMap<K, V | undefined>

const nothing = new Map<never, never>()

/**
 * One step as an invariant sees it: the world after it, what each touched key held before it, and its events.
 * One view serves every step of a run; it is valid until the next one is opened.
 */
export class StepView {
  private world: World | undefined
  private readonly byItem: (Map<Key, unknown> | undefined)[] = items.map(() => undefined)
  private eventsFrom = -1
  /** Indices of the items that the step touched. */
  readonly used: number[] = []
  act: Act | undefined

  /** @param eventsFrom where the step's events begin; -1 when nobody knows */
  open(w: World, journalFrom: number, eventsFrom: number, act: Act | undefined): void {
    for (const index of this.used) this.byItem[index]!.clear()
    this.used.length = 0
    this.world = w
    this.eventsFrom = eventsFrom
    this.act = act
    const { journalItems, journalKeys, journalBefore } = w
    for (let i = journalFrom; i < journalItems.length; i++) {
      const { index } = journalItems[i]!
      const map = (this.byItem[index] ??= new Map())
      if (map.size === 0) this.used.push(index)
      const key = journalKeys[i]
      if (!map.has(key)) map.set(key, journalBefore[i])
    }
  }

  get w(): World {
    return this.world!
  }

  /** The keys of an item that the step wrote, with what they held before. */
  touched<K extends Key, V, R>(item: Item<K, V, R>): Touched<K, V> {
    return (this.byItem[item.index] ?? nothing) as unknown as Touched<K, V>
  }

  has(item: Pick<Item, 'index'>): boolean {
    return (this.byItem[item.index]?.size ?? 0) > 0
  }

  /** What reading the key gave before the step. */
  before<V, R>(item: Item<undefined, V, R>): V | R
  before<K extends Key, V, R>(item: Item<K, V, R>, key: K): V | R
  before(item: Item, key?: Key): unknown {
    const map = this.byItem[item.index]
    if (map?.has(key) !== true) return this.w.get(item as never, key as never)
    const value = map.get(key)
    return value === undefined ? item.orElse : value
  }

  /** False when the step's events are not known: then nothing can be said about them. */
  get hasEvents(): boolean {
    return this.eventsFrom >= 0
  }

  /** The values of the step's events of one type, in order. */
  events<V>(type: EventType<V>): readonly V[] {
    let found: V[] | undefined
    if (this.eventsFrom < 0) return none
    const { events } = this.w
    for (let i = this.eventsFrom; i < events.length; i++)
      if (events[i]!.type === (type as EventType)) (found ??= []).push(events[i]!.value as V)
    return found ?? none
  }

  /** True when the step deposited an event of the pallet's name. */
  told(pallet: string, name: string): boolean {
    const { events } = this.w
    for (let i = Math.max(0, this.eventsFrom); i < events.length; i++) {
      const { type } = events[i]!
      if (type.name === name && type.pallet === pallet) return true
    }
    return false
  }
}
const none: readonly never[] = []
