import fc from 'fast-check'
import type { Bytes } from '../../spec/kernel/shape.js'
import { text } from '../values.js'

/** Addresses as farmers and nodes write them, and what parsers stumble over. */

const cut = (max: number) => (s: Bytes) => s.slice(0, max)
const quad = (n: number): Bytes => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.')

/** Networks that are not public, and the first addresses that are not unicast: faults hide at their edges. */
const special = [
  [0, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0000000, 24],
  [0xc0000200, 24],
  [0xc0586300, 24],
  [0xc0a80000, 16],
  [0xc6120000, 15],
  [0xc6336400, 24],
  [0xcb007100, 24],
  [0xe0000000, 4],
  [0xf0000000, 4],
  [0xffffffff, 32],
] as const
const edge4 = fc.tuple(fc.constantFrom(...special), fc.boolean(), fc.constantFrom(-1, 0, 1)).map(([[base, mask], end, by]) => {
  const size = 2 ** (32 - mask)
  return Math.min(Math.max(base + (end ? size - 1 : 0) + by, 0), 0xffff_ffff)
})
const address4 = fc.oneof(
  { weight: 2, arbitrary: edge4 },
  { weight: 2, arbitrary: fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 })).map(([c, d]) => 0xb9ce0000 + c * 256 + d) },
  { weight: 1, arbitrary: fc.nat(0xffff_ffff) },
)
const mask4 = fc.constantFrom('24', '24', '16', '8', '08', '25', '30', '31', '32', '1', '0', '00', '33', '032', '', '2 ')

/** Networks whose gateway lies near, at the edges of what is public; now and then none at all. */
const network4 = fc
  .tuple(address4, mask4, fc.constantFrom(-256, -1, 0, 1, 1, 255, 65536))
  .map(([at, mask, by]) => ({ ip: cut(18)(`${quad(at)}/${mask}`), gw: quad(Math.min(Math.max(at + by, 0), 0xffff_ffff)) }))
const oddOctet = fc.constantFrom('0', '1', '01', '255', '256', '300', '', ' 1', 'a', '-1', '1e1')
const odd4 = fc.array(oddOctet, { minLength: 3, maxLength: 5 }).map((octets) => octets.join('.'))
const noise4 = fc.record({
  ip: fc.oneof(
    text('0123456789./', 0, 18),
    fc.tuple(odd4, mask4).map(([ip, mask]) => cut(18)(`${ip}/${mask}`)),
  ),
  gw: fc.oneof(text('0123456789.', 0, 15), odd4.map(cut(15)), fc.constant('185.206.0.254')),
})

/** Public addresses of a few small networks, few enough to meet again. */
export const goodIp4 = fc
  .tuple(fc.nat(3), fc.integer({ min: 1, max: 9 }))
  .map(([c, d]) => ({ ip: `185.206.${c}.${d}/24`, gw: `185.206.${c}.254` }))
export const anyIp4 = fc.oneof({ weight: 3, arbitrary: network4 }, { weight: 1, arbitrary: noise4 })

const good6 = fc.constantFrom('2a10:b600:1::cc4:7a30:65b5', '2a10:b600:1::1', '2A02:1802:5e::', '2a10:b600:1:0:0:cc4:7a30:65b5', '::2')
const known6 = fc.constantFrom(
  ...['::', '::1', '1::', ':::', '1:::8', '::1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8:9'],
  ...['fe80::1', 'febf:ffff::', 'fec0::1', 'fdff::1', 'fc00::', 'fbff::1', 'fe00::1', 'ff00::1', 'feff::1', '100::1', '100:0:0:1::1'],
  ...['64:ff9b::192.0.2.128', 'g::1', '12345::1', '1:2', ':1', '1:', '', ':'],
)
const sections6 = fc
  .array(fc.constantFrom('', '', '0', '1', 'ffff', 'abcd', '2a10', 'F', '012', '12345', 'g', 'fg', '1g2'), { minLength: 2, maxLength: 11 })
  .map((sections) => sections.join(':'))
/** These make the chain's parser write beyond its buffer, or nearly do. */
const overrun6 = fc.constantFrom('8', 'ff', 'abc', 'abcd', 'g', '1g', '1gg', 'g1', '12345', '').map((last) => `1:2:3:4:5:6:7:::${last}`)
const address6 = fc.oneof(
  { weight: 5, arbitrary: good6 },
  { weight: 4, arbitrary: known6 },
  { weight: 4, arbitrary: sections6 },
  { weight: 2, arbitrary: overrun6 },
)
const mask6 = fc.constantFrom(
  '/64',
  '/64',
  '/48',
  '/32',
  '/1',
  '/0',
  '/00',
  '/000',
  '/128',
  '/127',
  '/129',
  '/064',
  '/',
  '',
  '/1000',
  '/6 ',
)

const goodIp6 = fc.constantFrom(
  { ip: '2a10:b600:1::cc4:7a30:65b5/64', gw: '2a10:b600:1::1' },
  { ip: '2A10:B600:1::/48', gw: '2a10:b600:1:2::' },
  { ip: '2001:db8::1/128', gw: '2001:db8::1' },
)
const anyIp6 = fc.record({ ip: fc.tuple(address6, mask6).map(([at, mask]) => cut(43)(at + mask)), gw: address6.map(cut(39)) })

const goodDomain = fc.constantFrom('some-domain.TF', 'a', '')
const anyDomain = fc.oneof(text('aZ0.-', 0, 8), text('a_ /\xe9', 1, 4))

/** What a farmer configures; all is well, or one part is whatever. */
export const publicConfig = fc
  .record({
    ip4: goodIp4,
    ip6: fc.option(goodIp6, { nil: undefined }),
    domain: fc.option(goodDomain, { nil: undefined }),
    flaw: fc.oneof(
      { weight: 4, arbitrary: fc.constant({}) },
      { weight: 2, arbitrary: anyIp4.map((ip4) => ({ ip4 })) },
      { weight: 4, arbitrary: anyIp6.map((ip6) => ({ ip6 })) },
      { weight: 1, arbitrary: anyDomain.map((domain) => ({ domain })) },
    ),
  })
  .map(({ flaw, ...config }) => ({ ...config, ...flaw }))

/** An address of a network interface, without a mask; 42 bytes at most. */
export const interfaceIp = fc
  .oneof(
    { weight: 2, arbitrary: address4.map(quad) },
    { weight: 1, arbitrary: odd4 },
    { weight: 3, arbitrary: address6 },
    { weight: 1, arbitrary: fc.constantFrom('10.4.0.1/24', '1.1.1.1', 'fe80::', 'fe80::1', '1.1.1.', '255.255.255.255') },
  )
  .map(cut(42))
