import type { Machine } from '../../spec/kernel/machine.js'
import type { Stage } from '../../spec/kernel/stage.js'
import type { Listener } from '../../src/reference/interpreter.js'
import type { TableBranch } from '../../src/reference/table.js'

/** Decided in every extrinsic and block: they tell nothing about where a case has come to. */
const everywhere = new Set(['extrinsic', 'origin', 'block', 'session', 'account', 'balances'])
const BRANCHES = 4096

/**
 * Tells what is new in a case, listening to every decision: a branch that decided for the first time, two branches that decided
 * in a row within one step, and what happened to one entity, three decisions long.
 */
export class Novelty implements Listener {
  /** Set once something new was seen; the explorer takes it back after each step. */
  isNew = false
  /** The branches aimed at; `isAimed` is set when one of them decides. */
  isAimed = false
  private readonly aims: (branch: TableBranch) => boolean
  private readonly seen = new Set<number>()
  private readonly lives = new Map<string, number>()
  private last = 0

  constructor(aims: (branch: TableBranch) => boolean = () => false) {
    this.aims = aims
  }

  /** A case begins: its entities have no past. */
  begin(): void {
    this.lives.clear()
    this.isNew = this.isAimed = false
  }

  /** A step begins. */
  step(): void {
    this.last = 0
    this.isNew = this.isAimed = false
  }

  decided(stage: Stage, machine: Machine, _state: string, _event: string, branch: TableBranch): void {
    if (this.aims(branch)) this.isAimed = true
    if (everywhere.has(machine.id)) return
    const now = branch.index + 1
    this.note(this.last * BRANCHES + now)
    this.last = now
    const entity = `${machine.id} ${String(stage.key)}`
    const life = ((this.lives.get(entity) ?? 0) % (BRANCHES * BRANCHES)) * BRANCHES + now
    this.lives.set(entity, life)
    this.note(-life)
  }

  private note(feature: number): void {
    if (this.seen.has(feature)) return
    this.seen.add(feature)
    this.isNew = true
  }
}
