import type { Paid } from '../../spec/bridge/stellar/ledger.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { tft } from './step.js'

/** A deposit or a withdrawal, and what became of it, as somebody sees it who sees both ledgers. */
export interface Transfer {
  readonly kind: 'deposit' | 'withdrawal'
  readonly id: string
  readonly since: number
  /** Calm rounds that had passed when it began, and how many it may take. */
  readonly calmSince: number
  readonly bound: number
  /** What has to come out at the other end: TFT paid into the vault, or burned net of the fee. */
  readonly amount: bigint
  /** Stellar accounts that may be paid for it: the senders of a deposit, the target of a withdrawal. */
  readonly homes: readonly string[]
  /** Who made a withdrawal: it goes back there or nowhere. */
  readonly source: AccountId | undefined
  /** Minted for a deposit, paid for a withdrawal. */
  forward: bigint
  /** Refunded on Stellar, or minted back. */
  back: bigint
  ended: number | undefined
}
type Begun = Pick<Transfer, 'kind' | 'id' | 'amount' | 'homes'> & { readonly source?: AccountId }

export type BreachKind = 'duplicated' | 'lost' | 'frozen' | 'unbacked' | 'too few voters' | 'wrong receiver' | 'wrong fee'
export interface Breach {
  readonly kind: BreachKind
  readonly transfer: string
  readonly says: string
  readonly round: number
}

/** What the auditor saw when something was minted: balances before and after, and who had said so. */
export interface MintSeen {
  readonly id: string
  /** Gross. */
  readonly amount: bigint
  /** Who should get it: the account that the memo names, or who made the withdrawal. Undefined: nobody should. */
  readonly due: AccountId | undefined
  /** What the account of `due` got. */
  readonly credited: bigint
  /** By how much the issuance rose. */
  readonly issued: bigint
  /** Distinct validators of today that said exactly this. */
  readonly agreeing: number
  readonly majority: number
  /** What the fee account got, and what it should have got. */
  readonly fee: bigint
  readonly feeDue: bigint
}

/** Calm rounds within which a transfer has to end, beside those that the ones before it take. */
const CALM = 80
/** Transfers that the slowest stage settles in a calm round, at least. */
const A_ROUND = 1
const RESOLUTION = 10_000

/**
 * Sees both ledgers and every transfer, and believes nobody: what is minted must have been deposited, what is paid burned, each
 * once and to whom it is due, and every unit must be somewhere.
 */
export class Auditor {
  readonly breaches: Breach[] = []
  round = 0
  /** Rounds in which the ledgers answered and a majority was alive. */
  calm = 0
  /** Looks at progress while it runs, not only at its end. */
  watchesProgress = false
  /** Transfers that have not ended, oldest first. */
  readonly open = new Map<string, Transfer>()
  /** How many ended after so many rounds. */
  readonly took = new Map<number, number>()
  /** The most calm rounds that one took. */
  mostCalm = 0
  deposits = 0
  withdrawals = 0
  ended = { minted: 0, refunded: 0, paid: 0, returned: 0 }
  private readonly base: bigint
  private readonly supply: bigint
  private inFlight = 0n
  private readonly told = new Set<string>()
  /** Ended ones are kept by id, so that a second end is noticed. */
  private readonly all = new Map<string, Transfer>()

  /**
   * @param base the vault less what is issued, when nothing is under way
   * @param supply TFT on Stellar
   */
  constructor(base: bigint, supply: bigint) {
    this.base = base
    this.supply = supply
  }

  transfer(id: string): Transfer | undefined {
    return this.all.get(id)
  }

  begin({ kind, id, amount, homes, source }: Begun): void {
    const bound = CALM + Math.ceil(this.open.size / A_ROUND)
    const transfer: Transfer = {
      ...{ kind, id, amount, homes, source, bound, since: this.round, calmSince: this.calm },
      ...{ forward: 0n, back: 0n, ended: undefined },
    }
    this.all.set(id, transfer)
    if (kind === 'deposit') this.deposits++
    else this.withdrawals++
    this.inFlight += amount
    if (amount > 0n) this.open.set(id, transfer)
  }

  burned(
    id: string,
    burnt: { readonly net: bigint; readonly source: AccountId; readonly home: string },
    fee: bigint,
    feeDue: bigint,
  ): void {
    this.begin({ kind: 'withdrawal', id, amount: burnt.net, homes: [burnt.home], source: burnt.source })
    if (fee !== feeDue) this.breach('wrong fee', id, `the fee account got ${tft(fee)} instead of ${tft(feeDue)}`)
  }

  /** A deposit was minted, or a withdrawal minted back. */
  minted({ id, amount, due, credited, issued, agreeing, majority, fee, feeDue }: MintSeen): void {
    const transfer = this.all.get(id)
    const isBack = transfer?.kind === 'withdrawal'
    if (agreeing < majority) this.breach('too few voters', id, `${agreeing} distinct validators said this, ${majority} are a majority`)
    if (fee !== feeDue) this.breach('wrong fee', id, `the fee account got ${tft(fee)} instead of ${tft(feeDue)}`)
    if (transfer === undefined) return this.breach('unbacked', id, `${tft(amount)} were minted for a transfer that nobody made`)
    const net = amount - feeDue
    if (issued < net + fee) this.breach('lost', id, `${tft(net)} were minted to nobody: the issuance rose by ${tft(issued - fee)}`)
    else if (due === undefined || (isBack && due !== transfer.source) || credited !== net)
      this.breach('wrong receiver', id, `${tft(net)} were minted, and whom they are due to got ${tft(due === undefined ? 0n : credited)}`)
    this.moved(transfer, isBack ? 'back' : 'forward', amount)
  }

  /** The vault paid. What for is said by the memo; only a payment without any is believed by its cause. */
  paid({ to, amount, memo, cause }: Paid): void {
    const id = memo.type === 'hash' ? memo.value : memo.type === 'return' ? `deposit ${memo.value}` : cause
    const transfer = this.all.get(id)
    if (transfer === undefined) return this.breach('unbacked', id, `the vault paid ${tft(amount)} for nothing`)
    if (!transfer.homes.includes(to)) this.breach('wrong receiver', id, 'the vault paid somebody who has nothing to do with it')
    this.moved(transfer, transfer.kind === 'deposit' ? 'back' : 'forward', amount)
  }

  private moved(transfer: Transfer, way: 'forward' | 'back', amount: bigint): void {
    transfer[way] += amount
    this.inFlight -= amount
    const out = transfer.forward + transfer.back
    if (out > transfer.amount) {
      const how = transfer.forward > 0n && transfer.back > 0n ? 'both ways' : way === 'forward' ? 'forward' : 'back'
      this.breach('duplicated', transfer.id, `${tft(out)} came out ${how}, ${tft(transfer.amount)} went in`)
    }
    if (out < transfer.amount || transfer.ended !== undefined) return
    transfer.ended = this.round
    const rounds = this.round - transfer.since
    this.took.set(rounds, (this.took.get(rounds) ?? 0) + 1)
    this.mostCalm = Math.max(this.mostCalm, this.calm - transfer.calmSince)
    this.open.delete(transfer.id)
    const { ended } = this
    if (transfer.kind === 'deposit') ended[transfer.back > 0n ? 'refunded' : 'minted']++
    else ended[transfer.back > 0n ? 'returned' : 'paid']++
  }

  /** TFT over both ledgers and in flight, to the last unit: what is issued is vaulted, and Stellar has neither more nor less. */
  conserve({ vault, issued, supply }: { readonly vault: bigint; readonly issued: bigint; readonly supply: bigint }): void {
    const missing = vault - issued - this.base - this.inFlight
    if (missing !== 0n) this.breach('unbacked', 'both ledgers', `the vault holds ${tft(missing)} more than is issued and in flight`)
    if (supply !== this.supply) this.breach('unbacked', 'Stellar', `Stellar holds ${tft(supply - this.supply)} more than before`)
  }

  /** A round ends. @param isCalm whether the ledgers answered and a majority was alive */
  pass(isCalm: boolean): void {
    if (!isCalm) return
    this.calm++
    if (!this.watchesProgress) return
    for (const { id, bound, calmSince } of this.open.values()) {
      if (this.calm - calmSince <= bound) return
      this.breach('frozen', id, `not ended after ${bound} rounds in which a majority was alive and the ledgers answered`)
    }
  }

  /**
   * “With a majority alive and the ledgers answering, every transfer ends within a bounded number of rounds”.
   * @returns inconclusive while there are open ones that have not had their rounds
   */
  progress(): 'true' | 'false' | 'inconclusive' {
    if (this.breaches.some(({ kind }) => kind === 'frozen' || kind === 'lost')) return 'false'
    return this.open.size === 0 ? 'true' : 'inconclusive'
  }

  /** Rounds that a share of the ended transfers took at most. */
  percentile(share: number): number {
    const all = [...this.took].sort(([a], [b]) => a - b)
    let left = all.reduce((sum, [, n]) => sum + n, 0) * share
    for (const [rounds, n] of all) if ((left -= n) <= 1 / RESOLUTION) return rounds
    return all.at(-1)?.[0] ?? 0
  }

  breach(kind: BreachKind, transfer: string, says: string): void {
    // Conservation that broke once stays broken: once is enough.
    const key = `${kind} ${transfer}`
    if (this.told.has(key)) return
    this.told.add(key)
    this.breaches.push({ kind, transfer, says, round: this.round })
  }
}
