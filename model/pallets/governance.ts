import type { Call } from '../../spec/kernel/call.js'
import { encodedLength } from '../../spec/kernel/encoded-length.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { transferAll, transferAllowDeath } from '../../spec/pallets/balances/calls.js'
import { close, disapproveProposal, execute, propose, setMembers, vote } from '../../spec/pallets/council/calls.js'
import { Members, ProposalOf, Proposals, Voting } from '../../spec/pallets/council/items.js'
import { SystemNumber } from '../../spec/pallets/system/items.js'
import { fromCall, runtimeCall, type CallValue } from '../../spec/pallets/system/runtime-call.js'
import { weight } from '../../spec/pallets/system/weight.js'
import { asDerivative, batch, batchAll, forceBatch } from '../../spec/pallets/utility/calls.js'
import type { Draw } from '../draw.js'
import { maker, type Maker } from '../maker.js'
import { banker, id } from '../money.js'

/** Motions of the council that need votes, and batches: calls that carry other calls. */

/** Nearly always a member. */
const member = (d: Draw): AccountId => {
  const members = d.w.get(Members)
  return members.length > 0 && d.chance(90) ? d.pick(members) : d.actor()
}
const noHash = 'x'.repeat(32)
const open = (d: Draw): string => (d.w.get(Proposals).length > 0 && d.chance(93) ? d.pick(d.w.get(Proposals)) : noHash)
const indexOf = (d: Draw, hash: string): number => (d.w.get(Voting, hash)?.index ?? 0) + (d.chance(95) ? 0 : 1)
const lengthOf = (call: CallValue): number => encodedLength(runtimeCall, call)

/** The signer gives all away and is gone; the next call fails, so that the weight of the last one is given back. */
function lastCalls(): { readonly calls: readonly CallValue[] } {
  const all = { type: transferAll, args: { dest: id(banker), keepAlive: false } }
  const more = { type: transferAllowDeath, args: { dest: id(banker), value: 1n } }
  return { calls: [all, more, more].map((call) => fromCall(call as unknown as Call)) }
}

/** @param inner makers of the calls that are carried */
export function governanceMakers(inner: readonly Maker[]): readonly Maker[] {
  const restricted = inner.filter(({ call }) => call.origin !== 'signed')
  const carried = (d: Draw, from: readonly Maker[]): CallValue => {
    const m = d.pick(from)
    return fromCall({ type: m.call, args: m.make(d).args })
  }
  const calls = (d: Draw): { readonly calls: readonly CallValue[] } => ({
    calls: Array.from({ length: d.pick([0, 1, 2, 2, 3]) }, () => carried(d, inner)),
  })
  return [
    maker({
      call: propose,
      weight: 2,
      make: (d) => {
        const proposal = carried(d, d.chance(80) ? restricted : inner)
        const seats = d.w.get(Members).length
        return {
          who: member(d),
          args: {
            threshold: d.pick([1, 2, 2, seats, seats + 1, 0]),
            proposal,
            lengthBound: d.chance(93) ? lengthOf(proposal) : lengthOf(proposal) - 1,
          },
        }
      },
    }),
    maker({
      call: vote,
      weight: 3,
      ready: (w) => w.get(Proposals).length > 0,
      make: (d) => {
        const proposal = open(d)
        return { who: member(d), args: { proposal, index: indexOf(d, proposal), approve: d.chance(75) } }
      },
    }),
    maker({
      call: close,
      weight: 3,
      ready: (w) => w.get(Proposals).length > 0,
      make: (d) => {
        const proposalHash = open(d)
        const call = d.w.get(ProposalOf, proposalHash)
        const length = call === undefined ? 0 : lengthOf(call)
        // The bound counts as the weight of the block, which the spec does not add up: it stays small.
        const proposalWeightBound = d.chance(90) ? weight(10_000_000_000n, 1_000_000n) : weight(1n, 1n)
        return {
          who: member(d),
          args: {
            proposalHash,
            index: indexOf(d, proposalHash),
            proposalWeightBound,
            lengthBound: d.chance(90) ? length : Math.max(0, length - 1),
          },
        }
      },
    }),
    maker({
      call: execute,
      weight: 0.5,
      make: (d) => {
        const proposal = carried(d, inner)
        return { who: member(d), args: { proposal, lengthBound: d.chance(90) ? lengthOf(proposal) : 0 } }
      },
    }),
    maker({ call: disapproveProposal, weight: 0.2, make: (d) => ({ who: d.actor(), args: { proposalHash: open(d) } }) }),
    maker({
      call: setMembers,
      weight: 0.2,
      make: (d) => ({ who: d.actor(), args: { newMembers: [d.actor()], prime: undefined, oldCount: 1 } }),
    }),
    maker({
      call: batch,
      weight: 1.5,
      // Only in the first block do calls pay for their weight, so that there is something to give back to nobody.
      make: (d) => ({ who: d.actor(), args: d.w.get(SystemNumber) === 1 && d.chance(20) ? lastCalls() : calls(d) }),
    }),
    maker({ call: batchAll, weight: 1, make: (d) => ({ who: d.actor(), args: calls(d) }) }),
    maker({ call: forceBatch, weight: 1, make: (d) => ({ who: d.actor(), args: calls(d) }) }),
    maker({ call: asDerivative, weight: 0.5, make: (d) => ({ who: d.actor(), args: { index: d.int(0, 2), call: carried(d, inner) } }) }),
  ]
}
