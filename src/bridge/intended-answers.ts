import type { Actor } from '../../spec/bridge/actor.js'
import type { Answer, IntendedDaemon, Open, Request, Seen } from '../../spec/bridge/intended/daemon.js'
import { DepositReports, Deposits, Payouts } from '../../spec/bridge/intended/items.js'
import { receiverOfMemo } from '../../spec/bridge/intended/memo.js'
import { payoutOf } from '../../spec/bridge/intended/payout-tx.js'
import { FAILED, PAID, TAKEN } from '../../spec/bridge/intended/types.js'
import type { Ledger } from '../../spec/bridge/stellar/ledger.js'
import { hashOf, type VaultTx } from '../../spec/bridge/stellar/types.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { DepositFee } from '../../spec/pallets/tft-bridge/items.js'
import type { IntendedChain } from './intended-chain.js'
import type { Trouble } from './trouble.js'

const LOST: Answer = { ok: false }
const DONE: Answer = { ok: true }
const PAGE = 64
/** Transactions that a daemon reads in one look: twenty pages of Horizon. */
const MOST_READ = 4000
/** Rounds after which a daemon reports again what it finds undecided. */
const AGAIN = 8

/** The world that answers an intended daemon, with all that is wrong with it just now. */
export class IntendedWorld {
  /** The last payout that events told of. */
  told = 100
  private readonly chain: IntendedChain
  private readonly ledger: Ledger
  private readonly stellar: Actor<Ledger>
  private readonly trouble: Trouble

  constructor(chain: IntendedChain, ledger: Ledger, stellar: Actor<Ledger>, trouble: Trouble) {
    this.chain = chain
    this.ledger = ledger
    this.stellar = stellar
    this.trouble = trouble
  }

  answer(d: IntendedDaemon, request: Request): Answer {
    const { trouble } = this
    const noChain = trouble.is('partition', d.index) || trouble.is('upgrade')
    const noStellar = trouble.is('stellar-down', d.index)
    switch (request.what) {
      case 'load':
        return d.disk === 'torn' ? LOST : DONE
      case 'save':
        return this.save(d, request.cursor)
      case 'page':
        return noStellar ? LOST : this.page(d)
      case 'report':
        return noChain ? LOST : this.report(d)
      case 'open':
        return trouble.is('partition', d.index) ? LOST : { ok: true, open: this.open(d) }
      case 'sign':
        return noChain ? LOST : this.sign(d)
      case 'submit':
        return noStellar ? LOST : this.submit(d)
      case 'results':
        return noStellar ? LOST : { ok: true, results: this.results(d.open) }
      case 'settle':
        if (!noChain) for (const [sequence, result] of d.results) this.chain.settle(d.account, sequence, result)
        return noChain ? LOST : DONE
    }
  }

  /** From the cursor on disk: what was read and not reported is read again. What the chain has decided about is passed over. */
  private page({ disk, index }: IntendedDaemon): Answer {
    const from = disk === 'torn' ? 0 : disk.cursor
    const seesChain = !this.trouble.is('partition', index)
    const page: VaultTx[] = []
    let readTo = from
    while (page.length < PAGE && readTo < this.ledger.history.length && readTo - from < MOST_READ) {
      const tx = this.ledger.history[readTo++]!
      if (!seesChain || !this.isDecided(tx)) page.push(tx)
    }
    return { ok: true, page, readTo }
  }

  private isDecided({ hash, operations }: VaultTx): boolean {
    return operations.every(({ asset }, i) => asset !== 'TFT' || this.chain.w.has(Deposits, `${hash}:${i}`))
  }

  private save(d: IntendedDaemon, cursor: number): Answer {
    if (this.trouble.is('torn-write', d.index)) {
      this.trouble.end('torn-write', d.index)
      if (d.has('S-WHOLE-FILE')) d.disk = 'torn'
      return LOST
    }
    d.disk = { cursor }
    return DONE
  }

  private report(d: IntendedDaemon): Answer {
    let refused = 0
    for (const seen of d.seen) {
      const refusal = this.reportOne(d, seen)
      // Not being a validator now may change: then the page is read again.
      if (refusal?.endsWith('ValidatorNotExists') === true && !d.has('S-CURSOR-LAST')) return LOST
      if (refusal !== null) refused++
    }
    return { ok: true, refused }
  }

  private reportOne(d: IntendedDaemon, { key, sender, amount, memo }: Seen): string | null {
    const { w } = this.chain
    const refund = amount <= w.get(DepositFee) || receiverOfMemo(w, memo) === undefined
    const lies = this.trouble.is('lie-amount', d.index)
    return this.chain.report(d.account, key, { sender, amount: lies ? amount * 10n : amount, memo: lies ? 'twin_1' : memo, refund })
  }

  private open(d: IntendedDaemon): Open {
    if (this.trouble.round % AGAIN === d.index % AGAIN) this.reportAgain(d)
    const open = this.chain.open()
    return d.has('S-READS-STATE') ? open.filter(([sequence]) => d.heard.has(sequence)) : open
  }

  /** Reports once more what it reported and nobody decided: a majority may have come about by people leaving. */
  private reportAgain(d: IntendedDaemon): void {
    if (this.trouble.is('upgrade')) return
    let most = PAGE
    for (const [key, reports] of [...this.chain.w.entries(DepositReports)]) {
      const own = reports.find(({ who }) => who === d.account)
      if (own !== undefined) this.chain.report(d.account, key, own)
      if (--most === 0) return
    }
  }

  private sign(d: IntendedDaemon): Answer {
    for (const [sequence, payout] of d.open) {
      if (payout.signatures.some(({ who }) => who === d.account)) continue
      const honest = `${d.key}|${hashOf(payoutOf(sequence, payout))}`
      this.chain.sign(d.account, sequence, this.trouble.is('lie-signature', d.index) ? 'garbage' : honest)
    }
    return DONE
  }

  /** Hands in whatever is next and has enough signatures. */
  private submit(d: IntendedDaemon): Answer {
    const { ledger, trouble, stellar } = this
    if (trouble.is('stellar-rejects')) return LOST
    for (const [sequence] of d.open) {
      const payout = this.chain.w.get(Payouts, sequence)
      if (payout === undefined || Number(sequence) !== ledger.sequence + 1) continue
      const all = payout.signatures.map(({ key, signature }) => ({
        key,
        over: signature.startsWith(`${key}|`) ? signature.slice(key.length + 1) : 'nothing',
      }))
      const usable = d.has('S-TODAYS-SIGNERS') ? all : all.filter(({ key }) => ledger.signers.has(key))
      if (usable.length < ledger.threshold) continue
      ledger.propose(payoutOf(sequence, payout), usable.slice(0, ledger.threshold), payout.cause)
      stellar.deliver(ledger, 'submit')
    }
    return trouble.is('answer-lost') ? LOST : DONE
  }

  /** What the history says about the sequence numbers of open payouts. */
  private results(open: Open): readonly (readonly [bigint, number])[] {
    return open.flatMap(([sequence, payout]) => {
      const hash = this.ledger.consumed.get(Number(sequence))
      if (hash === undefined) return []
      const mine = hash === hashOf(payoutOf(sequence, payout))
      return [[sequence, !mine ? TAKEN : this.ledger.results.get(hash)?.type === 'paid' ? PAID : FAILED] as const]
    })
  }

  /** What a validator that lies does of its own accord. */
  lie(account: AccountId, fault: 'lie-vote' | 'lie-close'): void {
    if (fault === 'lie-close') {
      for (const [sequence] of this.chain.open()) this.chain.settle(account, sequence, PAID)
      return
    }
    for (let i = 0; i < 2; i++)
      this.chain.report(account, 'f'.repeat(64), { sender: 'nobody', amount: 1_000_000_000n, memo: 'twin_1', refund: false })
    // What was decided is reported once more.
    for (const { hash } of this.ledger.history.slice(-5)) {
      const truth = this.chain.truth.get(`${hash}:0`)
      if (truth !== undefined && this.chain.w.has(Deposits, `${hash}:0`))
        this.chain.report(account, `${hash}:0`, { ...truth, refund: false })
    }
  }
}
