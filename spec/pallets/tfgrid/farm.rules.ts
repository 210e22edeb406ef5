/**
 * A farm's creation, name, payout address and standing.
 * @source pallet-tfgrid/src/farm.rs `_create_farm`, `_update_farm`, `_add_stellar_payout_v2address`, `_set_farm_certification`,
 * `_set_farm_dedicated` @439e6919
 */
import { accept, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import type { addStellarPayoutV2address, ArgsOf, createFarm, setFarmCertification, setFarmDedicated, updateFarm } from './calls.js'
import { nothing } from './callers.js'
import { FarmCertificationSet, FarmPayoutV2AddressRegistered, FarmStored, FarmUpdated } from './events.js'
import { FarmID, FarmIdByName, FarmPayoutV2AddressByFarmID, Farms, TwinIdByAccountID, Twins } from './items.js'
import type { Farm } from './types.js'
import { farmNameIsValid, minFarmNameLength } from './validation/farm-name.js'

export type OnFarm = Stage<unknown, number>
type Create = Stage<ArgsOf<typeof createFarm>, number>
type Rename = Stage<ArgsOf<typeof updateFarm>, number>
type Address = Stage<ArgsOf<typeof addStellarPayoutV2address>, number>
type Certify = Stage<ArgsOf<typeof setFarmCertification>, number>
type Dedicate = Stage<ArgsOf<typeof setFarmDedicated>, number>

/** Version of the farm struct that is written. */
const farmVersion = 4
/** Every new farm has the first pricing policy, whether it exists or not. */
const firstPricingPolicy = 1

/** A farm that exists: the key's. */
export const farmOf = (s: OnFarm): Farm => s.w.get(Farms, s.key)!
/** The farm does not exist. */
export const farmIsAbsent = (rule: string) => refuse(rule, null, 'FarmNotExists')

/** Replaces the farm, and tells. */
export function updateFarmWith(s: OnFarm, change: Partial<Farm>): void {
  const farm = { ...farmOf(s), ...change }
  s.w.put(Farms, s.key, farm)
  s.emit(FarmUpdated, farm)
}

/**
 * 144 looks at the texts of the IPs in no way (quirk Q-FARM-IP-UNCHECKED) and takes an IP twice when the gateways differ, so that
 * two contracts can reserve it (quirk Q-FARM-IP-TWICE). `add_farm_ip` refuses both.
 */
export const create = [
  refuse('TG-FARM-CREATE-1', 'callerHasNoLivingTwin', 'TwinNotExists'),
  refuse('TG-FARM-CREATE-2', 'twinIsSomebodyElses', 'CannotCreateFarmWrongTwin', { says: 'never: an account finds its own twin' }),
  refuse('TG-FARM-CREATE-3', 'nameIsTaken', 'FarmExists'),
  refuse('TG-FARM-CREATE-4', 'nameIsTooShort', 'FarmNameTooShort'),
  refuse('TG-FARM-CREATE-5', 'nameHasOtherCharacters', 'InvalidFarmName'),
  refuse('TG-FARM-CREATE-6', 'ipAndGatewayRepeat', 'IpExists'),
  refuse('TG-FARM-CREATE-7', 'ipsAreTooMany', 'InvalidPublicIP'),
  refuse('TG-FARM-CREATE-8', 'ipRepeats', 'IpExists', { instead: 'Q-FARM-IP-TWICE' }),
  refuse('TG-FARM-CREATE-9', 'ipIsInvalid', 'InvalidPublicIP', { instead: 'Q-FARM-IP-UNCHECKED' }),
  accept('TG-FARM-CREATE-10', { to: 'live', do: ['createFarm'] }),
]

export const renameAbsent = [refuse('TG-FARM-RENAME-1', 'callerHasNoTwin', 'TwinNotExists'), farmIsAbsent('TG-FARM-RENAME-2')]
export const rename = [
  refuse('TG-FARM-RENAME-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-FARM-RENAME-3', 'callerIsNotTheFarmer', 'CannotUpdateFarmWrongTwin'),
  refuse('TG-FARM-RENAME-4', 'nameIsTooShort', 'FarmNameTooShort'),
  refuse('TG-FARM-RENAME-5', 'nameHasOtherCharacters', 'InvalidFarmName'),
  accept('TG-FARM-RENAME-6', { when: 'nameIsTheFarmsOwn', to: 'live', says: 'nothing happens, no event' }),
  refuse('TG-FARM-RENAME-7', 'nameIsAnotherFarms', 'InvalidFarmName'),
  accept('TG-FARM-RENAME-8', { to: 'live', do: ['rename'] }),
]

export const payoutAbsent = [refuse('TG-FARM-PAYOUT-1', 'callerHasNoTwin', 'TwinNotExists'), farmIsAbsent('TG-FARM-PAYOUT-2')]
export const payout = [
  refuse('TG-FARM-PAYOUT-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('TG-FARM-PAYOUT-3', 'callerIsNotTheFarmer', 'CannotUpdateFarmWrongTwin'),
  accept('TG-FARM-PAYOUT-4', { to: 'live', do: ['setPayoutAddress'], says: 'whatever the address is' }),
]

export const certifyAbsent = [farmIsAbsent('TG-FARM-CERTIFY-1')]
export const certify = [accept('TG-FARM-CERTIFY-2', { to: 'live', do: ['certify'] })]

export const dedicateAbsent = [farmIsAbsent('TG-FARM-DEDICATE-1')]
export const dedicate = [accept('TG-FARM-DEDICATE-2', { to: 'live', do: ['dedicate'] })]

/** The id of the farm that has the name; 0 for none. */
const farmNamed = (s: Rename): number => s.w.get(FarmIdByName, s.args.name)

export const farmGuards = {
  callerHasNoTwin: (s: OnFarm) => !s.w.has(TwinIdByAccountID, s.caller),
  callerHasNoLivingTwin: (s: OnFarm) => !s.w.has(Twins, s.w.get(TwinIdByAccountID, s.caller) ?? nothing),
  twinIsSomebodyElses: (s: OnFarm) => s.w.get(Twins, s.w.get(TwinIdByAccountID, s.caller)!)!.accountId !== s.caller,
  callerIsNotTheFarmer: (s: OnFarm) => s.w.get(TwinIdByAccountID, s.caller) !== farmOf(s).twinId,
  nameIsTaken: (s: Create) => s.w.has(FarmIdByName, s.args.name),
  nameIsTooShort: (s: Create) => s.args.name.length < minFarmNameLength,
  nameHasOtherCharacters: (s: Create) => !farmNameIsValid(s.args.name),
  nameIsTheFarmsOwn: (s: Rename) => farmNamed(s) === s.key,
  nameIsAnotherFarms: (s: Rename) => farmNamed(s) !== 0,
}

export const farmEffects = {
  createFarm: (s: Create) => {
    const farm: Farm = {
      version: farmVersion,
      id: s.key,
      name: s.args.name,
      twinId: s.w.get(TwinIdByAccountID, s.caller)!,
      pricingPolicyId: firstPricingPolicy,
      certification: { type: 'NotCertified' },
      publicIps: s.args.publicIps.map(({ ip, gw }) => ({ ip, gateway: gw, contractId: 0n })),
      dedicatedFarm: false,
      farmingPolicyLimits: undefined,
    }
    s.w.put(Farms, s.key, farm)
    s.w.put(FarmIdByName, s.args.name, s.key)
    s.w.set(FarmID, s.key)
    s.emit(FarmStored, farm)
  },
  rename: (s: Rename) => {
    s.w.remove(FarmIdByName, farmOf(s).name)
    s.w.put(FarmIdByName, s.args.name, s.key)
    updateFarmWith(s, { name: s.args.name })
  },
  setPayoutAddress: (s: Address) => {
    s.w.put(FarmPayoutV2AddressByFarmID, s.key, s.args.stellarAddress)
    s.emit(FarmPayoutV2AddressRegistered, [s.key, s.args.stellarAddress])
  },
  certify: (s: Certify) => {
    s.w.put(Farms, s.key, { ...farmOf(s), certification: s.args.certification })
    s.emit(FarmCertificationSet, [s.key, s.args.certification])
  },
  dedicate: (s: Dedicate) => updateFarmWith(s, { dedicatedFarm: s.args.dedicated }),
}
