import type { Bytes } from '../../../spec/kernel/shape.js'

const slots = 1 << 17
const mostEntries = 60_000
const arenaSize = 1 << 23

/**
 * Turns bytes in linear memory into strings without making a new one each time: a hash table over the bytes leads to the
 * one string (whose own hash V8 has computed long ago) and to digests that somebody remembered beside it.
 */
export class Intern {
  private readonly slot = new Int32Array(slots).fill(-1)
  private readonly offset = new Int32Array(mostEntries)
  private readonly length = new Int32Array(mostEntries)
  private readonly arena = Buffer.alloc(arenaSize)
  private readonly words = new DataView(this.arena.buffer, this.arena.byteOffset, arenaSize)
  private used = 0
  private count = 0
  /** The strings by number. */
  readonly strings: Bytes[] = []
  /** BLAKE2b-128 and xxHash64 digests by number, where they were asked for. */
  readonly blake2: (Bytes | undefined)[] = []
  readonly twox64: (Bytes | undefined)[] = []

  /** The number of the byte string at `start`. Numbers are valid until the next call: a full table starts anew. */
  find(memory: Buffer, view: DataView, start: number, length: number): number {
    const { slot, words } = this
    let at = hash(view, start, length) & (slots - 1)
    for (;;) {
      const found = slot[at]!
      if (found < 0) break
      if (this.length[found] === length && same(words, this.offset[found]!, view, start, length)) return found
      at = (at + 1) & (slots - 1)
    }
    if (this.count === mostEntries || this.used + length > arenaSize) {
      this.clear()
      if (length > arenaSize) throw new Error(`a key of ${length} bytes`)
      return this.find(memory, view, start, length)
    }
    const added = this.count++
    slot[at] = added
    this.offset[added] = this.used
    this.length[added] = length
    memory.copy(this.arena, this.used, start, start + length)
    this.used += length
    this.strings[added] = memory.latin1Slice(start, start + length)
    this.blake2[added] = this.twox64[added] = undefined
    return added
  }

  private clear(): void {
    this.slot.fill(-1)
    this.used = this.count = 0
    // The same arrays: a caller may hold one while it asks for a number.
    this.strings.length = this.blake2.length = this.twox64.length = 0
  }
}

/** Looks at both ends and the middle, where storage keys differ. */
function hash(view: DataView, start: number, length: number): number {
  const end = start + length
  let h = Math.imul(length, 0x9e3779b1)
  if (length < 4) {
    for (let i = start; i < end; i++) h = Math.imul(h ^ view.getUint8(i), 0x01000193)
  } else {
    h = mix(h ^ view.getInt32(start, true), 0x85ebca6b)
    h = mix(h ^ view.getInt32(end - 4, true), 0xc2b2ae35)
    if (length >= 24) {
      h = mix(h ^ view.getInt32(start + 16, true), 0x27d4eb2f)
      h = mix(h ^ view.getInt32(end - 12, true), 0x85ebca6b)
      if (length > 64) h = mix(h ^ view.getInt32(end - 24, true), 0x9e3779b1)
    }
  }
  return h ^ (h >>> 16)
}

function mix(h: number, factor: number): number {
  const product = Math.imul(h, factor)
  return product ^ (product >>> 15)
}

function same(a: DataView, atA: number, b: DataView, atB: number, length: number): boolean {
  let i = 0
  for (; i + 4 <= length; i += 4) if (a.getInt32(atA + i, true) !== b.getInt32(atB + i, true)) return false
  for (; i < length; i++) if (a.getUint8(atA + i) !== b.getUint8(atB + i)) return false
  return true
}
