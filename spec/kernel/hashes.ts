/**
 * The hashes that place a storage key: pure functions from bytes to bytes.
 *
 * Every function takes a byte string (one latin1 character a byte) or a `Uint8Array` and gives a byte string.
 * Results for short inputs are remembered, because a chain hashes the same prefixes and accounts over and over.
 *
 * @source Substrate `sp_core::hashing`: twox is xxHash64 with the seeds 0, 1, … side by side, each little endian; blake2 is BLAKE2b.
 */
import { blake2b } from '@noble/hashes/blake2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Bytes } from './shape.js'

/** Longer inputs are rare (code, whole extrinsics) and would only fill the memory. */
const longestRemembered = 200
/** Beyond so many entries a memory starts anew; a run's hot keys are back within a block. */
const mostRemembered = 50_000

type Hash = (data: Bytes | Uint8Array) => Bytes

const latin1 = (bytes: Uint8Array): Bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

function remembered(hash: (data: Uint8Array) => Uint8Array): Hash {
  const memory = new Map<Bytes, Bytes>()
  return (data) => {
    if (data.length > longestRemembered) return latin1(hash(typeof data === 'string' ? Buffer.from(data, 'latin1') : data))
    const key = typeof data === 'string' ? data : latin1(data)
    let digest = memory.get(key)
    if (digest === undefined) {
      digest = latin1(hash(Buffer.from(key, 'latin1')))
      if (memory.size >= mostRemembered) memory.clear()
      memory.set(key, digest)
    }
    return digest
  }
}

export const twox64 = remembered((data) => twox(data, 1))
export const twox128 = remembered((data) => twox(data, 2))
export const twox256 = remembered((data) => twox(data, 4))
export const blake2_128 = remembered((data) => blake2b(data, { dkLen: 16 }))
export const blake2_256 = remembered((data) => blake2b(data, { dkLen: 32 }))
export const keccak256 = remembered((data) => keccak_256(data))

const prime1 = 11400714785074694791n
const prime2 = 14029467366897019727n
const prime3 = 1609587929392839161n
const prime4 = 9650029242287828579n
const prime5 = 2870177450012600261n

const u64 = (x: bigint): bigint => BigInt.asUintN(64, x)
const rotate = (x: bigint, by: bigint): bigint => u64(x << by) | (x >> (64n - by))
const round = (lane: bigint, word: bigint): bigint => u64(rotate(u64(lane + u64(word * prime2)), 31n) * prime1)
const merge = (hash: bigint, lane: bigint): bigint => u64(u64((hash ^ round(0n, lane)) * prime1) + prime4)

/** xxHash64. `seed` is a u64. */
export function xxHash64(data: Uint8Array, seed: bigint): bigint {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const length = data.length
  let at = 0
  let hash: bigint
  if (length >= 32) {
    let a = u64(seed + prime1 + prime2)
    let b = u64(seed + prime2)
    let c = seed
    let d = u64(seed - prime1)
    for (; at <= length - 32; at += 32) {
      a = round(a, view.getBigUint64(at, true))
      b = round(b, view.getBigUint64(at + 8, true))
      c = round(c, view.getBigUint64(at + 16, true))
      d = round(d, view.getBigUint64(at + 24, true))
    }
    hash = u64(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n))
    hash = merge(merge(merge(merge(hash, a), b), c), d)
  } else {
    hash = u64(seed + prime5)
  }
  hash = u64(hash + BigInt(length))
  for (; at + 8 <= length; at += 8) hash = u64(u64(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * prime1) + prime4)
  if (at + 4 <= length) {
    hash = u64(u64(rotate(hash ^ u64(BigInt(view.getUint32(at, true)) * prime1), 23n) * prime2) + prime3)
    at += 4
  }
  for (; at < length; at++) hash = u64(rotate(hash ^ u64(BigInt(view.getUint8(at)) * prime5), 11n) * prime1)
  hash = u64((hash ^ (hash >> 33n)) * prime2)
  hash = u64((hash ^ (hash >> 29n)) * prime3)
  return hash ^ (hash >> 32n)
}

function twox(data: Uint8Array, words: number): Uint8Array {
  const out = new Uint8Array(words * 8)
  const view = new DataView(out.buffer)
  for (let i = 0; i < words; i++) view.setBigUint64(i * 8, xxHash64(data, BigInt(i)), true)
  return out
}
