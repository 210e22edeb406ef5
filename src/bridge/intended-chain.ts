import { intendedDeposit, type Report } from '../../spec/bridge/intended/deposit.machine.js'
import { Deposits, Payouts, StellarKeys } from '../../spec/bridge/intended/items.js'
import type { PayoutRecord } from '../../spec/bridge/intended/types.js'
import { receiverOfMemo } from '../../spec/bridge/intended/memo.js'
import { intendedPayout, intendedPayouts } from '../../spec/bridge/intended/payout.machine.js'
import { callNamed } from '../../spec/kernel/call.js'
import type { Key } from '../../spec/kernel/item.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { Edition } from '../../spec/kernel/version.js'
import type { World } from '../../spec/kernel/world.js'
import { machines } from '../../spec/machines.js'
import { TotalIssuance } from '../../spec/pallets/balances/items.js'
import { freeBalance } from '../../spec/pallets/balances/reading.js'
import { blockNumber } from '../../spec/pallets/system/clock.js'
import { BurnTransactionID, DepositFee, Validators, WithdrawFee } from '../../spec/pallets/tft-bridge/items.js'
import { majority } from '../../spec/pallets/tft-bridge/validators.js'
import { RETRY_INTERVAL } from '../../spec/pallets/tft-bridge/signing.js'
import { roles } from '../../spec/versions/genesis.js'
import { Reference } from '../reference/reference.js'
import type { Auditor } from './audit.js'
import type { Chain } from './happen.js'
import { bridgeGenesis, TWINS, users, validators } from './people.js'

export const intendedMachines = [intendedDeposit, intendedPayouts, intendedPayout]
/** Payouts that are listed at once, and reports looked through again. */
export const PAGE = 64

/** What is true of a deposit, by the ledger itself. */
export type Truth = Omit<Report, 'refund'>
type Payout = PayoutRecord
interface Vote<T> {
  readonly who: AccountId
  readonly said: T
}

/** Distinct validators of today among those that said something. */
const distinct = <T>(votes: readonly Vote<T>[], today: readonly AccountId[], said: (said: T) => boolean): number =>
  new Set(votes.filter((v) => today.includes(v.who) && said(v.said)).map((v) => v.who)).size

/** TFChain as intended: balances, twins and blocks of the reference, with the intended bridge pallet. */
export class IntendedChain implements Chain {
  readonly reference: Reference
  audit: Auditor | undefined
  /** Deposits as the ledger has them, by key: for the auditor alone. */
  readonly truth = new Map<string, Truth>()
  /** Calls that validators made, refused ones included. */
  calls = 0
  /** What was said, as the auditor heard it: it does not ask the pallet who voted. */
  private readonly reported = new Map<string, Vote<Report>[]>()
  private readonly results = new Map<bigint, Vote<number>[]>()
  private readonly edition: Edition

  constructor(edition: Edition, count: number) {
    this.edition = edition
    this.reference = new Reference(edition, bridgeGenesis(edition.version, count), [...machines, ...intendedMachines])
    validators(count).forEach((who, i) => this.w.put(StellarKeys, who, `G${i}`))
    this.reference.open(1, 6)
    for (let i = 0; i < TWINS; i++) this.createTwin(i)
  }

  get w(): World {
    return this.reference.w
  }

  createTwin(user: number): void {
    this.send(users[user]!, 'TfgridModule.userAcceptTc', { documentLink: 'link', documentHash: 'hash' })
    this.send(users[user]!, 'TfgridModule.createTwin', { relay: undefined, pk: undefined })
  }

  send(who: AccountId, name: string, args: object): string {
    return this.reference.call(callNamed(name), args, who).outcome.type
  }

  motion(name: string, args: object): void {
    this.call('council', 'bridge', undefined, name, args)
  }

  issued(): bigint {
    return this.w.get(TotalIssuance)
  }

  /** A call of the intended pallet, in a layer of its own. @returns null, or the error */
  call(who: AccountId | 'council', machine: string, key: Key, event: string, args: object): string | null {
    const { w, reference } = this
    const mark = w.mark()
    reference.interpreter.trace.length = 0
    const refusal = reference.interpreter.deliver(
      w,
      who === 'council' ? { type: 'council' } : { type: 'signed', who },
      machine,
      key,
      event,
      args,
    )
    if (refusal !== null) w.rollback(mark)
    return refusal?.error ?? null
  }

  report(who: AccountId, key: string, report: Report): string | null {
    this.calls++
    const { w } = this
    const truth = this.truth.get(key)
    const due = truth === undefined ? undefined : receiverOfMemo(w, truth.memo)
    const had = due === undefined ? 0n : freeBalance(w, due)
    const fees = freeBalance(w, roles.bridgeFee)
    const issued = this.issued()
    const before = w.get(Deposits, key)
    const refusal = this.call(who, 'intended-deposit', key, 'report', report)
    if (refusal !== null) return refusal
    const votes = this.reported.get(key) ?? []
    votes.push({ who, said: report })
    this.reported.set(key, votes)
    const now = w.get(Deposits, key)
    if (now === undefined || now === before) return null
    this.reported.delete(key)
    if (!now.minted) return null
    this.audit?.minted({
      ...{ id: `deposit ${key}`, amount: now.amount, due },
      ...{ credited: due === undefined ? 0n : freeBalance(w, due) - had, issued: this.issued() - issued },
      agreeing: distinct(votes, w.get(Validators), (r) => r.amount === now.amount && r.sender === truth?.sender && r.memo === truth.memo),
      majority: majority(w),
      fee: freeBalance(w, roles.bridgeFee) - fees,
      feeDue: w.get(DepositFee),
    })
    return null
  }

  sign(who: AccountId, sequence: bigint, signature: string): string | null {
    this.calls++
    return this.call(who, 'intended-payout', sequence, 'sign', { signature })
  }

  settle(who: AccountId, sequence: bigint, result: number): string | null {
    this.calls++
    const { w } = this
    const before = w.get(Payouts, sequence)
    const due = before?.source
    const issued = this.issued()
    const had = due === undefined ? 0n : freeBalance(w, due)
    const refusal = this.call(who, 'intended-payout', sequence, 'settle', { result })
    if (refusal !== null) return refusal
    const votes = this.results.get(sequence) ?? []
    votes.push({ who, said: result })
    this.results.set(sequence, votes)
    if (w.has(Payouts, sequence)) return null
    this.results.delete(sequence)
    const amount = this.issued() - issued
    if (before === undefined || amount === 0n) return null
    this.audit?.minted({
      ...{ id: before.cause, amount, due },
      ...{ credited: due === undefined ? 0n : freeBalance(w, due) - had, issued: amount },
      agreeing: distinct(votes, w.get(Validators), (said) => said === result),
      majority: majority(w),
      ...{ fee: 0n, feeDue: 0n },
    })
    return null
  }

  withdraw(source: AccountId, home: string, amount: bigint): void {
    const { w } = this
    const fees = freeBalance(w, roles.bridgeFee)
    if (this.call(source, 'intended-payouts', undefined, 'swapToStellar', { targetStellarAddress: home, amount }) !== null) return
    const fee = w.get(WithdrawFee)
    const id = `burn ${w.get(BurnTransactionID)}`
    this.audit?.burned(id, { net: amount - fee, source, home }, freeBalance(w, roles.bridgeFee) - fees, fee)
  }

  /** The oldest payouts that are open. */
  open(): readonly (readonly [bigint, Payout])[] {
    const list: (readonly [bigint, Payout])[] = []
    for (const entry of this.w.entries(Payouts)) {
      list.push(entry)
      if (list.length === PAGE) break
    }
    return list
  }

  advance(): void {
    const { w, edition } = this
    if (edition.quirks.has('S-ONE-SEQUENCE'))
      for (const [sequence, { block }] of [...w.entries(Payouts)])
        if (blockNumber(w) - block >= RETRY_INTERVAL) this.call('council', 'intended-payout', sequence, '@renumber', {})
    this.reference.advance(1, 6)
    // Nothing is ever undone any more: a long run would keep every write.
    w.journalItems.length = w.journalKeys.length = w.journalBefore.length = w.events.length = 0
  }
}
