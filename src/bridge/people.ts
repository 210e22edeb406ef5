import type { AccountId } from '../../spec/kernel/shape.js'
import { stellarAddress } from '../../spec/pallets/tft-bridge/stellar-address.js'
import { actors, genesis, type GenesisEntry } from '../../spec/versions/genesis.js'

/** Users: the first three get a twin (1, 2, 3) before anything happens, the fourth has none. */
export const users: readonly AccountId[] = [actors.ivan, actors.judy, actors.mallory, actors.niaj]
export const TWINS = 3
/** The user that has no twin. */
export const LATECOMER = 3
/** Where each user is on Stellar. */
export const homes: readonly string[] = users.map((_, i) => stellarAddress(new Uint8Array(32).fill(100 + i)))
export const council = actors.alice

const daemons: readonly AccountId[] = [actors.bob, actors.charlie, actors.dave, actors.eve, actors.ferdie, actors.grace, actors.heidi]
export const MOST_VALIDATORS = daemons.length
/** The daemons' accounts; the first three are those of the default genesis. */
export const validators = (count: number): readonly AccountId[] => daemons.slice(0, count)

export const bridgeGenesis = (version: number, count: number): readonly GenesisEntry[] =>
  genesis(version, { bridgeValidators: validators(count) })
