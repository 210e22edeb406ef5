import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contains4, faultOfIp4, isPublic4, isUnicast4, parseIp4, parseIp4Network } from './ip4.js'

const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 })
const mask = fc.integer({ min: 0, max: 32 })
const number = (parts: readonly number[]): number => parts.reduce((n, part) => n * 256 + part, 0)

test('four octets in decimal are an address, and with a mask up to 32 a network', () => {
  fc.assert(
    fc.property(octets, fc.nat(40), (parts, bits) => {
      expect(parseIp4(parts.join('.'))).toBe(number(parts))
      expect(parseIp4Network(`${parts.join('.')}/${bits}`)).toEqual(bits > 32 ? null : { address: number(parts), mask: bits })
    }),
  )
})

test.each([
  '',
  '1',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.',
  '.1.2.3',
  '1..2.3',
  '01.2.3.4',
  '1.2.3.04',
  '1.2.3.256',
  '1.2.3.a',
  '1.2.3.4 ',
  '1.2.3.4\n',
])('%j is no address', (text) => {
  expect(parseIp4(text)).toBe(null)
  expect(parseIp4Network(`${text}/8`)).toBe(null)
})

test.each(['', '/', '/33', '/00', '/032', '/008', '/+8', '/8/', '//8', '/8 ', '/320'])('1.2.3.4%s is no network', (text) => {
  expect(parseIp4Network(`1.2.3.4${text}`)).toBe(null)
})

test('a mask may have one leading zero, unless it is 0', () => {
  expect(parseIp4Network('1.2.3.4/08')).toEqual({ address: 0x01020304, mask: 8 })
})

test('a network contains what has the same leading bits', () => {
  fc.assert(
    fc.property(octets, octets, mask, (a, b, bits) => {
      const shift = BigInt(32 - bits)
      const same = BigInt(number(a)) >> shift === BigInt(number(b)) >> shift
      expect(contains4({ address: number(a), mask: bits }, number(b))).toBe(same)
    }),
  )
})

describe('ranges', () => {
  test.each(['10.0.0.0', '10.255.255.255', '100.64.0.0', '100.127.255.255', '172.31.0.1', '198.19.255.255', '255.255.255.255'])(
    '%s is private',
    (text) => {
      expect(isPublic4(parseIp4(text)!)).toBe(false)
    },
  )
  test.each(['9.255.255.255', '11.0.0.0', '100.128.0.0', '172.32.0.0', '192.0.0.1', '192.88.99.1', '198.20.0.0'])(
    '%s is public',
    (text) => {
      expect(isPublic4(parseIp4(text)!)).toBe(true)
    },
  )
  test('unicast ends below 224', () => {
    expect(isUnicast4(parseIp4('223.255.255.255')!)).toBe(true)
    expect(isUnicast4(parseIp4('224.0.0.0')!)).toBe(false)
  })
})

// Each was tried on the runtime of 144, which tells only whether there is a fault.
test.each([
  ['185.206.122.33/24', '185.206.122.1', null],
  ['185.206.122.33/0', '1.0.0.0', null],
  ['11.0.0.0/7', '11.0.0.1', null],
  ['185.206.122.33/32', '185.206.122.33', null],
  ['185.206.122.33/32', '185.206.122.1', 'range'],
  ['185.206.122.33/24', '185.206.123.1', 'range'],
  ['10.0.0.1/8', '10.0.0.1', 'range'],
  ['223.1.1.1/3', '239.1.1.1', 'range'],
  ['x', 'y', 'gateway'],
  ['x', '1.1.1.1', 'ip'],
] as const)('%s with gateway %s: %s', (ip, gw, fault) => {
  expect(faultOfIp4({ ip, gw })).toBe(fault)
})
