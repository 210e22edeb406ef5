import type { CallType } from '../spec/kernel/call.js'
import { encodedLength } from '../spec/kernel/encoded-length.js'
import type { AccountId } from '../spec/kernel/shape.js'
import type { World } from '../spec/kernel/world.js'
import { propose } from '../spec/pallets/council/calls.js'
import { Members } from '../spec/pallets/council/items.js'
import { fromCall, runtimeCall } from '../spec/pallets/system/runtime-call.js'
import { actors } from '../spec/versions/genesis.js'
import type { AdvanceStep, CallStep } from './step.js'

/** An advance; an `exact` one lands on just that block, even one that ends a session. */
type AdvanceProposal = Omit<AdvanceStep, 'id'> & { readonly exact?: true }
type CallProposal = Omit<CallStep, 'id' | 'refs'>
/** A step before it has its place in a sequence. */
export type Proposal = CallProposal | AdvanceProposal

/**
 * A proposal with its place in a sequence. Field by field, not spread: every step of every run is made here and read many
 * times, and what a spread makes may keep a hidden class that is no longer in use.
 */
export const callStep = ({ who, call, args }: CallProposal, id: number): CallStep => ({ type: 'call', id, who, call, args, refs: [] })
export const advanceStep = ({ blocks, seconds }: AdvanceProposal, id: number): AdvanceStep => ({ type: 'advance', id, blocks, seconds })

/** A signed call. */
export const asks = <A>(who: AccountId, call: CallType<A>, args: A): Proposal => ({
  type: 'call',
  who,
  call: call as unknown as CallType,
  args,
})

/** A motion of a council of one, which executes at once. The motion succeeds, whatever becomes of the call. */
export function motion<A>(w: World, call: CallType<A>, args: A): Proposal {
  const proposal = fromCall({ type: call as unknown as CallType, args })
  return asks(w.get(Members)[0] ?? actors.alice, propose, { threshold: 1, proposal, lengthBound: encodedLength(runtimeCall, proposal) })
}

/** So many blocks and seconds further; the guide sees to it that such a block can be. */
export const wait = (blocks: number, seconds: number): Proposal => ({ type: 'advance', blocks, seconds })
