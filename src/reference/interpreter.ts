import { Defect } from '../../spec/kernel/defect.js'
import type { Key } from '../../spec/kernel/item.js'
import type { Machine } from '../../spec/kernel/machine.js'
import { Stage, type Origin } from '../../spec/kernel/stage.js'
import type { Edition } from '../../spec/kernel/version.js'
import type { World } from '../../spec/kernel/world.js'
import { compileTable, type Handling, type Table, type TableBranch } from './table.js'

/** A predicted refusal: the error's full name and the rule that refused. */
export interface Refusal {
  readonly error: string
  readonly rule: string
}

/** A predicted panic of the runtime: it unwinds everything up to the extrinsic, through every `try`. */
export class Trap extends Error {
  readonly rule: string
  constructor(rule: string, message: string) {
    // A panic is an outcome, and random sequences have many: where it was thrown is of no use, and costs.
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = limit
    this.name = 'Trap'
    this.rule = rule
  }
}

/** Watches every decision; the equivalence property and the picture of a trace listen here. */
export interface Listener {
  decided(stage: Stage, machine: Machine, state: string, event: string, branch: TableBranch): void
  /** The last decision that is still open is carried out, with all that it sent, or refused. A panic closes none. */
  done?(refusal: Refusal | null): void
}

/** Takes what is sent to a reserved receiver; its refusal counts like a machine's. */
export type Handler = (interpreter: Interpreter, w: World, origin: Origin, event: string, args: unknown) => Refusal | null

/** Reserved receivers, which are no machines: `call` dispatches a call that a rule carries (dispatch.ts). */
export const handlers = new Map<string, Handler>()

/**
 * Executes machines at one edition: an event finds its entity's state, the first branch whose guard holds refuses,
 * traps, or carries out its effects and sends in order.
 */
export class Interpreter {
  readonly edition: Edition
  readonly branches: TableBranch[] = []
  /** How often each branch decided, by `TableBranch.index`. */
  readonly hits: number[] = []
  /** The branches that decided since the trace was last emptied, in order. */
  readonly trace: TableBranch[] = []
  listener: Listener | null = null
  /** Checks that the world shows the state a branch names as its target. Costs a little: tests switch it on. */
  checkTargets = false
  private readonly tables = new Map<string, Table>()

  constructor(machines: readonly Machine[], edition: Edition) {
    this.edition = edition
    for (const m of machines) {
      if (this.tables.has(m.id)) throw new Defect('SPEC-UNKNOWN-NAME', `two machines are named ${m.id}`)
      this.tables.set(
        m.id,
        compileTable(m, edition, (make) => {
          const branch = make(this.branches.length)
          this.branches.push(branch)
          this.hits.push(0)
          return branch
        }),
      )
    }
  }

  /**
   * Delivers an event to an entity.
   * @returns null when accepted, otherwise the refusal; what was written before a refusal stays, the caller rolls back
   * @throws Trap when a branch traps · Defect when nothing handles the event
   */
  deliver(w: World, origin: Origin, machine: string, key: Key, event: string, args: unknown): Refusal | null {
    const table = this.tables.get(machine)
    if (table === undefined) {
      const handler = handlers.get(machine)
      if (handler === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no machine is named ${machine}`)
      return handler(this, w, origin, event, args)
    }
    return this.decide(w, origin, table, table.events.get(event), table.machine.state(w, key as never), key, event, args)
  }

  /** Lets the first branch whose guard holds decide. */
  private decide(
    w: World,
    origin: Origin,
    table: Table,
    handling: Handling | undefined,
    state: string,
    key: Key,
    event: string,
    args: unknown,
  ): Refusal | null {
    const list = handling?.get(state)
    if (list === undefined)
      throw new Defect('SPEC-UNHANDLED', `${table.machine.id} in state ${state} has no branches for ${event} at ${this.edition.name}`)
    const stage = new Stage(w, this.edition, origin, key, args)
    const branch = choose(list, stage)
    if (this.listener !== null) this.listener.decided(stage, table.machine, state, event, branch)
    this.hits[branch.index]!++
    this.trace.push(branch)
    if (branch.trap !== null) throw new Trap(branch.meta.rule, branch.trap)
    const refusal = branch.refusal === null ? this.carryOut(table, state, branch, stage) : { error: branch.refusal, rule: branch.meta.rule }
    if (this.listener !== null) this.listener.done?.(refusal)
    if (refusal === null && this.checkTargets && branch.target !== null) {
      const after = table.machine.state(w, key as never)
      if (after !== branch.target)
        throw new Defect('SPEC-TARGET', `${branch.meta.rule} leads to ${branch.target}, the world shows ${after}`)
    }
    return refusal
  }

  /** Carries out effects and sends in order. Plain loops: this runs for every decision, and iterators showed in profiles. */
  private carryOut(table: Table, state: string, branch: TableBranch, stage: Stage): Refusal | null {
    const { steps } = branch
    const { w, origin } = stage
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i]!
      if (step.effect !== null) {
        step.effect(stage as Stage<never, never>)
        continue
      }
      let failed = false
      if (step.route === null) {
        const key = stage.key as Key
        // A state is read off the world: it is the same while nothing was written.
        const now = stage.hasWritten ? table.machine.state(w, key as never) : state
        const refusal = this.decide(w, origin, table, step.own, now, key, step.name, stage.args)
        if (refusal !== null && step.mode === 'must') return refusal
        failed = refusal !== null
      } else {
        const receivers = step.route(stage as Stage<never, never>)
        for (let j = 0; j < receivers.length; j++) {
          const to = receivers[j]!
          const refusal = this.deliver(w, origin, to.machine, to.key, step.name, to.args)
          if (refusal === null) continue
          if (step.mode === 'must') return refusal
          failed = true
        }
      }
      if (failed && step.mode === 'all') return { error: step.error!, rule: branch.meta.rule }
    }
    return null
  }
}

function choose(list: readonly TableBranch[], stage: Stage): TableBranch {
  for (let i = 0; i < list.length; i++) {
    const branch = list[i]!
    if (branch.guard === null || branch.guard(stage as Stage<never, never>)) return branch
  }
  throw new Defect('SPEC-NOT-TOTAL', 'a branch list fell through')
}
