import { Actor } from '../../spec/bridge/actor.js'
import { IntendedDaemon, type Request } from '../../spec/bridge/intended/daemon.js'
import { intendedDaemon } from '../../spec/bridge/intended/daemon.machine.js'
import { Deposits, Payouts } from '../../spec/bridge/intended/items.js'
import type { Edition } from '../../spec/kernel/version.js'
import { IntendedWorld } from './intended-answers.js'
import { IntendedChain } from './intended-chain.js'
import { homes } from './people.js'
import { Simulation } from './simulation.js'
import type { DepositStep } from './step.js'

/** Effects that wait for a block: a batch is one extrinsic. */
const CALLS: ReadonlySet<Request['what']> = new Set(['report', 'sign', 'settle'])
/** Effects that Stellar answers. */
const STELLAR: ReadonlySet<Request['what']> = new Set(['page', 'submit', 'results'])

/** The bridge as intended, with the same users, the same ledger and the same faults. */
export class IntendedBridge extends Simulation<IntendedDaemon> {
  readonly chain: IntendedChain
  readonly actor: Actor<IntendedDaemon>
  protected readonly mostEffects = 24
  private readonly world: IntendedWorld
  /** The round to whose end a daemon waits. */
  private readonly busy: number[]
  /** The round in which it looked last. */
  private readonly looked: number[]

  constructor(edition: Edition, count: number) {
    super(edition, count)
    this.chain = new IntendedChain(edition, count)
    this.actor = new Actor(intendedDaemon, edition)
    this.begin((i, account) => new IntendedDaemon(edition, i, account))
    this.chain.audit = this.audit
    this.audit.watchesProgress = true
    this.world = new IntendedWorld(this.chain, this.stellar, this.trouble)
    this.busy = this.daemons.map(() => 0)
    this.looked = this.daemons.map(() => 0)
  }

  protected deposit({ operations, memo, otherOperations }: DepositStep): void {
    const from = operations.map((o) => ({ ...o, from: homes[o.from]! }))
    const tx = this.stellar.deposit(from, memo, otherOperations)
    tx.operations.forEach(({ asset, from: sender, amount }, i) => {
      if (asset !== 'TFT') return
      const key = `${tx.hash}:${i}`
      this.chain.truth.set(key, { sender, amount, memo: memo.type === 'text' ? memo.value : '' })
      this.audit.begin({ kind: 'deposit', id: `deposit ${key}`, amount, homes: [sender] })
    })
  }

  protected arrive(): void {
    this.world.held.round()
  }

  protected block(): void {
    if (this.edition.quirks.has('S-READS-STATE')) this.tell()
    this.chain.advance()
  }

  /** Events of the block, for daemons that live on them. */
  private tell(): void {
    for (const d of this.daemons)
      if (d.state !== 'down' && !this.trouble.is('lose-events', d.index) && !this.trouble.is('down', d.index))
        for (const [sequence] of this.chain.w.entries(Payouts)) if (Number(sequence) > this.world.told) d.heard.add(sequence)
    for (const [sequence] of this.chain.w.entries(Payouts)) this.world.told = Math.max(this.world.told, Number(sequence))
  }

  protected advance(d: IntendedDaemon): boolean {
    const { trouble, actor, round, busy } = this
    const { index } = d
    if (busy[index]! >= round) return false
    if (d.state === 'down') {
      actor.deliver(d, 'start')
      return true
    }
    if (d.request === null) {
      if (this.looked[index] === round) return false
      this.looked[index] = round
      actor.deliver(d, 'look')
      return true
    }
    if (trouble.dies(index)) {
      this.kill(d)
      return false
    }
    const { what } = d.request
    this.steps++
    d.answer = this.world.answer(d, d.request)
    actor.deliver(d, 'answer')
    if (this.stellar.ledger.paid.length > 0) this.observe()
    // The process ended.
    if (d.state === 'down') {
      this.kill(d)
      return false
    }
    if (STELLAR.has(what) && trouble.is('stellar-slow', index)) busy[index] = round + 2
    if (CALLS.has(what)) busy[index] = round + (trouble.is('clock-skew', index) ? 2 : 0)
    return busy[index]! < round
  }

  kill(d: IntendedDaemon): void {
    d.state = 'down'
    d.request = null
    d.seen = []
    d.heard.clear()
    this.busy[d.index] = this.round
  }

  rescan(d: IntendedDaemon): void {
    d.disk = { cursor: d.disk === 'torn' ? 0 : d.disk.cursor, behind: 0 }
  }

  lie(d: IntendedDaemon, fault: 'lie-vote' | 'lie-close'): void {
    this.world.lie(d.account, fault)
  }

  /** The bound grows with what is open. */
  override settle(rounds: number): void {
    super.settle(rounds + this.audit.open.size)
  }

  protected judgeOpen(rounds: number): void {
    if (this.audit.open.size === 0) return
    const owed = new Set<string>()
    for (const [, { cause }] of this.chain.w.entries(Payouts)) owed.add(cause)
    for (const { id, kind } of this.audit.open.values()) {
      const isClosed = !owed.has(id) && (kind === 'withdrawal' || this.chain.w.has(Deposits, id.slice('deposit '.length)))
      if (isClosed) this.audit.breach('lost', id, 'closed, and nothing came out')
      else this.audit.breach('frozen', id, `not ended ${rounds} rounds after the last fault`)
    }
  }
}
