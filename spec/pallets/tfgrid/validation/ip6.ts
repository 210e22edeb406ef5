/**
 * IPv6 addresses and networks as the chain reads them. IPv4 in the last 32 bits (`64:ff9b::192.0.2.128`) is not understood.
 *
 * The parser is taken over with its oddities, because it decides which nodes the chain accepts:
 * `1:::8` is read as `1::8`, and `1:2:3:4:5:6:7:::8` makes it write beyond its buffer, which traps the runtime.
 *
 * @source crate valip 0.4.0, src/ip6.rs, src/hex.rs
 */
import type { Bytes } from '../../../kernel/shape.js'

/** An IPv6 address as an unsigned 128-bit integer. */
export type Ip6Address = bigint
export interface Ip6Network {
  readonly address: Ip6Address
  /** Length of the prefix, 0 to 128. */
  readonly mask: number
}
/** What the parser makes of a text: a value, nothing (`null`), or a write beyond its buffer (`'overrun'`). */
export type Parsed<T> = T | null | 'overrun'

const BYTES = 16
const HEX = /^[0-9a-fA-F]*$/

/** Is one section of the text at most four hexadecimal digits? */
const isSection = (text: Bytes): boolean => text.length <= 4 && HEX.test(text)

/**
 * The first of a section's digits that the parser reads before it writes a byte; it checks the rest only afterwards.
 * Matters only where the write overruns: an illegal character among these is an error, elsewhere the trap comes first.
 */
const readBeforeWriting = (section: Bytes): Bytes => (section.length === 3 ? section.slice(0, 1) : section.slice(0, 2))

/**
 * Reads an address.
 * @source src/ip6.rs `Ip::parse`
 */
export function parseIp6(text: Bytes): Parsed<Ip6Address> {
  if (text.length < 2 || text.length > 39) return null
  const octets = new Array<number>(BYTES).fill(0)
  /** Sections so far, the omitted one (`::`) counted once, and a second time at the very end. */
  let count = 0
  let omittedAt: number | null = null
  let lastWasEmpty = false
  for (const section of text.split(':')) {
    const empty = section === ''
    if (count === 8 && !empty) return null
    if (count === 0 && lastWasEmpty && !empty) return null
    if (empty && count === 0 && !lastWasEmpty) {
      lastWasEmpty = true
      continue
    }
    if (empty) {
      if (omittedAt === null) omittedAt = count
      else if (!lastWasEmpty || count !== omittedAt + 1) return null
    } else {
      if (section.length > 4) return null
      if (count > 8 && HEX.test(readBeforeWriting(section))) return 'overrun'
      if (!isSection(section)) return null
      const value = parseInt(section, 16)
      octets[count * 2] = value >> 8
      octets[count * 2 + 1] = value & 0xff
    }
    count++
    if (count > 8 && !(empty && omittedAt === count - 2)) return null
    lastWasEmpty = empty
  }
  if (lastWasEmpty && omittedAt !== null) {
    if (omittedAt + 2 !== count) return null
    count--
  }
  if (count < 8 && omittedAt === null) return null
  if (omittedAt !== null) spread(octets, omittedAt, 9 - count)
  return octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n)
}

/** Moves what follows the `::` to the end and puts zeros between. `omitted` sections stand for the one that was written. */
function spread(octets: number[], omittedAt: number, omitted: number): void {
  const start = (omittedAt + omitted) * 2
  for (let i = BYTES - 1; i >= start; i--) octets[i] = octets[i - (omitted - 1) * 2]!
  for (let i = omittedAt * 2; i < start; i++) octets[i] = 0
}

/**
 * Reads a network, such as `2a10:b600:1::/64`.
 * @source src/ip6.rs `CIDR::parse`
 */
export function parseIp6Network(text: Bytes): Parsed<Ip6Network> {
  const slash = text.indexOf('/')
  if (text.length > 43 || slash < 0) return null
  const address = parseIp6(text.slice(0, slash))
  if (address === null || address === 'overrun') return address
  const digits = text.slice(slash + 1)
  if (!/^[0-9]{1,3}$/.test(digits)) return null
  const mask = Number(digits)
  return mask > 128 || (mask === 0 && digits.length > 1) ? null : { address, mask }
}

/** Not multicast (ff00::/8). */
export const isUnicast6 = (address: Ip6Address): boolean => address >> 120n !== 0xffn

/** Outside of 100::/64 (discard), fc00::/7 (private) and fe80::/10 (link local). */
export const isPublic6 = (address: Ip6Address): boolean =>
  address >> 64n !== 0x0100n << 48n && address >> 121n !== 0x7en && address >> 118n !== 0x3fan

/** True when the network contains the address. A `/0` contains only its own address. @source src/ip6.rs `CIDR::as_bitmask`, `contains` */
export function contains6({ address, mask }: Ip6Network, other: Ip6Address): boolean {
  const shift = mask === 0 ? 0n : BigInt(128 - mask)
  return address >> shift === other >> shift
}
