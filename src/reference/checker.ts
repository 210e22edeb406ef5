import type { Invariant } from '../../spec/kernel/invariant.js'
import type { World } from '../../spec/kernel/world.js'

export interface Broken {
  readonly invariant: string
  readonly claim: string
  readonly witnesses: readonly string[]
}

/** Checks invariants after steps: only those whose items a step touched. */
export class Checker {
  /** Item index → positions of the invariants that read it. */
  private readonly byItem: readonly (readonly number[])[]
  private readonly invariants: readonly Invariant[]
  private readonly due: Uint8Array

  constructor(invariants: readonly Invariant[]) {
    this.invariants = invariants
    this.due = new Uint8Array(invariants.length)
    const byItem: number[][] = []
    invariants.forEach(({ reads }, i) => reads.forEach(({ index }) => (byItem[index] ??= []).push(i)))
    this.byItem = byItem
  }

  /** What the step that began at this length of the journal broke. */
  afterStep(w: World, from: number): Broken | undefined {
    this.due.fill(0)
    for (let i = from; i < w.journalItems.length; i++) for (const at of this.byItem[w.journalItems[i]!.index] ?? []) this.due[at] = 1
    return this.check(w, (i) => this.due[i] === 1)
  }

  /** Checks all of them. */
  all(w: World): Broken | undefined {
    return this.check(w, () => true)
  }

  private check(w: World, wanted: (i: number) => boolean): Broken | undefined {
    for (const [i, { id, claim, broken }] of this.invariants.entries()) {
      if (!wanted(i)) continue
      const witnesses = broken(w)
      if (witnesses.length > 0) return { invariant: id, claim, witnesses }
    }
    return undefined
  }
}
