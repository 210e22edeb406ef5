import fc from 'fast-check'
import type { Bytes } from '../spec/kernel/shape.js'

/** Arbitraries for arguments. fast-check's edge bias does not reach into our sequences by itself: the edges are listed. */

const U8_MAX = 0xff
const U32_MAX = 0xffff_ffff
const U64_MAX = (1n << 64n) - 1n
const U128_MAX = (1n << 128n) - 1n

export const u8 = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(0, 1, U8_MAX - 1, U8_MAX) }, { weight: 3, arbitrary: fc.nat(U8_MAX) })
export const u32 = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 1, U32_MAX - 1, U32_MAX) },
  { weight: 1, arbitrary: fc.nat(U32_MAX) },
)
export const u64 = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0n, 1n, U64_MAX - 1n, U64_MAX) },
  { weight: 1, arbitrary: fc.bigInt(0n, U64_MAX) },
)
export const u128 = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0n, 1n, U64_MAX, U64_MAX + 1n, U128_MAX - 1n, U128_MAX) },
  { weight: 1, arbitrary: fc.bigInt(0n, U128_MAX) },
)

/** Any bytes, up to a length; the empty string and the full length are edges. */
export const anyBytes = (maxLength: number): fc.Arbitrary<Bytes> => fc.uint8Array({ maxLength }).map((a) => String.fromCharCode(...a))

/** Text of given characters within lengths. */
export const text = (characters: string, minLength: number, maxLength: number): fc.Arbitrary<Bytes> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength })

/** Few enough hashes that two contracts meet in one. */
export const hash: fc.Arbitrary<Bytes> = fc.nat(11).map((n) => String.fromCharCode(n).repeat(32))

const GIGABYTE = 1n << 30n
/** Bytes of storage or memory as people deploy them, and the extremes. */
export const capacity = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(0n, 4096n).map((n) => n * GIGABYTE) },
  { weight: 2, arbitrary: fc.bigInt(0n, 1n << 44n) },
  { weight: 1, arbitrary: u64 },
)
export const cores = fc.oneof({ weight: 6, arbitrary: fc.bigInt(0n, 128n) }, { weight: 1, arbitrary: u64 })
/** A node's or a contract's resources. */
export const resources = fc.record({ hru: capacity, sru: capacity, cru: cores, mru: capacity })
