import { each, invariant, stepInvariant, watch, type Invariant } from '../../kernel/invariant.js'
import { Executed } from './events.js'
import { MAX_PROPOSALS } from './weights.js'
import { Members, Prime, ProposalOf, Proposals, Voting } from './items.js'

/** What holds about the council's motions at any time. */
export const councilInvariants: readonly Invariant[] = [
  invariant('INV-CO-1', 'the motions that are listed, stored and voted about are the same', [Proposals, ProposalOf, Voting], (w) => {
    const listed = w.get(Proposals)
    return [
      ...listed
        .filter((hash) => !w.has(ProposalOf, hash) || !w.has(Voting, hash))
        .map(() => 'a motion is listed and not stored, or nobody can vote'),
      ...(w.count(ProposalOf) === listed.length && w.count(Voting) === listed.length ? [] : ['a motion is stored and not listed']),
      ...(new Set(listed).size === listed.length ? [] : ['a motion is listed twice']),
    ]
  }),
  each(
    'INV-CO-2',
    'a vote is a member’s, who votes once',
    Voting,
    (w, _, { ayes, nays }) => {
      const votes = [...ayes, ...nays]
      if (new Set(votes).size < votes.length) return 'somebody votes twice'
      return votes.every((who) => w.get(Members).includes(who)) ? null : 'somebody who is no member votes'
    },
    { also: [watch(Members, (w) => w.get(Proposals))] },
  ),
  invariant('INV-CO-3', 'the prime is a member', [Members, Prime], (w) => {
    const prime = w.get(Prime)
    return prime === undefined || w.get(Members).includes(prime) ? [] : ['the prime is no member']
  }),
  invariant('INV-CO-4', 'no more motions are open than the council may have', [Proposals], (w) =>
    w.get(Proposals).length <= MAX_PROPOSALS ? [] : [`${w.get(Proposals).length} motions are open`],
  ),
  stepInvariant('INV-CO-5', 'who executes a motion is a member: nobody else moves, votes or closes', [Voting, ProposalOf], (step) => {
    const { act } = step
    if (act === undefined || act.outcome.type !== 'ok' || act.call.pallet !== 'Council' || act.call.name === 'close') return []
    return step.before(Members).includes(act.who) || step.events(Executed).length > 0
      ? []
      : [`somebody who is no member carried out ${act.call.name}`]
  }),
]
