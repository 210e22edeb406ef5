import fc from 'fast-check'
import type { AccountId } from '../../spec/kernel/shape.js'
import { forceResetFarmIp, setFarmCertification, setFarmDedicated } from '../../spec/pallets/tfgrid/calls.js'
import {
  addNodeCertifier,
  removeNodeCertifier,
  setConnectionPrice,
  setStorageVersion,
  setZosVersion,
} from '../../spec/pallets/tfgrid/calls-node.js'
import { AllowedNodeCertifiers, Farms, ZosVersion } from '../../spec/pallets/tfgrid/items.js'
import type { StorageVersion } from '../../spec/pallets/tfgrid/types.js'
import { type FarmCertification } from '../../spec/pallets/tfgrid/types.js'
import { actors, roles } from '../../spec/versions/genesis.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { farmId } from '../pick.js'
import { anyBytes, u32 } from '../values.js'
import { farmsIp } from './tfgrid-farms.js'

const hasFarm = (w: Draw['w']): boolean => w.count(Farms) > 0
const farmCertification = fc.constantFrom<FarmCertification>({ type: 'NotCertified' }, { type: 'Gold' }, { type: 'Gold' })
const zosVersion = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', '3.7.0', '{"safe_to_upgrade":true}') },
  { weight: 1, arbitrary: anyBytes(20) },
)
const storageVersion = fc.constantFrom<StorageVersion>({ type: 'V1Struct' }, { type: 'V14Struct' }, { type: 'V15Struct' })
/** Few accounts, so that they are allowed twice, or were never. */
const certifier = (d: Draw): AccountId => (d.chance(70) ? d.actor() : d.chance(50) ? actors.alice : roles.foundation)

/** Calls of the council about farms, certifiers and the grid's settings. */
export const tfgridSettings = [
  maker({
    call: setFarmCertification,
    weight: 1.5,
    ready: hasFarm,
    make: (d) => ({ who: d.actor(), args: { farmId: farmId(d), certification: d.of(farmCertification) } }),
  }),
  maker({
    call: setFarmDedicated,
    weight: 1.5,
    ready: hasFarm,
    make: (d) => ({ who: d.actor(), args: { farmId: farmId(d), dedicated: d.chance(55) } }),
  }),
  maker({ call: forceResetFarmIp, weight: 2, ready: hasFarm, make: (d) => ({ who: d.actor(), args: farmsIp(d) }) }),
  maker({ call: addNodeCertifier, weight: 1.5, make: (d) => ({ who: d.actor(), args: { certifier: certifier(d) } }) }),
  maker({
    call: removeNodeCertifier,
    weight: 1.5,
    make: (d) => {
      const allowed = d.w.get(AllowedNodeCertifiers) ?? []
      return { who: d.actor(), args: { certifier: allowed.length > 0 && d.chance(75) ? d.pick(allowed) : certifier(d) } }
    },
  }),
  maker({
    call: setConnectionPrice,
    weight: 1,
    make: (d) => ({ who: d.actor(), args: { price: d.of(u32) } }),
  }),
  maker({
    call: setZosVersion,
    weight: 1,
    make: (d) => ({ who: d.actor(), args: { zosVersion: d.chance(20) ? d.w.get(ZosVersion) : d.of(zosVersion) } }),
  }),
  maker({ call: setStorageVersion, weight: 0.5, make: (d) => ({ who: d.actor(), args: { version: d.of(storageVersion) } }) }),
]
