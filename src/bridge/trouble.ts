import type { FaultKind, FaultStep } from './step.js'
import type { Trust } from './trust.js'

/** Faults that are about both ledgers as a whole, or about everybody: who is named does not count. */
const everybody: ReadonlySet<FaultKind> = new Set(['stellar-rejects', 'answer-lost', 'late-submissions', 'finality-jumps', 'upgrade'])
/** Faults that keep a daemon, or all of them, from ending transfers. Events count as well: the deployed daemon lives on them. */
const hindering: readonly FaultKind[] = [
  ...['down', 'lag', 'partition', 'split', 'stellar-down', 'stellar-slow', 'horizon-behind', 'horizon-hiccup', 'chain-hiccup'],
  ...['lose-events', 'late-events', 'torn-write', 'call-answer-lost', 'clock-skew', 'lie-signature', 'lie-amount'],
] as readonly FaultKind[]

/** From which round until which. */
interface Span {
  from: number
  until: number
}
const EVERYBODY = -1

/** Faults that last, by kind and validator. */
export class Trouble {
  private readonly spans = new Map<FaultKind, Map<number, Span>>()
  /** Effects until the daemon dies, by validator. */
  readonly crashIn = new Map<number, number>()
  /** The round in which a daemon died last. */
  private readonly died = new Map<number, number>()
  /** Questions that were asked of who leaves some unanswered. */
  private readonly asked = new Map<string, number>()
  round = 0

  start({ fault, who, rounds }: Pick<FaultStep, 'fault' | 'who' | 'rounds'>): void {
    // A cut goes through the validators: those up to the one named are on the one side, the chain on the other.
    if (fault === 'split') for (let i = 0; i <= who; i++) this.last(fault, i, rounds)
    else this.last(fault, everybody.has(fault) ? EVERYBODY : who, rounds)
  }

  private last(fault: FaultKind, who: number, rounds: number): void {
    const of = this.spans.get(fault) ?? new Map<number, Span>()
    this.spans.set(fault, of)
    const until = this.round + rounds
    const span = of.get(who)
    if (span === undefined || span.until <= this.round) of.set(who, { from: this.round, until })
    else span.until = Math.max(span.until, until)
  }

  is(fault: FaultKind, who = EVERYBODY): boolean {
    const span = this.spans.get(fault)?.get(who)
    return span !== undefined && this.round < span.until
  }

  /** True when this question of a daemon is the third one: it stays unanswered. */
  hiccups(fault: 'horizon-hiccup' | 'chain-hiccup', who: number): boolean {
    if (!this.is(fault, who)) return false
    const key = `${fault} ${who}`
    const asked = (this.asked.get(key) ?? 0) + 1
    this.asked.set(key, asked)
    return asked % 3 === 0
  }

  end(fault: FaultKind, who: number): void {
    this.spans.get(fault)?.delete(who)
  }

  /** The round in which a fault that lasts began. */
  since(fault: FaultKind, who: number): number {
    return this.spans.get(fault)?.get(who)?.from ?? 0
  }

  /** The round at which a fault ends. */
  ends(fault: FaultKind, who = EVERYBODY): number {
    return this.spans.get(fault)?.get(who)?.until ?? 0
  }

  /** Everything that lasts is over, but who lies now lies for ever: a minority that lies must not stop anything. */
  heal(): void {
    for (const [fault, of] of this.spans)
      for (const [who, span] of of)
        if (fault.startsWith('lie-') && this.round < span.until) span.until = Infinity
        else of.delete(who)
    this.crashIn.clear()
  }

  /** True when the daemon dies before its next effect. */
  dies(who: number): boolean {
    if (this.crashIn.size === 0) return false
    const left = this.crashIn.get(who)
    if (left === undefined) return false
    if (left > 0) {
      this.crashIn.set(who, left - 1)
      return false
    }
    this.crashIn.delete(who)
    this.died.set(who, this.round)
    return true
  }

  /** True when the ledgers answer and a majority of these validators is alive and never lied: a round that counts for progress. */
  isCalm(today: readonly number[], trust: Trust): boolean {
    for (const fault of everybody) if (this.is(fault)) return false
    const well = today.filter((i) => trust.isHonest(i) && this.died.get(i) !== this.round && !hindering.some((fault) => this.is(fault, i)))
    return well.length >= (today.length >> 1) + 1
  }
}
