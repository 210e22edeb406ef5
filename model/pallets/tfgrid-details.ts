import fc from 'fast-check'
import { GIGABYTE, MIN_MRU, MIN_SRU } from '../../spec/pallets/tfgrid/resources.js'
import type { Resources } from '../../spec/pallets/tfgrid/types.js'
import type { Draw } from '../draw.js'
import { anyBytes, capacity, cores, resources as anyResources, text, u64 } from '../values.js'
import { interfaceIp } from './tfgrid-addresses.js'

/** What nodes tell about themselves. */

const typical = fc.record({
  hru: fc.constantFrom(0n, 1024n * GIGABYTE, 1200n * GIGABYTE),
  sru: fc.constantFrom(512n * GIGABYTE, MIN_SRU, 250n * GIGABYTE),
  cru: fc.constantFrom(8n, 1n, 64n),
  mru: fc.constantFrom(16n * GIGABYTE, MIN_MRU, 128n * GIGABYTE),
})
/** Around the least that a node must have. */
const atTheLeast = fc.record({
  hru: fc.constantFrom(0n, 1n),
  sru: fc.constantFrom(MIN_SRU - 1n, MIN_SRU, MIN_SRU + 1n),
  cru: fc.constantFrom(0n, 1n, 2n),
  mru: fc.constantFrom(MIN_MRU - 1n, MIN_MRU, MIN_MRU + 1n),
})
const accepted = fc.record({
  hru: u64,
  sru: u64.map((n) => (n < MIN_SRU ? MIN_SRU : n)),
  cru: u64,
  mru: u64.map((n) => (n < MIN_MRU ? MIN_MRU : n)),
})
export const nodeResources = fc.oneof(
  { weight: 10, arbitrary: typical },
  { weight: 2, arbitrary: fc.record({ hru: capacity, sru: capacity, cru: cores, mru: capacity }) },
  { weight: 2, arbitrary: atTheLeast },
  { weight: 1, arbitrary: anyResources },
  { weight: 1, arbitrary: accepted },
)

/** What a node's hardware may have become: the same, changed by about the one percent that is tolerated, or another. */
export function changedResources(d: Draw, before: Resources): Resources {
  if (d.chance(35)) return before
  const fields = ['hru', 'sru', 'cru', 'mru'] as const
  if (d.chance(50)) {
    const field = d.pick(fields)
    const step = (before[field] * BigInt(d.pick([-1, 0, 1]))) / 100n + BigInt(d.int(-1, 1))
    return { ...before, [field]: BigInt.asUintN(64, before[field] + step) }
  }
  return d.of(nodeResources)
}

const cities = fc.constantFrom(
  { city: 'Ghent', country: 'Belgium', latitude: '51.049999', longitude: '3.733333' },
  { city: 'Cairo', country: 'Egypt', latitude: '30.04442', longitude: '31.235712' },
  { city: 'Q', country: 'QQ', latitude: 'Unknown', longitude: 'Unknown' },
)
const degrees = fc.oneof(
  fc.constantFrom(
    ...['0', '-0', '90', '-90.0', '90.000003', '90.0000039', '91', '180', '-180', '180.00000762939453125', '180.00000762939453126', '181'],
    ...['Unknown', 'unknown', '', '.', '.5', '5.', '5e', '1e1', '+.5e1', '1e-99999999999', '1e99999999999', '0e999999999', '00090', 'inf'],
    ...['nan', 'infinity', '-inf', '--1', ' 1', '1 ', '1_0', '0x10', '30,35', '\xff', '\xc3\xa9', '1'.repeat(50), `0.${'1'.repeat(48)}`],
  ),
  text('0123456789.-+eE', 0, 8),
)
const flawedLocation = fc.oneof(
  anyBytes(58).map((city) => ({ city })),
  anyBytes(56).map((country) => ({ country })),
  fc.constantFrom(
    { city: '' },
    { country: '' },
    { country: 'B' },
    { latitude: '' },
    { longitude: '' },
    { city: '\xff', country: '\xff\xfe' },
  ),
  degrees.map((latitude) => ({ latitude })),
  degrees.map((longitude) => ({ longitude })),
)
const location = fc
  .tuple(cities, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: flawedLocation }))
  .map(([city, flaw]) => ({ ...city, ...flaw }))

const goodInterface = fc.record({
  name: fc.constantFrom('zos', 'eth0', 'a-_9'),
  mac: fc.constantFrom('54:be:f7:33:0c:9f', '54:BE:F7:33:0C:9F'),
  ips: fc.array(fc.constantFrom('192.168.0.1', '10.4.0.1', '2a02:1802:5e::1', 'fe80::1'), { maxLength: 3 }),
})
const flawedInterface = fc.oneof(
  fc.oneof(text('az_- Z\xe9', 0, 5), fc.constantFrom('Eth', 'zo', 'zos\n')).map((name) => ({ name })),
  fc
    .oneof(
      text('09afAFgz:-', 16, 17),
      fc.constantFrom('54:be:f7:33:0c:9', '54-be-f7-33-0c-9f', '5:4be:f7:33:0c:9f', '54:be:f7:33:0c:9g', ''),
    )
    .map((mac) => ({ mac })),
  fc.array(interfaceIp, { minLength: 1, maxLength: 2 }).map((ips) => ({ ips })),
)
const anInterface = fc
  .tuple(goodInterface, fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: flawedInterface }))
  .map(([good, flaw]) => ({ ...good, ...flaw }))

/** All that a node tells, but for its farm. */
export const details = fc.record({
  resources: nodeResources,
  location,
  interfaces: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(anInterface, { minLength: 1, maxLength: 2 }) },
  ),
  secureBoot: fc.boolean(),
  virtualized: fc.boolean(),
  serialNumber: fc.option(
    fc.oneof(
      fc.constantFrom('SN-1', 'Not Specified', '', '\xc2\xa7', '012345678', '0123456789', 'ZOS_0123.45-67', 'ZOS 0123456789'),
      anyBytes(128),
    ),
    { nil: undefined },
  ),
})
