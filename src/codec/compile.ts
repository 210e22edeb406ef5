/**
 * SCALE bytes ↔ values in memory, at the speed of hand-written code.
 *
 * Memory form as `spec/kernel/shape.ts` tells: u8–u32 and i32 numbers, u64 and u128 bigints, bytes and accounts latin1
 * strings, structs with camelCase fields, enums `{ type, value }` (named as in the metadata, `value` undefined for a unit
 * variant), an absent option `undefined`. An option directly in an option, or of a unit, cannot be told apart in memory
 * and is refused when its codec is asked for.
 */
import type { Bytes, Shape, ShapeDef } from '../../spec/kernel/shape.js'
import { firstProblem } from './check.js'
import { generate, type Codec } from './generate.js'
import { CodecError, Reader, Writer } from './stream.js'

const codecs = new WeakMap<ShapeDef, Codec<unknown>>()

/** The codec of a shape, generated when it is first asked for and kept as long as the shape. */
export function codecOf<T>(shape: Shape<T>): Codec<T> {
  let codec = codecs.get(shape)
  if (codec === undefined) codecs.set(shape, (codec = generate(shape, codecOf)))
  return codec as Codec<T>
}

/** Generates the codecs of many shapes at once, so that none is made in the middle of a measurement. */
export function compile(shapes: Iterable<ShapeDef>): void {
  for (const shape of shapes) codecOf(shape)
}

const scratch = new Writer(1 << 16)

function encodeScratch<T>(shape: Shape<T>, value: T): void {
  scratch.at = 0
  try {
    codecOf(shape).encodeTo(value, scratch)
  } catch (error) {
    const problem = firstProblem(shape, value)
    throw new CodecError('CODEC-VALUE', problem?.message ?? (error as Error).message, problem?.path, { cause: error })
  }
}

/**
 * The SCALE encoding of a value as a byte string.
 * @throws CodecError CODEC-VALUE with the path of the first part that does not fit
 */
export function encodeToString<T>(shape: Shape<T>, value: T): Bytes {
  encodeScratch(shape, value)
  return scratch.slice()
}

/** The SCALE encoding of a value as bytes of their own. */
export function encodeToBytes<T>(shape: Shape<T>, value: T): Uint8Array {
  encodeScratch(shape, value)
  return Uint8Array.prototype.slice.call(scratch.bytes, 0, scratch.at)
}

/** How many bytes the encoding takes: what Rust calls `encoded_size`, and `council.propose` wants as its length bound. */
export function encodedLength<T>(shape: Shape<T>, value: T): number {
  encodeScratch(shape, value)
  return scratch.at
}

let inbox: Buffer = Buffer.alloc(1 << 12)
/** A buffer that holds the data at its start; strings are copied into one that is reused, since decoding copies everything out. */
function bufferOf(data: Uint8Array | Bytes): Buffer {
  if (typeof data !== 'string') return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  if (data.length > inbox.length) inbox = Buffer.alloc(data.length * 2)
  inbox.latin1Write(data, 0, data.length)
  return inbox.subarray(0, data.length)
}

/**
 * Decodes one value that takes up all of the data.
 * @throws CodecError CODEC-BYTES when the data is shorter, longer or no encoding of the shape
 */
export function decode<T>(shape: Shape<T>, data: Uint8Array | Bytes): T {
  const reader = new Reader(bufferOf(data))
  let value: T
  try {
    value = codecOf(shape).decodeFrom(reader)
  } catch (error) {
    throw new CodecError('CODEC-BYTES', `${(error as Error).message} (before byte ${reader.at} of ${data.length})`, '', { cause: error })
  }
  if (reader.at !== data.length) {
    throw new CodecError(
      'CODEC-BYTES',
      reader.at > data.length ? `${data.length} bytes are too few` : `${data.length - reader.at} bytes left over`,
    )
  }
  return value
}
