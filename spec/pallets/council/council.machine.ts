import { accept, machine, must, refuse } from '../../kernel/machine.js'
import { councilEffects, councilGuards, councilRoutes } from './council.facts.js'

/**
 * The council: its members move, vote and close. A motion of three fifths may do what is restricted; a motion of fewer
 * is dispatched all the same, and refused by what it calls.
 * @source frame/collective/src/lib.rs @polkadot-v0.9.42
 */
export const councilMachine = machine({
  id: 'council',
  pallet: 'Council',
  says: 'the council and its motions',
  state: () => 'always' as const,
  states: {
    always: {
      execute: [
        refuse('CO-EXECUTE-1', 'callerIsNoMember', 'NotMember'),
        refuse('CO-EXECUTE-2', 'motionIsTooLong', 'WrongProposalLength'),
        accept('CO-EXECUTE-3', { says: 'the call sees a member, which no other pallet accepts', do: [must('@dispatch', 'asMember')] }),
      ],
      '@memberExecuted': [accept('CO-EXECUTE-4', { do: ['emitMemberExecuted'] })],
      propose: [
        refuse('CO-PROPOSE-1', 'callerIsNoMember', 'NotMember'),
        refuse('CO-PROPOSE-2', 'motionIsTooLong', 'WrongProposalLength'),
        refuse('CO-PROPOSE-3', 'motionIsTooHeavy', 'WrongProposalWeight'),
        refuse('CO-PROPOSE-4', 'isProposedAlready', 'DuplicateProposal'),
        accept('CO-PROPOSE-5', {
          when: 'oneIsEnough',
          says: 'it executes at once, with one vote; the caller succeeds whatever becomes of it',
          do: [must('@dispatch', 'asOne')],
        }),
        refuse('CO-PROPOSE-6', 'tooManyAreOpen', 'TooManyProposals'),
        accept('CO-PROPOSE-7', { do: ['openMotion', 'emitProposed'] }),
      ],
      '@executed': [accept('CO-PROPOSE-8', { do: ['emitExecuted'] })],
      vote: [
        refuse('CO-VOTE-1', 'callerIsNoMember', 'NotMember'),
        refuse('CO-VOTE-2', 'votedMotionIsMissing', 'ProposalMissing'),
        refuse('CO-VOTE-3', 'votedIndexDiffers', 'WrongIndex'),
        refuse('CO-VOTE-4', 'votedSoAlready', 'DuplicateVote'),
        accept('CO-VOTE-5', { when: 'votesForTheFirstTime', pays: 'no', do: ['countVote'] }),
        accept('CO-VOTE-6', { says: 'changing a vote costs the fee', do: ['countVote'] }),
      ],
      close: [
        refuse('CO-CLOSE-1', 'closedMotionIsMissing', 'ProposalMissing'),
        refuse('CO-CLOSE-2', 'closedIndexDiffers', 'WrongIndex'),
        refuse('CO-CLOSE-3', 'isUndecided', 'TooEarly'),
        refuse('CO-CLOSE-4', 'isApprovedButLonger', 'WrongProposalLength'),
        refuse('CO-CLOSE-5', 'isApprovedButHeavier', 'WrongProposalWeight'),
        accept('CO-CLOSE-6', { when: 'isApproved', do: ['emitClosed', 'emitApproved', must('@dispatch', 'asMembers')] }),
        accept('CO-CLOSE-7', { pays: 'no', do: ['emitClosed', 'emitDisapproved', 'dropMotion'] }),
      ],
      '@closed': [accept('CO-CLOSE-8', { do: ['emitExecuted', 'dropMotion'] })],
      disapproveProposal: [accept('CO-DISAPPROVE-1', { do: ['emitDisapproved', 'dropMotion'] })],
      setMembers: [accept('CO-MEMBERS-1', { says: 'who leaves loses the votes', do: ['setMembers'] })],
    },
  },
  guards: councilGuards,
  effects: councilEffects,
  routes: councilRoutes,
})
