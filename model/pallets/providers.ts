import {
  attachSolutionProviderId,
  approveSolutionProvider,
  createSolutionProvider,
} from '../../spec/pallets/smart-contract/calls-service.js'
import { Contracts, SolutionProviders } from '../../spec/pallets/smart-contract/items.js'
import { TwinIdByAccountID } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { banker, strangers } from '../money.js'
import { contractId, contractOwner, twinOwner } from '../pick.js'
import { anyBytes, u64, u8 } from '../values.js'

/** Takes as people agree on them, at the edge of half a bill, more than half, and sums that wrap in a u8. */
const usual: readonly (readonly number[])[] = [[25], [50], [10, 20, 20], [0], [], [1, 1, 1, 1, 1, 1], [49, 1]]
const odd: readonly (readonly number[])[] = [
  [51],
  [100],
  [255],
  [50, 1],
  [200, 100],
  [156, 100],
  [206, 100],
  [255, 1],
  [100, 100, 100],
  [128, 128],
  [250, 56],
]

const takes = (d: Draw): readonly number[] => {
  const n = d.int(0, 99)
  return n < 60 ? d.pick(usual) : n < 90 ? d.pick(odd) : Array.from({ length: d.int(0, 7) }, () => d.of(u8))
}

/** One whose state is wanted, if a few draws find it. */
export function providerThat(d: Draw, isApproved: boolean): bigint | undefined {
  for (let i = 0; i < 4; i++) {
    const entry = d.entryOf(SolutionProviders)
    if (entry?.[1].approved === isApproved) return entry[0]
  }
  return undefined
}
const anyProvider = (d: Draw): bigint => (d.chance(92) ? d.keyOf(SolutionProviders) : undefined) ?? d.of(u64)

export const providerMakers = [
  maker({
    call: createSolutionProvider,
    weight: 2,
    make: (d) => ({
      who: d.actor(),
      args: {
        description: d.chance(80) ? 'solution' : d.of(anyBytes(40)),
        link: d.chance(80) ? '' : d.of(anyBytes(20)),
        providers: takes(d).map((take) => ({ who: d.chance(75) ? d.actor() : d.pick(strangers), take })),
      },
    }),
  }),
  maker({
    call: approveSolutionProvider,
    weight: 2,
    ready: (w) => w.count(SolutionProviders) > 0,
    make: (d) => ({
      who: d.actor(),
      args: { solutionProviderId: (d.chance(50) ? providerThat(d, false) : undefined) ?? anyProvider(d), approve: d.chance(80) },
    }),
  }),
  maker({
    call: attachSolutionProviderId,
    weight: 3,
    ready: (w) => w.count(SolutionProviders) > 0 && w.count(Contracts) > 0,
    make: (d) => {
      const id = d.chance(94) ? contractId(d) : d.of(u64)
      const owner = d.chance(90) ? contractOwner(d, id) : twinOwner(d)
      const without = d.chance(4) ? (d.actors.find((who) => !d.w.has(TwinIdByAccountID, who)) ?? banker) : undefined
      return {
        who: without ?? owner,
        args: { contractId: id, solutionProviderId: (d.chance(80) ? providerThat(d, true) : undefined) ?? anyProvider(d) },
      }
    },
  }),
]
