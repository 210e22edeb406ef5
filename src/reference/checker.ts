import type { Gate, Invariant } from '../../spec/kernel/invariant.js'
import { items } from '../../spec/kernel/item.js'
import { StepView, type Act } from '../../spec/kernel/step-view.js'
import type { World } from '../../spec/kernel/world.js'

export interface Broken {
  readonly invariant: string
  readonly claim: string
  readonly witnesses: readonly string[]
}

/** What the caller knows of a step beside its writes. Without events, promises about steps say nothing. */
export interface StepKnown {
  readonly eventsFrom?: number
  readonly act?: Act
}

/**
 * Checks invariants after steps: only those whose items a step touched, and of these, where they can, only the touched keys.
 *
 * It keeps the invariants' ghosts. They begin anew with every sequence: when a step does not follow the one before it in the
 * journal, the world was set back.
 */
export class Checker {
  /** Item index → positions of the invariants that read it. */
  private readonly byItem: readonly (readonly number[])[]
  /** Positions of the invariants that are due after every step. */
  private readonly everyStep: readonly number[]
  private readonly invariants: readonly Invariant[]
  private readonly gates: readonly Gate[]
  /** How often each gate was reached, by position. */
  private readonly passed: Uint32Array
  private readonly due: Uint8Array
  private readonly step = new StepView()
  private readonly ghosts: unknown[] = []
  /** Positions of the invariants that the step concerns. */
  private readonly wanted: number[] = []
  private journalSeen = -1
  private eventsSeen = -1

  constructor(invariants: readonly Invariant[], gates: readonly Gate[] = []) {
    this.invariants = invariants
    this.gates = gates
    this.passed = new Uint32Array(gates.length)
    this.due = new Uint8Array(invariants.length)
    const byItem: number[][] = items.map(() => [])
    invariants.forEach(({ reads }, i) => reads.forEach(({ index }) => byItem[index]!.push(i)))
    this.byItem = byItem
    this.everyStep = invariants.flatMap(({ reads }, i) => (reads.length === 0 ? [i] : []))
  }

  /** What the step that began at this length of the journal broke. */
  afterStep(w: World, from: number, { eventsFrom, act }: StepKnown = {}): Broken | undefined {
    const follows = from === this.journalSeen
    if (!follows) this.forget()
    const { step, due } = this
    step.open(w, from, eventsFrom ?? (follows ? this.eventsSeen : -1), act)
    this.journalSeen = w.journalItems.length
    this.eventsSeen = w.events.length
    if (step.hasEvents) this.passGates()
    const wanted = this.wanted
    wanted.length = 0
    for (const index of step.used)
      for (const at of this.byItem[index]!) {
        if (due[at] === 1) continue
        due[at] = 1
        wanted.push(at)
      }
    for (const at of wanted) due[at] = 0
    for (const at of this.everyStep) wanted.push(at)
    for (const i of wanted) {
      const { id, claim, kind, broken, brokenIn } = this.invariants[i]!
      if (kind !== 'state' && !step.hasEvents) continue
      const witnesses = brokenIn === undefined ? broken(w) : brokenIn(step, this.ghosts[i])
      if (witnesses.length > 0) return { invariant: id, claim, witnesses }
    }
    return undefined
  }

  private passGates(): void {
    const { gates, passed, step } = this
    for (let i = 0; i < gates.length; i++) if (gates[i]!.reached(step)) passed[i]!++
  }

  /** Checks all promises about the world as it is. */
  all(w: World): Broken | undefined {
    for (const { id, claim, broken } of this.invariants) {
      const witnesses = broken(w)
      if (witnesses.length > 0) return { invariant: id, claim, witnesses }
    }
    return undefined
  }

  /** Obligations that are open now, by invariant. */
  inconclusive(): Readonly<Record<string, number>> {
    const open: Record<string, number> = {}
    this.invariants.forEach((i, at) => {
      if (i.open !== undefined) open[i.id] = i.open(this.ghosts[at])
    })
    return open
  }

  /** How often each gate was reached, by id. */
  reached(): Record<string, number> {
    return Object.fromEntries(this.gates.map(({ id }, i) => [id, this.passed[i]!]))
  }

  /** Begins a sequence: nothing is known of what came before. */
  private forget(): void {
    this.invariants.forEach(({ ghost }, i) => {
      if (ghost !== undefined) this.ghosts[i] = ghost()
    })
  }
}
