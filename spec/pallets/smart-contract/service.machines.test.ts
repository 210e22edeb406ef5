import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Interpreter } from '../../../src/reference/interpreter.js'
import { callNamed } from '../../kernel/call.js'
import { machine } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import type { Edition } from '../../kernel/version.js'
import { World } from '../../kernel/world.js'
import { accountMachine } from '../balances/account.machine.js'
import { TwinIdByAccountID } from '../tfgrid/items.js'
import { attachEffects, attachGuards, attachSolutionProvider } from './attach-provider.rules.js'
import { billingLoop } from './billing-loop.machine.js'
import { lifeOf } from './contract.state.js'
import { BillingFrequency, Contracts, ContractsToBillAt, SolutionProviders } from './items.js'
import { serviceMachines } from './service.machines.js'

/** A grid contract that can do nothing but have a provider attached. */
const live = { attachSolutionProviderId: attachSolutionProvider.live }
const contract = machine({
  id: 'contract',
  pallet: 'SmartContractModule',
  says: 'a grid contract',
  state: lifeOf,
  states: {
    absent: { attachSolutionProviderId: attachSolutionProvider.absent },
    created: live,
    deployed: live,
    gracePeriod: live,
    deleted: live,
  },
  guards: attachGuards,
  effects: attachEffects,
})
const alice = 'a'.repeat(32) as AccountId
const bob = 'b'.repeat(32) as AccountId
const signed = (who: AccountId): Origin => ({ type: 'signed', who })
const council: Origin = { type: 'council' }
const at144: Edition = { name: '144', version: 144, quirks: new Set(['Q-PROVIDER-TAKE-WRAP', 'Q-PROVIDER-COUNT', 'Q-FREQUENCY-STRANDS']) }
const intended: Edition = { name: 'intended', version: 144, quirks: new Set() }

function play(edition: Edition) {
  const w = new World(144)
  const reference = new Interpreter([...serviceMachines, contract, billingLoop, accountMachine], edition)
  reference.checkTargets = true
  w.put(TwinIdByAccountID, alice, 1)
  w.put(TwinIdByAccountID, bob, 2)
  const deliver = (origin: Origin, to: { machine: string; key: unknown }, event: string, args: unknown): string => {
    const mark = w.mark()
    const refusal = reference.deliver(w, origin, to.machine, to.key as bigint, event, args)
    if (refusal !== null) w.rollback(mark)
    return refusal?.error.replace('SmartContractModule.', '') ?? 'ok'
  }
  const call = (origin: Origin, name: string, args: object): string =>
    deliver(origin, callNamed(`SmartContractModule.${name}`).subject(w, args, origin), name, args)
  const propose = (takes: readonly number[]) =>
    call(signed(bob), 'createSolutionProvider', { description: '', link: '', providers: takes.map((take) => ({ who: bob, take })) })
  const approve = (solutionProviderId: bigint, yes = true) => call(council, 'approveSolutionProvider', { solutionProviderId, approve: yes })
  const attach = (who: AccountId, contractId: bigint, solutionProviderId: bigint) =>
    call(signed(who), 'attachSolutionProviderId', { contractId, solutionProviderId })
  const use = (id: bigint) => deliver(signed(alice), { machine: 'solution-provider', key: id }, '@mustBeApproved', undefined)
  const storeContract = (contractId: bigint) =>
    w.put(Contracts, contractId, {
      version: 4,
      state: { type: 'Created' },
      contractId,
      twinId: 1,
      contractType: { type: 'NameContract', value: { name: 'name' } },
      solutionProviderId: undefined,
    })
  return { w, call, propose, approve, attach, use, storeContract }
}

describe('a solution provider', () => {
  const takes = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 9 })
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

  test('intended: at most five share at most half of a bill', () => {
    fc.assert(
      fc.property(fc.oneof(takes, fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 7 })), (list) => {
        expect(play(intended).propose(list)).toBe(sum(list) <= 50 && list.length <= 5 ? 'ok' : 'InvalidProviderConfiguration')
      }),
    )
  })

  test('Q-PROVIDER-TAKE-WRAP: 144 adds the takes modulo 256, whoever shares', () => {
    fc.assert(
      fc.property(takes, (list) => {
        expect(play(at144).propose(list)).toBe(sum(list) % 256 <= 50 ? 'ok' : 'InvalidProviderConfiguration')
      }),
    )
    expect(play(at144).propose([200, 100])).toBe('ok')
  })

  test('may be used exactly while it is approved', () => {
    const { propose, approve, use } = play(at144)
    expect([use(1n), approve(1n)]).toEqual(['NoSuchSolutionProvider', 'NoSuchSolutionProvider'])
    propose([25])
    expect(use(1n)).toBe('SolutionProviderNotApproved')
    expect([approve(1n), use(1n)]).toEqual(['ok', 'ok'])
    expect([approve(1n, false), use(1n)]).toEqual(['ok', 'SolutionProviderNotApproved'])
  })

  test('ids count up from 1', () => {
    const { w, propose } = play(at144)
    for (let i = 0; i < 3; i++) propose([1])
    expect([...w.entries(SolutionProviders)].map(([id, p]) => [id, p.solutionProviderId])).toEqual([1n, 2n, 3n].map((id) => [id, id]))
  })

  test('is attached by the owner, once, when it is approved', () => {
    const { w, propose, approve, attach, storeContract } = play(at144)
    propose([25])
    propose([10])
    storeContract(7n)
    expect(attach(alice, 7n, 9n)).toBe('NoSuchSolutionProvider')
    expect(attach(alice, 9n, 1n)).toBe('SolutionProviderNotApproved')
    approve(1n)
    approve(2n)
    expect(attach(alice, 9n, 1n)).toBe('ContractNotExists')
    expect(attach('?'.repeat(32) as AccountId, 7n, 1n)).toBe('TwinNotExists')
    expect(attach(bob, 7n, 1n)).toBe('UnauthorizedToChangeSolutionProviderId')
    expect(attach(alice, 7n, 1n)).toBe('ok')
    expect(attach(alice, 7n, 2n)).toBe('UnauthorizedToChangeSolutionProviderId')
    expect(w.get(Contracts, 7n)?.solutionProviderId).toBe(1n)
  })
})

describe('the billing frequency', () => {
  const change = (edition: Edition, ids: readonly bigint[], frequency: bigint) => {
    const { w, call } = play(edition)
    w.set(BillingFrequency, 10n)
    for (const id of ids) w.put(ContractsToBillAt, id % 10n, [...w.get(ContractsToBillAt, id % 10n), id])
    const outcome = call(council, 'changeBillingFrequency', { frequency })
    const misplaced = ids.filter((id) => !w.get(ContractsToBillAt, id % w.get(BillingFrequency)).includes(id))
    return { outcome, misplaced, listed: [...w.entries(ContractsToBillAt)].flatMap(([, list]) => list).length }
  }
  const ids = fc.uniqueArray(fc.bigInt(1n, 100n))

  test('only grows', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 30n), (frequency) => {
        expect(change(at144, [], frequency).outcome).toBe(frequency > 10n ? 'ok' : 'CanOnlyIncreaseFrequency')
      }),
    )
  })

  test('intended: every contract stays listed once, at its id modulo the frequency', () => {
    fc.assert(
      fc.property(ids, fc.bigInt(0n, 40n), (list, frequency) => {
        const { misplaced, listed } = change(intended, list, frequency)
        expect({ misplaced, listed }).toEqual({ misplaced: [], listed: list.length })
      }),
    )
  })

  test('Q-FREQUENCY-STRANDS: 144 leaves contracts where they were', () => {
    expect(change(at144, [5n, 11n, 12n], 20n).misplaced).toEqual([11n, 12n])
  })
})
