import { quirks as smartContract } from '../pallets/smart-contract/quirks.js'
import { quirks as bridge } from '../pallets/tft-bridge/quirks.js'
import { quirks as price } from '../pallets/tft-price/quirks.js'
import { quirks as tfgrid } from '../pallets/tfgrid/quirks.js'
import type { Quirk } from './quirk.js'

export type { Quirk, Severity } from './quirk.js'

/** Every quirk of the released versions, pallet by pallet. */
export const quirks: readonly Quirk[] = [...smartContract, ...tfgrid, ...bridge, ...price]
