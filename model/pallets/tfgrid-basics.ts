import fc from 'fast-check'
import { Farms, Nodes, TwinIdByAccountID, UsersTermsAndConditions } from '../../spec/pallets/tfgrid/items.js'
import { addFarmIp, createFarm, createTwin, removeFarmIp, userAcceptTc } from '../../spec/pallets/tfgrid/calls.js'
import { createNode } from '../../spec/pallets/tfgrid/calls-node.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { farmer, farmId, rightful, twinOwner } from '../pick.js'
import { anyBytes, capacity, cores, resources, text } from '../values.js'

const lower = 'abcdefghijklmnopqrstuvwxyz'
const link = fc.oneof(
  { weight: 8, arbitrary: fc.constant('https://example.org/terms') },
  { weight: 1, arbitrary: anyBytes(12) },
  { weight: 1, arbitrary: text('a ^', 0, 6) },
)
const documentHash = fc.oneof(
  { weight: 8, arbitrary: fc.constant('5e4f0c') },
  { weight: 1, arbitrary: anyBytes(50) },
  { weight: 1, arbitrary: text('a ^', 0, 6) },
)
const relay = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('relay.example.org', 'a.b', 'r') },
  { weight: 1, arbitrary: fc.constantFrom('', '.', 'a.', '.a', 'a..b', 'a b', 'a') },
  { weight: 1, arbitrary: text('ab._-', 0, 6) },
)
const farmName = fc.oneof(
  { weight: 6, arbitrary: text(lower, 3, 4) },
  { weight: 1, arbitrary: text(`${lower} ;'`, 0, 5) },
  { weight: 1, arbitrary: fc.constantFrom('ab', 'abc', 'a'.repeat(40), 'a'.repeat(39)) },
)

/** Public addresses of a few small networks, and some that a farm may not have. */
export const ip4 = fc
  .tuple(
    fc.constantFrom(185, 192, 10, 127, 224, 45),
    fc.nat(3),
    fc.integer({ min: 1, max: 6 }),
    fc.constantFrom(24, 24, 24, 28, 32, 16, 33),
  )
  .map(([a, c, d, mask]) => ({ ip: `${a}.206.${c}.${d}/${mask}`, gw: `${a}.206.${c}.254` }))
const goodIp = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 9 })).map(([c, d]) => ({ ip: `185.206.${c}.${d}/24`, gw: `185.206.${c}.254` }))
const anyIp = fc.oneof(
  { weight: 8, arbitrary: goodIp },
  { weight: 2, arbitrary: ip4 },
  { weight: 1, arbitrary: fc.record({ ip: text('0123456789./', 0, 18), gw: text('0123456789.', 0, 15) }) },
)

const location = fc.constantFrom(
  { city: 'Ghent', country: 'Belgium', latitude: '51.049999', longitude: '3.733333' },
  { city: 'Ghent', country: 'Belgium', latitude: '51.049999', longitude: '3.733333' },
  { city: 'Cairo', country: 'Egypt', latitude: '30.04442', longitude: '31.235712' },
  { city: '', country: '', latitude: '', longitude: '' },
  { city: 'Ghent', country: 'B1', latitude: '91', longitude: '181' },
)
const GIGABYTE = 1n << 30n
const nodeResources = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      hru: fc.constant(1024n * GIGABYTE),
      sru: fc.constantFrom(512n * GIGABYTE, 100n * GIGABYTE),
      cru: fc.constantFrom(8n, 1n),
      mru: fc.constantFrom(16n * GIGABYTE, 2n * GIGABYTE),
    }),
  },
  { weight: 2, arbitrary: fc.record({ hru: capacity, sru: capacity, cru: cores, mru: capacity }) },
  { weight: 1, arbitrary: resources },
)
const ready = (d: Draw) => d.entryOf(UsersTermsAndConditions)?.[0]

export const tfgridBasics = [
  maker({
    call: userAcceptTc,
    weight: 6,
    make: (d) => ({ who: d.actor(), args: { documentLink: d.of(link), documentHash: d.of(documentHash) } }),
  }),
  maker({
    call: createTwin,
    weight: 6,
    ready: (w) => w.count(UsersTermsAndConditions) > w.count(TwinIdByAccountID),
    make: (d) => {
      const who = rightful(d, ready(d) ?? d.actor())
      return { who, args: { relay: d.chance(70) ? d.of(relay) : undefined, pk: d.chance(50) ? d.of(anyBytes(8)) : undefined } }
    },
  }),
  maker({
    call: createFarm,
    weight: 4,
    ready: (w) => w.count(TwinIdByAccountID) > 0 && w.count(Farms) < 6,
    make: (d) => ({
      who: twinOwner(d),
      args: {
        name: d.of(farmName),
        publicIps: d.chance(60)
          ? Array.from({ length: d.int(0, 4) }, (_, i) =>
              d.chance(85) ? { ip: `185.207.${i}.${d.int(1, 9)}/24`, gw: `185.207.${i}.254` } : d.of(anyIp),
            )
          : [],
      },
    }),
  }),
  maker({
    call: addFarmIp,
    weight: 4,
    ready: (w) => w.count(Farms) > 0,
    make: (d) => {
      const farm = farmId(d)
      return { who: farmer(d, farm), args: { farmId: farm, ...d.of(anyIp) } }
    },
  }),
  maker({
    call: removeFarmIp,
    weight: 3,
    ready: (w) => w.count(Farms) > 0,
    make: (d) => {
      const id = farmId(d)
      const ips = d.w.get(Farms, id)?.publicIps ?? []
      return { who: farmer(d, id), args: { farmId: id, ip: ips.length > 0 && d.chance(85) ? d.pick(ips).ip : d.of(anyIp).ip } }
    },
  }),
  maker({
    call: createNode,
    weight: 5,
    ready: (w) => w.count(Farms) > 0 && w.count(Nodes) < w.count(TwinIdByAccountID),
    make: (d) => ({
      who: twinOwner(d),
      args: {
        farmId: farmId(d),
        resources: d.of(nodeResources),
        location: d.of(location),
        interfaces: d.chance(60)
          ? []
          : [
              {
                name: d.pick(['zos', 'eth0', 'Eth', 'z']),
                mac: d.pick(['54:be:f7:33:0c:9f', '54:be:f7:33:0c', 'zz:be:f7:33:0c:9f']),
                ips: d.pick([[], ['192.168.0.1'], ['10.4.0.x1'], ['2a02:1802:5e::1']]),
              },
            ],
        secureBoot: d.chance(50),
        virtualized: d.chance(50),
        serialNumber: d.chance(60) ? undefined : d.pick(['SN-1', 'Not Specified', '', '§§']),
      },
    }),
  }),
]
