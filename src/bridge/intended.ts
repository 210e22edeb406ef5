import { Actor } from '../../spec/bridge/actor.js'
import { IntendedDaemon, type Request } from '../../spec/bridge/intended/daemon.js'
import { intendedDaemon } from '../../spec/bridge/intended/daemon.machine.js'
import { Deposits, Payouts } from '../../spec/bridge/intended/items.js'
import { Ledger } from '../../spec/bridge/stellar/ledger.js'
import { ledgerMachine } from '../../spec/bridge/stellar/ledger.machine.js'
import type { Edition } from '../../spec/kernel/version.js'
import { Auditor } from './audit.js'
import { IntendedChain } from './intended-chain.js'
import { happenIntended } from './intended-happen.js'
import { IntendedWorld } from './intended-answers.js'
import { homes, users, validators } from './people.js'
import type { DepositStep, Step } from './step.js'
import { Trouble } from './trouble.js'
import { Trust } from './trust.js'

const MOST_EFFECTS = 24
/** Effects that wait for a block: a batch is one extrinsic. */
const CALLS: ReadonlySet<Request['what']> = new Set(['report', 'sign', 'settle'])

/** The bridge as intended, with the same users, the same ledger and the same faults. */
export class IntendedBridge {
  readonly chain: IntendedChain
  readonly ledger: Ledger
  readonly trouble = new Trouble()
  readonly audit: Auditor
  readonly daemons: readonly IntendedDaemon[]
  readonly actor: Actor<IntendedDaemon>
  readonly validators: number
  round = 0
  /** Effects of daemons, faults and transfers: what happened one after the other. */
  steps = 0
  private readonly world: IntendedWorld
  private readonly trust = new Trust()
  private readonly busy: number[]
  private readonly edition: Edition

  constructor(edition: Edition, count: number) {
    this.edition = edition
    this.validators = count
    this.chain = new IntendedChain(edition, count)
    this.ledger = new Ledger(
      this.chain.issued(),
      validators(count).map((_, i) => `G${i}`),
    )
    this.audit = this.chain.audit = new Auditor(0n)
    this.daemons = validators(count).map((account, i) => new IntendedDaemon(edition, i, account))
    this.actor = new Actor(intendedDaemon, edition)
    this.world = new IntendedWorld(this.chain, this.ledger, new Actor(ledgerMachine, edition), this.trouble)
    this.busy = this.daemons.map(() => 0)
  }

  step(step: Step): void {
    this.steps++
    if (step.type === 'rounds') for (let i = 0; i < step.rounds; i++) this.oneRound()
    else if (step.type === 'deposit') this.deposit(step)
    else if (step.type === 'withdraw') this.chain.withdraw(users[step.by]!, homes[step.by]!, step.amount)
    else if (this.trust.allows(step, this.ledger)) happenIntended(step, this)
    this.audit.conserve(this.ledger.vault, this.chain.issued())
  }

  private deposit({ operations, memo, otherOperations }: DepositStep): void {
    const tx = this.ledger.deposit(
      operations.map((o) => ({ ...o, from: homes[o.from]! })),
      memo,
      otherOperations,
    )
    tx.operations.forEach(({ asset, from: sender, amount }, i) => {
      if (asset !== 'TFT') return
      const key = `${tx.hash}:${i}`
      this.chain.truth.set(key, { sender, amount, memo: memo.type === 'text' ? memo.value : '' })
      this.audit.begin('deposit', `deposit ${key}`, amount)
    })
  }

  private oneRound(): void {
    const { trouble, audit, chain } = this
    trouble.round = audit.round = ++this.round
    const working = new Set(this.daemons.filter(({ index }) => !trouble.is('lag', index) && !trouble.is('down', index)))
    // Whoever is first in a round would always be first to report: they take turns.
    const order = [...working].sort((a, b) => ((a.index + this.round) % this.validators) - ((b.index + this.round) % this.validators))
    for (let effects = 0; working.size > 0 && effects < MOST_EFFECTS; effects++)
      for (const d of order) if (working.has(d) && !this.advance(d)) working.delete(d)
    if (this.edition.quirks.has('S-READS-STATE')) this.tell()
    chain.advance()
    audit.conserve(this.ledger.vault, chain.issued())
  }

  /** Events of the block, for daemons that live on them. */
  private tell(): void {
    for (const d of this.daemons)
      if (d.state !== 'down' && !this.trouble.is('lose-events', d.index) && !this.trouble.is('down', d.index))
        for (const [sequence] of this.chain.w.entries(Payouts)) if (Number(sequence) > this.world.told) d.heard.add(sequence)
    for (const [sequence] of this.chain.w.entries(Payouts)) this.world.told = Math.max(this.world.told, Number(sequence))
  }

  private advance(d: IntendedDaemon): boolean {
    const { trouble, actor, world } = this
    if (this.busy[d.index]! >= this.round) return false
    if (d.state === 'down') {
      actor.deliver(d, 'start')
      return true
    }
    if (d.request === null) {
      if (this.busy[d.index] === -this.round) return false
      // One look a round.
      this.busy[d.index] = -this.round
      actor.deliver(d, 'look')
      return true
    }
    if (trouble.dies(d.index)) {
      this.kill(d)
      return false
    }
    const { request } = d
    this.steps++
    d.answer = world.answer(d, request)
    actor.deliver(d, 'answer')
    for (const paid of this.ledger.paid.splice(0)) this.audit.paid(paid.cause, paid)
    if (d.state === 'down') {
      this.kill(d)
      return false
    }
    if (CALLS.has(request.what)) {
      this.busy[d.index] = this.round + (trouble.is('clock-skew', d.index) ? 2 : 0)
      return false
    }
    return true
  }

  lie(d: IntendedDaemon, fault: 'lie-vote' | 'lie-close'): void {
    this.world.lie(d.account, fault)
  }

  kill(d: IntendedDaemon): void {
    d.state = 'down'
    d.request = null
    d.seen = []
    d.heard.clear()
    this.busy[d.index] = this.round
  }

  /** Everything that lasts ends, and a bound passes that grows with what is open. */
  settle(rounds: number): void {
    this.trouble.heal()
    const bound = rounds + this.audit.open.size
    for (let i = 0; i < bound && this.audit.open.size > 0; i++) this.oneRound()
    if (this.audit.open.size === 0) return
    const owed = new Set<string>()
    for (const [, { cause }] of this.chain.w.entries(Payouts)) owed.add(cause)
    for (const { id, kind } of this.audit.open.values()) {
      const isClosed = !owed.has(id) && (kind === 'withdrawal' || this.chain.w.has(Deposits, id.slice('deposit '.length)))
      if (isClosed) this.audit.breach('lost', id, 'closed, and nothing came out')
      else this.audit.breach('frozen', id, `not ended ${bound} rounds after the last fault`)
    }
  }
}
