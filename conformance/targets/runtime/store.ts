import type { Bytes } from '../../../spec/kernel/shape.js'
import { Appended } from './appended.js'
import { KeyIndex } from './key-index.js'

export type Stored = Bytes | Appended

/** The SCALE bytes of what is stored. */
export const bytesOf = <T extends Stored | undefined>(stored: T): Bytes | Extract<T, undefined> =>
  (stored instanceof Appended ? stored.encoded() : stored) as Bytes | Extract<T, undefined>

/** What is told of a key that was written: what it held before and what it holds now. */
export type Touch = (key: Bytes, before: Stored | undefined, after: Stored | undefined) => void

/**
 * The chain's storage: a map with an undo log. Transactions, refused extrinsics, traps and resets to a genesis are all
 * "back to this length of the log".
 */
export class Store {
  private readonly map = new Map<Bytes, Stored>()
  private readonly index = new KeyIndex()
  private readonly keys: Bytes[] = []
  private readonly before: (Stored | undefined)[] = []
  private readonly transactions: number[] = []

  get size(): number {
    return this.map.size
  }
  has(key: Bytes): boolean {
    return this.map.has(key)
  }
  /** The value as it is kept; `get` gives its bytes. */
  stored(key: Bytes): Stored | undefined {
    return this.map.get(key)
  }
  get(key: Bytes): Bytes | undefined {
    return bytesOf(this.map.get(key))
  }
  entries(): IterableIterator<[Bytes, Stored]> {
    return this.map.entries()
  }
  /** The keys under a prefix in byte order. */
  keysUnder(prefix: Bytes): readonly Bytes[] {
    return this.index.under(prefix)
  }
  nextKey(key: Bytes): Bytes | undefined {
    return this.index.next(key)
  }

  set(key: Bytes, value: Stored): void {
    const before = this.map.get(key)
    this.keys.push(key)
    this.before.push(before)
    this.map.set(key, value)
    if (before === undefined) this.index.add(key)
  }

  delete(key: Bytes): void {
    const before = this.map.get(key)
    if (before === undefined) return
    this.keys.push(key)
    this.before.push(before)
    this.map.delete(key)
    this.index.remove(key)
  }

  /** Appends an encoded element to a vector without decoding it; an absent key becomes a vector of one. */
  append(key: Bytes, element: Uint8Array): void {
    const before = this.map.get(key)
    this.set(key, (before instanceof Appended ? before : Appended.from(before)).push(element))
  }

  /**
   * Deletes keys under a prefix in byte order, at most `limit`.
   * @returns how many, and whether some are left
   */
  clearPrefix(prefix: Bytes, limit = Infinity): { readonly deleted: number; readonly more: boolean } {
    const found = this.index.under(prefix)
    const gone = found.slice(0, limit)
    for (const key of gone) this.delete(key)
    return { deleted: gone.length, more: found.length > gone.length }
  }

  /** The length of the log: a place to return to. */
  mark(): number {
    return this.keys.length
  }

  /** Undoes every write since the mark. */
  revert(mark: number): void {
    const { keys, before, map, index } = this
    for (let i = keys.length - 1; i >= mark; i--) {
      const key = keys[i]!
      const old = before[i]
      if (old === undefined) {
        map.delete(key)
        index.remove(key)
        continue
      }
      if (old instanceof Appended) old.reclaim()
      if (!map.has(key)) index.add(key)
      map.set(key, old)
    }
    keys.length = before.length = mark
  }

  begin(): void {
    this.transactions.push(this.mark())
  }
  commit(): void {
    if (this.transactions.pop() === undefined) throw new Error('the runtime committed a transaction that it had not begun')
  }
  rollback(): void {
    const mark = this.transactions.pop()
    if (mark === undefined) throw new Error('the runtime rolled back a transaction that it had not begun')
    this.revert(mark)
  }
  /** How many transactions are open. */
  get depth(): number {
    return this.transactions.length
  }
  /** Forgets transactions that a trap left open; `revert` has undone or will undo their writes. */
  closeTransactions(depth: number): void {
    this.transactions.length = depth
  }

  /** Visits every key written since the mark once, in the order of first writes, also where nothing changed in the end. */
  touched(mark: number, visit: Touch): void {
    const { keys, before, map } = this
    const seen = new Set<Bytes>()
    for (let i = mark; i < keys.length; i++) {
      const key = keys[i]!
      if (seen.has(key)) continue
      seen.add(key)
      visit(key, before[i], map.get(key))
    }
  }
}
