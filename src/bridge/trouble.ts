import type { FaultKind, FaultStep } from './step.js'

/** Faults that last: until which round, by validator. Those about both ledgers as a whole have the number -1. */
export class Trouble {
  private readonly until = new Map<string, number>()
  /** Effects until the daemon dies, by validator. */
  readonly crashIn = new Map<number, number>()
  round = 0

  start({ fault, who, rounds }: Pick<FaultStep, 'fault' | 'who' | 'rounds'>): void {
    const key = `${fault} ${everybody.has(fault) ? -1 : who}`
    this.until.set(key, Math.max(this.until.get(key) ?? 0, this.round + rounds))
  }

  is(fault: FaultKind, who = -1): boolean {
    const until = this.until.get(`${fault} ${who}`)
    return until !== undefined && this.round < until
  }

  end(fault: FaultKind, who: number): void {
    this.until.delete(`${fault} ${who}`)
  }

  /** The round at which a fault ends. */
  ends(fault: FaultKind, who: number): number {
    return this.until.get(`${fault} ${who}`) ?? 0
  }

  /** Everything that lasts is over, but who lies now lies for ever: a minority that lies must not stop anything. */
  heal(): void {
    for (const [key, until] of this.until)
      if (key.startsWith('lie-') && this.round < until) this.until.set(key, Infinity)
      else this.until.delete(key)
    this.crashIn.clear()
  }

  /** True when the daemon dies before its next effect. */
  dies(who: number): boolean {
    const left = this.crashIn.get(who)
    if (left === undefined) return false
    if (left > 0) {
      this.crashIn.set(who, left - 1)
      return false
    }
    this.crashIn.delete(who)
    return true
  }
}

const everybody: ReadonlySet<FaultKind> = new Set(['stellar-rejects', 'answer-lost', 'upgrade'])
