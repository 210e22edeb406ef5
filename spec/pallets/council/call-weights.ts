import type { World } from '../../kernel/world.js'
import type { ActualWeight, ArgumentWeight, Done } from '../system/call-weight.js'
import type { CallValue } from '../system/runtime-call.js'
import { addWeights, maxWeight, type Weight } from '../system/weight.js'
import { Members, ProposalOf, Proposals, Voting } from './items.js'
import {
  closeApprovedWeight,
  closeDisapprovedWeight,
  closeEarlyApprovedWeight,
  closeEarlyDisapprovedWeight,
  disapproveWeight,
  executeWeight,
  MAX_MEMBERS,
  MAX_PROPOSALS,
  proposeExecuteWeight,
  proposeProposedWeight,
  setMembersWeight,
  voteWeight,
} from './weights.js'
import { SystemNumber } from '../system/items.js'

interface Motion {
  readonly proposal: CallValue
  readonly lengthBound: number
}
interface Propose extends Motion {
  readonly threshold: number
}
interface Close {
  readonly proposalHash: string
  readonly proposalWeightBound: Weight
  readonly lengthBound: number
}
interface SetMembers {
  readonly oldCount: number
}
const operational = (weight: Weight) => ({ weight, dispatchClass: 'Operational' as const })

/** What the council's calls announce. @source frame/collective/src/lib.rs `#[pallet::weight]` @polkadot-v0.9.42 */
export const councilWeights: Readonly<Record<string, ArgumentWeight>> = {
  'Council.setMembers': ({ oldCount }: SetMembers) => operational(setMembersWeight(oldCount, MAX_PROPOSALS)),
  'Council.execute': ({ proposal, lengthBound }: Motion, weigh) =>
    operational(addWeights(executeWeight(lengthBound, MAX_MEMBERS), weigh(proposal).weight)),
  'Council.propose': ({ threshold, proposal, lengthBound }: Propose, weigh) =>
    operational(
      threshold < 2
        ? addWeights(proposeExecuteWeight(lengthBound, MAX_MEMBERS), weigh(proposal).weight)
        : proposeProposedWeight(lengthBound, MAX_MEMBERS, MAX_PROPOSALS),
    ),
  'Council.disapproveProposal': () => ({ weight: disapproveWeight(MAX_PROPOSALS), dispatchClass: 'Normal' }),
  'Council.close': ({ proposalWeightBound, lengthBound: b }: Close) =>
    operational(
      addWeights(
        [
          closeEarlyApprovedWeight(b, MAX_MEMBERS, MAX_PROPOSALS),
          closeEarlyDisapprovedWeight(MAX_MEMBERS, MAX_PROPOSALS),
          closeApprovedWeight(b, MAX_MEMBERS, MAX_PROPOSALS),
          closeDisapprovedWeight(MAX_MEMBERS, MAX_PROPOSALS),
        ].reduce(maxWeight),
        proposalWeightBound,
      ),
    ),
}

const seats = (w: World): number => w.get(Members).length
/** Nothing is reported on refusal. */
const accepted =
  (actual: (done: Done) => Weight | null) =>
  (done: Done): Weight | null =>
    done.error === null ? actual(done) : null
/** A motion that reports no weight of its own leaves the announced one standing. */
const withInner = (base: Weight) =>
  accepted(({ inner }) => {
    const actual = inner[0]?.actual ?? null
    return actual === null ? null : addWeights(base, actual)
  })

/** What they report afterwards. @source frame/collective/src/lib.rs `propose`, `vote`, `do_close` @polkadot-v0.9.42 */
export const councilActual: Readonly<Record<string, ActualWeight>> = {
  'Council.setMembers': (_args: unknown, w) => {
    const old = seats(w)
    return accepted(() => setMembersWeight(old, MAX_PROPOSALS))
  },
  'Council.execute': ({ proposal }: Motion, w, lengthOf) => withInner(executeWeight(lengthOf(proposal), seats(w))),
  'Council.propose': ({ threshold, proposal }: Propose, w, lengthOf) =>
    threshold < 2
      ? withInner(proposeExecuteWeight(lengthOf(proposal), seats(w)))
      : accepted((done) => proposeProposedWeight(lengthOf(proposal), seats(w), done.w.get(Proposals).length)),
  'Council.vote': (_args: unknown, w) => accepted(() => voteWeight(seats(w))),
  'Council.disapproveProposal': () => accepted(({ w }) => disapproveWeight(w.get(Proposals).length + 1)),
  'Council.close': ({ proposalHash }: Close, w, lengthOf) => {
    const voting = w.get(Voting, proposalHash)
    const proposal = w.get(ProposalOf, proposalHash)
    const m = seats(w)
    return accepted(({ inner, w: after }) => {
      if (voting === undefined || proposal === undefined) return null
      const b = lengthOf(proposal)
      const p = after.get(Proposals).length + 1
      const early =
        voting.ayes.length >= voting.threshold || m - voting.nays.length < voting.threshold || after.get(SystemNumber) < voting.end
      const motion = inner[0]
      if (motion === undefined) return early ? closeEarlyDisapprovedWeight(m, p) : closeDisapprovedWeight(m, p)
      return addWeights(early ? closeEarlyApprovedWeight(b, m, p) : closeApprovedWeight(b, m, p), motion.actual ?? motion.announced)
    })
  },
}
