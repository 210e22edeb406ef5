import type { Bytes } from '../../spec/kernel/shape.js'

declare global {
  // Node's own, undocumented and in every version: `toString('latin1', …)` and `write(…, 'latin1')` without the choice of an encoding.
  interface Buffer {
    latin1Slice(start?: number, end?: number): string
    latin1Write(text: string, offset?: number, length?: number): number
  }
}

/** A value that does not fit its shape, or bytes that are no encoding of it. Never an outcome of a chain. */
export class CodecError extends Error {
  readonly code: 'CODEC-VALUE' | 'CODEC-BYTES' | 'CODEC-PLAIN'
  /** Where in the value, as `contracts[3].owner`; empty at its top. */
  readonly path: string
  constructor(code: CodecError['code'], message: string, path = '', options?: ErrorOptions) {
    super(`[${code}] ${path === '' ? '' : `${path}: `}${message}`, options)
    this.name = 'CodecError'
    this.code = code
    this.path = path
  }
}

/** Cheap to throw and without a path: the caller of a whole decode or encode finds the path and rethrows. */
class Misfit extends Error {}
const misfit = (message: string): never => {
  throw new Misfit(message)
}

/**
 * Reads SCALE from a buffer. Reading over the end yields rubbish and moves `at` beyond the buffer's length:
 * whoever decodes a whole value looks there once, at the end, instead of before every byte.
 */
export class Reader {
  bytes: Buffer
  at: number
  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  u8(): number {
    return this.bytes[this.at++]!
  }
  u16(): number {
    const { bytes, at } = this
    this.at = at + 2
    return bytes[at]! | (bytes[at + 1]! << 8)
  }
  u32(): number {
    const { bytes, at } = this
    this.at = at + 4
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
  }
  u64(): bigint {
    const low = this.u32()
    const high = this.u32()
    // One bigint is made instead of three wherever a double is exact.
    return high < 0x200000 ? BigInt(high * 0x100000000 + low) : (BigInt(high) << 32n) | BigInt(low)
  }
  u128(): bigint {
    const low = this.u64()
    const high = this.u64()
    return high === 0n ? low : low | (high << 64n)
  }
  i32(): number {
    return this.u32() | 0
  }
  i64(): bigint {
    return BigInt.asIntN(64, this.u64())
  }
  bool(): boolean {
    const byte = this.u8()
    return byte === 1 ? true : byte === 0 ? false : misfit(`${byte} is no boolean`)
  }
  compact(): number {
    const { bytes, at } = this
    const first = bytes[at]!
    switch (first & 3) {
      case 0:
        this.at = at + 1
        return first >>> 2
      case 1:
        return this.u16() >>> 2
      case 2:
        return this.u32() >>> 2
      default: {
        const big = this.bigCompact()
        return big <= 0xffffffffn ? Number(big) : misfit(`compact ${big} is more than a u32`)
      }
    }
  }
  bigCompact(): bigint {
    if ((this.bytes[this.at]! & 3) !== 3) return BigInt(this.compact())
    const length = (this.u8() >>> 2) + 4
    let value = 0n
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[this.at + i] ?? 0)
    this.at += length
    return value
  }
  /** A vector's length. Elements of at least `smallest` bytes each must fit into what is left, so that rubbish cannot ask for memory. */
  count(smallest: number): number {
    const count = this.compact()
    return count * smallest > this.bytes.length - this.at
      ? misfit(`${count} elements announced, ${this.bytes.length - this.at} bytes left`)
      : count
  }
  fixed(length: number): Bytes {
    const start = this.at
    this.at = start + length
    return this.bytes.latin1Slice(start, start + length)
  }
  string(): Bytes {
    return this.fixed(this.count(1))
  }
  noVariant(index: number | undefined): never {
    return misfit(`no variant with index ${index}`)
  }
}

/** Below this length a loop beats the call into native code. */
const shortString = 24
const maxU64 = (1n << 64n) - 1n

/** Writes SCALE into a buffer that grows and is meant to be reused: set `at` to 0 and write again. */
export class Writer {
  bytes: Buffer
  view: DataView
  at = 0
  constructor(capacity = 4096) {
    this.bytes = Buffer.alloc(capacity)
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, capacity)
  }

  private grow(by: number): void {
    const bigger = Buffer.alloc(Math.max(this.bytes.length * 2, this.at + by))
    this.bytes.copy(bigger, 0, 0, this.at)
    this.bytes = bigger
    this.view = new DataView(bigger.buffer, bigger.byteOffset, bigger.length)
  }
  /** Claims `length` bytes and returns where they start. May replace `bytes` and `view`: claim first, then look at them. */
  private claim(length: number): number {
    const at = this.at
    if (at + length > this.bytes.length) this.grow(length)
    this.at = at + length
    return at
  }

  u8(value: number): void {
    if ((value & 0xff) !== value) misfit(`${value} is no u8`)
    const at = this.claim(1)
    this.bytes[at] = value
  }
  u16(value: number): void {
    if ((value & 0xffff) !== value) misfit(`${value} is no u16`)
    const at = this.claim(2)
    this.view.setUint16(at, value, true)
  }
  u32(value: number): void {
    if (value >>> 0 !== value) misfit(`${value} is no u32`)
    const at = this.claim(4)
    this.view.setUint32(at, value, true)
  }
  u64(value: bigint): void {
    if (value < 0n || value > maxU64) misfit(`${value} is no u64`)
    const at = this.claim(8)
    this.view.setBigUint64(at, value, true)
  }
  u128(value: bigint): void {
    const high = value >> 64n
    if (high < 0n || high > maxU64) misfit(`${value} is no u128`)
    const at = this.claim(16)
    this.view.setBigUint64(at, BigInt.asUintN(64, value), true)
    this.view.setBigUint64(at + 8, high, true)
  }
  i32(value: number): void {
    if ((value | 0) !== value) misfit(`${value} is no i32`)
    const at = this.claim(4)
    this.view.setInt32(at, value, true)
  }
  i64(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) misfit(`${value} is no i64`)
    const at = this.claim(8)
    this.view.setBigInt64(at, value, true)
  }
  bool(value: boolean): void {
    if (typeof value !== 'boolean') misfit(`${String(value)} is no boolean`)
    const at = this.claim(1)
    this.bytes[at] = value ? 1 : 0
  }
  compact(value: number): void {
    if (value >>> 0 !== value) misfit(`${value} is no u32`)
    const at = this.claim(value < 0x40 ? 1 : value < 0x4000 ? 2 : value < 0x40000000 ? 4 : 5)
    if (value < 0x40) this.bytes[at] = value << 2
    else if (value < 0x4000) this.view.setUint16(at, (value << 2) | 1, true)
    else if (value < 0x40000000) this.view.setUint32(at, value * 4 + 2, true)
    else {
      this.bytes[at] = 3
      this.view.setUint32(at + 1, value, true)
    }
  }
  bigCompact(value: bigint): void {
    if (value < 0n || value >> 128n !== 0n) misfit(`${value} is no u128`)
    if (value < 0x40000000n) return this.compact(Number(value))
    const head = this.claim(1)
    let length = 0
    for (let rest = value; rest !== 0n; rest >>= 8n, length++) this.u8(Number(rest & 0xffn))
    this.bytes[head] = ((length - 4) << 2) | 3
  }
  /** Bytes as they are, without a length. */
  raw(value: Bytes): void {
    const length = value.length
    const at = this.claim(length)
    if (length < shortString) for (let i = 0; i < length; i++) this.bytes[at + i] = value.charCodeAt(i)
    else this.bytes.latin1Write(value, at, length)
  }
  fixed(value: Bytes, length: number): void {
    if (typeof value !== 'string' || value.length !== length) misfit(`expected ${length} bytes`)
    this.raw(value)
  }
  string(value: Bytes): void {
    if (typeof value !== 'string') misfit('expected bytes')
    this.compact(value.length)
    this.raw(value)
  }
  noVariant(name: unknown): never {
    return misfit(`no variant ${String(name)}`)
  }
  wrongLength(expected: number, found: number): never {
    return misfit(`expected ${expected} elements, found ${found}`)
  }
  /** What was written since `from`, as a byte string. */
  slice(from = 0): Bytes {
    return this.bytes.latin1Slice(from, this.at)
  }
}
