import type { Draw } from './draw.js'
import * as bridge from './plans/bridge.js'
import { edges } from './plans/edges.js'
import * as governance from './plans/governance.js'
import * as grid from './plans/grid.js'
import * as odd from './plans/odd.js'
import { riches } from './plans/riches.js'
import * as service from './plans/service.js'
import * as tfgrid from './plans/tfgrid.js'
import type { Proposal } from './proposal.js'

/**
 * A run of steps towards a state that steps chosen one by one hardly reach: a 24th bill, the end of a grace period,
 * a majority. It looks at the world before each step; other steps come in between. It draws its choices like a maker.
 */
export type Plan = (d: Draw) => Generator<Proposal, void>

/** Plans by the pallet that they are about, so that a case that leaves a pallet out leaves its plans out too. */
export const plans: Readonly<Record<string, readonly Plan[]>> = {
  SmartContractModule: [
    grid.billingRounds,
    grid.grace,
    grid.grace,
    grid.payout,
    grid.payout,
    grid.nodeGone,
    grid.rented,
    odd.goneAtOnce,
    odd.goneAtOnce,
    odd.frequency,
    odd.oddPrice,
    service.agreement,
    service.agreement,
    service.agreement,
    edges,
    riches,
  ],
  TfgridModule: [
    tfgrid.movingNodes,
    tfgrid.movingNodes,
    tfgrid.policies,
    tfgrid.policies,
    tfgrid.missingPolicy,
    tfgrid.certifiers,
    tfgrid.proofs,
  ],
  TFTBridgeModule: [bridge.mint, bridge.burns, bridge.refund, riches],
  Council: [governance.rare],
}
