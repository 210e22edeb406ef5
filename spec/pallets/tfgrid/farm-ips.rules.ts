/**
 * A farm's public IPs. An IP is its text: `185.206.122.33/24` and `185.206.122.33/25` are two, in one farm or in several.
 * @source pallet-tfgrid/src/farm.rs `get_public_ips`, `_add_farm_ip`, `_remove_farm_ip`, `_force_reset_farm_ip` @439e6919
 */
import { accept, refuse } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { Contracts } from '../smart-contract/items.js'
import type { addFarmIp, ArgsOf, createFarm, removeFarmIp } from './calls.js'
import { farmIsAbsent, farmOf, updateFarmWith, type OnFarm } from './farm.rules.js'
import { Twins } from './items.js'
import type { PublicIp } from './types.js'
import { faultOfIp4 } from './validation/ip4.js'

type Create = Stage<ArgsOf<typeof createFarm>, number>
type Add = Stage<ArgsOf<typeof addFarmIp>, number>
type OnIp = Stage<ArgsOf<typeof removeFarmIp>, number>

/** The most public IPs of a farm. */
const mostIps = 256

export const addIpAbsent = [farmIsAbsent('TG-FARM-IP-ADD-1')]
export const addIp = [
  refuse('TG-FARM-IP-ADD-2', 'farmHasNoTwin', 'TwinNotExists', { says: 'never: no twin is ever deleted' }),
  refuse('TG-FARM-IP-ADD-3', 'callerIsNotTheFarmersAccount', 'CannotUpdateFarmWrongTwin'),
  refuse('TG-FARM-IP-ADD-4', 'newIpIsInvalid', 'InvalidPublicIP'),
  refuse('TG-FARM-IP-ADD-5', 'farmHasTheIp', 'IpExists'),
  refuse('TG-FARM-IP-ADD-6', 'farmIsFull', 'InvalidPublicIP'),
  accept('TG-FARM-IP-ADD-7', { to: 'live', do: ['addIp'] }),
]

export const removeIpAbsent = [farmIsAbsent('TG-FARM-IP-REMOVE-1')]
export const removeIp = [
  refuse('TG-FARM-IP-REMOVE-2', 'farmHasNoTwin', 'TwinNotExists', { says: 'never: no twin is ever deleted' }),
  refuse('TG-FARM-IP-REMOVE-3', 'callerIsNotTheFarmersAccount', 'CannotUpdateFarmWrongTwin'),
  refuse('TG-FARM-IP-REMOVE-4', 'farmHasNoSuchFreeIp', 'IpNotExists'),
  accept('TG-FARM-IP-REMOVE-5', { to: 'live', do: ['removeIp'] }),
]

export const resetIpAbsent = [farmIsAbsent('TG-FARM-IP-RESET-1')]
/** 144 frees an IP also while the contract lives that has reserved it; both then believe in different things (quirk Q-FARM-IP-RESET). */
export const resetIp = [
  refuse('TG-FARM-IP-RESET-2', 'farmHasNoSuchIp', 'IpNotExists'),
  refuse('TG-FARM-IP-RESET-3', 'contractOfTheIpLives', 'IpNotExists', { instead: 'Q-FARM-IP-RESET' }),
  accept('TG-FARM-IP-RESET-4', { to: 'live', do: ['resetIp'] }),
]

const farmer = (s: OnFarm) => s.w.get(Twins, farmOf(s).twinId)
const placeOf = (s: OnIp): number => farmOf(s).publicIps.findIndex(({ ip }) => ip === s.args.ip)
const placeOfFree = (s: OnIp): number => farmOf(s).publicIps.findIndex(({ ip, contractId }) => ip === s.args.ip && contractId === 0n)

/** The position of the first element that stands in the list before already; the list's length when none does. */
const firstRepeated = (list: readonly Bytes[]): number => {
  const known = new Set<Bytes>()
  const place = list.findIndex((text) => known.size === known.add(text).size)
  return place < 0 ? list.length : place
}

export const ipGuards = {
  // The list is filled one by one, so a repetition beyond the place that overflows is never met.
  ipAndGatewayRepeat: (s: Create) => {
    const place = firstRepeated(s.args.publicIps.map(({ ip, gw }) => `${ip} ${gw}`))
    return place < s.args.publicIps.length && place <= mostIps
  },
  ipsAreTooMany: (s: Create) => s.args.publicIps.length > mostIps,
  ipRepeats: (s: Create) => firstRepeated(s.args.publicIps.map(({ ip }) => ip)) < s.args.publicIps.length,
  ipIsInvalid: (s: Create) => s.args.publicIps.some((ip) => faultOfIp4(ip) !== null),
  farmHasNoTwin: (s: OnFarm) => farmer(s) === undefined,
  callerIsNotTheFarmersAccount: (s: OnFarm) => farmer(s)!.accountId !== s.caller,
  newIpIsInvalid: (s: Add) => faultOfIp4(s.args) !== null,
  farmHasTheIp: (s: OnIp) => placeOf(s) >= 0,
  farmHasNoSuchIp: (s: OnIp) => placeOf(s) < 0,
  farmHasNoSuchFreeIp: (s: OnIp) => placeOfFree(s) < 0,
  farmIsFull: (s: OnFarm) => farmOf(s).publicIps.length >= mostIps,
  contractOfTheIpLives: (s: OnIp) => s.w.has(Contracts, farmOf(s).publicIps[placeOf(s)]!.contractId),
}

export const ipEffects = {
  addIp: (s: Add) => {
    const added: PublicIp = { ip: s.args.ip, gateway: s.args.gw, contractId: 0n }
    updateFarmWith(s, { publicIps: [...farmOf(s).publicIps, added] })
  },
  removeIp: (s: OnIp) => updateFarmWith(s, { publicIps: farmOf(s).publicIps.toSpliced(placeOfFree(s), 1) }),
  resetIp: (s: OnIp) => {
    const place = placeOf(s)
    updateFarmWith(s, { publicIps: farmOf(s).publicIps.map((ip, i) => (i === place ? { ...ip, contractId: 0n } : ip)) })
  },
}
