import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Interpreter, Trap } from '../../../src/reference/interpreter.js'
import { callNamed } from '../../kernel/call.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Edition } from '../../kernel/version.js'
import { World } from '../../kernel/world.js'
import { accountMachine } from '../balances/account.machine.js'
import { TotalIssuance } from '../balances/items.js'
import { Account, Now } from '../system/items.js'
import { NEW_LOGIC } from '../system/types.js'
import { AverageTftPrice, MaxTftPrice } from '../tft-price/items.js'
import { TwinIdByAccountID, Twins } from '../tfgrid/items.js'
import { ServiceContracts } from './items.js'
import { serviceMachines } from './service.machines.js'

/** Three accounts with a twin each, ids 1, 2, 3, and one without. */
const [service, consumer, third, stranger] = ['s', 'c', 't', '?'].map((letter) => letter.repeat(32) as AccountId)
const everybody = [service!, consumer!, third!, stranger!]
const QUIRKS = ['Q-SERVICE-READY', 'Q-SERVICE-TERMS', 'Q-SERVICE-OUT-OF-FUNDS', 'Q-SERVICE-COST-WRAP', 'Q-PRICE-ZERO', 'Q-PRICE-WRAP']
const at144: Edition = { name: '144', version: 144, quirks: new Set(QUIRKS) }
const intended: Edition = { name: 'intended', version: 144, quirks: new Set() }

class Play {
  readonly w = new World(144)
  readonly reference: Interpreter
  constructor(edition: Edition, free = 10n ** 12n) {
    this.reference = new Interpreter([...serviceMachines, accountMachine], edition)
    this.reference.checkTargets = true
    everybody.slice(0, 3).forEach((who, i) => {
      this.w.put(Twins, i + 1, { id: i + 1, accountId: who, relay: undefined, entities: [], pk: undefined })
      this.w.put(TwinIdByAccountID, who, i + 1)
      this.w.put(Account, who, {
        nonce: 0,
        consumers: 0,
        providers: 1,
        sufficients: 0,
        data: { free, reserved: 0n, frozen: 0n, flags: NEW_LOGIC },
      })
    })
    this.w.set(TotalIssuance, 3n * free)
    this.w.set(AverageTftPrice, 100)
    this.w.set(MaxTftPrice, 1000)
    this.wait(1_700_000_000n)
  }
  wait(seconds: bigint): this {
    this.w.set(Now, this.w.get(Now) + seconds * 1000n)
    return this
  }
  /** 'ok', the refusal's rule, or 'trap'; as a dispatch, which undoes what was refused. */
  call(who: AccountId, name: string, args: object = {}): string {
    const origin = { type: 'signed', who } as const
    const mark = this.w.mark()
    const full = { serviceContractId: 1n, ...args }
    const { machine, key } = callNamed(`SmartContractModule.${name}`).subject(this.w, full, origin)
    try {
      const refusal = this.reference.deliver(this.w, origin, machine, key, name, full)
      if (refusal === null) return 'ok'
      this.w.rollback(mark)
      return refusal.rule
    } catch (e) {
      if (!(e instanceof Trap)) throw e
      this.w.rollback(mark)
      return 'trap'
    }
  }
  create(): this {
    this.call(service!, 'serviceContractCreate', { serviceAccount: service, consumerAccount: consumer })
    return this
  }
  terms(baseFee: bigint, variableFee = 0n): this {
    this.call(service!, 'serviceContractSetFees', { baseFee, variableFee })
    this.call(consumer!, 'serviceContractSetMetadata', { metadata: 'terms' })
    return this
  }
  approved(baseFee: bigint, variableFee = 0n): this {
    this.create().terms(baseFee, variableFee)
    this.call(service!, 'serviceContractApprove')
    this.call(consumer!, 'serviceContractApprove')
    return this
  }
  get contract() {
    return this.w.get(ServiceContracts, 1n)
  }
  free(who: AccountId): bigint {
    return this.w.get(Account, who).data.free
  }
}

const who = fc.constantFrom(...everybody)
const fee = fc.oneof(fc.constantFrom(0n, 1n, (1n << 64n) - 1n), fc.bigInt(0n, 10_000n))
const text = fc.constantFrom('', 'terms', 'x'.repeat(50), 'x'.repeat(51), 'x'.repeat(65))
const step = fc.oneof(
  fc.tuple(fc.constant('serviceContractSetFees'), who, fc.record({ baseFee: fee, variableFee: fee })),
  fc.tuple(fc.constant('serviceContractSetMetadata'), who, fc.record({ metadata: text })),
  fc.tuple(fc.constant('serviceContractApprove'), who, fc.constant({})),
  fc.tuple(
    fc.constantFrom('serviceContractReject', 'serviceContractCancel'),
    fc.constantFrom(third!, stranger!, consumer!),
    fc.constant({}),
  ),
  fc.tuple(fc.constant('serviceContractBill'), who, fc.record({ variableAmount: fee, metadata: text })),
)
const steps = fc.array(step, { maxLength: 30 })

describe('a service contract', () => {
  test('every list is total, at any choice of quirks', () => {
    fc.assert(fc.property(fc.subarray(QUIRKS), (on) => void new Play({ name: 'some', version: 144, quirks: new Set(on) })))
  })

  test('only its parties change or end it, and only its service sets fees or bills', () => {
    fc.assert(
      fc.property(fc.constantFrom(at144, intended), steps, (edition, list) => {
        const play = new Play(edition).create()
        for (const [name, caller, args] of list) {
          const before = play.contract
          play.call(caller, name, args)
          const changed = play.contract !== before
          if (caller === third || caller === stranger) expect(changed).toBe(false)
          if (caller === consumer && changed) expect(['serviceContractSetFees', 'serviceContractBill']).not.toContain(name)
        }
      }),
    )
  })

  test('a bill moves from consumer to service exactly what its event says, and once it is approved its terms stay', () => {
    fc.assert(
      fc.property(fc.constantFrom(at144, intended), steps, fc.bigInt(0n, 5000n), (edition, list, pause) => {
        const play = new Play(edition).create()
        for (const [name, caller, args] of list) {
          play.wait(pause)
          const before = {
            contract: play.contract,
            service: play.free(service!),
            consumer: play.free(consumer!),
            events: play.w.events.length,
          }
          play.call(caller, name, args)
          const billed = play.w.events.slice(before.events).find((e) => e.type.name === 'ServiceContractBilled')
          const amount = billed === undefined ? 0n : (billed.value as { amount: bigint }).amount
          expect([play.free(service!) - before.service, before.consumer - play.free(consumer!)]).toEqual([amount, amount])
          if (before.contract?.state.type === 'ApprovedByBoth' && play.contract !== undefined)
            expect({ ...play.contract, lastBill: 0n }).toEqual({ ...before.contract, lastBill: 0n })
        }
      }),
    )
  })

  test('intended: it is ready when its metadata is not empty and its base fee not 0, and nobody has approved other terms', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const play = new Play(intended).create()
        const seen = new Map<AccountId, string>()
        const terms = () => `${play.contract?.baseFee} ${play.contract?.variableFee} ${play.contract?.metadata}`
        for (const [name, caller, args] of list) {
          if (play.call(caller, name, args) === 'ok' && name === 'serviceContractApprove') seen.set(caller, terms())
          const c = play.contract
          if (c === undefined) return
          expect(c.state.type !== 'Created').toBe(c.metadata !== '' && c.baseFee !== 0n)
          for (const approved of seen.values()) expect(approved).toBe(terms())
        }
      }),
    )
  })

  test('its whole life: 1 USD an hour at 0.1 USD a TFT are 5 TFT for half an hour', () => {
    const play = new Play(at144).approved(1000n, 10n).wait(1800n)
    expect(play.call(service!, 'serviceContractBill', { variableAmount: 6n, metadata: '' })).toBe('SC-SERVICE-BILL-5')
    expect(play.call(service!, 'serviceContractBill', { variableAmount: 0n, metadata: '' })).toBe('ok')
    expect(play.free(service!)).toBe(10n ** 12n + 50_000_000n)
    expect(play.call(consumer!, 'serviceContractCancel')).toBe('ok')
    expect(play.call(consumer!, 'serviceContractCancel')).toBe('SC-SERVICE-CANCEL-2')
  })

  test('Q-SERVICE-OUT-OF-FUNDS: a bill that the consumer cannot pay leaves the contract, and is meant to end it', () => {
    const bill = { variableAmount: 0n, metadata: '' }
    const released = new Play(at144, 10_000n).approved(1000n).wait(3600n)
    expect(released.call(service!, 'serviceContractBill', bill)).toBe('SC-SERVICE-BILL-12')
    expect(released.contract).toBeDefined()
    const meant = new Play(intended, 10_000n).approved(1000n).wait(3600n)
    expect(meant.call(service!, 'serviceContractBill', bill)).toBe('ok')
    expect(meant.contract).toBeUndefined()
    expect(meant.w.events.at(-1)?.value).toEqual({ serviceContractId: 1n, cause: { type: 'OutOfFunds' } })
  })

  test('Q-SERVICE-TERMS: a consumer who approved pays what the service asks later', () => {
    const raise = (play: Play) => {
      play.create().terms(1n)
      play.call(consumer!, 'serviceContractApprove')
      return play.call(service!, 'serviceContractSetFees', { baseFee: 1000n, variableFee: 0n })
    }
    expect(raise(new Play(at144))).toBe('ok')
    expect(raise(new Play(intended))).toBe('SC-SERVICE-FEES-5')
  })

  test('Q-PRICE-ZERO: a bill at no price traps, a bill of nothing needs no price', () => {
    const play = new Play(at144).approved(1000n)
    play.w.set(AverageTftPrice, 0)
    const bill = { variableAmount: 0n, metadata: '' }
    expect(play.call(service!, 'serviceContractBill', bill)).toBe('ok')
    expect(play.wait(1n).call(service!, 'serviceContractBill', bill)).toBe('trap')
  })
})
