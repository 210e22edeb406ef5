import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentHashIsValid, documentLinkIsValid } from './document.js'
import { farmNameIsValid } from './farm-name.js'
import { relayBeginsWithOneLetter, relayIsValid } from './relay.js'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const byte = fc.nat(255).map((n) => String.fromCharCode(n))

test('farm names and hashes consist of letters, digits, - and _; links may have the rest of a URI’s characters', () => {
  fc.assert(
    fc.property(byte, (c) => {
      const plain = `${letters}-_`.includes(c)
      expect([farmNameIsValid(`a${c}b`), documentHashIsValid(`a${c}b`)]).toEqual([plain, plain])
      expect(documentLinkIsValid(`a${c}b`)).toBe(`${letters}-._~:/?#[]@!$&'()*+,;=`.includes(c))
    }),
    { numRuns: 2000 },
  )
})

/** `validate_relay_address`, line by line. */
function asInRust(relay: string): boolean {
  if (relay.length === 0 || relay.endsWith('.')) return false
  let before = 0
  for (let i = 0; i < relay.length; i++) {
    if (relay[i] === '.') {
      if (i === 0 || i - before === 1) return false
      before = i
    } else if (!`${letters}-_`.includes(relay[i]!)) return false
  }
  return true
}

test('a relay is valid as the Rust loop says: labels parted by single dots, the first of two letters unless it is alone', () => {
  const text = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom('a', '.', 'Z', '0', '-', '_') }, byte), { maxLength: 10 })
  fc.assert(
    fc.property(text, (parts) => {
      const relay = parts.join('')
      expect(relayIsValid(relay) && !relayBeginsWithOneLetter(relay)).toBe(asInRust(relay))
    }),
    { numRuns: 5000 },
  )
})
