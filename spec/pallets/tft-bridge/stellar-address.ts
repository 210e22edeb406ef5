import type { Bytes } from '../../kernel/shape.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** 35 bytes (version, key, checksum) are 280 bits: 56 letters of five, none of them padded. */
const CANONICAL = /^[A-Z2-7]{56}$/
/** Makes the first letter a `G`: an ed25519 public key. */
const VERSION = 6 << 3

/**
 * True when the bytes are a Stellar account's address: 56 letters of base32 for the version byte, 32 bytes of key and a
 * CRC-16 (XModem, low byte first) of the 33 before it.
 *
 * The crate's decoder is lenient (lower case, `0` for `O`, `1` for `I`, everything from a `=` on ignored), but what it decoded
 * must encode to the input again, so only the canonical form passes; any other byte, ASCII or not, fails. Whether the key is
 * a point on the curve is not asked.
 * @source substrate-stellar-sdk@e299b393 src/public_key.rs `PublicKey::from_encoding`, src/utils/{key_encoding,base32}.rs
 */
export function isStellarAddress(address: Bytes): boolean {
  if (!CANONICAL.test(address)) return false
  const decoded = fromBase32(address)
  const crc = decoded[33]! | (decoded[34]! << 8)
  return decoded[0] === VERSION && crc === crc16(decoded.subarray(0, 33))
}

/** The address of an ed25519 public key of 32 bytes. */
export function stellarAddress(key: Uint8Array): Bytes {
  const bytes = Uint8Array.of(VERSION, ...key)
  const crc = crc16(bytes)
  return toBase32(Uint8Array.of(...bytes, crc & 0xff, crc >> 8))
}

/** Letters of the alphabet only. */
function fromBase32(letters: string): Uint8Array {
  const out = new Uint8Array((letters.length * 5) >> 3)
  let bits = 0
  let held = 0
  for (let i = 0, at = 0; i < letters.length; i++) {
    const code = letters.charCodeAt(i)
    held = ((held << 5) | (code >= 0x41 ? code - 0x41 : code - 24)) & 0xfff
    bits += 5
    if (bits >= 8) out[at++] = (held >> (bits -= 8)) & 0xff
  }
  return out
}

function toBase32(bytes: Uint8Array): string {
  let out = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) out += ALPHABET[(held >> (bits -= 5)) & 31]
  }
  return out
}

/** What each byte adds to a CRC-16 with the polynomial 0x1021. */
const crcOfByte = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let i = 0; i < 8; i++) crc = (crc & 0x8000) !== 0 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1
  return crc
})

/** CRC-16 (XModem), beginning at 0. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (let i = 0; i < bytes.length; i++) crc = ((crc << 8) & 0xffff) ^ crcOfByte[(crc >> 8) ^ bytes[i]!]!
  return crc
}
