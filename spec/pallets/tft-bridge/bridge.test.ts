import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Interpreter } from '../../../src/reference/interpreter.js'
import { callNamed } from '../../kernel/call.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Edition } from '../../kernel/version.js'
import { World } from '../../kernel/world.js'
import { accountMachine } from '../balances/account.machine.js'
import { EXISTENTIAL_DEPOSIT, TotalIssuance } from '../balances/items.js'
import { freeBalance } from '../balances/reading.js'
import { Account, SystemNumber } from '../system/items.js'
import { NOBODY } from '../system/types.js'
import { burnLifeOf } from './burn.machine.js'
import { bridgeMachines } from './index.js'
import * as items from './items.js'
import { mintLifeOf } from './mint.machine.js'
import { refundLifeOf } from './refund.machine.js'
import { stellarAddress } from './stellar-address.js'

const who = (letter: string) => letter.repeat(32) as AccountId
const [v1, v2, v3, v4, v5, user, fees] = ['a', 'b', 'c', 'd', 'e', 'u', 'f'].map(who) as [
  AccountId,
  AccountId,
  AccountId,
  AccountId,
  AccountId,
  AccountId,
  AccountId,
]
const home = stellarAddress(new Uint8Array(32).fill(7))
const quirks = [
  'Q-MINT-AND-REFUND',
  'Q-MINT-OTHER-VOTE',
  'Q-MINT-VOTES-TWICE',
  'Q-MINT-LOST',
  'Q-BURN-SATURATES',
  'Q-BURN-SIGNS-TWICE',
  'Q-BURN-MORE-THAN-ENOUGH',
  'Q-REFUND-OTHER-SIGNATURE',
  'Q-REFUND-SIGNS-TWICE',
  'Q-REFUND-MORE-THAN-ENOUGH',
  'Q-REFUND-REOPENED',
]
const at144: Edition = { name: '144', version: 144, quirks: new Set(quirks) }
const intended: Edition = { name: 'intended', version: 144, quirks: new Set() }
/** 144 with one quirk repaired. */
const without = (quirk: string): Edition => ({ ...at144, quirks: new Set(quirks.filter((q) => q !== quirk)) })

function play(edition: Edition, validators: readonly AccountId[] = [v1, v2, v3]) {
  const w = new World(144)
  const reference = new Interpreter([...bridgeMachines, accountMachine], edition)
  reference.checkTargets = true
  w.set(items.Validators, validators)
  w.set(items.FeeAccount, fees)
  w.set(items.WithdrawFee, 10n)
  w.set(items.DepositFee, 20n)
  for (const account of [user, fees]) w.put(Account, account, { ...NOBODY, providers: 1, data: { ...NOBODY.data, free: 100_000n } })
  w.set(TotalIssuance, 200_000n)
  const call = (by: AccountId | 'council', name: string, args: object): string => {
    const type = callNamed(`TFTBridgeModule.${name}`)
    const origin = by === 'council' ? ({ type: 'council' } as const) : ({ type: 'signed', who: by } as const)
    const to = type.subject(w, args, origin)
    const mark = w.mark()
    const refusal = reference.deliver(w, origin, to.machine, to.key, name, args)
    if (refusal !== null) w.rollback(mark)
    return refusal?.error.replace('TFTBridgeModule.', '') ?? 'ok'
  }
  const vote = (by: AccountId, transaction = 'tx', amount = 5000n, target = user) =>
    call(by, 'proposeOrVoteMintTransaction', { transaction, target, amount })
  const swap = (amount = 1000n, targetStellarAddress = home) => call(user, 'swapToStellar', { targetStellarAddress, amount })
  const signing = (n: number | string) => ({ signature: `signature ${n}`, stellarPubKey: `key ${n}`, sequenceNumber: 7n })
  const signBurn = (by: AccountId, n: number | string = by, id = 1n) =>
    call(by, 'proposeBurnTransactionOrAddSig', { transactionId: id, target: home, amount: 990n, ...signing(n) })
  const signRefund = (by: AccountId, n: number | string = by, txHash = 'hash', amount = 300n) =>
    call(by, 'createRefundTransactionOrAddSig', { txHash, target: home, amount, ...signing(n) })
  /** Ends the block; the next one has the number given. */
  const finalize = (next: number) => {
    reference.deliver(w, { type: 'none' }, 'bridge', undefined, '@finalize', undefined)
    w.set(SystemNumber, next)
  }
  const told = (since = 0) => w.events.slice(since).map((e) => e.type.name)
  return { w, call, vote, swap, signBurn, signRefund, finalize, told }
}

describe('validators', () => {
  test('stay sorted and without doubles, whoever is added or removed', () => {
    const step = fc.record({
      name: fc.constantFrom('addBridgeValidator', 'removeBridgeValidator'),
      target: fc.constantFrom(v1, v2, v3, v4, v5),
    })
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { w, call } = play(at144, [])
        const model = new Set<AccountId>()
        for (const { name, target } of steps) {
          const adds = name === 'addBridgeValidator'
          const expected = adds === model.has(target) ? (adds ? 'ValidatorExists' : 'ValidatorNotExists') : 'ok'
          expect(call('council', name, { target })).toBe(expected)
          if (adds) model.add(target)
          else model.delete(target)
          expect(w.get(items.Validators)).toEqual([...model].sort())
        }
      }),
    )
  })

  test('nobody else may vote, sign or close', () => {
    const { vote, signBurn, signRefund, call } = play(at144)
    for (const answer of [
      vote(user),
      signBurn(user),
      signRefund(user),
      call(user, 'setBurnTransactionExecuted', { transactionId: 1n }),
      call(user, 'setRefundTransactionExecuted', { txHash: 'hash' }),
    ])
      expect(answer).toBe('ValidatorNotExists')
  })
})

describe('a mint', () => {
  test('is paid out with the vote of the majority: amount to the target, fee to the fee account', () => {
    const { w, vote, told } = play(at144)
    expect(vote(v1)).toBe('ok')
    expect(mintLifeOf(w, 'tx')).toBe('voting')
    expect(told()).toEqual(['MintTransactionProposed', 'MintTransactionVoted'])
    expect(vote(v2)).toBe('ok')
    expect(mintLifeOf(w, 'tx')).toBe('executed')
    expect(told(2)).toEqual(['MintTransactionVoted', 'Deposit', 'Deposit', 'MintCompleted'])
    expect([freeBalance(w, user), freeBalance(w, fees), w.get(TotalIssuance)]).toEqual([104_980n, 100_020n, 205_000n])
    expect(vote(v3)).toBe('MintTransactionAlreadyExecuted')
  })

  test('of no more than the fee stays one vote short', () => {
    const { w, vote } = play(at144)
    expect(vote(v1, 'tx', 20n)).toBe('ok')
    expect(vote(v2, 'tx', 20n)).toBe('AmountIsLessThanDepositFee')
    expect(w.get(items.MintTransactions, 'tx')!.votes).toBe(1)
  })

  test('is decided by one validator who votes again and again (Q-MINT-VOTES-TWICE)', () => {
    expect([play(at144), play(without('Q-MINT-VOTES-TWICE'))].map(({ vote }) => [vote(v1), vote(v1)])).toEqual([
      ['ok', 'ok'],
      ['ok', 'TransactionValidatorExists'],
    ])
  })

  test('counts votes for another amount or target (Q-MINT-OTHER-VOTE)', () => {
    const { w, vote } = play(at144)
    expect([vote(v1), vote(v2, 'tx', 1n, v5)]).toEqual(['ok', 'ok'])
    expect(freeBalance(w, user)).toBe(104_980n)
    const repaired = play(without('Q-MINT-OTHER-VOTE'))
    expect([repaired.vote(v1), repaired.vote(v2, 'tx', 1n)]).toEqual(['ok', 'WrongParametersProvided'])
  })

  test('of less than the existential deposit to nobody completes, and nobody has it (Q-MINT-LOST)', () => {
    const amount = 20n + EXISTENTIAL_DEPOSIT - 1n
    const { w, vote, told } = play(at144, [v1])
    expect(vote(v1, 'tx', amount, v5)).toBe('ok')
    expect(told().at(-1)).toBe('MintCompleted')
    expect(w.has(Account, v5)).toBe(false)
    expect(play(without('Q-MINT-LOST'), [v1]).vote(v1, 'tx', amount, v5)).toBe('AmountIsLessThanDepositFee')
    expect(play(intended, [v1]).vote(v1, 'tx', amount + 1n, v5)).toBe('ok')
  })

  test('and a refund of the same transaction exclude each other (not so under Q-MINT-AND-REFUND)', () => {
    const both = ({ vote, signRefund }: ReturnType<typeof play>) => [signRefund(v1, 1, 'tx'), vote(v1), vote(v2)]
    expect(both(play(at144))).toEqual(['ok', 'ok', 'ok'])
    expect(both(play(without('Q-MINT-AND-REFUND')))).toEqual(['ok', ...Array<string>(2).fill('RefundTransactionAlreadyExecuted')])
    const { vote, signRefund } = play(intended)
    expect([vote(v1), signRefund(v1, 1, 'tx'), vote(v2), signRefund(v1, 1, 'tx')]).toEqual([
      'ok',
      'MintTransactionExists',
      'ok',
      'MintTransactionAlreadyExecuted',
    ])
  })
})

describe('a burn', () => {
  test('takes the amount from the caller, gives the fee to the fee account, and waits with the rest', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 110_000n), (amount) => {
        const { w, swap, told } = play(at144)
        const refusal =
          amount <= 10n
            ? 'AmountIsLessThanWithdrawFee'
            : amount > 100_000n
              ? 'NotEnoughBalanceToSwap'
              : amount > 100_000n - EXISTENTIAL_DEPOSIT
                ? 'Balances.Expendability'
                : null
        expect(swap(amount)).toBe(refusal ?? 'ok')
        if (refusal !== null) return
        expect(told()).toEqual(['Withdraw', 'Deposit', 'BurnTransactionCreated'])
        expect([freeBalance(w, user), freeBalance(w, fees), w.get(TotalIssuance)]).toEqual([100_000n - amount, 100_010n, 200_010n - amount])
        expect(w.get(items.BurnTransactions, 1n)).toEqual({
          block: 0,
          amount: amount - 10n,
          target: home,
          signatures: [],
          sequenceNumber: 0n,
        })
      }),
    )
  })

  test('asks for a Stellar address first', () => {
    expect(play(at144).swap(0n, 'nowhere')).toBe('InvalidStellarPublicKey')
  })

  test('is ready once a majority has signed it, and closed by any validator', () => {
    const { w, call, swap, signBurn, told } = play(at144)
    expect(signBurn(v1)).toBe('BurnTransactionNotExists')
    swap()
    expect([signBurn(v1), burnLifeOf(w, 1n), signBurn(v2), burnLifeOf(w, 1n), signBurn(v3)]).toEqual([
      'ok',
      'signing',
      'ok',
      'ready',
      'EnoughBurnSignaturesPresent',
    ])
    expect(told().slice(-3)).toEqual(['BurnTransactionSignatureAdded', 'BurnTransactionSignatureAdded', 'BurnTransactionReady'])
    const close = () => call(v3, 'setBurnTransactionExecuted', { transactionId: 1n })
    expect([close(), close(), signBurn(v3), burnLifeOf(w, 1n)]).toEqual([
      'ok',
      'BurnTransactionAlreadyExecuted',
      'BurnTransactionAlreadyExecuted',
      'executed',
    ])
  })

  test('is signed by one validator with many keys (Q-BURN-SIGNS-TWICE)', () => {
    const signTwice = ({ swap, signBurn }: ReturnType<typeof play>) => [swap(), signBurn(v1, 1), signBurn(v1, 1), signBurn(v1, 2)]
    expect(signTwice(play(at144))).toEqual(['ok', 'ok', 'BurnSignatureExists', 'ok'])
    expect(signTwice(play(without('Q-BURN-SIGNS-TWICE')))).toEqual(['ok', 'ok', 'BurnSignatureExists', 'BurnSignatureExists'])
  })

  test('takes more than enough signatures after a validator left (Q-BURN-MORE-THAN-ENOUGH)', () => {
    const afterLeaving = ({ call, swap, signBurn }: ReturnType<typeof play>) => {
      for (const step of [swap, () => signBurn(v1), () => signBurn(v2), () => signBurn(v3)]) expect(step()).toBe('ok')
      for (const target of [v3, v4, v5]) call('council', 'removeBridgeValidator', { target })
      return signBurn(v1, 'another')
    }
    const all = [v1, v2, v3, v4, v5]
    const repaired = without('Q-BURN-MORE-THAN-ENOUGH')
    expect([afterLeaving(play(at144, all)), afterLeaving(play(repaired, all))]).toEqual(['ok', 'EnoughBurnSignaturesPresent'])
  })

  test('of more than a u64 holds loses what is above it (Q-BURN-SATURATES)', () => {
    const rich = (edition: Edition) => {
      const chain = play(edition)
      chain.w.put(Account, user, { ...NOBODY, providers: 1, data: { ...NOBODY.data, free: 1n << 80n } })
      return chain
    }
    const { w, swap } = rich(at144)
    expect(swap(1n << 70n)).toBe('ok')
    expect(w.get(items.BurnTransactions, 1n).amount).toBe((1n << 64n) - 11n)
    expect(rich(intended).swap(1n << 70n)).toBe('WrongParametersProvided')
  })

  test('forgets its signatures 20 blocks after it was made, and every 20 blocks again', () => {
    const { w, swap, signBurn, finalize, told } = play(at144)
    swap()
    signBurn(v1)
    finalize(19)
    finalize(20)
    expect(w.get(items.BurnTransactions, 1n).signatures).toHaveLength(1)
    finalize(30)
    expect(w.get(items.BurnTransactions, 1n)).toEqual({ block: 20, amount: 990n, target: home, signatures: [], sequenceNumber: 0n })
    finalize(40)
    expect(told().filter((name) => name === 'BurnTransactionExpired')).toHaveLength(1)
    finalize(41)
    expect(told().filter((name) => name === 'BurnTransactionExpired')).toHaveLength(2)
    expect(signBurn(v1)).toBe('ok')
  })

  test('expires in the order of the hashed keys, burns before refunds', () => {
    const { w, swap, signRefund, finalize } = play(at144)
    signRefund(v1)
    for (let i = 0; i < 6; i++) swap()
    finalize(20)
    const before = w.events.length
    finalize(21)
    const expired = w.events.slice(before).map((e) => [e.type.name, (e.value as readonly unknown[])[0]])
    expect(expired).toEqual([...[6n, 5n, 3n, 1n, 4n, 2n].map((id) => ['BurnTransactionExpired', id]), ['RefundTransactionExpired', 'hash']])
  })
})

describe('a refund', () => {
  test('is created by its first signature, which is told first', () => {
    const { w, signRefund, told } = play(at144)
    expect([signRefund(v1), refundLifeOf(w, 'hash'), signRefund(v2), refundLifeOf(w, 'hash')]).toEqual(['ok', 'signing', 'ok', 'ready'])
    expect(told()).toEqual([
      'RefundTransactionsignatureAdded',
      'RefundTransactionCreated',
      'RefundTransactionsignatureAdded',
      'RefundTransactionReady',
    ])
  })

  test('with one validator is ready before it is called created', () => {
    const { signRefund, told } = play(at144, [v1])
    expect(signRefund(v1)).toBe('ok')
    expect(told()).toEqual(['RefundTransactionsignatureAdded', 'RefundTransactionReady', 'RefundTransactionCreated'])
  })

  test('that was executed can be opened again, and then never closed (Q-REFUND-REOPENED)', () => {
    const again = ({ signRefund, call }: ReturnType<typeof play>) => {
      const close = () => call(v1, 'setRefundTransactionExecuted', { txHash: 'hash' })
      return [close(), signRefund(v1), close(), signRefund(v1), close()]
    }
    expect(again(play(at144))).toEqual(['RefundTransactionNotExists', 'ok', 'ok', 'ok', 'RefundTransactionAlreadyExecuted'])
    expect(again(play(without('Q-REFUND-REOPENED')))[3]).toBe('RefundTransactionAlreadyExecuted')
  })

  test('takes signatures for another amount (Q-REFUND-OTHER-SIGNATURE), and many of one validator (Q-REFUND-SIGNS-TWICE)', () => {
    const { signRefund } = play(at144)
    expect([signRefund(v1, 1), signRefund(v1, 2, 'hash', 1n)]).toEqual(['ok', 'ok'])
    const other = play(without('Q-REFUND-OTHER-SIGNATURE'))
    expect([other.signRefund(v1, 1), other.signRefund(v2, 2, 'hash', 1n)]).toEqual(['ok', 'WrongParametersProvided'])
    const twice = play(without('Q-REFUND-SIGNS-TWICE'))
    expect([twice.signRefund(v1, 1), twice.signRefund(v1, 2), twice.signRefund(v2, 2)]).toEqual(['ok', 'RefundSignatureExists', 'ok'])
  })
})

describe('what is intended', () => {
  test('a validator counts once, also after an expiry, and nothing that no version stores is written at 144', () => {
    const { w, swap, signBurn, finalize } = play(intended)
    swap()
    expect([signBurn(v1, 1), signBurn(v1, 2)]).toEqual(['ok', 'BurnSignatureExists'])
    finalize(20)
    finalize(21)
    expect([signBurn(v1, 3), signBurn(v1, 4), signBurn(v2, 5), w.get(items.BurnSigners, 1n)]).toEqual([
      'ok',
      'BurnSignatureExists',
      'ok',
      [v1, v2],
    ])
    const real = play(at144)
    real.swap()
    for (const sign of [real.signBurn, real.signRefund, real.vote]) sign(v1)
    for (const item of [items.BurnSigners, items.RefundSigners, items.MintVoters]) expect(real.w.count(item as never)).toBe(0)
  })
})
