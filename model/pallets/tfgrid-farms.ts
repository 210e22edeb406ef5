import fc from 'fast-check'
import {
  addFarmIp,
  addStellarPayoutV2address,
  createFarm,
  deleteNodeFarm,
  FARM_IDS,
  removeFarmIp,
  updateFarm,
} from '../../spec/pallets/tfgrid/calls.js'
import { Farms, Nodes, TwinIdByAccountID, Twins } from '../../spec/pallets/tfgrid/items.js'
import type { Ip4 } from '../../spec/pallets/tfgrid/types.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { farmId, nodeId, twinOwner } from '../pick.js'
import { anyBytes, text } from '../values.js'
import { anyIp4, goodIp4 } from './tfgrid-addresses.js'
import { likely, likelyFarmer, likelyFarmerOf } from './tfgrid-callers.js'

const letters = 'abcdefghijklmnopqrstuvwxyz'
/** Few enough that farms want the same. */
const farmName = fc.oneof(
  { weight: 6, arbitrary: text(letters, 3, 4) },
  { weight: 2, arbitrary: fc.constantFrom('abc', 'farm', 'FARM', 'a-_9', 'a'.repeat(39), 'a'.repeat(40)) },
  { weight: 2, arbitrary: fc.oneof(text(`${letters} ;'`, 0, 5), anyBytes(40), fc.constantFrom('', 'ab')) },
)
const stellarAddress = fc.oneof(
  { weight: 4, arbitrary: fc.constant('GBIYUZVHIIKPMOMLKNJWUDPFUPGFAPVUJJUKFPZ3VFEFUPIJIGNLYXSP') },
  { weight: 1, arbitrary: anyBytes(80) },
)
const anyIp = fc.oneof({ weight: 7, arbitrary: goodIp4 }, { weight: 3, arbitrary: anyIp4 })

/** The most public IPs of a farm; twice as many fit into the call. */
const mostIps = 256
const distinctIps = (n: number): Ip4[] =>
  Array.from({ length: n }, (_, i) => ({ ip: `185.${i >> 8}.${i & 255}.1/24`, gw: `185.${i >> 8}.${i & 255}.254` }))

/** The IPs of a new farm: a few, now and then as many as there may be or more, with a repetition here and there. */
function newFarmsIps(d: Draw): readonly Ip4[] {
  if (d.chance(50)) return []
  const ips = d.chance(92)
    ? Array.from({ length: d.int(1, 4) }, (_, i) =>
        d.chance(90) ? { ip: `185.207.${i}.${d.int(1, 9)}/24`, gw: `185.207.${i}.254` } : d.of(anyIp),
      )
    : distinctIps(d.pick([mostIps - 1, mostIps, mostIps, mostIps + 1, mostIps + 2, 2 * mostIps]))
  if (d.chance(88)) return ips
  const twice = d.pick(ips)
  return [...ips, d.chance(50) ? twice : { ...twice, gw: '185.207.0.1' }]
}

/** A farm whose IPs are as many as there may be, or one less, if a few draws find one. */
function fullFarm(d: Draw): number | undefined {
  for (let i = 0; i < 4; i++) {
    const entry = d.entryOf(Farms)
    if (entry !== undefined && entry[1].publicIps.length >= mostIps - 1) return entry[0]
  }
  return undefined
}

const hasFarm = (w: Draw['w']): boolean => w.count(Farms) > 0
/** An IP of a farm, nearly always; and whose it is. */
export function farmsIp(d: Draw): { readonly farmId: number; readonly ip: string } {
  const farm = farmId(d)
  const ips = d.w.get(Farms, farm)?.publicIps ?? []
  return { farmId: farm, ip: ips.length > 0 && d.chance(88) ? d.pick(ips).ip : d.of(anyIp).ip }
}

/** A farm by the name that calls about its IPs have for it. */
const naming = (d: Draw, farm: number) => (d.w.version < FARM_IDS ? { id: farm } : { farmId: farm })

export const tfgridFarms = [
  maker({
    call: createFarm,
    weight: 3.5,
    ready: (w) => w.count(TwinIdByAccountID) > 0 && w.count(Farms) < 6,
    make: (d) => ({ who: likely(d, twinOwner(d)), args: { name: d.of(farmName), publicIps: newFarmsIps(d) } }),
  }),
  maker({
    call: updateFarm,
    weight: 3,
    ready: hasFarm,
    make: (d) => {
      const farm = farmId(d)
      const known = d.chance(30) ? d.entryOf(Farms)?.[1].name : undefined
      return { who: likelyFarmer(d, farm), args: { farmId: farm, name: known ?? d.of(farmName) } }
    },
  }),
  maker({
    call: addStellarPayoutV2address,
    weight: 2,
    ready: hasFarm,
    make: (d) => {
      const farm = farmId(d)
      return { who: likelyFarmer(d, farm), args: { farmId: farm, stellarAddress: d.of(stellarAddress) } }
    },
  }),
  maker({
    call: addFarmIp,
    weight: 4,
    ready: hasFarm,
    make: (d) => {
      const farm = (d.chance(30) ? fullFarm(d) : undefined) ?? farmId(d)
      return { who: likelyFarmer(d, farm), args: { ...naming(d, farm), ...d.of(anyIp) } }
    },
  }),
  maker({
    call: removeFarmIp,
    weight: 3,
    ready: hasFarm,
    make: (d) => {
      const at = farmsIp(d)
      return { who: likelyFarmer(d, at.farmId), args: { ...naming(d, at.farmId), ip: at.ip } }
    },
  }),
  maker({
    call: deleteNodeFarm,
    weight: 2,
    ready: (w) => w.count(Nodes) > 0 && w.count(Twins) > 0,
    make: (d) => {
      const node = nodeId(d)
      return { who: d.chance(85) ? likelyFarmerOf(d, node) : twinOwner(d), args: { nodeId: node } }
    },
  }),
]
