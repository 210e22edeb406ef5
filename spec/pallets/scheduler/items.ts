/** Storage of the scheduler. @source frame/scheduler/src/lib.rs `Scheduled`, frame/support `Bounded` @polkadot-v0.9.42 */
import { map, single } from '../../kernel/item.js'
import { bytes, enumeration, fixed, option, struct, tuple, u32, u8, vec, type ValueOf } from '../../kernel/shape.js'
import { OriginCaller } from '../system/origin-caller.js'

/** A call by its SCALE bytes, at most 128; the runtime has no preimages, so nothing else is ever stored. */
export const BoundedCall = enumeration({
  Legacy: struct({ hash: fixed(32) }),
  Inline: bytes,
  Lookup: struct({ hash: fixed(32), len: u32 }),
})
/** `maybePeriodic`: every so many blocks, so many times more. */
export const Scheduled = struct({
  maybeId: option(fixed(32)),
  priority: u8,
  call: BoundedCall,
  maybePeriodic: option(tuple(u32, u32)),
  origin: OriginCaller,
})
export type Scheduled = ValueOf<typeof Scheduled>

/** What is to be done at a block; an entry that was cancelled leaves a hole. */
export const Agenda = map('Scheduler', 'Agenda', u32, vec(option(Scheduled)), { orElse: [], hasher: 'Twox64Concat' })
export const Lookup = map('Scheduler', 'Lookup', fixed(32), tuple(u32, u32), { hasher: 'Twox64Concat' })
export const IncompleteSince = single('Scheduler', 'IncompleteSince', u32)
