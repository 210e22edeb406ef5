import { Actor } from '../../spec/bridge/actor.js'
import { Daemon, readMemo, type Task } from '../../spec/bridge/deployed/daemon.js'
import { deployedDaemon } from '../../spec/bridge/deployed/daemon.machine.js'
import { mintTasksOf } from '../../spec/bridge/deployed/reading.js'
import { Ledger } from '../../spec/bridge/stellar/ledger.js'
import { ledgerMachine } from '../../spec/bridge/stellar/ledger.machine.js'
import type { Edition } from '../../spec/kernel/version.js'
import { DepositFee } from '../../spec/pallets/tft-bridge/items.js'
import { Auditor } from './audit.js'
import { DeployedWorld } from './deployed-answers.js'
import { DeployedChain, receiverOf } from './deployed-chain.js'
import { tasksOfBlock } from './deployed-events.js'
import { emptyInbox, judgeOpen, type Inbox } from './deployed-inbox.js'
import { happen } from './happen.js'
import { homes, users, validators } from './people.js'
import type { Step } from './step.js'
import { Trouble } from './trouble.js'
import { Trust } from './trust.js'
import type { Watcher } from './watcher.js'

/** Chain calls end a daemon's turn: it waits for the block. Everything else is quick. */
const MOST_EFFECTS = 60

/** The bridge as deployed: the reference of the pallet, daemons, Stellar, and what goes wrong between them. */
export class DeployedBridge {
  readonly chain: DeployedChain
  readonly daemonActor: Actor<Daemon>
  readonly validators: number
  ledger!: Ledger
  trouble!: Trouble
  audit!: Auditor
  daemons: readonly Daemon[] = []
  round = 0
  watcher: Watcher | undefined
  /** Forgets how to undo, for runs that are never reset. */
  forgets = false
  private readonly edition: Edition
  private world!: DeployedWorld
  private inboxes: Inbox[] = []
  private trust = new Trust()
  private eventsFrom = 0

  constructor(edition: Edition, count: number) {
    this.edition = edition
    this.validators = count
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
    const accounts = validators(this.validators)
    this.ledger = new Ledger(
      this.chain.issued(),
      accounts.map((_, i) => `G${i}`),
    )
    this.trouble = new Trouble()
    this.trust = new Trust()
    this.audit = new Auditor(0n)
    this.chain.audit = this.audit
    this.world = new DeployedWorld(this.chain, this.ledger, new Actor(ledgerMachine, this.edition), this.trouble)
    this.daemons = accounts.map((account, i) => new Daemon(this.edition, i, account))
    this.inboxes = accounts.map(emptyInbox)
    this.daemonActor.quirks.clear()
    this.round = 0
  }

  step(step: Step): void {
    this.watcher?.step(step, this.round)
    if (step.type === 'rounds') for (let i = 0; i < step.rounds; i++) this.oneRound()
    else if (step.type === 'deposit') this.deposit(step)
    else if (step.type === 'withdraw') this.chain.withdraw(users[step.by]!, homes[step.by]!, step.amount)
    else if (!this.trust.allows(step, this.ledger)) return
    else if (step.fault === 'lie-vote' || step.fault === 'lie-close') {
      if (step.who < this.validators) this.world.lie(this.daemons[step.who]!.account, step.fault)
    } else happen(step, this)
    this.observe()
  }

  private deposit({ operations, memo, otherOperations }: Extract<Step, { type: 'deposit' }>): void {
    const tx = this.ledger.deposit(
      operations.map((o) => ({ ...o, from: homes[o.from]! })),
      memo,
      otherOperations,
    )
    const amount = tx.operations.reduce((sum, o) => sum + (o.asset === 'TFT' ? o.amount : 0n), 0n)
    // A name that is nobody's may become somebody's; what is no name never does.
    const names = memo.type === 'text' && readMemo(memo.value, false) !== undefined
    this.audit.begin('deposit', `deposit ${tx.hash}`, amount, names ? receiverOf(this.chain.w, memo.value, false) : 'nobody')
  }

  /** A block and a ledger: every daemon works until it waits for the chain, one effect after the other in turn. */
  private oneRound(): void {
    const { trouble, audit } = this
    trouble.round = audit.round = ++this.round
    const working = new Set(this.daemons.filter(({ index }) => !trouble.is('lag', index) && !trouble.is('down', index)))
    for (let effects = 0; working.size > 0 && effects < MOST_EFFECTS; effects++)
      for (const d of working) if (!this.advance(d, this.inboxes[d.index]!)) working.delete(d)
    const events = this.chain.advance(this.eventsFrom)
    this.eventsFrom = this.chain.w.events.length - 1
    const tasks = tasksOfBlock(events)
    if (tasks.length > 0) this.daemons.forEach((d) => this.hear(d, tasks))
    this.observe()
    if (!this.forgets) return
    this.chain.forget()
    this.eventsFrom = 0
  }

  /** A block's events reach a daemon, or do not. */
  private hear(d: Daemon, tasks: readonly Task[]): void {
    const { trouble } = this
    const inbox = this.inboxes[d.index]!
    const is = (fault: Parameters<Trouble['is']>[0]): boolean => trouble.is(fault, d.index)
    const isDeaf = d.state === 'down' || is('down') || is('partition') || is('lose-events')
    if (isDeaf && d.has('Q-DAEMON-HEADS-LOST')) return
    const at = is('late-events') ? trouble.ends('late-events', d.index) : this.round + 1
    const heard = is('reorder-events') ? tasks.toReversed() : tasks
    inbox.heads.push({ at, tasks: heard })
    if (is('duplicate-events')) inbox.heads.push({ at, tasks: heard })
  }

  /** Carries out one effect of a daemon. @returns false when it has nothing more to do in this round */
  private advance(d: Daemon, inbox: Inbox): boolean {
    if (inbox.busy >= this.round) return false
    if (d.state === 'down') return this.start(d, inbox)
    if (d.request === null) return this.begin(d, inbox)
    if (this.trouble.dies(d.index)) {
      this.watcher?.died(d.index, this.round)
      this.kill(d, inbox)
      return false
    }
    const { request } = d
    d.answer = this.world.answer(d, request)
    this.watcher?.effect(d.index, request, d.answer, this.round)
    this.daemonActor.deliver(d, 'answer')
    if (this.ledger.paid.length > 0) this.observePayments()
    if (d.state === 'down') {
      this.watcher?.died(d.index, this.round)
      this.kill(d, inbox)
      return false
    }
    if (request.what === 'call') inbox.busy = this.round
    if (request.to === 'clock') inbox.busy = this.round + request.rounds * (this.trouble.is('clock-skew', d.index) ? 5 : 1)
    return true
  }

  private start(d: Daemon, inbox: Inbox): boolean {
    this.daemonActor.deliver(d, 'start')
    inbox.streamed = d.disk === 'torn' ? 0 : d.disk.cursor
    return true
  }

  /** The process ends; it is started again in the next round. */
  kill(d: Daemon, inbox: Inbox = this.inboxes[d.index]!): void {
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

  /** Takes the next task of the block under way, else the next block or deposit, in turn. */
  private begin(d: Daemon, inbox: Inbox): boolean {
    if (inbox.tasks.length === 0) {
      inbox.stellarNext = !inbox.stellarNext
      if (inbox.stellarNext ? !this.fromStellar(d, inbox) && !this.fromChain(inbox) : !this.fromChain(inbox) && !this.fromStellar(d, inbox))
        return false
    }
    const task = inbox.tasks.shift()
    if (task === undefined) return true
    d.task = task
    if (!d.has('Q-DAEMON-FEE-CACHED')) d.fee = this.chain.w.get(DepositFee)
    this.daemonActor.deliver(d, task.kind)
    return true
  }

  private fromChain({ heads, tasks }: Inbox): boolean {
    const at = heads.findIndex((h) => h.at <= this.round)
    if (at < 0) return false
    tasks.push(...heads.splice(at, 1)[0]!.tasks)
    return true
  }

  private fromStellar(d: Daemon, inbox: Inbox): boolean {
    const tx = this.ledger.history[inbox.streamed]
    if (tx === undefined || this.trouble.is('stellar-down', d.index)) return false
    inbox.streamed++
    inbox.tasks.push(...mintTasksOf(tx, this.edition))
    return true
  }

  private observePayments(): void {
    for (const paid of this.ledger.paid.splice(0)) this.audit.paid(paid.cause, paid)
  }

  private observe(): void {
    if (this.ledger.paid.length > 0) this.observePayments()
    this.audit.conserve(this.ledger.vault, this.chain.issued())
  }

  /** Everything that lasts ends, and the bound passes: what has not ended then never will. */
  settle(rounds: number): void {
    this.trouble.heal()
    for (let i = 0; i < rounds && this.audit.open.size > 0; i++) this.oneRound()
    judgeOpen(this, this.inboxes, rounds)
  }
}
