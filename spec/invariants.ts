import type { Invariant } from './kernel/invariant.js'
import { balanceInvariants } from './pallets/balances/invariants.js'
import { contractInvariants } from './pallets/smart-contract/invariants.js'
import { gridInvariants } from './pallets/tfgrid/invariants.js'

/** Every promise about the state of the world. */
export const invariants: readonly Invariant[] = [...balanceInvariants, ...gridInvariants, ...contractInvariants]
