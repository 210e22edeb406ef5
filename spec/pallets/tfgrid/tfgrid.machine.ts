import { accept, machine, refuse } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { ConnectionPriceSet, ZosVersionUpdated } from './events.js'
import { ConnectionPrice, PalletVersion, ZosVersion } from './items.js'
import type { StorageVersion } from './types.js'

type SetConnectionPrice = Stage<{ readonly price: number }, undefined>
type SetZosVersion = Stage<{ readonly zosVersion: Bytes }, undefined>
type SetStorageVersion = Stage<{ readonly version: StorageVersion }, undefined>

/**
 * The settings of the grid as a whole.
 * @source pallet-tfgrid/src/lib.rs `set_zos_version`, `set_storage_version`; pricing.rs `_set_connection_price` @439e6919
 */
export const tfgrid = machine({
  id: 'tfgrid',
  pallet: 'TfgridModule',
  says: 'the settings of the grid',
  state: () => 'always' as const,
  states: {
    always: {
      setConnectionPrice: [accept('TG-CONNECTION-PRICE-1', { do: ['setConnectionPrice'] })],
      setZosVersion: [refuse('TG-ZOS-1', 'zosVersionIsTheSame', 'InvalidZosVersion'), accept('TG-ZOS-2', { do: ['setZosVersion'] })],
      setStorageVersion: [accept('TG-STORAGE-VERSION-1', { says: 'tells nobody', do: ['setStorageVersion'] })],
    },
  },
  guards: { zosVersionIsTheSame: (s: SetZosVersion) => s.w.get(ZosVersion) === s.args.zosVersion },
  effects: {
    setConnectionPrice: (s: SetConnectionPrice) => {
      s.w.set(ConnectionPrice, s.args.price)
      s.emit(ConnectionPriceSet, s.args.price)
    },
    setZosVersion: (s: SetZosVersion) => {
      s.w.set(ZosVersion, s.args.zosVersion)
      s.emit(ZosVersionUpdated, s.args.zosVersion)
    },
    setStorageVersion: (s: SetStorageVersion) => s.w.set(PalletVersion, s.args.version),
  },
})
