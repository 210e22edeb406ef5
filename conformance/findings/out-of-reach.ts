import type { SpecVersion } from '../../spec/kernel/version.js'
import { genesis } from '../../spec/versions/genesis.js'

/** A quirk that no sequence shows on the genesis that sequences begin with, with the proof. */
export interface OutOfReach {
  readonly quirk: string
  readonly why: string
  /** What the proof says about the genesis. That nothing removes the entry is held by never-removed.test.ts. */
  readonly holds: (version: SpecVersion) => boolean
}

const POLICIES = { pallet: 'TfgridModule', item: 'PricingPolicies' }

export const outOfReach: readonly OutOfReach[] = [
  {
    quirk: 'Q-BILL-NO-POLICY',
    why:
      'every chain specification brings pricing policy 1 along, and no call removes one, so that it shows only on a chain that begins without; ' +
      'in a world from which the policy was taken the runtime does trap (tfspec mutants --rule Q-BILL)',
    holds: (version) =>
      genesis(version).some(({ pallet, item, args }) => pallet === POLICIES.pallet && item === POLICIES.item && args[0] === 1),
  },
]

export const whyOutOfReach = (quirk: string): string | undefined => outOfReach.find((one) => one.quirk === quirk)?.why
