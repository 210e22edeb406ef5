import { KeyIndex } from '../../conformance/targets/runtime/key-index.js'
import type { Bytes } from '../../spec/kernel/shape.js'

/** What a key held over time: from `at[i]` on it held `values[i]` (undefined: absent). */
interface Life {
  readonly at: number[]
  readonly values: (Bytes | undefined)[]
}

/**
 * The storage as it was after every block. Blocks are counted by position (0 is the base), since their numbers may have
 * gaps. Costs what the blocks wrote; a question costs a binary search.
 */
export class History {
  private readonly lives = new Map<Bytes, Life>()
  private readonly index = new KeyIndex()
  /** Keys written by the block at each position. */
  private readonly written: Set<Bytes>[] = []

  /** Notes that from this position on, which is the last one or a new one, the key holds the value. */
  record(position: number, key: Bytes, value: Bytes | undefined): void {
    let life = this.lives.get(key)
    if (life === undefined) {
      this.lives.set(key, (life = { at: [], values: [] }))
      this.index.add(key)
    }
    if (life.at.at(-1) !== position) life.at.push(position)
    life.values[life.at.length - 1] = value
    ;(this.written[position] ??= new Set()).add(key)
  }

  get(position: number, key: Bytes): Bytes | undefined {
    const life = this.lives.get(key)
    return life === undefined ? undefined : valueAt(life, position)
  }

  /** Keys under a prefix that existed then, in byte order. */
  keysUnder(position: number, prefix: Bytes): readonly Bytes[] {
    return this.index.under(prefix).filter((key) => this.get(position, key) !== undefined)
  }

  /** What the block wrote. */
  writtenAt(position: number): ReadonlySet<Bytes> {
    return this.written[position] ?? new Set()
  }

  /** Everything written after the position. */
  writtenSince(position: number): ReadonlySet<Bytes> {
    const keys = new Set<Bytes>()
    for (let i = position + 1; i < this.written.length; i++) for (const key of this.writtenAt(i)) keys.add(key)
    return keys
  }

  /** Forgets what came after a position. */
  truncate(position: number): void {
    for (const key of this.writtenSince(position)) {
      const life = this.lives.get(key)!
      while (life.at.length > 0 && life.at.at(-1)! > position) {
        life.at.pop()
        life.values.pop()
      }
      if (life.at.length > 0) continue
      this.lives.delete(key)
      this.index.remove(key)
    }
    this.written.length = Math.min(this.written.length, position + 1)
  }
}

function valueAt({ at, values }: Life, position: number): Bytes | undefined {
  if (at.at(-1)! <= position) return values.at(-1)
  let low = 0
  let high = at.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at[middle]! <= position) low = middle + 1
    else high = middle
  }
  return low === 0 ? undefined : values[low - 1]
}
