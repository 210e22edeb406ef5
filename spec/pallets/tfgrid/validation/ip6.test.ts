import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contains6, isPublic6, isUnicast6, parseIp6, parseIp6Network } from './ip6.js'

const U128 = (1n << 128n) - 1n
const address = fc.bigInt(0n, U128)
const sections = (at: bigint): string[] => Array.from({ length: 8 }, (_, i) => ((at >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))

test('an address of eight sections is read as it is written, in small and capital digits', () => {
  fc.assert(
    fc.property(address, (at) => {
      const text = sections(at).join(':')
      expect(parseIp6(text)).toBe(at)
      expect(parseIp6(text.toUpperCase())).toBe(at)
    }),
  )
})

test('a double colon stands for the zeros that are missing', () => {
  fc.assert(
    fc.property(fc.nat(8), fc.nat(8), address, (before, after, at) => {
      fc.pre(before + after <= 7)
      const parts = sections(at).map((part, i) => (i < before || i >= 8 - after ? part : '0'))
      const text = `${parts.slice(0, before).join(':')}::${after === 0 ? '' : parts.slice(-after).join(':')}`
      expect(parseIp6(text)).toBe(parseIp6(parts.join(':')))
    }),
  )
})

/** Each was given to the runtime of 144, as an IP of an interface. */
test.each([
  ['1:::8', (1n << 112n) | 8n],
  ['1:2:3:4:5:6:7:::8', 'overrun'],
  ['1:2:3:4:5:6:7:::zz', null],
  ['1:2:3:4:5:6:7:::8z', null],
  ['1:2:3:4:5:6:7:::8z8', 'overrun'],
  ['1:2:3:4:5:6:7:::888z', 'overrun'],
  ['1:2:3:4:5:6:7:::12345', null],
  [':1:2:3:4:5:6:7', null],
  ['1:2:3:4:5:6:7:8:', null],
  ['1:2:3:4:5:6:7:8:9', null],
  ['1::2::3', null],
  [':::::::', null],
  ['64:ff9b::192.0.2.128', null],
] as const)('%s is read as valip reads it', (text, parsed) => {
  expect(parseIp6(text)).toBe(parsed)
})

test('the parser takes any text and never fails in another way', () => {
  const section = fc.constantFrom('', '', '1', 'ab', 'fFf', '12f4', 'g', '12345')
  fc.assert(
    fc.property(fc.array(section, { maxLength: 12 }), (parts) => {
      const parsed = parseIp6(parts.join(':'))
      if (typeof parsed === 'bigint') expect(parsed >= 0n && parsed <= U128).toBe(true)
      if (parsed === 'overrun') expect(parts.slice(7, 9)).toEqual(['', ''])
    }),
  )
})

test('a network contains what shares its prefix; /0 contains its own address only', () => {
  fc.assert(
    fc.property(address, address, fc.integer({ min: 1, max: 128 }), (at, other, mask) => {
      const free = (1n << BigInt(128 - mask)) - 1n
      expect(contains6({ address: at, mask }, (at & ~free) | (other & free))).toBe(true)
      expect(contains6({ address: at, mask }, at ^ (1n << BigInt(128 - mask)))).toBe(false)
      expect(contains6({ address: at, mask: 0 }, other)).toBe(at === other)
    }),
  )
})

test.each(['1::/0', '1::/7', '1::/007', '1::/128'])('%s is a network', (text) => {
  expect(parseIp6Network(text)).toEqual({ address: 1n << 112n, mask: Number(text.slice(4)) })
})
test.each(['1::', '1::/', '1::/00', '1::/129', '1::/256', '1::/1a', '1::/0064', '/64'])('%s is none', (text) => {
  expect(parseIp6Network(text)).toBeNull()
})

test.each([
  ['2a10:b600:1::1', true, true],
  ['100::1', false, true],
  ['100:0:0:1::1', true, true],
  ['fc00::1', false, true],
  ['fdff::1', false, true],
  ['fe80::1', false, true],
  ['fec0::1', true, true],
  ['ff02::1', true, false],
] as const)('%s: public %s, unicast %s', (text, isPublic, isUnicast) => {
  const at = parseIp6(text) as bigint
  expect([isPublic6(at), isUnicast6(at)]).toEqual([isPublic, isUnicast])
})
