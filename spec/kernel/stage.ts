import { Defect } from './defect.js'
import type { EventType } from './event.js'
import type { AccountId } from './shape.js'
import type { Edition } from './version.js'
import type { World } from './world.js'

/** Who calls. `council` is a collective of at least three fifths, `minority` a smaller one; `none` is an unsigned call or a hook. */
export type Origin = { readonly type: 'signed'; readonly who: AccountId } | { readonly type: 'root' | 'council' | 'minority' | 'none' }

/**
 * One stage: an event that an entity decides about. Guards, facts, effects and routes all see the world through it.
 * `K` is the entity's key, `A` the event's arguments.
 */
export class Stage<A = unknown, K = unknown> {
  readonly w: World
  readonly edition: Edition
  readonly origin: Origin
  readonly key: K
  readonly args: A
  /** Length of the journal when the stage began: facts must be known before it grows. */
  private readonly opened: number
  /** Facts known so far, each its index and its value: few, so a search in order beats an array by index, long and empty. */
  private facts: unknown[] | undefined

  constructor(w: World, edition: Edition, origin: Origin, key: K, args: A) {
    this.w = w
    this.edition = edition
    this.origin = origin
    this.key = key
    this.args = args
    this.opened = w.journalItems.length
  }

  /** The signed caller. @throws Defect SPEC-ORIGIN when the call's origin is not signed */
  get caller(): AccountId {
    if (this.origin.type !== 'signed') throw new Defect('SPEC-ORIGIN', `a ${this.origin.type} origin has no caller`)
    return this.origin.who
  }

  /** True when the edition has this quirk on. */
  quirk(id: string): boolean {
    return this.edition.quirks.has(id)
  }

  emit<V>(type: EventType<V>, value: V): void {
    this.w.emit(type, value)
  }

  /** True once the stage has written. */
  get hasWritten(): boolean {
    return this.w.journalItems.length !== this.opened
  }

  /** The value of a fact, `undefined` when it was not computed yet. */
  recall(index: number): unknown {
    const { facts } = this
    if (facts === undefined) return undefined
    for (let i = 0; i < facts.length; i += 2) if (facts[i] === index) return facts[i + 1]
    return undefined
  }

  /** Keeps what a fact turned out to be. */
  remember(index: number, value: unknown): void {
    if (this.facts === undefined) this.facts = [index, value]
    else this.facts.push(index, value)
  }
}

let facts = 0
/** Every fact's name, for pictures and reports. */
export const factNames: string[] = []

/**
 * A value computed once per stage, before the stage writes. Guards that come first compute it for the effects after them.
 * The value must not be `undefined`: use null for nothing.
 */
export function fact<A, K, T extends NonNullable<unknown> | null>(name: string, compute: (s: Stage<A, K>) => T): (s: Stage<A, K>) => T {
  const index = facts++
  factNames[index] = name
  return (s) => {
    const known = s.recall(index)
    if (known !== undefined) return known as T
    if (s.hasWritten)
      throw new Defect('SPEC-LATE-FACT', `fact ${name} is asked for after its stage began to write; name it in the branch's \`knows\``)
    const value = compute(s)
    s.remember(index, value)
    return value
  }
}
