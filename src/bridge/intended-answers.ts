import type { Answer, IntendedDaemon, Open, Position, Request } from '../../spec/bridge/intended/daemon.js'
import { DepositReports, Deposits, Payouts } from '../../spec/bridge/intended/items.js'
import { receiverOfMemo } from '../../spec/bridge/intended/memo.js'
import { payoutOf } from '../../spec/bridge/intended/payout-tx.js'
import { hashOf } from '../../spec/bridge/stellar/types.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { DepositFee } from '../../spec/pallets/tft-bridge/items.js'
import { PAGE, type IntendedChain } from './intended-chain.js'
import { IntendedReading } from './intended-reading.js'
import { HeldCalls } from './held.js'
import type { StellarSide } from './stellar-side.js'
import type { Trouble } from './trouble.js'

const LOST: Answer = { ok: false }
const DONE: Answer = { ok: true }
/** Rounds after which a daemon reports again what it finds undecided. */
const AGAIN = 8

/** The world that answers an intended daemon, with all that is wrong with it just now. */
export class IntendedWorld {
  /** The last payout that events told of. */
  told = 100
  private readonly chain: IntendedChain
  private readonly stellar: StellarSide
  private readonly trouble: Trouble
  readonly held: HeldCalls
  private readonly reading: IntendedReading
  /** What was open when a cut began: all that who is cut off sees. */
  private readonly then = new Map<number, { readonly since: number; readonly open: Open }>()

  constructor(chain: IntendedChain, stellar: StellarSide, trouble: Trouble) {
    this.chain = chain
    this.stellar = stellar
    this.trouble = trouble
    this.held = new HeldCalls(trouble)
    this.reading = new IntendedReading(chain, stellar, trouble)
  }

  answer(d: IntendedDaemon, request: Request): Answer {
    switch (request.what) {
      case 'load':
        return d.disk === 'torn' ? LOST : DONE
      case 'save':
        return this.save(d, { cursor: request.cursor, behind: request.behind })
      case 'page':
        return this.stellar.answers(d.index) ? { ok: true, ...this.reading.page(d) } : LOST
      case 'open':
        return this.isCut(d) ? LOST : { ok: true, open: this.open(d) }
      case 'report':
        return this.send(d, this.reports(d))
      case 'sign':
        return this.send(d, this.signatures(d))
      case 'submit':
        return this.stellar.answers(d.index) ? this.submit(d) : LOST
      case 'results':
        return this.stellar.answers(d.index) ? { ok: true, results: this.reading.results(d) } : LOST
      case 'settle':
        return this.send(
          d,
          d.results.map(
            ([sequence, result]) =>
              () =>
                this.chain.settle(d.account, sequence, result),
          ),
        )
    }
  }

  private isCut({ index }: IntendedDaemon): boolean {
    return this.trouble.is('partition', index) || this.trouble.hiccups('chain-hiccup', index)
  }

  /** A batch: one extrinsic, whose items are refused one by one. What a node that is cut off takes is not final, and arrives later. */
  private send(d: IntendedDaemon, calls: readonly (() => string | null)[]): Answer {
    const { trouble } = this
    if (this.isCut(d) || trouble.is('upgrade')) return LOST
    if (trouble.is('split', d.index)) {
      for (const call of calls) this.held.hold(d.index, call)
      return LOST
    }
    let refused = 0
    let isOut = false
    for (const call of calls) {
      const refusal = call()
      if (refusal !== null) refused++
      // Not being a validator now may change: then the page is read again.
      if (refusal?.endsWith('ValidatorNotExists') === true) isOut = true
    }
    if (trouble.is('call-answer-lost', d.index) || (isOut && !d.has('S-CURSOR-LAST'))) return LOST
    return { ok: true, refused }
  }

  private save(d: IntendedDaemon, read: Position): Answer {
    if (this.trouble.is('torn-write', d.index)) {
      this.trouble.end('torn-write', d.index)
      if (d.has('S-WHOLE-FILE')) d.disk = 'torn'
      return LOST
    }
    d.disk = read
    return DONE
  }

  private reports(d: IntendedDaemon): readonly (() => string | null)[] {
    const { w } = this.chain
    const lies = this.trouble.is('lie-amount', d.index)
    return d.seen.map(({ key, sender, amount, memo }) => {
      const refund = amount <= w.get(DepositFee) || receiverOfMemo(w, memo) === undefined
      const report = { sender, amount: lies ? amount * 10n : amount, memo: lies ? 'twin_1' : memo, refund }
      return () => this.chain.report(d.account, key, report)
    })
  }

  private open(d: IntendedDaemon): Open {
    const { trouble } = this
    if (trouble.is('split', d.index)) {
      const since = trouble.since('split', d.index)
      const known = this.then.get(d.index)
      if (known?.since === since) return known.open
      this.then.set(d.index, { since, open: this.chain.open() })
    }
    if (trouble.round % AGAIN === d.index % AGAIN) this.reportAgain(d)
    const open = this.chain.open()
    return d.has('S-READS-STATE') ? open.filter(([sequence]) => d.heard.has(sequence)) : open
  }

  /** Reports once more what it reported and nobody decided: a majority may have come about by people leaving. */
  private reportAgain(d: IntendedDaemon): void {
    if (this.trouble.is('upgrade') || this.trouble.is('split', d.index)) return
    let most = PAGE
    for (const [key, reports] of [...this.chain.w.entries(DepositReports)]) {
      const own = reports.find(({ who }) => who === d.account)
      if (own !== undefined) this.chain.report(d.account, key, own)
      if (--most === 0) return
    }
  }

  private signatures(d: IntendedDaemon): readonly (() => string | null)[] {
    const lies = this.trouble.is('lie-signature', d.index)
    return d.open.flatMap(([sequence, payout]) => {
      if (payout.signatures.some(({ who }) => who === d.account)) return []
      const signature = lies ? 'garbage' : `${d.key}|${hashOf(payoutOf(sequence, payout))}`
      return [() => this.chain.sign(d.account, sequence, signature)]
    })
  }

  /** Hands in whatever is next and has enough signatures. */
  private submit(d: IntendedDaemon): Answer {
    const { stellar } = this
    const { ledger } = stellar
    let last: string | null = null
    for (const [sequence] of d.open) {
      if (Number(sequence) <= ledger.sequence) continue
      // Stellar takes one number after the other: what comes later has to wait.
      if (Number(sequence) > ledger.sequence + 1) break
      const payout = this.chain.w.get(Payouts, sequence)
      if (payout === undefined) continue
      const all = payout.signatures.map(({ key, signature }) => ({
        key,
        over: signature.startsWith(`${key}|`) ? signature.slice(key.length + 1) : 'nothing',
      }))
      const usable = d.has('S-TODAYS-SIGNERS') ? all : all.filter(({ key }) => ledger.signers.has(key))
      if (usable.length < ledger.threshold) continue
      last = stellar.submit(payoutOf(sequence, payout), usable.slice(0, ledger.threshold), payout.cause)
    }
    return last === 'timeout' ? LOST : DONE
  }

  /** What a validator that lies does of its own accord. */
  lie(account: AccountId, fault: 'lie-vote' | 'lie-close'): void {
    if (fault === 'lie-close') {
      // Paid, failed or taken: whichever it is not.
      for (const [sequence] of this.chain.open()) this.chain.settle(account, sequence, Number(sequence) % 3)
      return
    }
    for (let i = 0; i < 2; i++)
      this.chain.report(account, 'f'.repeat(64), { sender: 'nobody', amount: 1_000_000_000n, memo: 'twin_1', refund: false })
    // What was decided is reported once more.
    for (const { hash } of this.stellar.ledger.history.slice(-5)) {
      const truth = this.chain.truth.get(`${hash}:0`)
      if (truth !== undefined && this.chain.w.has(Deposits, `${hash}:0`))
        this.chain.report(account, `${hash}:0`, { ...truth, refund: false })
    }
  }
}
