import type { Invariant } from './kernel/invariant.js'
import { balanceInvariants } from './pallets/balances/invariants.js'
import { councilInvariants } from './pallets/council/invariants.js'
import { contractInvariants } from './pallets/smart-contract/invariants.js'
import { systemInvariants } from './pallets/system/invariants.js'
import { gridInvariants } from './pallets/tfgrid/invariants.js'
import { bridgeInvariants } from './pallets/tft-bridge/invariants.js'
import { priceInvariants } from './pallets/tft-price/invariants.js'

/** Every promise that is checked. */
export const invariants: readonly Invariant[] = [
  ...systemInvariants,
  ...balanceInvariants,
  ...councilInvariants,
  ...gridInvariants,
  ...contractInvariants,
  ...bridgeInvariants,
  ...priceInvariants,
]
