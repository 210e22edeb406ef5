import type { Maker } from './maker.js'
import { balanceMakers } from './pallets/balances.js'
import { contractMakers } from './pallets/contracts.js'
import { tfgridBasics } from './pallets/tfgrid-basics.js'

/** Every call that sequences are made of. */
export const makers: readonly Maker[] = [...tfgridBasics, ...contractMakers, ...balanceMakers]
