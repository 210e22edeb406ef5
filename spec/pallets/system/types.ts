/**
 * Accounts as frame-system keeps them, with the balances of pallet-balances inside.
 * @source frame/system/src/lib.rs `AccountInfo`, frame/balances/src/types.rs `AccountData`, `ExtraFlags` @polkadot-v0.9.42
 */
import {
  account,
  bytes,
  changed,
  enumeration,
  fixed,
  struct,
  u128,
  u32,
  unit,
  type AccountId,
  type Bytes,
  type History,
  type Shape,
  type ValueOf,
} from '../../kernel/shape.js'
import { pick, type SpecVersion } from '../../kernel/version.js'

/** The first version on polkadot-v0.9.42, where pallet-balances moved to the fungible traits; 123 stands on v0.9.36. */
export const FRAME_0_9_42: SpecVersion = 140

/** Set in `flags` when the account counts its references the way of polkadot-v0.9.42 (`IS_NEW_LOGIC`). */
export const NEW_LOGIC = 1n << 127n

/** Until polkadot-v0.9.42 a frozen balance is told by what it is kept for. @source frame/balances/src/lib.rs `AccountData` @polkadot-v0.9.36 */
const AccountDataByReasons = struct({ free: u128, reserved: u128, miscFrozen: u128, feeFrozen: u128 })
const AccountDataWithFlags = struct({ free: u128, reserved: u128, frozen: u128, flags: u128 })
/** Amounts in 1e-7 TFT. `frozen` is the largest lock: what free and reserved together may not fall below. */
export const AccountData = changed(AccountDataByReasons, FRAME_0_9_42, AccountDataWithFlags)
export type AccountData = ValueOf<typeof AccountData>

const infoWith = <D>(data: Shape<D>) => struct({ nonce: u32, consumers: u32, providers: u32, sufficients: u32, data })
/** A provider keeps the account in being, a consumer needs it to stay. */
export const AccountInfo: History<AccountInfo> = changed(
  infoWith(AccountDataByReasons as Shape<AccountData>),
  FRAME_0_9_42,
  infoWith(AccountDataWithFlags as Shape<AccountData>),
)
export interface AccountInfo {
  readonly nonce: number
  readonly consumers: number
  readonly providers: number
  readonly sufficients: number
  readonly data: AccountData
}

/**
 * The account with another free balance. Field by field, not spread: every extrinsic writes accounts, and objects made at
 * one place are of one hidden class.
 */
export const withFree = ({ nonce, consumers, providers, sufficients, data }: AccountInfo, free: bigint): AccountInfo => ({
  nonce,
  consumers,
  providers,
  sufficients,
  data:
    data.flags === undefined
      ? { free, reserved: data.reserved, miscFrozen: data.miscFrozen, feeFrozen: data.feeFrozen }
      : { free, reserved: data.reserved, frozen: data.frozen, flags: data.flags },
})
/** The account with another nonce. */
export const withNonce = ({ consumers, providers, sufficients, data }: AccountInfo, nonce: number): AccountInfo => ({
  nonce,
  consumers,
  providers,
  sufficients,
  data,
})

const nobodyWith = (data: AccountData): AccountInfo => ({ nonce: 0, consumers: 0, providers: 0, sufficients: 0, data })
/** What reading an absent account gives. */
export const NOBODY_HISTORY: readonly (readonly [SpecVersion, AccountInfo])[] = [
  [0, nobodyWith({ free: 0n, reserved: 0n, miscFrozen: 0n, feeFrozen: 0n })],
  [FRAME_0_9_42, nobodyWith({ free: 0n, reserved: 0n, frozen: 0n, flags: NEW_LOGIC })],
]
export const nobodyAt = (version: SpecVersion): AccountInfo => pick(version, NOBODY_HISTORY)
export const NOBODY: AccountInfo = nobodyAt(FRAME_0_9_42)

/** What locks keep back. Every lock of this chain is for all reasons, so both of the old amounts are the same. */
export const frozenOf = (data: AccountData): bigint => data.frozen ?? data.miscFrozen ?? 0n
/** The fields that say that an amount is frozen. */
export const frozenAs = (version: SpecVersion, amount: bigint): Partial<AccountData> =>
  version < FRAME_0_9_42 ? { miscFrozen: amount, feeFrozen: amount } : { frozen: amount }
/** True for an account that must be upgraded first: it counts references as before polkadot-v0.9.42, at a version that counts otherwise. */
export const countsOldReferences = (data: AccountData): boolean => data.flags !== undefined && data.flags < NEW_LOGIC

/** `MultiAddress<AccountId, ()>`: only `Id` can be looked up, every other variant fails with `CannotLookup`. */
export const Address = enumeration({ Id: account, Index: unit, Raw: bytes, Address32: fixed(32), Address20: fixed(20) })
export type Address = ValueOf<typeof Address>
export const isAccount = (a: Address): a is { readonly type: 'Id'; readonly value: AccountId } => a.type === 'Id'
/** The account of an address that can be looked up; an empty one otherwise, which a branch has refused before. */
export const accountIn = (a: Address): AccountId => (isAccount(a) ? a.value : NO_ACCOUNT)
const NO_ACCOUNT = '' as AccountId

export type Hash = Bytes
