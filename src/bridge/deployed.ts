import { Actor } from '../../spec/bridge/actor.js'
import { Daemon, type Task } from '../../spec/bridge/deployed/daemon.js'
import { deployedDaemon } from '../../spec/bridge/deployed/daemon.machine.js'
import { mintTasksOf } from '../../spec/bridge/deployed/reading.js'
import type { Edition } from '../../spec/kernel/version.js'
import { DepositFee } from '../../spec/pallets/tft-bridge/items.js'
import { DeployedWorld } from './deployed-answers.js'
import { DeployedChain } from './deployed-chain.js'
import { tasksOfBlock } from './deployed-events.js'
import { emptyInbox, judgeOpen, type Inbox } from './deployed-inbox.js'
import { homes } from './people.js'
import { Simulation } from './simulation.js'
import type { DepositStep, FaultKind, Step } from './step.js'
import type { Watcher } from './watcher.js'

/** Faults under which a daemon does not hear of blocks. */
const deafening: readonly FaultKind[] = ['down', 'partition', 'split', 'lose-events']

/** The bridge as deployed: the reference of the pallet, daemons, Stellar, and what goes wrong between them. */
export class DeployedBridge extends Simulation<Daemon> {
  readonly chain: DeployedChain
  readonly daemonActor: Actor<Daemon>
  watcher: Watcher | undefined
  /** Forgets how to undo, for runs that are never reset. */
  forgets = false
  /** Chain calls end a daemon's turn. Everything else is quick. */
  protected readonly mostEffects = 60
  private world!: DeployedWorld
  private inboxes: Inbox[] = []
  private eventsFrom = 0

  constructor(edition: Edition, count: number) {
    super(edition, count)
    this.chain = new DeployedChain(edition, count)
    this.daemonActor = new Actor(deployedDaemon, edition)
    this.reset()
  }

  /** Habits of daemon and pallet that are on. */
  get quirks(): ReadonlySet<string> {
    return new Set([...this.edition.quirks].filter((q) => /^Q-(DAEMON|MINT|BURN|REFUND)-/.test(q)))
  }

  reset(): void {
    this.chain.reset()
    this.eventsFrom = this.chain.w.events.length
    this.begin((i, account) => new Daemon(this.edition, i, account))
    this.chain.audit = this.audit
    this.chain.memoOf = (hash) => {
      const memo = this.stellar.ledger.transaction(hash)?.memo
      return memo?.type === 'text' ? memo.value : undefined
    }
    this.world = new DeployedWorld(this.chain, this.stellar, this.trouble)
    this.inboxes = this.daemons.map(emptyInbox)
    this.daemonActor.quirks.clear()
  }

  override step(step: Step): void {
    this.watcher?.step(step, this.round)
    super.step(step)
  }

  protected deposit({ operations, memo, otherOperations }: DepositStep): void {
    const from = operations.map((o) => ({ ...o, from: homes[o.from]! }))
    const tx = this.stellar.deposit(from, memo, otherOperations)
    const amount = tx.operations.reduce((sum, o) => sum + (o.asset === 'TFT' ? o.amount : 0n), 0n)
    this.audit.begin({ kind: 'deposit', id: `deposit ${tx.hash}`, amount, homes: tx.operations.map((o) => o.from) })
  }

  protected arrive(): void {
    this.world.held.round()
  }

  protected block(): void {
    const events = this.chain.advance(this.eventsFrom)
    this.eventsFrom = this.chain.w.events.length - 1
    const tasks = tasksOfBlock(events)
    for (const d of this.daemons) this.hear(d, tasks)
    if (!this.forgets) return
    this.chain.forget()
    this.eventsFrom = 0
  }

  /** A block's events reach a daemon, or do not. */
  private hear(d: Daemon, tasks: readonly Task[]): void {
    const { trouble } = this
    const { heads } = this.inboxes[d.index]!
    const is = (fault: FaultKind): boolean => trouble.is(fault, d.index)
    if (trouble.is('upgrade') && d.has('Q-DAEMON-UNKNOWN-EVENT') && d.state !== 'down') return this.die(d)
    if (tasks.length === 0) return
    const isDeaf = d.state === 'down' || deafening.some(is) || trouble.is('finality-jumps')
    if (isDeaf && d.has('Q-DAEMON-HEADS-LOST')) return
    const at = Math.max(
      this.round + 1,
      trouble.ends('finality-jumps'),
      ...[...deafening, 'late-events' as const].map((fault) => trouble.ends(fault, d.index)),
    )
    const heard = is('reorder-events') ? tasks.toReversed() : tasks
    heads.push({ at, tasks: heard })
    if (is('duplicate-events')) heads.push({ at, tasks: heard })
  }

  protected advance(d: Daemon): boolean {
    const inbox = this.inboxes[d.index]!
    if (inbox.busy >= this.round) return false
    if (d.state === 'down') return this.start(d, inbox)
    if (d.request === null) return this.nextTask(d, inbox)
    if (this.trouble.dies(d.index)) return this.die(d) ?? false
    const { request } = d
    this.steps++
    d.answer = this.world.answer(d, request)
    this.watcher?.effect(d.index, request, d.answer, this.round)
    this.daemonActor.deliver(d, 'answer')
    if (this.stellar.ledger.paid.length > 0) this.observe()
    // The process ended.
    if (d.state === 'down') return this.die(d) ?? false
    if (request.what === 'call') inbox.busy = this.round
    if (request.to === 'stellar' && this.trouble.is('stellar-slow', d.index)) inbox.busy = this.round + 2
    if (request.to === 'clock') inbox.busy = this.round + request.rounds * (this.trouble.is('clock-skew', d.index) ? 5 : 1)
    return true
  }

  private start(d: Daemon, inbox: Inbox): boolean {
    this.daemonActor.deliver(d, 'start')
    inbox.streamed = d.disk === 'torn' ? 0 : d.disk.cursor
    return true
  }

  private die(d: Daemon): void {
    this.watcher?.died(d.index, this.round)
    this.kill(d)
  }

  /** The process ends; it is started again in the next round. */
  kill(d: Daemon): void {
    const inbox = this.inboxes[d.index]!
    d.state = 'down'
    d.request = null
    if (d.has('Q-DAEMON-HEADS-LOST')) inbox.heads.length = 0
    else if (inbox.tasks.length > 0 || d.task !== undefined)
      inbox.heads.unshift({
        at: 0,
        tasks: [...(d.task === undefined || d.task.kind === 'mint' ? [] : [d.task]), ...inbox.tasks.filter((t) => t.kind !== 'mint')],
      })
    d.task = undefined
    inbox.tasks = []
    inbox.busy = this.round
  }

  /** It reads its file before it writes it: a torn one stays torn. @source pkg/persistency.go `SaveStellarCursor` */
  rescan(d: Daemon): void {
    if (d.disk !== 'torn') d.disk = { cursor: 0, height: 0 }
  }

  lie(d: Daemon, fault: 'lie-vote' | 'lie-close'): void {
    this.world.lie(d.account, fault)
  }

  /** Takes the next task of the block under way, else the next block or deposit, in turn. */
  private nextTask(d: Daemon, inbox: Inbox): boolean {
    if (inbox.tasks.length === 0) {
      inbox.stellarNext = !inbox.stellarNext
      const found = inbox.stellarNext
        ? this.fromStellar(d, inbox) || this.fromChain(inbox)
        : this.fromChain(inbox) || this.fromStellar(d, inbox)
      if (!found) return false
    }
    const task = inbox.tasks.shift()
    if (task === undefined) return true
    d.task = task
    if (!d.has('Q-DAEMON-FEE-CACHED')) d.fee = this.chain.w.get(DepositFee)
    this.daemonActor.deliver(d, task.kind)
    return true
  }

  private fromChain({ heads, tasks }: Inbox): boolean {
    if (heads.length === 0) return false
    const at = heads.findIndex((h) => h.at <= this.round)
    if (at < 0) return false
    tasks.push(...heads.splice(at, 1)[0]!.tasks)
    return true
  }

  /**
   * The next transaction of the stream, which is asked for three times: what it is, its effects, its operations.
   * @source pkg/stellar/stellar.go `StreamBridgeStellarTransactions`, `processTransaction`
   */
  private fromStellar(d: Daemon, inbox: Inbox): boolean {
    const { stellar } = this
    if (inbox.streamed >= stellar.seen(d.index).history || !stellar.answers(d.index)) return false
    const tx = stellar.ledger.history[inbox.streamed]!
    if (!stellar.answers(d.index)) {
      this.die(d)
      return false
    }
    if (!stellar.answers(d.index)) {
      if (d.has('Q-DAEMON-OPERATIONS-SKIPPED')) inbox.streamed++
      else this.die(d)
      return false
    }
    inbox.streamed++
    inbox.tasks.push(...mintTasksOf(tx, this.edition))
    return true
  }

  protected judgeOpen(rounds: number): void {
    judgeOpen({ chain: this.chain, ledger: this.stellar.ledger, audit: this.audit, daemons: this.daemons }, this.inboxes, rounds)
  }
}
