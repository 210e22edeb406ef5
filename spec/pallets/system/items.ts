/**
 * The part of frame-system's storage that the pallets read.
 * @source frame/system/src/lib.rs `#[pallet::storage]` @polkadot-v0.9.42
 */
import { map, single } from '../../kernel/item.js'
import { account, u32, u64, vec } from '../../kernel/shape.js'
import { AccountInfo, NOBODY, NOBODY_HISTORY } from './types.js'

/** `System.Account`: nonce, references and balances of everybody who is there. */
export const Account = map('System', 'Account', account, AccountInfo, {
  orElse: NOBODY,
  orElseHistory: NOBODY_HISTORY,
  hasher: 'Blake2_128Concat',
})

/** `System.Number`: the number of the block that is being made. Named so that it hides no global. */
export const SystemNumber = single('System', 'Number', u32, { orElse: 0 })

/** `Timestamp.Now`: the time of the block that is being made, milliseconds since 1970. @source frame/timestamp/src/lib.rs @polkadot-v0.9.42 */
export const Now = single('Timestamp', 'Now', u64, { orElse: 0n })

/** `Session.Validators`: who makes blocks, in turn. @source frame/session/src/lib.rs @polkadot-v0.9.42 */
export const Validators = single('Session', 'Validators', vec(account), { orElse: [] })
