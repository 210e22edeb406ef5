import type { Edition } from '../../spec/kernel/version.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { Auditor } from './audit.js'
import { happen, type Chain, type Stricken } from './happen.js'
import { homes, users, validators } from './people.js'
import { StellarSide } from './stellar-side.js'
import type { DepositStep, Step } from './step.js'
import { Trouble } from './trouble.js'
import { Trust } from './trust.js'

interface AnyDaemon {
  readonly index: number
  readonly account: AccountId
  readonly key: string
}
interface AnyChain extends Chain {
  issued(): bigint
  withdraw(who: AccountId, home: string, amount: bigint): unknown
}

/**
 * Two ledgers, the daemons between them, what goes wrong, and who looks at it: what both bridges have in common.
 *
 * A round is a block and a ledger. In it the daemons take turns, one effect each, until each waits for the block.
 */
export abstract class Simulation<D extends AnyDaemon> implements Stricken<D> {
  abstract readonly chain: AnyChain
  readonly validators: number
  stellar!: StellarSide
  trouble!: Trouble
  audit!: Auditor
  daemons: readonly D[] = []
  round = 0
  /** Transfers, faults and effects of daemons: what happened one after the other. */
  steps = 0
  protected readonly edition: Edition
  private trust = new Trust()
  /** Most effects of a daemon in a round: what it does without waiting for the chain is quick. */
  protected abstract readonly mostEffects: number

  constructor(edition: Edition, count: number) {
    this.edition = edition
    this.validators = count
  }

  /** Everything but the chain, as new. */
  protected begin(daemon: (index: number, account: AccountId) => D): void {
    this.round = this.steps = 0
    this.trouble = new Trouble()
    this.trust = new Trust()
    this.stellar = new StellarSide(this.chain.issued(), this.validators, this.edition, this.trouble)
    this.audit = new Auditor(0n, this.stellar.ledger.supply())
    this.daemons = validators(this.validators).map((account, i) => daemon(i, account))
  }

  step(step: Step): void {
    if (step.type === 'rounds') for (let i = 0; i < step.rounds; i++) this.oneRound()
    else {
      this.steps++
      if (step.type === 'deposit') this.deposit(step)
      else if (step.type === 'withdraw') this.chain.withdraw(users[step.by]!, homes[step.by]!, step.amount)
      else if (this.trust.allows(step, this.stellar.ledger)) happen(step, this)
      this.observe()
    }
  }

  protected abstract deposit(step: DepositStep): void
  /** Carries out one effect of a daemon. @returns false when it has nothing more to do in this round */
  protected abstract advance(daemon: D): boolean
  /** What arrives late arrives. */
  protected abstract arrive(): void
  /** The block ends. */
  protected abstract block(): void
  protected abstract judgeOpen(rounds: number): void
  abstract kill(daemon: D): void
  abstract rescan(daemon: D): void
  abstract lie(daemon: D, fault: 'lie-vote' | 'lie-close'): void

  protected oneRound(): void {
    const { trouble, audit, stellar, daemons } = this
    trouble.round = audit.round = ++this.round
    stellar.round()
    this.arrive()
    // Whoever is first in a round would always be first to report: they take turns.
    const working: D[] = []
    for (let i = 0; i < daemons.length; i++) {
      const daemon = daemons[(i + this.round) % daemons.length]!
      if (!trouble.is('lag', daemon.index) && !trouble.is('down', daemon.index)) working.push(daemon)
    }
    for (let effects = 0; working.length > 0 && effects < this.mostEffects; effects++)
      for (let i = 0; i < working.length; i++) if (!this.advance(working[i]!)) working.splice(i--, 1)
    this.block()
    this.observe()
    audit.pass(trouble.isCalm(this.today(), this.trust))
  }

  /** Validators of today, by number. */
  private today(): readonly number[] {
    const { signers } = this.stellar.ledger
    return this.daemons.filter(({ key }) => signers.has(key)).map(({ index }) => index)
  }

  protected observe(): void {
    const { ledger } = this.stellar
    for (const paid of ledger.paid.splice(0)) this.audit.paid(paid)
    this.audit.conserve({ vault: ledger.vault, issued: this.chain.issued(), supply: ledger.supply() })
  }

  /** Everything that lasts ends, and the bound passes: what has not ended then never will. */
  settle(rounds: number): void {
    this.trouble.heal()
    for (let i = 0; i < rounds && this.audit.open.size > 0; i++) this.oneRound()
    this.judgeOpen(rounds)
  }
}
