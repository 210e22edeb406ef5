/**
 * Storage of the balances pallet. The balances themselves are in `System.Account`.
 * @source frame/balances/src/lib.rs `#[pallet::storage]`, types.rs `BalanceLock` @polkadot-v0.9.42
 */
import { map, single } from '../../kernel/item.js'
import { account, enumeration, fixed, struct, u128, unit, vec, type ValueOf } from '../../kernel/shape.js'

/** `ExistentialDeposit`, 1e-7 TFT: an account with less free balance is reaped. @source runtime/src/lib.rs @439e6919 */
export const EXISTENTIAL_DEPOSIT = 500n

/** What a lock forbids: paying fees, everything else, or all. This version checks `frozen` for all alike. */
export const Reasons = enumeration({ Fee: unit, Misc: unit, All: unit })
export type Reasons = ValueOf<typeof Reasons>

export const BalanceLock = struct({ id: fixed(8), amount: u128, reasons: Reasons })
export type BalanceLock = ValueOf<typeof BalanceLock>

/** All TFT there are, 1e-7 TFT. */
export const TotalIssuance = single('Balances', 'TotalIssuance', u128, { orElse: 0n })
export const InactiveIssuance = single('Balances', 'InactiveIssuance', u128, { orElse: 0n })
export const Locks = map('Balances', 'Locks', account, vec(BalanceLock), { orElse: [], hasher: 'Blake2_128Concat' })
