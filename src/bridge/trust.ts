import type { FaultStep } from './step.js'

/** Signers of the vault by key, which are the validators of today. */
interface Today {
  readonly signers: ReadonlySet<string>
}
const indexOf = (key: string): number => Number(key.slice(1))

/**
 * What every promise of the bridge assumes: honest validators are a majority of today's validators. Liars stay liars: what
 * they told stays told.
 */
export class Trust {
  private readonly liars = new Set<number>()

  /** False for who lied ever: what it told of a transfer may still stand. */
  isHonest(who: number): boolean {
    return !this.liars.has(who)
  }

  /** True when the fault keeps the assumption; a lie is then remembered. */
  allows({ fault, who }: FaultStep, { signers }: Today): boolean {
    const today = new Set([...signers].map(indexOf))
    if (fault.startsWith('lie-')) {
      if (!this.holds(today, new Set([...this.liars, who]))) return false
      this.liars.add(who)
      return true
    }
    if (fault === 'validator-removed') {
      if (!today.delete(who)) return false
      return today.size > 1 && this.holds(today, this.liars)
    }
    if (fault === 'validator-added') return !today.has(who) && this.holds(today.add(who), this.liars)
    return true
  }

  private holds(today: ReadonlySet<number>, liars: ReadonlySet<number>): boolean {
    const honest = [...today].filter((i) => !liars.has(i)).length
    return honest >= (today.size >> 1) + 1
  }
}
