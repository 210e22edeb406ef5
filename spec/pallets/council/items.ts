/** Storage of the council (pallet-collective, first instance). @source frame/collective/src/lib.rs @polkadot-v0.9.42 */
import { map, single } from '../../kernel/item.js'
import { account, fixed, struct, u32, vec, type ValueOf } from '../../kernel/shape.js'
import { runtimeCall } from '../system/runtime-call.js'

const hash = fixed(32)

/** A motion's votes; open until block `end`. */
export const Votes = struct({ index: u32, threshold: u32, ayes: vec(account), nays: vec(account), end: u32 })
export type Votes = ValueOf<typeof Votes>

export const Proposals = single('Council', 'Proposals', vec(hash), { orElse: [] })
export const ProposalOf = map('Council', 'ProposalOf', hash, runtimeCall, { hasher: 'Identity' })
export const Voting = map('Council', 'Voting', hash, Votes, { hasher: 'Identity' })
export const ProposalCount = single('Council', 'ProposalCount', u32, { orElse: 0 })
/** Sorted. */
export const Members = single('Council', 'Members', vec(account), { orElse: [] })
/** Its vote is the default of those who do not vote. */
export const Prime = single('Council', 'Prime', account)
