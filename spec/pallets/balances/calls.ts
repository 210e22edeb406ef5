/** Calls of the balances pallet; amounts in 1e-7 TFT. @source frame/balances/src/lib.rs `#[pallet::call]` @polkadot-v0.9.42 */
import { call, type Subject } from '../../kernel/call.js'
import { account, bool, compact128, struct, u128, vec } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { Address, isAccount } from '../system/types.js'

const B = 'Balances'
const transferArgs = struct({ dest: Address, value: compact128 })
const sender = (_w: World, _args: unknown, origin: Origin): Subject => ({
  machine: 'account',
  key: origin.type === 'signed' ? origin.who : undefined,
})
const of = (address: Address): Subject =>
  isAccount(address) ? { machine: 'account', key: address.value } : { machine: 'balances', key: undefined }

/** Moves a free balance; the sender may die of it. */
export const transferAllowDeath = call(B, 'transferAllowDeath', transferArgs, { origin: 'signed', subject: sender })
export const setBalanceDeprecated = call(
  B,
  'setBalanceDeprecated',
  struct({ who: Address, newFree: compact128, oldReserved: compact128 }),
  {
    origin: 'root',
    subject: (_w, { who }) => of(who),
  },
)
export const forceTransfer = call(B, 'forceTransfer', struct({ source: Address, dest: Address, value: compact128 }), {
  origin: 'root',
  subject: (_w, { source }) => of(source),
})
/** Moves a free balance; the sender keeps at least the existential deposit. */
export const transferKeepAlive = call(B, 'transferKeepAlive', transferArgs, { from: 123, origin: 'signed', subject: sender })
/** Moves everything that can be moved. */
export const transferAll = call(B, 'transferAll', struct({ dest: Address, keepAlive: bool }), {
  from: 123,
  origin: 'signed',
  subject: sender,
})
export const forceUnreserve = call(B, 'forceUnreserve', struct({ who: Address, amount: u128 }), {
  origin: 'root',
  subject: (_w, { who }) => of(who),
})
export const upgradeAccounts = call(B, 'upgradeAccounts', struct({ who: vec(account) }), {
  origin: 'signed',
  subject: () => ({ machine: 'balances', key: undefined }),
})
/** The old name of `transferAllowDeath`, and before polkadot-v0.9.42 the only one. */
export const transfer = call(B, 'transfer', transferArgs, { from: 123, origin: 'signed', subject: sender })
export const forceSetBalance = call(B, 'forceSetBalance', struct({ who: Address, newFree: compact128 }), {
  origin: 'root',
  subject: (_w, { who }) => of(who),
})
