import { blake2_256 } from '../../spec/kernel/hashes.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { Reader, Writer } from '../codec/stream.js'
import { toHex, type Hex } from './hex.js'

/** A block's header; hashes are 32 bytes. */
export interface Header {
  readonly parentHash: Bytes
  readonly number: number
  readonly stateRoot: Bytes
  readonly extrinsicsRoot: Bytes
  /** SCALE of each digest item. */
  readonly logs: readonly Bytes[]
}

export const noHash: Bytes = '\0'.repeat(32)

export function encodeHeader({ parentHash, number, stateRoot, extrinsicsRoot, logs }: Header): Bytes {
  const writer = new Writer(256)
  writer.raw(parentHash)
  writer.compact(number)
  writer.raw(stateRoot)
  writer.raw(extrinsicsRoot)
  writer.compact(logs.length)
  for (const log of logs) writer.raw(log)
  return writer.slice()
}

export function decodeHeader(encoded: Bytes): Header {
  const reader = new Reader(Buffer.from(encoded, 'latin1'))
  const parentHash = reader.fixed(32)
  const number = reader.compact()
  const stateRoot = reader.fixed(32)
  const extrinsicsRoot = reader.fixed(32)
  const logs = Array.from({ length: reader.compact() }, () => digestItem(reader))
  return { parentHash, number, stateRoot, extrinsicsRoot, logs }
}

/** @source `sp_runtime::generic::digest`: 0 Other, 4 Consensus, 5 Seal, 6 PreRuntime, 8 RuntimeEnvironmentUpdated */
function digestItem(reader: Reader): Bytes {
  const start = reader.at
  const kind = reader.u8()
  if (kind === 4 || kind === 5 || kind === 6) reader.fixed(4)
  if (kind !== 8) reader.string()
  return reader.bytes.latin1Slice(start, reader.at)
}

/** Aura's pre-runtime digest: the slot in which the block is made. */
export function auraDigest(slot: number): Bytes {
  const writer = new Writer(32)
  writer.raw('\x06aura')
  writer.compact(8)
  writer.u64(BigInt(slot))
  return writer.slice()
}

/** BLAKE2b-256 of the encoded header: a block's hash. */
export const headerHash = (header: Header): Bytes => blake2_256(encodeHeader(header))

export interface HeaderJson {
  readonly parentHash: Hex
  readonly number: Hex
  readonly stateRoot: Hex
  readonly extrinsicsRoot: Hex
  readonly digest: { readonly logs: readonly Hex[] }
}

export const headerJson = (header: Header): HeaderJson => ({
  parentHash: toHex(header.parentHash),
  number: `0x${header.number.toString(16)}`,
  stateRoot: toHex(header.stateRoot),
  extrinsicsRoot: toHex(header.extrinsicsRoot),
  digest: { logs: header.logs.map(toHex) },
})
