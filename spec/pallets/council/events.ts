/** Events of the council. @source frame/collective/src/lib.rs `Event` @polkadot-v0.9.42 */
import { event } from '../../kernel/event.js'
import { account, bool, fixed, struct, u32 } from '../../kernel/shape.js'
import { DispatchResult } from '../system/dispatch-error.js'

const C = 'Council'
const proposalHash = fixed(32)

export const Proposed = event(C, 'Proposed', struct({ account, proposalIndex: u32, proposalHash, threshold: u32 }))
export const Voted = event(C, 'Voted', struct({ account, proposalHash, voted: bool, yes: u32, no: u32 }))
export const Approved = event(C, 'Approved', struct({ proposalHash }))
export const Disapproved = event(C, 'Disapproved', struct({ proposalHash }))
export const Executed = event(C, 'Executed', struct({ proposalHash, result: DispatchResult }))
export const MemberExecuted = event(C, 'MemberExecuted', struct({ proposalHash, result: DispatchResult }))
export const Closed = event(C, 'Closed', struct({ proposalHash, yes: u32, no: u32 }))
