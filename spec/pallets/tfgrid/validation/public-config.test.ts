import { expect, test } from 'vitest'
import type { PublicConfig } from '../types.js'
import { problemOfPublicConfig } from './public-config.js'

const ip4 = { ip: '185.206.122.33/24', gw: '185.206.122.1' }
const ip6 = { ip: '2a10:b600:1::cc4:7a30:65b5/64', gw: '2a10:b600:1::1' }
const good: PublicConfig = { ip4, ip6, domain: 'some-domain.TF' }

test.each<[string, Partial<PublicConfig>, string | null]>([
  ['all is well', {}, null],
  ['neither IPv6 nor domain are needed', { ip6: undefined, domain: undefined }, null],
  ['an empty domain is one', { domain: '' }, null],
  ['a domain holds no underscore', { domain: 'a_b' }, 'domain'],
  ['the gateway lies outside the network', { ip4: { ...ip4, gw: '185.206.123.1' } }, 'ip4'],
  ['a mask may begin with a zero', { ip4: { ...ip4, ip: '185.206.122.33/08' } }, null],
  ['the address is private', { ip4: { ip: '10.0.0.2/24', gw: '10.0.0.1' } }, 'ip4'],
  ['the IPv6 address has no mask', { ip6: { ...ip6, ip: '2a10:b600:1::2' } }, 'ip6'],
  ['the IPv6 gateway lies outside the network', { ip6: { ...ip6, gw: '2a10:b600:2::1' } }, 'ip6'],
  ['the IPv6 address is private', { ip6: { ip: 'fc00::2/64', gw: 'fc00::1' } }, 'ip6'],
  ['the IPv6 address is multicast', { ip6: { ip: 'ff02::2/64', gw: 'ff02::1' } }, 'ip6'],
  ['the gateway overruns', { ip6: { ...ip6, gw: '1:2:3:4:5:6:7:::8' } }, 'overrun'],
  ['the network overruns', { ip6: { ...ip6, ip: '1:2:3:4:5:6:7:::8/64' } }, 'overrun'],
  ['IPv4 is looked at first', { ip4: { ip: '', gw: '' }, ip6: { ...ip6, gw: '1:2:3:4:5:6:7:::8' } }, 'ip4'],
  ['and the domain before it', { domain: '!', ip4: { ip: '', gw: '' } }, 'domain'],
])('%s', (_, change, problem) => {
  expect(problemOfPublicConfig({ ...good, ...change })).toBe(problem)
})
