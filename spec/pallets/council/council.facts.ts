/** What the council's branches ask and do. @source frame/collective/src/lib.rs `do_propose_execute`, `do_vote`, `do_close` @polkadot-v0.9.42 */
import { encode } from '../../kernel/encode.js'
import { blake2_256 } from '../../kernel/hashes.js'
import type { AccountId, Bytes } from '../../kernel/shape.js'
import { fact, type Stage } from '../../kernel/stage.js'
import { callWeight } from '../system/call-weight.js'
import { dispatchResult } from '../system/dispatch-error.js'
import { dispatched, type Replied, type Reply } from '../system/dispatch.js'
import { SystemNumber } from '../system/items.js'
import { memberOrigin, membersOrigin } from '../system/origin-caller.js'
import { runtimeCall, toCall, type CallValue } from '../system/runtime-call.js'
import { anyAbove, weight, type Weight } from '../system/weight.js'
import { Approved, Closed, Disapproved, Executed, MemberExecuted, Proposed, Voted } from './events.js'
import { Members, Prime, ProposalCount, ProposalOf, Proposals, Voting, type Votes } from './items.js'
import { MAX_PROPOSALS } from './weights.js'

/** Blocks that a motion stays open: two hours. @source substrate-node/runtime/src/lib.rs `CouncilMotionDuration` @439e6919 */
export const MOTION_DURATION = 1200
const MAX_MOTION_WEIGHT = weight(1_000_000_000_000, 0x7fffffffffffffffn)

interface Motion {
  readonly proposal: CallValue
  readonly lengthBound: number
}
type OnMotion = Stage<Motion, undefined>
type OnPropose = Stage<Motion & { readonly threshold: number }, undefined>
type OnVote = Stage<{ readonly proposal: Bytes; readonly index: number; readonly approve: boolean }, undefined>
interface CloseArgs {
  readonly proposalHash: Bytes
  readonly index: number
  readonly proposalWeightBound: Weight
  readonly lengthBound: number
}
type OnClose = Stage<CloseArgs, undefined>
type OnHash = Stage<{ readonly proposalHash: Bytes }, undefined>
type OnDone = Stage<Replied & { readonly proposalHash: Bytes }, undefined>

const members = (s: Stage<unknown, undefined>) => s.w.get(Members)
const bytes = fact('motionBytes', (s: OnMotion) => encode(runtimeCall, s.args.proposal))
const hash = fact('motionHash', (s: OnMotion): Bytes => blake2_256(bytes(s)))

/** The votes as they count: once time is up, who has not voted votes as the prime did, or else no. */
const verdict = fact('verdict', (s: OnClose) => {
  const { ayes, nays, threshold, end } = s.w.get(Voting, s.args.proposalHash)!
  const [seats, yes, no] = [members(s).length, ayes.length, nays.length]
  if (yes >= threshold) return { type: 'approved', yes, no }
  if (Math.max(0, seats - no) < threshold) return { type: 'disapproved', yes, no }
  if (s.w.get(SystemNumber) < end) return { type: 'undecided', yes, no }
  const prime = s.w.get(Prime)
  const silent = seats - (yes + no)
  if (prime === undefined || !ayes.includes(prime)) return { type: 'disapproved', yes, no: no + silent }
  return { type: yes + silent >= threshold ? 'approved' : 'disapproved', yes: yes + silent, no }
})
const motion = (s: OnClose): CallValue => s.w.get(ProposalOf, s.args.proposalHash)!
const votes = (s: OnVote): Votes => s.w.get(Voting, s.args.proposal)!
const voters = (s: OnVote) => (s.args.approve ? votes(s).ayes : votes(s).nays)

/** `swap_remove`: the last takes the place. */
const without = (all: readonly AccountId[], who: AccountId): readonly AccountId[] => {
  const at = all.indexOf(who)
  return at < 0 ? all : all.slice(0, -1).map((a, i) => (i === at ? all.at(-1)! : a))
}

export const councilGuards = {
  callerIsNoMember: (s: Stage<unknown, undefined>) => !members(s).includes(s.caller),
  motionIsTooLong: (s: OnMotion) => bytes(s).length > s.args.lengthBound,
  motionIsTooHeavy: (s: OnMotion) => anyAbove(callWeight(toCall(s.args.proposal), s.w.version).weight, MAX_MOTION_WEIGHT),
  isProposedAlready: (s: OnMotion) => s.w.has(ProposalOf, hash(s)),
  oneIsEnough: (s: OnPropose) => s.args.threshold < 2,
  tooManyAreOpen: (s: OnPropose) => s.w.get(Proposals).length >= MAX_PROPOSALS,
  votedMotionIsMissing: (s: OnVote) => !s.w.has(Voting, s.args.proposal),
  votedIndexDiffers: (s: OnVote) => votes(s).index !== s.args.index,
  votedSoAlready: (s: OnVote) => voters(s).includes(s.caller),
  votesForTheFirstTime: (s: OnVote) => !votes(s).ayes.includes(s.caller) && !votes(s).nays.includes(s.caller),
  closedMotionIsMissing: (s: OnClose) => !s.w.has(Voting, s.args.proposalHash),
  closedIndexDiffers: (s: OnClose) => s.w.get(Voting, s.args.proposalHash)!.index !== s.args.index,
  isUndecided: (s: OnClose) => verdict(s).type === 'undecided',
  isApproved: (s: OnClose) => verdict(s).type === 'approved',
  isApprovedButLonger: (s: OnClose) => verdict(s).type === 'approved' && encode(runtimeCall, motion(s)).length > s.args.lengthBound,
  isApprovedButHeavier: (s: OnClose) =>
    verdict(s).type === 'approved' && anyAbove(callWeight(toCall(motion(s)), s.w.version).weight, s.args.proposalWeightBound),
}

export const councilEffects = {
  emitMemberExecuted: (s: OnDone) => s.emit(MemberExecuted, { proposalHash: s.args.proposalHash, result: dispatchResult(s.args.error) }),
  emitExecuted: (s: OnDone) => s.emit(Executed, { proposalHash: s.args.proposalHash, result: dispatchResult(s.args.error) }),
  openMotion: (s: OnPropose) => {
    const index = s.w.get(ProposalCount)
    s.w.set(Proposals, [...s.w.get(Proposals), hash(s)])
    s.w.set(ProposalCount, index + 1)
    s.w.put(ProposalOf, hash(s), s.args.proposal)
    s.w.put(Voting, hash(s), { index, threshold: s.args.threshold, ayes: [], nays: [], end: s.w.get(SystemNumber) + MOTION_DURATION })
  },
  emitProposed: (s: OnPropose) =>
    s.emit(Proposed, { account: s.caller, proposalIndex: s.w.get(ProposalCount) - 1, proposalHash: hash(s), threshold: s.args.threshold }),
  /** The vote moves to its side; the event comes with it. */
  countVote: (s: OnVote) => {
    const { caller } = s
    const { ayes, nays, ...rest } = votes(s)
    const after = s.args.approve
      ? { ayes: [...ayes, caller], nays: without(nays, caller) }
      : { ayes: without(ayes, caller), nays: [...nays, caller] }
    s.emit(Voted, { account: caller, proposalHash: s.args.proposal, voted: s.args.approve, yes: after.ayes.length, no: after.nays.length })
    s.w.put(Voting, s.args.proposal, { ...rest, ...after })
  },
  emitClosed: (s: OnClose) => s.emit(Closed, { proposalHash: s.args.proposalHash, yes: verdict(s).yes, no: verdict(s).no }),
  emitApproved: (s: OnHash) => s.emit(Approved, { proposalHash: s.args.proposalHash }),
  emitDisapproved: (s: OnHash) => s.emit(Disapproved, { proposalHash: s.args.proposalHash }),
  dropMotion: (s: OnHash) => {
    s.w.remove(ProposalOf, s.args.proposalHash)
    s.w.remove(Voting, s.args.proposalHash)
    s.w.set(
      Proposals,
      s.w.get(Proposals).filter((h) => h !== s.args.proposalHash),
    )
  },
  setMembers: (s: Stage<{ readonly newMembers: readonly AccountId[]; readonly prime: AccountId | undefined }, undefined>) => {
    const stays = new Set(s.args.newMembers)
    const left = new Set(members(s).filter((who) => !stays.has(who)))
    for (const h of s.w.get(Proposals)) {
      const v = s.w.get(Voting, h)
      if (v !== undefined) s.w.put(Voting, h, { ...v, ayes: v.ayes.filter((a) => !left.has(a)), nays: v.nays.filter((a) => !left.has(a)) })
    }
    s.w.set(Members, [...s.args.newMembers].sort())
    s.w.write(Prime, undefined, s.args.prime)
  },
}

const reply = (event: string, proposalHash: Bytes): Reply => ({
  machine: 'council',
  key: undefined,
  event,
  args: (error) => ({ proposalHash, error }),
})

export const councilRoutes = {
  asMember: (s: OnMotion) => [
    dispatched({ call: s.args.proposal, origin: memberOrigin, filter: 'fresh', reply: reply('@memberExecuted', hash(s)) }),
  ],
  asOne: (s: OnMotion) => [
    dispatched({ call: s.args.proposal, origin: membersOrigin(1, members(s).length), filter: 'fresh', reply: reply('@executed', hash(s)) }),
  ],
  asMembers: (s: OnClose) => [
    dispatched({
      call: motion(s),
      origin: membersOrigin(verdict(s).yes, members(s).length),
      filter: 'fresh',
      reply: reply('@closed', s.args.proposalHash),
    }),
  ],
}
