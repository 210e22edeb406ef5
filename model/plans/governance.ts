import type { CallType } from '../../spec/kernel/call.js'
import { encodedLength } from '../../spec/kernel/encoded-length.js'
import { close, propose, vote } from '../../spec/pallets/council/calls.js'
import { Members, ProposalOf, Proposals, Voting } from '../../spec/pallets/council/items.js'
import { MAX_PROPOSALS } from '../../spec/pallets/council/weights.js'
import { Now, SystemNumber } from '../../spec/pallets/system/items.js'
import { fromCall, runtimeCall, type CallValue } from '../../spec/pallets/system/runtime-call.js'
import { weight } from '../../spec/pallets/system/weight.js'
import { setMinTftPrice } from '../../spec/pallets/tft-price/calls.js'
import { SESSION_PERIOD } from '../../spec/pallets/transaction-payment/extrinsic.machine.js'
import { batch, batchAll, forceBatch } from '../../spec/pallets/utility/calls.js'
import { acceptable } from '../advance.js'
import type { Draw } from '../draw.js'
import { asks, wait, type Proposal } from '../proposal.js'

type Steps = Generator<Proposal, void>

const callValue = <A>(call: CallType<A>, args: A): CallValue => fromCall({ type: call as unknown as CallType, args })
const lengthOf = (call: CallValue): number => encodedLength(runtimeCall, call)
const noHash = 'x'.repeat(32)

/** A bound that no block keeps room for, so that it is refused and nothing of it is counted. */
const tooHeavy = weight(2_000_000_000_000n, 0n)
/** More than is kept for calls of class Operational in a block that is full. */
const heavy = weight(600_000_000_000n, 0n)
const bounded = (d: Draw, proposalWeightBound: typeof heavy): Proposal =>
  asks(d.actor(), close, { proposalHash: noHash, index: 0, proposalWeightBound, lengthBound: 0 })

/** Blocks that end a session, one after the other: they are full, but for light calls of class Operational. */
export function* sessions(d: Draw): Steps {
  for (let i = d.int(2, 3); i > 0; i--) {
    const blocks = SESSION_PERIOD - (d.w.get(SystemNumber) % SESSION_PERIOD)
    yield { type: 'advance', blocks, seconds: acceptable(d.w.get(Now), blocks * 6), exact: true }
    yield bounded(d, d.pick([heavy, weight(1n, 1n)]))
  }
}

/** Motions that announce more than they may, or are closed with bounds that are too small, and then with those that fit. */
export function* motions(d: Draw): Steps {
  const members = d.w.get(Members)
  yield bounded(d, tooHeavy)
  const heavyMotion = callValue(close, { proposalHash: noHash, index: 0, proposalWeightBound: tooHeavy, lengthBound: 0 })
  yield asks(d.pick(members), propose, { threshold: 2, proposal: heavyMotion, lengthBound: lengthOf(heavyMotion) })
  if (members.length < 2) return
  const proposal = callValue(setMinTftPrice, { price: d.int(1, 1 << 30) })
  yield asks(d.pick(members), propose, { threshold: 2, proposal, lengthBound: lengthOf(proposal) })
  const proposalHash = d.w.get(Proposals).at(-1)
  const index = proposalHash === undefined ? undefined : d.w.get(Voting, proposalHash)?.index
  if (proposalHash === undefined || index === undefined) return
  for (const who of members.slice(0, 2)) yield asks(who, vote, { proposal: proposalHash, index, approve: true })
  const fits = { proposalHash, index, proposalWeightBound: weight(10_000_000_000n, 1_000_000n), lengthBound: lengthOf(proposal) }
  yield asks(d.pick(members), close, { ...fits, lengthBound: fits.lengthBound - 1 })
  yield asks(d.pick(members), close, { ...fits, proposalWeightBound: weight(1n, 1n) })
  if (d.w.has(ProposalOf, proposalHash)) yield asks(d.pick(members), close, fits)
}

/** As many open motions as there may be, by one batch, and one more. */
export function* crowd(d: Draw): Steps {
  const [member] = d.w.get(Members)
  if (member === undefined) return
  const from = d.int(1, 1 << 29)
  const motionAt = (n: number): CallValue => callValue(setMinTftPrice, { price: from + n })
  const proposing = (n: number) => ({ threshold: 2, proposal: motionAt(n), lengthBound: lengthOf(motionAt(n)) })
  const open = d.w.get(Proposals).length
  if (open < MAX_PROPOSALS)
    yield asks(member, batch, { calls: Array.from({ length: MAX_PROPOSALS - open }, (_, n) => callValue(propose, proposing(n))) })
  yield asks(member, propose, proposing(MAX_PROPOSALS))
}

/** `batched_calls_limit` of the utility pallet, and one more; the calls inside are the lightest that there are. */
const MORE_THAN_A_BATCH = 10_923

/** A batch of more calls than there may be in one. It fills a fifth of a block, so that it is alone in it. */
export function* bulk(d: Draw): Steps {
  yield wait(1, 6)
  const nothing = callValue(forceBatch, { calls: [] })
  yield asks(d.actor(), d.pick([batch, batchAll, forceBatch]), { calls: Array.from({ length: MORE_THAN_A_BATCH }, () => nothing) })
  yield wait(1, 6)
}

/** One of the above: each is wanted seldom, and the large ones, which cost as much as a thousand calls, hardly ever. */
export function* rare(d: Draw): Steps {
  yield* (d.chance(2) ? bulk : d.chance(8) ? crowd : d.pick([sessions, motions]))(d)
}
