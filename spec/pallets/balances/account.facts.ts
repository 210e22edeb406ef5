/**
 * What an account's branches ask and do. Amounts in 1e-7 TFT.
 * @source frame/balances/src/lib.rs `try_mutate_account`, `update_locks`, impl_currency.rs `LockableCurrency`,
 *   frame/system/src/lib.rs `inc_providers`, `dec_providers`, `StoredMap` @polkadot-v0.9.42
 */
import { U128 } from '../../kernel/arithmetic/integers.js'
import type { AccountId, Bytes } from '../../kernel/shape.js'
import { fact, type Stage } from '../../kernel/stage.js'
import { KilledAccount, NewAccount } from '../system/events.js'
import { Account } from '../system/items.js'
import { frozenAs, frozenOf, NEW_LOGIC, nobodyAt, withFree, type AccountData, type AccountInfo } from '../system/types.js'
import { BalanceSet, Deposit, DustLost, Endowed, Locked, Transfer, Unlocked, Unreserved, Upgraded, Withdraw } from './events.js'
import { EXISTENTIAL_DEPOSIT, Locks, TotalIssuance, type BalanceLock, type Reasons } from './items.js'

/** A stage of an account whose event has an amount. */
export type Moving = Stage<{ readonly amount: bigint }, AccountId>
/** What a lock is to be; `reasons` by name. */
export interface LockArgs {
  readonly id: Bytes
  readonly amount: bigint
  readonly reasons: Reasons['type']
}
export type Locking = Stage<LockArgs, AccountId>
export type Of<A = unknown> = Stage<A, AccountId>

export const account = (s: Of): AccountInfo => s.w.get(Account, s.key)
const balances = (s: Of): AccountData => account(s).data

/** Free balance after a reduction, before the account is looked at again; negative when there is not enough. */
export const remainder = fact('remainder', (s: Moving) => balances(s).free - s.args.amount)
/** The largest of the locks that are in storage now, beside the frozen balance before them. */
export const frozen = fact('frozen', (s: Of) => ({ before: frozenOf(balances(s)), now: largest(s.w.get(Locks, s.key)) }))
/** The account's locks without the one that is removed. */
export const otherLocks = fact('otherLocks', (s: Of<{ readonly id: Bytes }>) => s.w.get(Locks, s.key).filter((l) => l.id !== s.args.id))

const largest = (locks: readonly BalanceLock[]): bigint => locks.reduce((most, { amount }) => (amount > most ? amount : most), 0n)

const consumes = (reserved: bigint, frozenBalance: bigint): number => (reserved !== 0n || frozenBalance !== 0n ? 1 : 0)
const setData = (s: Of, data: Partial<AccountData>): void => {
  const a = account(s)
  s.w.put(Account, s.key, { ...a, data: { ...a.data, ...data } })
}
/** The balance that nearly every call writes. */
const setFree = (s: Of, free: bigint): void => s.w.put(Account, s.key, withFree(account(s), free))
/** A balance that an overflow branch has not refused must fit. */
const sum = (a: bigint, b: bigint): bigint => U128.saturatingAdd(a, b)
/** The locks with one set: replaced in place, otherwise appended. */
const withLock = (locks: readonly BalanceLock[], lock: BalanceLock, merge: (old: BalanceLock) => BalanceLock): readonly BalanceLock[] => {
  const at = locks.findIndex((l) => l.id === lock.id)
  return at < 0 ? [...locks, lock] : locks.map((l, i) => (i === at ? merge(l) : l))
}
const lockOf = ({ args }: Locking): BalanceLock => ({ id: args.id, amount: args.amount, reasons: { type: args.reasons } })
const either = (a: Reasons, b: Reasons): Reasons => (a.type === b.type ? a : { type: 'All' })

export const balanceEffects = {
  /** Takes from the free balance. */
  lower: (s: Moving) => setFree(s, remainder(s)),
  /** Adds to the free balance. */
  raise: (s: Moving) => setFree(s, sum(balances(s).free, s.args.amount)),
  /** The first provider: the account comes into being with this balance. */
  create: (s: Moving) => {
    s.w.put(Account, s.key, { ...account(s), providers: 1, data: { ...nobodyAt(s.w.version).data, free: s.args.amount } })
    s.emit(NewAccount, { account: s.key })
  },
  /** The last provider is gone: nonce and all. */
  kill: (s: Of) => {
    s.w.remove(Account, s.key)
    s.emit(KilledAccount, { account: s.key })
  },
  /** What was left below the existential deposit leaves the issuance. */
  loseDust: (s: Moving) => {
    const dust = remainder(s)
    s.emit(DustLost, { account: s.key, amount: dust })
    s.w.set(TotalIssuance, U128.saturatingSub(s.w.get(TotalIssuance), dust))
  },
  /** `StoredMap` removes what has no providers. */
  vanish: (s: Of) => s.w.remove(Account, s.key),
  /** The references are counted anew; reserves that nobody counted get their consumer. */
  upgrade: (s: Of) => {
    const a = account(s)
    const uncounted = a.data.reserved !== 0n && frozenOf(a.data) === 0n ? 1 : 0
    s.w.put(Account, s.key, { ...a, consumers: a.consumers + uncounted, data: { ...a.data, flags: (a.data.flags ?? 0n) | NEW_LOGIC } })
    s.emit(Upgraded, { who: s.key })
  },
  /** A negative imbalance is dropped. */
  burn: (s: Moving) => s.w.set(TotalIssuance, U128.saturatingSub(s.w.get(TotalIssuance), s.args.amount)),
  /** A positive imbalance is dropped. */
  mint: (s: Moving) => s.w.set(TotalIssuance, sum(s.w.get(TotalIssuance), s.args.amount)),
  emitWithdraw: (s: Moving) => s.emit(Withdraw, { who: s.key, amount: s.args.amount }),
  emitDeposit: (s: Moving) => s.emit(Deposit, { who: s.key, amount: s.args.amount }),
  emitEndowed: (s: Moving) => s.emit(Endowed, { account: s.key, freeBalance: s.args.amount }),
  emitEndowedWithNothing: (s: Of) => s.emit(Endowed, { account: s.key, freeBalance: 0n }),
  emitTransfer: (s: Stage<{ readonly to: AccountId; readonly amount: bigint }, AccountId>) =>
    s.emit(Transfer, { from: s.key, to: s.args.to, amount: s.args.amount }),
}

export const lockEffects = {
  putLock: (s: Locking) => {
    const lock = lockOf(s)
    s.w.put(
      Locks,
      s.key,
      withLock(s.w.get(Locks, s.key), lock, () => lock),
    )
  },
  /** The larger of the two amounts stays. */
  extendLock: (s: Locking) => {
    const lock = lockOf(s)
    const merge = (old: BalanceLock): BalanceLock => ({
      id: old.id,
      amount: old.amount > lock.amount ? old.amount : lock.amount,
      reasons: either(old.reasons, lock.reasons),
    })
    s.w.put(Locks, s.key, withLock(s.w.get(Locks, s.key), lock, merge))
  },
  keepOtherLocks: (s: Of<{ readonly id: Bytes }>) => s.w.put(Locks, s.key, otherLocks(s)),
  dropLocks: (s: Of) => s.w.remove(Locks, s.key),
  /** The entry in `Locks` is a consumer of its own, beside the frozen balance. */
  addConsumer: (s: Of) => s.w.put(Account, s.key, { ...account(s), consumers: account(s).consumers + 1 }),
  /** Never below zero. */
  dropConsumer: (s: Of) => s.w.put(Account, s.key, { ...account(s), consumers: Math.max(0, account(s).consumers - 1) }),
  /** `frozen` becomes the largest lock; a frozen (or reserved) balance is one consumer. */
  freeze: (s: Of) => {
    const { before, now } = frozen(s)
    const a = account(s)
    const change = consumes(a.data.reserved, now) - consumes(a.data.reserved, before)
    s.w.put(Account, s.key, { ...a, consumers: Math.max(0, a.consumers + change), data: { ...a.data, frozen: now } })
  },
  /** Before polkadot-v0.9.42 a frozen balance is no consumer. */
  freezeOnly: (s: Of) => setData(s, frozenAs(s.w.version, frozen(s).now)),
  emitLocked: (s: Of) => s.emit(Locked, { who: s.key, amount: frozen(s).now - frozen(s).before }),
  emitUnlocked: (s: Of) => s.emit(Unlocked, { who: s.key, amount: frozen(s).before - frozen(s).now }),
  /** Without a provider nothing can be frozen, but the event says so. */
  emitLockedNothing: (s: Of) => s.emit(Locked, { who: s.key, amount: largest(s.w.get(Locks, s.key)) }),
  /** `dec_consumers` writes the entry of an account that is not there. */
  leaveHollow: (s: Of) => s.w.put(Account, s.key, nobodyAt(s.w.version)),
}

type Forced = Stage<{ readonly newFree: bigint }, AccountId>
/** What a forced balance becomes: below the existential deposit it is nothing. */
export const forced = (s: Forced): bigint => (s.args.newFree < EXISTENTIAL_DEPOSIT ? 0n : s.args.newFree)
const adjustIssuance = (s: Forced, before: bigint, after: bigint): void =>
  s.w.set(
    TotalIssuance,
    after > before ? sum(s.w.get(TotalIssuance), after - before) : U128.saturatingSub(s.w.get(TotalIssuance), before - after),
  )

export const forceEffects = {
  createForced: (s: Forced) => {
    s.w.put(Account, s.key, { ...account(s), providers: 1, data: { ...nobodyAt(s.w.version).data, free: forced(s) } })
    s.emit(NewAccount, { account: s.key })
    s.emit(Endowed, { account: s.key, freeBalance: forced(s) })
    adjustIssuance(s, 0n, forced(s))
  },
  setForced: (s: Forced) => {
    adjustIssuance(s, balances(s).free, forced(s))
    setData(s, { free: forced(s) })
  },
  killForced: (s: Forced) => {
    adjustIssuance(s, balances(s).free, 0n)
    balanceEffects.kill(s)
  },
  emitBalanceSet: (s: Forced) => s.emit(BalanceSet, { who: s.key, free: forced(s) }),
  /** Moves back at most what is reserved. */
  unreserve: (s: Moving) => {
    const { free, reserved } = balances(s)
    const actual = s.args.amount < reserved ? s.args.amount : reserved
    const a = account(s)
    const change = consumes(reserved - actual, frozenOf(a.data)) - consumes(reserved, frozenOf(a.data))
    s.w.put(Account, s.key, {
      ...a,
      consumers: Math.max(0, a.consumers + change),
      data: { ...a.data, reserved: reserved - actual, free: sum(free, actual) },
    })
    s.emit(Unreserved, { who: s.key, amount: actual })
  },
}
