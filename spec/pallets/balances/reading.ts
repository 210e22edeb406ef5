/**
 * What other pallets ask an account about. All amounts u128, 1e-7 TFT.
 * @source frame/balances/src/impl_fungible.rs `reducible_balance`, lib.rs `usable_balance`, `free_balance` @polkadot-v0.9.42
 */
import type { AccountId, Bytes } from '../../kernel/shape.js'
import { pick, type SpecVersion } from '../../kernel/version.js'
import type { World } from '../../kernel/world.js'
import { Account } from '../system/items.js'
import { FRAME_0_9_42, frozenOf, type AccountInfo } from '../system/types.js'
import { EXISTENTIAL_DEPOSIT, Locks } from './items.js'

export { EXISTENTIAL_DEPOSIT } from './items.js'

export const less = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n)
const higher = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** Whether the account may die of it (`Expendable`), must not lose its last provider (`Protect`), or keeps the existential deposit (`Preserve`). */
export type Preservation = 'Expendable' | 'Protect' | 'Preserve'

/** True when the account would survive the loss of a provider: nobody needs it, or another one remains. */
export const canLoseProvider = (a: AccountInfo): boolean => a.consumers === 0 || a.providers > 1

const needsDeposit = (a: AccountInfo, preservation: Preservation): boolean =>
  preservation === 'Preserve' || (a.data.free !== 0n && (preservation === 'Protect' ? a.providers === 1 : !canLoseProvider(a)))

/** `reducible_balance(who, preservation, Polite)`: what may be taken from the free balance, locks respected. */
function reducibleOf(a: AccountInfo, preservation: Preservation): bigint {
  const frozen = less(frozenOf(a.data), a.data.reserved)
  return less(a.data.free, needsDeposit(a, preservation) ? higher(frozen, EXISTENTIAL_DEPOSIT) : frozen)
}

/** `usable`: what locks leave of the free balance; the existential deposit of an account with consumers counts as usable. @source lib.rs @polkadot-v0.9.36 */
const unlocked = ({ data }: AccountInfo): bigint => less(data.free, frozenOf(data))
/** `reducible_balance(who, keep_alive)`: what is locked counts towards the existential deposit. @source lib.rs @polkadot-v0.9.36 */
function reducibleBefore(a: AccountInfo, preservation: Preservation): bigint {
  const liquid = unlocked(a)
  if (canLoseProvider(a) && preservation === 'Expendable') return liquid
  return less(liquid, less(EXISTENTIAL_DEPOSIT, a.data.free + a.data.reserved - liquid))
}

interface Reading {
  readonly reducible: (a: AccountInfo, preservation: Preservation) => bigint
  readonly usable: (a: AccountInfo) => bigint
  readonly usableForFees: (a: AccountInfo) => bigint
}
const readings: readonly (readonly [SpecVersion, Reading])[] = [
  [0, { reducible: reducibleBefore, usable: unlocked, usableForFees: unlocked }],
  [FRAME_0_9_42, { reducible: reducibleOf, usable: (a) => reducibleOf(a, 'Expendable'), usableForFees: (a) => reducibleOf(a, 'Protect') }],
]

/** What may be taken from the free balance under a preservation. */
export const reducible = (w: World, a: AccountInfo, preservation: Preservation): bigint =>
  pick(w.version, readings).reducible(a, preservation)

export const freeBalance = (w: World, who: AccountId): bigint => w.get(Account, who).data.free
export const frozenBalance = (w: World, who: AccountId): bigint => frozenOf(w.get(Account, who).data)
/** `pallet_balances::usable_balance`: `reducible_balance` of an expendable account. */
export const usableBalance = (w: World, who: AccountId): bigint => pick(w.version, readings).usable(w.get(Account, who))
/** `pallet_balances::usable_balance_for_fees`. */
export const usableBalanceForFees = (w: World, who: AccountId): bigint => pick(w.version, readings).usableForFees(w.get(Account, who))
/** Free minus usable: what locks, and the existential deposit of an account with consumers, keep back (`get_locked_balance`). */
export const lockedBalance = (w: World, who: AccountId): bigint => less(freeBalance(w, who), usableBalance(w, who))
/** The amount of one lock, 0 when the account has none of that id. */
export const lockAmount = (w: World, who: AccountId, id: Bytes): bigint => w.get(Locks, who).find((l) => l.id === id)?.amount ?? 0n
