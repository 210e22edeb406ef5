import type { AccountId } from '../../spec/kernel/shape.js'
import { actors } from '../../spec/versions/genesis.js'
import { Farms, Nodes } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { ownerOfTwin, twinOwner } from '../pick.js'

const everybody: readonly AccountId[] = Object.values(actors)

/** Mostly the rightful caller; sometimes somebody else with a twin, or somebody who perhaps has none: a case plays with a few actors. */
export const likely = (d: Draw, who: AccountId): AccountId => (d.chance(86) ? who : d.chance(50) ? twinOwner(d) : d.pick(everybody))

/** The farmer, mostly. */
export const likelyFarmer = (d: Draw, farm: number): AccountId => likely(d, ownerOfTwin(d, d.w.get(Farms, farm)?.twinId))
/** The farmer of a node, mostly. */
export const likelyFarmerOf = (d: Draw, node: number): AccountId => likelyFarmer(d, d.w.get(Nodes, node)?.farmId ?? 0)
/** The account of a node, mostly. */
export const likelyNode = (d: Draw, node: number): AccountId => likely(d, ownerOfTwin(d, d.w.get(Nodes, node)?.twinId))
