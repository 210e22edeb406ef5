import { ed25519PairFromSeed, ed25519Sign, ed25519Verify, sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import type { AccountId } from './shape.js'
import { parseSignature, signedBy, useVerification, verifyReally } from './signatures.js'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const seed = new Uint8Array(32).fill(3)
const message = Buffer.from('a message')
const ed = ed25519PairFromSeed(seed)
const sr = sr25519PairFromSeed(seed)
const signed = [
  ['ed25519', latin1(ed.publicKey) as AccountId, latin1(ed25519Sign(message, ed))],
  ['sr25519', latin1(sr.publicKey) as AccountId, latin1(sr25519Sign(message, sr))],
] as const
const hex = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('hex')

afterEach(() => useVerification())

test.each(signed)('%s: the account’s own signature counts, no other, and not over another message', (_, account, signature) => {
  expect(signedBy(account, hex(signature), 'a message')).toBe(true)
  expect(signedBy(account, hex(signature).toUpperCase(), 'a message')).toBe(true)
  expect(signedBy(account, hex(signature), 'b message')).toBe(false)
  expect(signedBy('x'.repeat(32) as AccountId, hex(signature), 'a message')).toBe(false)
  expect(signedBy(account, '00'.repeat(64), 'a message')).toBe(false)
})

test.each(['', '0', 'ab', 'g'.repeat(128), '0x' + 'a'.repeat(126), 'a'.repeat(127), 'a'.repeat(130)])('%j is no signature', (text) => {
  expect(parseSignature(text)).toBe(null)
  useVerification(() => true)
  expect(signedBy('x'.repeat(32) as AccountId, text, '')).toBe(false)
})

/** Encodings of points of small order, one of them not canonical: the chain takes them, strict implementations do not. */
const smallOrder = [
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  '00'.repeat(32),
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ee${'ff'.repeat(30)}7f`,
].map((point) => Buffer.from(point, 'hex').toString('latin1'))

test('ed25519: the quick way says what the library says, of good, spoilt and odd signatures', () => {
  const byLibrary = (signature: string, text: string, key: string): boolean => {
    const [m, s, k] = [text, signature, key].map((bytes) => Uint8Array.from(Buffer.from(bytes, 'latin1')))
    try {
      return ed25519Verify(m!, s!, k!, true)
    } catch {
      return false
    }
  }
  const spoilt = (bytes: string, at: number, by: number): string =>
    bytes.slice(0, at) + String.fromCharCode(bytes.charCodeAt(at) ^ by) + bytes.slice(at + 1)
  const good = fc.tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 40 })).map(([own, text]) => {
    const pair = ed25519PairFromSeed(own)
    return { signature: latin1(ed25519Sign(text, pair)), text: latin1(text), key: latin1(pair.publicKey) }
  })
  const bad = fc
    .tuple(good, fc.constantFrom('signature', 'key'), fc.nat(31), fc.integer({ min: 1, max: 255 }))
    .map(([one, field, at, by]) => ({
      ...one,
      [field]: spoilt(one[field], at, by),
    }))
  const odd = fc.tuple(fc.constantFrom(...smallOrder), fc.constantFrom(...smallOrder), fc.string()).map(([r, key, text]) => ({
    ...{ signature: r + '\0'.repeat(32), key, text: Buffer.from(text).toString('latin1') },
  }))
  let yes = 0
  let no = 0
  fc.assert(
    fc.property(fc.oneof(good, bad, odd), ({ signature, text, key }) => {
      const verdict = verifyReally('ed25519', signature, text, key)
      expect(verdict).toBe(byLibrary(signature, text, key))
      if (verdict) yes++
      else no++
    }),
  )
  expect(Math.min(yes, no)).toBeGreaterThan(0)
})
