/** Fees, weights and events in these examples were recorded from the runtime of 144. */
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { callNamed } from '../../spec/kernel/call.js'
import { encodedLength } from '../../spec/kernel/encoded-length.js'
import { decode } from '../../spec/kernel/decode.js'
import { encode } from '../../spec/kernel/encode.js'
import { machine, trap } from '../../spec/kernel/machine.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { World } from '../../spec/kernel/world.js'
import { accountMachine } from '../../spec/pallets/balances/account.machine.js'
import { balancesMachine } from '../../spec/pallets/balances/balances.machine.js'
import '../../spec/pallets/balances/calls.js'
import { errors as balancesErrors } from '../../spec/pallets/balances/errors.js'
import { TotalIssuance } from '../../spec/pallets/balances/items.js'
import '../../spec/pallets/council/calls.js'
import { councilMachine } from '../../spec/pallets/council/council.machine.js'
import { errors as councilErrors } from '../../spec/pallets/council/errors.js'
import { Members, ProposalOf, Proposals, Voting } from '../../spec/pallets/council/items.js'
import { Agenda } from '../../spec/pallets/scheduler/items.js'
import { schedulerMachine } from '../../spec/pallets/scheduler/scheduler.machine.js'
import { registerErrors } from '../../spec/pallets/system/dispatch-error.js'
import { errors as systemErrors } from '../../spec/pallets/system/errors.js'
import { Account, Now, SystemNumber, Validators } from '../../spec/pallets/system/items.js'
import { originMachine } from '../../spec/pallets/system/origin.machine.js'
import { runtimeCall, type CallValue } from '../../spec/pallets/system/runtime-call.js'
import { NOBODY } from '../../spec/pallets/system/types.js'
import { extrinsicMachine } from '../../spec/pallets/transaction-payment/extrinsic.machine.js'
import { NextFeeMultiplier } from '../../spec/pallets/transaction-payment/items.js'
import { bridgeMachines } from '../../spec/pallets/tft-bridge/index.js'
import '../../spec/pallets/utility/calls.js'
import { errors as utilityErrors } from '../../spec/pallets/utility/errors.js'
import { utilityMachine } from '../../spec/pallets/utility/utility.machine.js'
import { dispatch } from './dispatch.js'
import { applySigned, type Receipt, type SignedOptions } from './extrinsic.js'
import { Interpreter } from './interpreter.js'

registerErrors('System', systemErrors)
registerErrors('Balances', balancesErrors)
registerErrors('Council', councilErrors)
registerErrors('Utility', utilityErrors)

const who = (letter: string): AccountId => letter.repeat(32) as AccountId
const [alice, bob, author] = [who('a'), who('b'), who('v')]
const id = (value: AccountId) => ({ type: 'Id', value })
const value = (pallet: string, name: string, args: object): CallValue => ({ type: pallet, value: { type: name, value: args } })
const transfer = (to: AccountId, amount: bigint, name = 'transferAllowDeath') => value('Balances', name, { dest: id(to), value: amount })
const setFee = value('TFTBridgeModule', 'setWithdrawFee', { amount: 5n })
const propose = (proposal: CallValue, threshold = 1) =>
  value('Council', 'propose', { threshold, proposal, lengthBound: encodedLength(runtimeCall, proposal) })
const batch = (name: string, ...calls: readonly CallValue[]) => value('Utility', name, { calls })

/** Traps on every batch. */
const trapping = machine({
  ...utilityMachine,
  states: { always: { ...utilityMachine.states['always'], batch: [trap('TEST-1', null, 'boom')] } },
})

let w: World
const edition = { name: '144', version: 144, quirks: new Set<string>() }
const machines = [accountMachine, balancesMachine, extrinsicMachine, originMachine, councilMachine, schedulerMachine, ...bridgeMachines]
const interpreter = new Interpreter([...machines, utilityMachine], edition)
interpreter.checkTargets = true

const send = (call: CallValue, by: AccountId, options?: SignedOptions) =>
  applySigned(interpreter, w, { type: callNamed(`${call.type}.${call.value.type}`), args: call.value.value }, by, options)
const names = (receipt: Pick<Receipt, 'events'>) => receipt.events.map(({ type }) => type.name)
const last = (receipt: Pick<Receipt, 'events'>) => receipt.events.at(-1)?.value
const info = (refTime: bigint, proofSize: bigint, type: string) => ({
  weight: { refTime, proofSize },
  class: { type },
  paysFee: { type: 'Yes' },
})

beforeEach(() => {
  w = new World(144)
  for (const a of [alice, bob, author]) w.put(Account, a, { ...NOBODY, providers: 1, data: { ...NOBODY.data, free: 10n ** 12n } })
  w.set(TotalIssuance, 3n * 10n ** 12n)
  w.set(Validators, [author])
  w.set(Members, [alice])
  w.set(SystemNumber, 2)
  w.set(Now, 1_688_169_612_000n)
  w.set(NextFeeMultiplier, 0n)
})

describe('the envelope of an extrinsic', () => {
  test('the fee is withheld, goes to the author, and is told', () => {
    const receipt = send(transfer(bob, 1000n), alice)
    expect(receipt).toMatchObject({ outcome: { type: 'ok' }, withheld: 10_141n, paid: 10_141n })
    expect(names(receipt)).toEqual(['Withdraw', 'Transfer', 'Deposit', 'TransactionFeePaid', 'ExtrinsicSuccess'])
    expect(last(receipt)).toEqual({ dispatchInfo: info(298_945_000n, 3_593n, 'Normal') })
    expect(w.get(Account, author).data.free).toBe(10n ** 12n + 10_141n)
    expect(w.get(Account, alice).nonce).toBe(1)
  })

  test('weight costs something in the first block only', () => {
    w.remove(NextFeeMultiplier, undefined)
    expect(send(transfer(bob, 1000n), alice).paid).toBe(26_448n)
    interpreter.deliver(w, { type: 'none' }, 'extrinsic', undefined, '@onFinalize', undefined)
    expect(send(transfer(bob, 1000n), alice).paid).toBe(10_141n)
  })

  test('a refused call leaves nothing but nonce, fee and its event', () => {
    const receipt = send(transfer(bob, 10n ** 12n), alice)
    expect(receipt.outcome).toEqual({ type: 'error', error: 'Token.FundsUnavailable' })
    expect(names(receipt)).toEqual(['Withdraw', 'Deposit', 'TransactionFeePaid', 'ExtrinsicFailed'])
    expect(last(receipt)).toMatchObject({ dispatchError: { type: 'Token', value: { type: 'FundsUnavailable' } } })
    expect(w.get(Account, bob).data.free).toBe(10n ** 12n)
  })

  test.each([
    ['Stale', { nonce: 0 }],
    ['Future', { nonce: 2 }],
  ])('a nonce that is not the next is %s, and leaves no trace', (reason, options) => {
    send(transfer(bob, 1n), alice)
    const before = w.mark()
    expect(send(transfer(bob, 1n), alice, options).outcome).toEqual({ type: 'invalid', reason })
    expect(w.mark()).toEqual(before)
  })

  test('who cannot pay and stay alive is refused, with nothing written', () => {
    w.put(Account, alice, { ...NOBODY, providers: 1, data: { ...NOBODY.data, free: 10_640n } })
    const before = w.mark()
    expect(send(transfer(bob, 1000n), alice).outcome).toEqual({ type: 'invalid', reason: 'Payment' })
    expect(send(transfer(bob, 1000n), who('x')).outcome).toEqual({ type: 'invalid', reason: 'Payment' })
    expect(w.mark()).toEqual(before)
  })

  test('a block that ends a session takes no Normal call, but Operational ones', () => {
    w.set(SystemNumber, 600)
    expect(send(transfer(bob, 1000n), alice).outcome).toEqual({ type: 'invalid', reason: 'ExhaustsResources' })
    expect(send(batch('batch'), bob)).toMatchObject({ outcome: { type: 'ok' }, paid: 10_107n })
  })

  test('who is gone gets nothing back: the author has it all', () => {
    w.remove(NextFeeMultiplier, undefined)
    const everything = value('Balances', 'transferAll', { dest: id(bob), keepAlive: false })
    const receipt = send(batch('batch', everything, setFee, transfer(bob, 1n)), alice)
    expect(w.has(Account, alice)).toBe(false)
    expect(receipt.paid).toBeLessThan(receipt.withheld)
    expect(w.get(Account, author).data.free).toBe(10n ** 12n + receipt.withheld)
    expect(names(receipt).slice(-3)).toEqual(['Deposit', 'TransactionFeePaid', 'ExtrinsicSuccess'])
  })

  test('a trap leaves no trace, not even a nonce', () => {
    const trapped = new Interpreter([...machines, trapping], edition)
    const before = w.mark()
    const receipt = applySigned(trapped, w, { type: callNamed('Utility.batch'), args: { calls: [] } }, alice)
    expect(receipt).toMatchObject({ outcome: { type: 'panic', message: 'boom' }, events: [] })
    expect(w.mark()).toEqual(before)
  })

  test('no extrinsic changes the issuance, save by dust', () => {
    const amount = fc.oneof(
      fc.constantFrom(0n, 499n, 500n, 10n ** 12n - 10_141n, 10n ** 12n - 10_641n),
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
    )
    const step = fc.tuple(fc.constantFrom(alice, bob, who('x')), fc.constantFrom(alice, bob, author, who('x')), amount)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const mark = w.mark()
        for (const [by, to, value] of steps) send(transfer(to, value), by)
        const sum = [...w.entries(Account)].reduce((total, [, { data }]) => total + data.free, 0n)
        expect(w.get(TotalIssuance)).toBe(sum)
        w.rollback(mark)
      }),
    )
  })
})

describe('calls that carry calls', () => {
  test('a motion of one executes at once, and may do what is restricted', () => {
    const receipt = send(propose(setFee), alice)
    expect(receipt).toMatchObject({ outcome: { type: 'ok' }, paid: 10_118n })
    expect(receipt.events.find(({ type }) => type.name === 'Executed')?.value).toEqual({
      proposalHash: Buffer.from('9811a6e275a217f5af8d247c8c500d0f0294f690fdbbc5915c3c76a6d40ed18a', 'hex').toString('latin1'),
      result: { type: 'Ok' },
    })
    expect(last(receipt)).toEqual({ dispatchInfo: info(290_499_709n, 6_868n, 'Operational') })
  })

  test('one of three may move, but not what is restricted', () => {
    w.set(Members, [alice, bob, author])
    const receipt = send(propose(setFee), alice)
    expect(receipt.outcome.type).toBe('ok')
    expect(receipt.events.find(({ type }) => type.name === 'Executed')?.value).toMatchObject({
      result: { type: 'Err', value: { type: 'BadOrigin' } },
    })
    expect(send(propose(setFee), who('x')).outcome.type).toBe('invalid')
  })

  test('three members move, vote and close', () => {
    w.set(Members, [alice, bob, author])
    send(propose(setFee, 2), alice)
    const [proposal] = w.get(Proposals) as [string]
    const close = value('Council', 'close', {
      proposalHash: proposal,
      index: 0,
      proposalWeightBound: { refTime: 10n ** 10n, proofSize: 10n ** 5n },
      lengthBound: 100,
    })
    const vote = value('Council', 'vote', { proposal, index: 0, approve: true })
    expect(send(vote, alice)).toMatchObject({ outcome: { type: 'ok' }, paid: 0n })
    expect(send(vote, alice).outcome).toEqual({ type: 'error', error: 'Council.DuplicateVote' })
    expect(send(close, bob).outcome).toEqual({ type: 'error', error: 'Council.TooEarly' })
    send(vote, bob)
    const receipt = send(close, bob)
    expect(names(receipt).slice(1, 4)).toEqual(['Closed', 'Approved', 'Executed'])
    expect([w.has(ProposalOf, proposal), w.has(Voting, proposal), w.get(Proposals)]).toEqual([false, false, []])
  })

  test('a batch keeps what succeeded before its first failure', () => {
    const receipt = send(batch('batch', transfer(alice, 1000n, 'transfer'), setFee, transfer(alice, 1000n, 'transfer')), bob)
    expect(receipt).toMatchObject({ outcome: { type: 'ok' }, paid: 10_191n })
    expect(names(receipt).slice(1, 4)).toEqual(['Transfer', 'ItemCompleted', 'BatchInterrupted'])
    expect(last(receipt)).toEqual({ dispatchInfo: info(435_978_938n, 3_593n, 'Normal') })
  })

  test('batchAll keeps nothing', () => {
    const receipt = send(batch('batchAll', transfer(alice, 1000n, 'transfer'), setFee), bob, { tip: 77n })
    expect(receipt).toMatchObject({ outcome: { type: 'error', error: 'BadOrigin' }, paid: 10_232n })
    expect(names(receipt)).toEqual(['Withdraw', 'Deposit', 'TransactionFeePaid', 'ExtrinsicFailed'])
    expect(last(receipt)).toMatchObject({ dispatchInfo: info(431_303_681n, 3_593n, 'Normal') })
  })

  test('forceBatch goes on', () => {
    const receipt = send(batch('forceBatch', setFee, transfer(alice, 1000n, 'transferKeepAlive')), bob)
    expect(receipt).toMatchObject({ outcome: { type: 'ok' }, paid: 10_154n })
    expect(names(receipt).slice(1, -3)).toEqual(['ItemFailed', 'Transfer', 'ItemCompleted', 'BatchCompletedWithErrors'])
    expect(last(receipt)).toEqual({ dispatchInfo: info(408_568_326n, 3_593n, 'Normal') })
  })

  test('batchAll cannot be nested, however deep', () => {
    expect(send(batch('batchAll', batch('batch', batch('batchAll'))), bob).outcome.type).toBe('ok')
    expect(send(batch('batchAll', batch('batchAll')), bob).outcome).toEqual({ type: 'error', error: 'System.CallFiltered' })
  })

  test('an agenda is served by priority, with the origins that it names', () => {
    const task = (call: CallValue, priority: number, origin: object) => ({
      maybeId: undefined,
      priority,
      call: { type: 'Inline' as const, value: encode(runtimeCall, call) },
      maybePeriodic: undefined,
      origin: { type: 'system' as const, value: origin as { readonly type: 'Root' } },
    })
    w.put(Agenda, 2, [task(transfer(bob, 5n), 9, { type: 'Signed', value: alice }), task(setFee, 1, { type: 'Root' })])
    interpreter.deliver(w, { type: 'none' }, 'scheduler', undefined, '@agenda', undefined)
    expect(w.events.map(({ type, value }) => [type.name, (value as { task?: unknown }).task])).toEqual([
      ['Dispatched', [2, 1]],
      ['Transfer', undefined],
      ['Dispatched', [2, 0]],
    ])
    expect(w.has(Agenda, 2)).toBe(false)
  })

  test('a call is undone in its own layer', () => {
    const refused = dispatch(
      interpreter,
      w,
      { type: 'root' },
      { type: callNamed('Balances.transferAllowDeath'), args: { dest: id(bob), value: 5n } },
    )
    expect(refused).toMatchObject({ refusal: { error: 'BadOrigin', rule: 'ORIGIN-1' }, pays: true })
  })

  test('calls read back what was written', () => {
    for (const call of [setFee, propose(setFee), batch('batch', transfer(bob, 70_000n), propose(setFee))])
      expect(decode(runtimeCall, encode(runtimeCall, call))).toEqual(call)
  })
})
