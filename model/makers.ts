import type { Maker } from './maker.js'
import { balanceMakers } from './pallets/balances.js'
import { bridgeMakers } from './pallets/bridge.js'
import { contractMakers } from './pallets/contracts.js'
import { priceMakers } from './pallets/price.js'
import { providerMakers } from './pallets/providers.js'
import { serviceMakers } from './pallets/services.js'
import { settingsMakers } from './pallets/settings.js'
import { tfgridBasics } from './pallets/tfgrid-basics.js'

/** Every call that sequences are made of. */
export const makers: readonly Maker[] = [...tfgridBasics, ...contractMakers, ...serviceMakers, ...providerMakers, ...settingsMakers, ...bridgeMakers, ...priceMakers, ...balanceMakers]
