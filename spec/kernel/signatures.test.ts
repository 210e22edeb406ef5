import { ed25519PairFromSeed, ed25519Sign, sr25519PairFromSeed, sr25519Sign } from '@polkadot/util-crypto'
import { afterEach, expect, test } from 'vitest'
import type { AccountId } from './shape.js'
import { parseSignature, signedBy, useVerification } from './signatures.js'

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
