import type { Answer, Daemon, Request, SignedBurn } from '../../spec/bridge/deployed/daemon.js'
import { hashOf, type Signature } from '../../spec/bridge/stellar/types.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import {
  BurnTransactions,
  DepositFee,
  ExecutedBurnTransactions,
  ExecutedMintTransactions,
  ExecutedRefundTransactions,
  RefundTransactions,
  Validators,
} from '../../spec/pallets/tft-bridge/items.js'
import type { BurnTransaction, RefundTransaction } from '../../spec/pallets/tft-bridge/types.js'
import { namedBy, type DeployedChain } from './deployed-chain.js'
import { HeldCalls } from './held.js'
import type { StellarSide } from './stellar-side.js'
import type { Trouble } from './trouble.js'

/** Round 0 is block 1. */
const FIRST_BLOCK = 1
const UNREACHABLE: Answer = { ok: false, error: 'unreachable' }
const refused = (error: string): Answer => ({ ok: false, error })
const yes = (is: boolean): Answer => ({ ok: true, yes: is })

/** The world that answers a deployed daemon: its disk, the chain, and Stellar, with all that is wrong with them just now. */
export class DeployedWorld {
  private readonly chain: DeployedChain
  private readonly stellar: StellarSide
  private readonly trouble: Trouble
  readonly held: HeldCalls

  constructor(chain: DeployedChain, stellar: StellarSide, trouble: Trouble) {
    this.chain = chain
    this.stellar = stellar
    this.trouble = trouble
    this.held = new HeldCalls(trouble)
  }

  answer(d: Daemon, request: Request): Answer {
    if (request.to === 'disk') return this.disk(d, request)
    if (request.to === 'clock') return { ok: true }
    if (request.to === 'chain') return this.isCut(d) ? UNREACHABLE : this.onChain(d, request)
    return this.stellar.answers(d.index) ? this.onStellar(d, request) : UNREACHABLE
  }

  private isCut({ index }: Daemon): boolean {
    return this.trouble.is('partition', index) || this.trouble.hiccups('chain-hiccup', index)
  }

  private disk(d: Daemon, request: Extract<Request, { to: 'disk' }>): Answer {
    if (request.what === 'load') return d.disk === 'torn' ? refused('unexpected end of JSON input') : { ok: true }
    if (d.disk === 'torn') return refused('unexpected end of JSON input')
    if (this.trouble.is('torn-write', d.index)) {
      this.trouble.end('torn-write', d.index)
      if (d.has('Q-DAEMON-TORN-FILE')) d.disk = 'torn'
      return refused('killed')
    }
    d.disk = { ...d.disk, cursor: request.cursor }
    return { ok: true }
  }

  private onChain(d: Daemon, request: Extract<Request, { to: 'chain' }>): Answer {
    const { w } = this.chain
    switch (request.what) {
      case 'isValidator':
        return yes(w.get(Validators).includes(d.account))
      case 'fee':
        return { ok: true, amount: w.get(DepositFee) }
      case 'isMinted': {
        const key = request.key as string
        const back = !d.has('Q-DAEMON-MINT-AFTER-REFUND') && (w.has(RefundTransactions, key) || w.has(ExecutedRefundTransactions, key))
        return yes((w.has(ExecutedMintTransactions, key) && this.knows(d, `mint ${key}`)) || back)
      }
      case 'isRefunded':
        return yes(w.has(ExecutedRefundTransactions, request.key as string) && this.knows(d, `refund ${request.key}`))
      case 'isBurned':
        return yes(w.has(ExecutedBurnTransactions, request.key as bigint) && this.knows(d, `burn ${request.key}`))
      case 'resolve': {
        const account = namedBy(w, request.memo, d.has('Q-DAEMON-MEMO-WRAPS'))
        return account === undefined ? refused('not found') : { ok: true, account }
      }
      case 'burn':
        return w.has(BurnTransactions, request.key as bigint)
          ? signed(w.get(BurnTransactions, request.key as bigint))
          : refused('not found')
      case 'refund':
        return w.has(RefundTransactions, request.key as string)
          ? signed(w.get(RefundTransactions, request.key as string))
          : refused('not found')
      case 'call':
        return this.call(d, request.call.name, request.call.args)
    }
  }

  /** A node that is cut off knows nothing that happened since. */
  private knows({ index }: Daemon, closed: string): boolean {
    return !this.trouble.is('split', index) || (this.chain.closed.get(closed) ?? 0) < this.trouble.since('split', index) + FIRST_BLOCK
  }

  private call(d: Daemon, name: string, args: Readonly<Record<string, unknown>>): Answer {
    const { index } = d
    if (this.trouble.is('upgrade')) return refused('BadProof')
    const told = { ...args }
    if (this.trouble.is('lie-signature', index) && 'signature' in told) told['signature'] = `garbage ${this.trouble.round}`
    if (this.trouble.is('lie-amount', index) && name === 'proposeOrVoteMintTransaction')
      Object.assign(told, { amount: (told['amount'] as bigint) * 10n, target: d.account })
    if (this.trouble.is('split', index)) {
      // Its node puts the call into a block of its own fork, and the daemon does not wait until that is final.
      this.held.hold(index, () => this.chain.bridge(d.account, name, told))
      return { ok: true }
    }
    const outcome = this.chain.bridge(d.account, name, told)
    if (this.trouble.is('call-answer-lost', index)) return refused('extrinsic timeout waiting for block')
    return outcome === 'ok' ? { ok: true } : refused(outcome)
  }

  private onStellar(d: Daemon, request: Extract<Request, { to: 'stellar' }>): Answer {
    const { ledger } = this.stellar
    if (request.what === 'vault') return { ok: true, number: this.stellar.seen(d.index).sequence, threshold: ledger.threshold }
    if (request.what === 'check') {
      const { exists, trusts } = ledger.account(request.account)
      return exists && trusts ? { ok: true } : refused('no trust line')
    }
    const signatures = d.has('Q-DAEMON-FIRST-SIGNATURES') ? request.signatures : this.valid(request.signatures, hashOf(request.payout))
    const error = this.stellar.submit(request.payout, signatures, request.cause)
    return error === null ? { ok: true } : refused(error)
  }

  private valid(signatures: readonly Signature[], hash: string): readonly Signature[] {
    const { signers, threshold } = this.stellar.ledger
    return signatures.filter((s) => s.over === hash && signers.has(s.key)).slice(0, threshold)
  }

  /** What a validator that lies does of its own accord. */
  lie(account: AccountId, fault: 'lie-vote' | 'lie-close'): void {
    if (fault === 'lie-vote') {
      const args = { transaction: 'f'.repeat(64), target: account, amount: 1_000_000_000n }
      for (let i = 0; i < 2; i++) this.chain.bridge(account, 'proposeOrVoteMintTransaction', args)
    } else
      for (const [id] of this.chain.w.entries(BurnTransactions))
        this.chain.bridge(account, 'setBurnTransactionExecuted', { transactionId: id })
  }
}

function signed({ target, amount, sequenceNumber, signatures }: BurnTransaction | RefundTransaction): Answer {
  const value: SignedBurn = {
    target,
    amount,
    sequence: Number(sequenceNumber),
    signatures: signatures.map(({ signature, stellarPubKey: key }) => ({
      key,
      over: signature.startsWith(`${key}|`) ? signature.slice(key.length + 1) : 'nothing',
    })),
  }
  return { ok: true, signed: value }
}
