import type { Bytes } from '../../../spec/kernel/shape.js'
import { makeShim, resetHeap, type Shim } from './shim.js'

const page = 65536
/** Grow by 4 MiB at least: growing detaches every view. */
const growBy = 64
/** Below this length a loop beats the call into native code. */
const shortString = 24

// A span is packed as `length << 32 | pointer`: two words of one bigint, unpacked without arithmetic on bigints.
const packed = new BigInt64Array(1)
const words = new Uint32Array(packed.buffer)

/** The runtime's linear memory, as host functions see it. */
export class Guest {
  readonly memory: WebAssembly.Memory
  readonly heapBase: number
  readonly shim: Shim
  bytes!: Buffer
  view!: DataView
  private heap!: Int32Array
  /** What `span` unpacked last. */
  pointer = 0
  length = 0

  /** @param heapBase the module's own, bytes  @param twox128 the hash behind the shim's cache */
  constructor(memory: WebAssembly.Memory, heapBase: number, rodata: readonly [number, number], twox128: (span: bigint) => number) {
    this.memory = memory
    this.heapBase = Math.ceil(heapBase / 16) * 16
    this.refresh()
    this.shim = makeShim({ memory, heapBase: this.heapBase, rodata, twox128, grow: (bytes) => this.grow(bytes) })
  }

  private refresh(): void {
    this.bytes = Buffer.from(this.memory.buffer)
    this.view = new DataView(this.memory.buffer)
    this.heap = new Int32Array(this.memory.buffer, this.heapBase, 32)
  }

  private grow(bytes: number): void {
    this.memory.grow(Math.max(Math.ceil((bytes - this.bytes.length) / page), growBy))
    this.refresh()
  }

  /** Forgets every allocation. */
  reset(): void {
    resetHeap(this.heap, this.heapBase)
  }

  /** Unpacks a span into `pointer` and `length`. */
  span(span: bigint): void {
    packed[0] = span
    this.pointer = words[0]!
    this.length = words[1]!
  }
  /** The bytes of a span: a view, valid until the memory is written or grows. */
  slice(span: bigint): Buffer {
    this.span(span)
    return this.bytes.subarray(this.pointer, this.pointer + this.length)
  }
  string(span: bigint): Bytes {
    this.span(span)
    return this.bytes.latin1Slice(this.pointer, this.pointer + this.length)
  }

  write(at: number, value: Bytes): void {
    const { length } = value
    if (length < shortString) for (let i = 0; i < length; i++) this.bytes[at + i] = value.charCodeAt(i)
    else this.bytes.latin1Write(value, at, length)
  }
  /** Allocates and writes; the pointer. */
  put(value: Bytes): number {
    const at = this.shim.malloc(value.length || 1)
    this.write(at, value)
    return at
  }
  /** Allocates and writes; the span. */
  give(value: Bytes): bigint {
    words[0] = this.put(value)
    words[1] = value.length
    return packed[0]!
  }
  /** `Option<Vec<u8>>` in SCALE. */
  giveOption(value: Bytes | undefined): bigint {
    if (value === undefined) return this.give('\0')
    const { length } = value
    const prefix = length < 0x40 ? 2 : length < 0x4000 ? 3 : 5
    const at = this.shim.malloc(prefix + length)
    const { view } = this
    view.setUint8(at, 1)
    if (prefix === 2) view.setUint8(at + 1, length << 2)
    else if (prefix === 3) view.setUint16(at + 1, (length << 2) | 1, true)
    else view.setUint32(at + 1, length * 4 + 2, true)
    this.write(at + prefix, value)
    words[0] = at
    words[1] = prefix + length
    return packed[0]!
  }
}
