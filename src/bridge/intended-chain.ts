import { intendedDeposit, type Report } from '../../spec/bridge/intended/deposit.machine.js'
import { Deposits, Payouts, StellarKeys } from '../../spec/bridge/intended/items.js'
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
import { bridgeGenesis, TWINS, users, validators } from './people.js'

export const intendedMachines = [intendedDeposit, intendedPayouts, intendedPayout]
const PAGE = 64

/** What is true of a deposit, by the ledger itself. */
export type Truth = Omit<Report, 'refund'>

/** TFChain as intended: balances, twins and blocks of the reference, with the intended bridge pallet. */
export class IntendedChain {
  readonly reference: Reference
  audit!: Auditor
  /** Deposits as the ledger has them, by key: for the auditor alone. */
  readonly truth = new Map<string, Truth>()
  private readonly votes = new Map<string, (Report & { readonly who: AccountId })[]>()
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
    this.reference.call(callNamed('TfgridModule.userAcceptTc'), { documentLink: 'link', documentHash: 'hash' }, users[user]!)
    this.reference.call(callNamed('TfgridModule.createTwin'), { relay: undefined, pk: undefined }, users[user]!)
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
    const { w, audit } = this
    const truth = this.truth.get(key)
    const target = truth === undefined ? undefined : receiverOfMemo(w, truth.memo)
    const had = target === undefined ? 0n : freeBalance(w, target)
    const fees = freeBalance(w, roles.bridgeFee)
    const before = w.get(Deposits, key)
    const refusal = this.call(who, 'intended-deposit', key, 'report', report)
    if (refusal !== null) return refusal
    const votes = this.votes.get(key) ?? []
    votes.push({ ...report, who })
    this.votes.set(key, votes)
    const now = w.get(Deposits, key)
    if (now === undefined || now === before) return null
    this.votes.delete(key)
    if (!now.minted) return null
    const today = w.get(Validators)
    const honest = votes.filter(
      (v) => today.includes(v.who) && v.amount === now.amount && v.sender === truth?.sender && v.memo === truth.memo,
    )
    audit.minted({
      id: `deposit ${key}`,
      target: target !== undefined && (freeBalance(w, target) > had || target === roles.bridgeFee) ? target : 'somebody else',
      amount: now.amount,
      agreeing: new Set(honest.map((v) => v.who)).size,
      majority: majority(w),
      fee: freeBalance(w, roles.bridgeFee) - fees,
      feeDue: w.get(DepositFee),
    })
    return null
  }

  sign(who: AccountId, sequence: bigint, signature: string): string | null {
    return this.call(who, 'intended-payout', sequence, 'sign', { signature })
  }

  settle(who: AccountId, sequence: bigint, result: number): string | null {
    const { w, audit } = this
    const before = w.get(Payouts, sequence)
    const issued = this.issued()
    const refusal = this.call(who, 'intended-payout', sequence, 'settle', { result })
    if (refusal === null && before?.source !== undefined && !w.has(Payouts, sequence) && this.issued() > issued)
      audit.returned(before.cause, this.issued() - issued, majority(w), majority(w))
    return refusal
  }

  withdraw(who: AccountId, targetStellarAddress: string, amount: bigint): void {
    const { w } = this
    const fees = freeBalance(w, roles.bridgeFee)
    if (this.call(who, 'intended-payouts', undefined, 'swapToStellar', { targetStellarAddress, amount }) !== null) return
    const fee = w.get(WithdrawFee)
    this.audit.burned(`burn ${w.get(BurnTransactionID)}`, amount - fee, freeBalance(w, roles.bridgeFee) - fees, fee)
  }

  /** The oldest payouts that are open. */
  open(): readonly (readonly [bigint, NonNullable<ReturnType<typeof this.payout>>])[] {
    const list: (readonly [bigint, NonNullable<ReturnType<typeof this.payout>>])[] = []
    for (const entry of this.w.entries(Payouts)) {
      list.push(entry)
      if (list.length === PAGE) break
    }
    return list
  }

  private payout(sequence: bigint) {
    return this.w.get(Payouts, sequence)
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
