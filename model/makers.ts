import { argumentLimits } from '../spec/pallets/smart-contract/calls.js'
import { longest } from './longest.js'
import type { Maker } from './maker.js'
import { balanceMakers } from './pallets/balances.js'
import { bridgeMakers } from './pallets/bridge.js'
import { contractMakers } from './pallets/contracts.js'
import { governanceMakers } from './pallets/governance.js'
import { priceMakers } from './pallets/price.js'
import { providerMakers } from './pallets/providers.js'
import { serviceMakers } from './pallets/services.js'
import { settingsMakers } from './pallets/settings.js'
import { tfgridMakers } from './pallets/tfgrid.js'

/** Calls of the modelled pallets. */
const plain: readonly Maker[] = [
  ...tfgridMakers,
  ...longest(argumentLimits, contractMakers),
  ...contractMakers,
  ...serviceMakers,
  ...providerMakers,
  ...settingsMakers,
  ...bridgeMakers,
  ...priceMakers,
  ...balanceMakers,
]

/** Every call that sequences are made of. */
export const makers: readonly Maker[] = [...governanceMakers(plain), ...plain]
