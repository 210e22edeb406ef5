import type { Paid } from '../../spec/bridge/stellar/ledger.js'

/** A deposit or a withdrawal, and what became of it, as somebody sees it who sees both ledgers. */
export interface Transfer {
  readonly kind: 'deposit' | 'withdrawal'
  readonly id: string
  readonly since: number
  /** What has to come out at the other end: TFT paid into the vault, or burned net of the fee. */
  readonly amount: bigint
  /** The chain account that the memo names, undefined when it names none. */
  readonly receiver: string | undefined
  /** Minted for a deposit, paid for a withdrawal. */
  forward: bigint
  /** Refunded on Stellar, or minted back. */
  back: bigint
  ended: number | undefined
}

export type BreachKind = 'duplicated' | 'lost' | 'frozen' | 'unbacked' | 'too few voters' | 'wrong receiver' | 'wrong fee'
export interface Breach {
  readonly kind: BreachKind
  readonly transfer: string
  readonly says: string
  readonly round: number
}

/** What the auditor is told of a mint. */
export interface MintSeen {
  readonly id: string
  readonly target: string
  readonly amount: bigint
  /** Distinct validators of today that reported exactly this. */
  readonly agreeing: number
  readonly majority: number
  /** What the fee account got, and what it should have got. */
  readonly fee: bigint
  readonly feeDue: bigint
}

/**
 * Sees both ledgers and every transfer, and believes nobody: what is minted must have been deposited, what is paid burned, each
 * once, and every unit must be somewhere.
 */
export class Auditor {
  readonly breaches: Breach[] = []
  round = 0
  /** Transfers that have not ended. */
  readonly open = new Map<string, Transfer>()
  /** Rounds that the ended ones took. */
  readonly took: number[] = []
  deposits = 0
  withdrawals = 0
  ended = { minted: 0, refunded: 0, paid: 0, returned: 0 }
  private readonly base: bigint
  private inFlight = 0n
  private readonly told = new Set<string>()
  /** Ended ones are kept by id, so that a second end is noticed. */
  private readonly all = new Map<string, Transfer>()

  /** @param base the vault less what is issued, when nothing is under way */
  constructor(base: bigint) {
    this.base = base
  }

  transfer(id: string): Transfer | undefined {
    return this.all.get(id)
  }

  begin(kind: Transfer['kind'], id: string, amount: bigint, receiver?: string): void {
    const transfer: Transfer = { kind, id, since: this.round, amount, receiver, forward: 0n, back: 0n, ended: undefined }
    this.all.set(id, transfer)
    if (kind === 'deposit') this.deposits++
    else this.withdrawals++
    this.inFlight += amount
    if (amount === 0n) return
    this.open.set(id, transfer)
  }

  minted({ id, target, amount, agreeing, majority, fee, feeDue }: MintSeen): void {
    if (agreeing < majority) this.breach('too few voters', id, `${agreeing} distinct validators reported this, ${majority} are a majority`)
    if (fee !== feeDue) this.breach('wrong fee', id, `the fee account got ${fee} instead of ${feeDue}`)
    const transfer = this.all.get(id)
    if (transfer === undefined) return this.breach('unbacked', id, `${amount} were minted for a deposit that nobody made`)
    if (transfer.receiver !== undefined && transfer.receiver !== target)
      this.breach('wrong receiver', id, 'minted to an account that the memo does not name')
    this.moved(transfer, 'forward', amount)
  }

  /** A withdrawal was minted back. */
  returned(id: string, amount: bigint, agreeing: number, majority: number): void {
    if (agreeing < majority)
      this.breach('too few voters', id, `${agreeing} distinct validators voted to mint it back, ${majority} are a majority`)
    const transfer = this.all.get(id)
    if (transfer === undefined) return this.breach('unbacked', id, `${amount} were minted back for a withdrawal that nobody made`)
    this.moved(transfer, 'back', amount)
  }

  burned(id: string, net: bigint, fee: bigint, feeDue: bigint): void {
    this.begin('withdrawal', id, net)
    if (fee !== feeDue) this.breach('wrong fee', id, `the fee account got ${fee} instead of ${feeDue}`)
  }

  /** The vault paid. @param id the transfer that it paid for */
  paid(id: string, { amount }: Pick<Paid, 'amount'>): void {
    const transfer = this.all.get(id)
    if (transfer === undefined) return this.breach('unbacked', id, `the vault paid ${amount} for nothing`)
    this.moved(transfer, transfer.kind === 'deposit' ? 'back' : 'forward', amount)
  }

  private moved(transfer: Transfer, way: 'forward' | 'back', amount: bigint): void {
    transfer[way] += amount
    this.inFlight -= amount
    const out = transfer.forward + transfer.back
    if (out > transfer.amount) {
      const how = transfer.forward > 0n && transfer.back > 0n ? 'both ways' : way === 'forward' ? 'forward' : 'back'
      this.breach('duplicated', transfer.id, `${out} came out ${how}, ${transfer.amount} went in`)
    }
    if (out < transfer.amount || transfer.ended !== undefined) return
    transfer.ended = this.round
    this.took.push(this.round - transfer.since)
    this.open.delete(transfer.id)
    const { ended } = this
    if (transfer.kind === 'deposit') ended[transfer.back > 0n ? 'refunded' : 'minted']++
    else ended[transfer.back > 0n ? 'returned' : 'paid']++
  }

  /** TFT over both ledgers and in flight, to the last unit. */
  conserve(vault: bigint, issued: bigint): void {
    const missing = vault - issued - this.base - this.inFlight
    if (missing !== 0n) this.breach('unbacked', 'both ledgers', `the vault holds ${missing} more than is issued and in flight`)
  }

  breach(kind: BreachKind, transfer: string, says: string): void {
    // Conservation that broke once stays broken: once is enough.
    const key = `${kind} ${transfer}`
    if (this.told.has(key)) return
    this.told.add(key)
    this.breaches.push({ kind, transfer, says, round: this.round })
  }
}
