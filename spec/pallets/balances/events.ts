/** Events of the balances pallet; amounts in 1e-7 TFT. @source frame/balances/src/lib.rs `Event` @polkadot-v0.9.42 */
import { event } from '../../kernel/event.js'
import { account, enumeration, struct, u128, unit } from '../../kernel/shape.js'

const B = 'Balances'
const whoAmount = struct({ who: account, amount: u128 })

export const Endowed = event(B, 'Endowed', struct({ account, freeBalance: u128 }))
export const DustLost = event(B, 'DustLost', struct({ account, amount: u128 }))
export const Transfer = event(B, 'Transfer', struct({ from: account, to: account, amount: u128 }))
export const BalanceSet = event(B, 'BalanceSet', struct({ who: account, free: u128 }))
export const Reserved = event(B, 'Reserved', whoAmount)
export const Unreserved = event(B, 'Unreserved', whoAmount)
export const ReserveRepatriated = event(
  B,
  'ReserveRepatriated',
  struct({ from: account, to: account, amount: u128, destinationStatus: enumeration({ Free: unit, Reserved: unit }) }),
)
export const Deposit = event(B, 'Deposit', whoAmount)
export const Withdraw = event(B, 'Withdraw', whoAmount)
export const Slashed = event(B, 'Slashed', whoAmount)
export const Minted = event(B, 'Minted', whoAmount)
export const Burned = event(B, 'Burned', whoAmount)
export const Suspended = event(B, 'Suspended', whoAmount)
export const Restored = event(B, 'Restored', whoAmount)
export const Upgraded = event(B, 'Upgraded', struct({ who: account }))
export const Issued = event(B, 'Issued', struct({ amount: u128 }))
export const Rescinded = event(B, 'Rescinded', struct({ amount: u128 }))
/** The largest lock grew or shrank by `amount`. */
export const Locked = event(B, 'Locked', whoAmount)
export const Unlocked = event(B, 'Unlocked', whoAmount)
export const Frozen = event(B, 'Frozen', whoAmount)
export const Thawed = event(B, 'Thawed', whoAmount)
