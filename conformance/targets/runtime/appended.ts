import type { Bytes } from '../../../spec/kernel/shape.js'

/** The bytes of a vector that is being appended to, in a buffer that several views share. */
interface Backing {
  readonly bytes: Buffer
  used: number
}

/**
 * A stored vector that grows by `append`: its count and a view of the encoded elements. n appends cost O(n), an undo
 * just brings the older view back. Views are valid until the next step: whoever wants one longer copies its bytes.
 */
export class Appended {
  readonly count: number
  /** Length of the elements in bytes, without the vector's compact count before them. */
  readonly length: number
  private readonly backing: Backing

  private constructor(backing: Backing, length: number, count: number) {
    this.backing = backing
    this.length = length
    this.count = count
  }

  /** A vector from its SCALE encoding, or a new one. */
  static from(encoded: Bytes | undefined): Appended {
    const { count, offset } = encoded === undefined || encoded === '' ? { count: 0, offset: 0 } : readCompact(encoded)
    const length = encoded === undefined ? 0 : encoded.length - offset
    const bytes = Buffer.allocUnsafe(Math.max(1024, length * 2))
    if (encoded !== undefined) bytes.latin1Write(encoded.slice(offset), 0, length)
    return new Appended({ bytes, used: length }, length, count)
  }

  push(element: Uint8Array): Appended {
    const used = this.length + element.length
    let backing = this.backing
    // Another view has gone on from here, or the buffer is full.
    if (backing.used !== this.length || used > backing.bytes.length) {
      const bytes = Buffer.allocUnsafe(Math.max(used, backing.bytes.length) * 2)
      backing.bytes.copy(bytes, 0, 0, this.length)
      backing = { bytes, used: this.length }
    }
    backing.bytes.set(element, this.length)
    backing.used = used
    return new Appended(backing, used, this.count + 1)
  }

  /** This view is current again: what was appended after it may be overwritten. */
  reclaim(): void {
    this.backing.used = this.length
  }

  /** The encoded elements from a byte offset on. */
  elements(from = 0): Buffer {
    return this.backing.bytes.subarray(from, this.length)
  }

  /** The whole vector in SCALE. */
  encoded(): Bytes {
    return compactBytes(this.count) + this.backing.bytes.latin1Slice(0, this.length)
  }
}

function readCompact(encoded: Bytes): { readonly count: number; readonly offset: number } {
  const byte = (i: number): number => encoded.charCodeAt(i)
  switch (byte(0) & 3) {
    case 0:
      return { count: byte(0) >>> 2, offset: 1 }
    case 1:
      return { count: (byte(0) | (byte(1) << 8)) >>> 2, offset: 2 }
    case 2:
      return { count: (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 2, offset: 4 }
    default:
      throw new Error('a vector of 2^30 elements or more')
  }
}

function compactBytes(count: number): Bytes {
  if (count < 0x40) return String.fromCharCode(count << 2)
  if (count < 0x4000) return String.fromCharCode(((count << 2) | 1) & 0xff, count >>> 6)
  const tagged = count * 4 + 2
  return String.fromCharCode(tagged & 0xff, (tagged >>> 8) & 0xff, (tagged >>> 16) & 0xff, tagged >>> 24)
}
