/**
 * Accounts as frame-system keeps them, with the balances of pallet-balances inside.
 * @source frame/system/src/lib.rs `AccountInfo`, frame/balances/src/types.rs `AccountData`, `ExtraFlags` @polkadot-v0.9.42
 */
import {
  account,
  bytes,
  enumeration,
  fixed,
  struct,
  u128,
  u32,
  unit,
  type AccountId,
  type Bytes,
  type ValueOf,
} from '../../kernel/shape.js'

/** Set in `flags` when the account counts its references the way of polkadot-v0.9.42 (`IS_NEW_LOGIC`). */
export const NEW_LOGIC = 1n << 127n

/** Amounts in 1e-7 TFT. `frozen` is the largest lock: what free and reserved together may not fall below. */
export const AccountData = struct({ free: u128, reserved: u128, frozen: u128, flags: u128 })
export type AccountData = ValueOf<typeof AccountData>

/** A provider keeps the account in being, a consumer needs it to stay. */
export const AccountInfo = struct({ nonce: u32, consumers: u32, providers: u32, sufficients: u32, data: AccountData })
export type AccountInfo = ValueOf<typeof AccountInfo>

/** What reading an absent account gives. */
export const NOBODY: AccountInfo = {
  nonce: 0,
  consumers: 0,
  providers: 0,
  sufficients: 0,
  data: { free: 0n, reserved: 0n, frozen: 0n, flags: NEW_LOGIC },
}

/** `MultiAddress<AccountId, ()>`: only `Id` can be looked up, every other variant fails with `CannotLookup`. */
export const Address = enumeration({ Id: account, Index: unit, Raw: bytes, Address32: fixed(32), Address20: fixed(20) })
export type Address = ValueOf<typeof Address>
export const isAccount = (a: Address): a is { readonly type: 'Id'; readonly value: AccountId } => a.type === 'Id'
/** The account of an address that can be looked up; an empty one otherwise, which a branch has refused before. */
export const accountIn = (a: Address): AccountId => (isAccount(a) ? a.value : NO_ACCOUNT)
const NO_ACCOUNT = '' as AccountId

export type Hash = Bytes
