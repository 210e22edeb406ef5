import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Interpreter } from '../../../src/reference/interpreter.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import { World } from '../../kernel/world.js'
import { Account } from '../system/items.js'
import { NEW_LOGIC, NOBODY } from '../system/types.js'
import { accountMachine } from './account.machine.js'
import { EXISTENTIAL_DEPOSIT, Locks, TotalIssuance } from './items.js'
import { frozenBalance, lockAmount, lockedBalance, usableBalance, usableBalanceForFees } from './reading.js'

const who = (n: number): AccountId => String.fromCharCode(97 + n).repeat(32) as AccountId
const nobody: Origin = { type: 'none' }
const gridLock = 'gridlock'
const balanceOf = (w: World): bigint => [...w.entries(Account)].reduce((sum, [, { data }]) => sum + data.free + data.reserved, 0n)

function play(balances: readonly bigint[]) {
  const w = new World(144)
  const interpreter = new Interpreter([accountMachine], { name: '144', version: 144, quirks: new Set() })
  interpreter.checkTargets = true
  balances.forEach((free, i) => w.put(Account, who(i), { ...NOBODY, providers: 1, data: { ...NOBODY.data, free } }))
  w.set(TotalIssuance, balanceOf(w))
  const send = (key: AccountId, event: string, args: object): string => {
    const mark = w.mark()
    const refusal = interpreter.deliver(w, nobody, 'account', key, event, args)
    if (refusal !== null) w.rollback(mark)
    return refusal?.error ?? 'ok'
  }
  const eventsSince = (from: number): string[] => w.events.slice(from).map(({ type }) => type.name)
  return { w, send, eventsSince }
}

const money = fc.oneof(
  fc.constantFrom(0n, 1n, 499n, 500n, 501n, 999n, 1000n, 1001n),
  fc.bigInt({ min: 0n, max: 3000n }),
  fc.bigInt({ min: 0n, max: 1n << 127n }),
)
const account = fc.nat({ max: 4 }).map(who)
const existence = fc.constantFrom('KeepAlive', 'AllowDeath')
const movement = fc.oneof(
  fc.record({ key: account, event: fc.constant('@transfer'), args: fc.record({ to: account, amount: money, existence }) }),
  fc.record({
    key: account,
    event: fc.constantFrom('@withdraw', '@deposit'),
    args: fc.record({ amount: money, reasons: fc.constant('All'), existence }),
  }),
  fc.record({
    key: account,
    event: fc.constantFrom('@setLock', '@extendLock', '@removeLock'),
    args: fc.record({ id: fc.constantFrom(gridLock, 'other___'), amount: money, reasons: fc.constantFrom('All', 'Misc') }),
  }),
  fc.record({
    key: account,
    event: fc.constantFrom('forceSetBalance', 'setBalanceDeprecated'),
    args: fc.record({ newFree: money, oldReserved: fc.constant(0n) }),
  }),
)
const start = fc.array(fc.bigInt({ min: EXISTENTIAL_DEPOSIT, max: 5000n }), { minLength: 1, maxLength: 4 })

describe('accounts', () => {
  test('the issuance is the sum of all balances, whatever happens, as long as 128 bits hold it', () => {
    fc.assert(
      fc.property(start, fc.array(movement, { maxLength: 30 }), (balances, movements) => {
        const { w, send } = play(balances)
        for (const { key, event, args } of movements) {
          send(key, event, args)
          // Beyond, the pallet's issuance stays at the greatest number.
          if (balanceOf(w) >= 1n << 128n) return
          expect(w.get(TotalIssuance)).toBe(balanceOf(w))
        }
      }),
    )
  })

  test('nobody alive has less than the existential deposit, and who has locks cannot die', () => {
    fc.assert(
      fc.property(start, fc.array(movement, { maxLength: 30 }), (balances, movements) => {
        const { w, send } = play(balances)
        for (const { key, event, args } of movements) {
          const frozen = frozenBalance(w, key) > 0n
          send(key, event, args)
          for (const [, a] of w.entries(Account)) expect(a.providers === 0 || a.data.free >= EXISTENTIAL_DEPOSIT).toBe(true)
          if (frozen) expect(w.has(Account, key)).toBe(true)
        }
      }),
    )
  })

  test('extending a lock never lowers it, and what it locks is not usable', () => {
    fc.assert(
      fc.property(fc.array(money, { maxLength: 10 }), (amounts) => {
        const { w, send } = play([1_000_000n])
        let before = 0n
        for (const amount of amounts) {
          send(who(0), '@extendLock', { id: gridLock, amount, reasons: 'All' })
          const locked = lockAmount(w, who(0), gridLock)
          expect(locked).toBe(amount > before ? amount : before)
          expect(usableBalance(w, who(0)) + lockedBalance(w, who(0))).toBe(1_000_000n)
          expect(usableBalance(w, who(0))).toBeLessThanOrEqual(locked > 1_000_000n ? 0n : 1_000_000n - locked)
          before = locked
        }
      }),
    )
  })

  test('a lock counts two consumers, and takes both away again', () => {
    const { w, send, eventsSince } = play([10_000n])
    send(who(0), '@setLock', { id: gridLock, amount: 100n, reasons: 'All' })
    expect(w.get(Account, who(0))).toMatchObject({ consumers: 2, data: { frozen: 100n } })
    expect(usableBalance(w, who(0))).toBe(9_500n)
    expect(usableBalanceForFees(w, who(0))).toBe(9_500n)
    send(who(0), '@removeLock', { id: gridLock })
    expect(w.get(Account, who(0))).toMatchObject({ consumers: 0, data: { frozen: 0n } })
    expect(w.has(Locks, who(0))).toBe(false)
    expect(eventsSince(0)).toEqual(['Locked', 'Unlocked'])
  })

  /** Seen on the runtime: a contract whose owner has no account any more ends after its grace period. */
  test('to unlock nobody says that nobody is endowed with nothing', () => {
    const { w, send } = play([10_000n])
    send(who(3), '@removeLock', { id: gridLock })
    expect(w.events.map(({ type, value }) => [type.name, value])).toEqual([['Endowed', { account: who(3), freeBalance: 0n }]])
    expect(w.has(Account, who(3))).toBe(false)
  })

  test('to lock nobody stores the lock and freezes nothing', () => {
    const { w, send, eventsSince } = play([10_000n])
    send(who(3), '@extendLock', { id: gridLock, amount: 7n, reasons: 'All' })
    expect(w.has(Account, who(3))).toBe(false)
    expect(lockAmount(w, who(3), gridLock)).toBe(7n)
    expect(eventsSince(0)).toEqual(['Locked'])
  })

  test('a transfer that leaves dust kills the sender, and the dust leaves the issuance', () => {
    const { w, send, eventsSince } = play([1_000n, 1_000n])
    expect(send(who(0), '@transfer', { to: who(1), amount: 501n, existence: 'KeepAlive' })).toBe('Token.NotExpendable')
    expect(send(who(0), '@transfer', { to: who(1), amount: 501n, existence: 'AllowDeath' })).toBe('ok')
    expect(eventsSince(0)).toEqual(['KilledAccount', 'DustLost', 'Transfer'])
    expect(w.get(TotalIssuance)).toBe(1_501n)
  })

  test.each([
    [2_001n, 'Arithmetic.Underflow'],
    [1_001n, 'Token.FundsUnavailable'],
    [801n, 'Token.Frozen'],
    [500n, 'ok'],
  ])('of 1000 with 200 frozen and 2000 issued, a transfer of %d is answered with %s', (amount, answer) => {
    const { send } = play([1_000n, 1_000n])
    send(who(0), '@setLock', { id: gridLock, amount: 200n, reasons: 'All' })
    expect(send(who(0), '@transfer', { to: who(1), amount, existence: 'AllowDeath' })).toBe(answer)
  })

  test('a withdrawal that would kill who is needed is refused after its event', () => {
    const { w, send } = play([1_000n])
    send(who(0), '@setLock', { id: gridLock, amount: 200n, reasons: 'All' })
    expect(send(who(0), '@withdraw', { amount: 700n, reasons: 'Fee', existence: 'KeepAlive' })).toBe('Balances.Expendability')
    expect(send(who(0), '@withdraw', { amount: 900n, reasons: 'Fee', existence: 'AllowDeath' })).toBe('Balances.LiquidityRestrictions')
    expect(send(who(0), '@withdraw', { amount: 700n, reasons: 'Fee', existence: 'AllowDeath' })).toBe('ConsumerRemaining')
    expect(w.get(TotalIssuance)).toBe(1_000n)
  })

  test('less than the existential deposit creates nobody and mints nothing', () => {
    const { w, send, eventsSince } = play([1_000n])
    expect(send(who(1), '@deposit', { amount: 499n })).toBe('ok')
    expect(w.get(TotalIssuance)).toBe(1_000n)
    send(who(1), '@deposit', { amount: 500n })
    expect(eventsSince(0)).toEqual(['Deposit', 'NewAccount', 'Endowed'])
  })

  test('an account of the old reference counting is upgraded when it is first written', () => {
    const { w, send, eventsSince } = play([1_000n])
    const a = w.get(Account, who(0))
    w.put(Account, who(0), { ...a, data: { ...a.data, flags: 0n } })
    send(who(0), '@deposit', { amount: 5n })
    expect(w.get(Account, who(0)).data).toMatchObject({ free: 1_005n, flags: NEW_LOGIC })
    expect(eventsSince(0)).toEqual(['Upgraded', 'Deposit'])
  })
})
