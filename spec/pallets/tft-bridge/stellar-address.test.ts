import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isStellarAddress, stellarAddress } from './stellar-address.js'

/** The crate's own way, line by line: decode leniently, encode again, compare, then length, checksum and version. */
function fromEncoding(input: string): boolean {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const valueOf = (c: string): number | null => {
    if (c >= 'a' && c <= 'z') return c.charCodeAt(0) - 97
    if (c >= 'A' && c <= 'Z') return c.charCodeAt(0) - 65
    if (c >= '2' && c <= '7') return c.charCodeAt(0) - 50 + 26
    return c === '0' ? 14 : c === '1' ? 8 : null
  }
  const decoded: number[] = []
  let shift = 8
  let carry = 0
  for (const c of input) {
    if (c === '=') break
    const value = valueOf(c)
    if (value === null) return false
    shift -= 5
    if (shift > 0) carry |= (value << shift) & 255
    else if (shift < 0) {
      decoded.push(carry | (value >> -shift))
      shift += 8
      carry = (value << shift) & 255
    } else {
      decoded.push(carry | value)
      shift = 8
      carry = 0
    }
  }
  if (shift !== 8 && carry !== 0) decoded.push(carry)

  let encoded = ''
  let at = 3
  let rest = 0
  for (const byte of decoded) {
    encoded += alphabet[(at === 8 ? rest : rest | (byte >> at)) & 31]
    if (at > 5) {
      at -= 5
      encoded += alphabet[(byte >> at) & 31]
    }
    at = 5 - at
    rest = (byte << at) & 255
    at = 8 - at
  }
  if (at !== 3) encoded += alphabet[rest & 31]
  if (encoded !== input || decoded.length !== 35) return false

  let crc = 0
  for (const byte of decoded.slice(0, 33)) {
    let code = (crc >> 8) & 255
    code ^= byte
    code ^= code >> 4
    crc = (crc << 8) & 0xffff
    crc ^= code
    code = (code << 5) & 0xffff
    crc ^= code
    code = (code << 7) & 0xffff
    crc ^= code
  }
  return crc === ((decoded[34]! << 8) | decoded[33]!) && decoded[0] === 48
}

const address = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(stellarAddress)
const spoilt = fc
  .tuple(address, fc.nat(56), fc.nat(2), fc.oneof(fc.constantFrom('=', '==', '0', '1', 'A', 'o', '8', '\0', 'é', ''), address))
  .map(([good, at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut))

describe('a Stellar address', () => {
  test('of the Stellar SDK is one', () => {
    expect(isStellarAddress('GBIVKYSF6RP4U57KPZ524X47NGTQYYPZAZ4UX5ZFYAYBJWRFXHKHDQVL')).toBe(true)
  })

  test('is what encodes a key of 32 bytes, whatever the bytes are', () => {
    fc.assert(fc.property(address, (a) => isStellarAddress(a) && fromEncoding(a)))
  })

  test('is recognised exactly as the crate does, however it is spoilt', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          spoilt,
          fc.string({ unit: 'binary' }),
          address.map((a) => a.toLowerCase()),
        ),
        (a) => isStellarAddress(a) === fromEncoding(a),
      ),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['a secret key', 'SBIVKYSF6RP4U57KPZ524X47NGTQYYPZAZ4UX5ZFYAYBJWRFXHKHDQVL'],
    ['lower case', 'gbivkysf6rp4u57kpz524x47ngtqyypzaz4ux5zfyaybjwrfxhkhdqvl'],
    ['padding', 'GBIVKYSF6RP4U57KPZ524X47NGTQYYPZAZ4UX5ZFYAYBJWRFXHKHDQVL='],
    ['a line after it', 'GBIVKYSF6RP4U57KPZ524X47NGTQYYPZAZ4UX5ZFYAYBJWRFXHKHDQVL\n'],
    ['nothing', ''],
  ])('is not: %s', (_, a) => {
    expect(isStellarAddress(a)).toBe(false)
  })
})
