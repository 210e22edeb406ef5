/** Calls of the council. @source frame/collective/src/lib.rs `#[pallet::call]` @polkadot-v0.9.42 */
import { call, type OriginKind } from '../../kernel/call.js'
import { account, bool, compact32, fixed, option, struct, u32, vec } from '../../kernel/shape.js'
import { runtimeCall } from '../system/runtime-call.js'
import { Weight } from '../system/weight.js'

const council = (origin: OriginKind) => ({ origin, subject: () => ({ machine: 'council', key: undefined }) })
const hash = fixed(32)

export const setMembers = call(
  'Council',
  'setMembers',
  struct({ newMembers: vec(account), prime: option(account), oldCount: u32 }),
  council('root'),
)
/** A member dispatches a call in its own name as a member. */
export const execute = call('Council', 'execute', struct({ proposal: runtimeCall, lengthBound: compact32 }), council('signed'))
/** Below a threshold of two the motion executes at once. */
export const propose = call(
  'Council',
  'propose',
  struct({ threshold: compact32, proposal: runtimeCall, lengthBound: compact32 }),
  council('signed'),
)
export const vote = call('Council', 'vote', struct({ proposal: hash, index: compact32, approve: bool }), council('signed'))
export const disapproveProposal = call('Council', 'disapproveProposal', struct({ proposalHash: hash }), council('root'))
export const close = call(
  'Council',
  'close',
  struct({ proposalHash: hash, index: compact32, proposalWeightBound: Weight, lengthBound: compact32 }),
  council('signed'),
)
