import { Defect } from '../../spec/kernel/defect.js'
import { xstateOf, type Machine } from '../../spec/kernel/machine.js'
import { Stage } from '../../spec/kernel/stage.js'
import { decideByXState, type ChosenAction } from '../../spec/kernel/xstate.js'
import type { Listener } from './interpreter.js'
import type { TableBranch, TableStep } from './table.js'

type XStateMachine = ReturnType<typeof xstateOf>

/**
 * Asks XState's own interpreter about every internal event that the table decides, and insists that both choose the same
 * rule, the same target, and the same actions with the same parameters in the same order.
 *
 * XState sees a stage of its own: facts that the table's guards remembered cannot help it, and its guards run on a world in
 * which the stage has written nothing yet. What they write themselves is a defect.
 */
export class XStateListener implements Listener {
  /** How many events were compared. */
  compared = 0
  /** The rules that decided, and how often. */
  readonly rules = new Map<string, number>()
  private readonly machines = new Map<Machine, XStateMachine>()

  /**
   * @throws Defect SPEC-DISAGREE when XState chooses otherwise
   * @throws Defect SPEC-GUARD-WRITES when a guard or a fact wrote
   */
  decided(stage: Stage, machine: Machine, state: string, event: string, branch: TableBranch): void {
    const { w, edition, origin, key, args } = stage
    if (stage.hasWritten) throw new Defect('SPEC-GUARD-WRITES', `${at(machine, state, event)}: the table's guards wrote to the world`)
    const before = w.mark()
    let known = this.machines.get(machine)
    if (known === undefined) this.machines.set(machine, (known = xstateOf(machine, edition)))
    const { target, actions } = decideByXState(known, state, event, new Stage(w, edition, origin, key, args))
    const after = w.mark()
    if (after.journal !== before.journal || after.events !== before.events)
      throw new Defect('SPEC-GUARD-WRITES', `${at(machine, state, event)}: a guard or a fact wrote to the world`)
    const difference = compare(machine, state, branch, target, actions)
    if (difference !== undefined)
      throw new Defect('SPEC-DISAGREE', `${at(machine, state, event)}: the table chose ${branch.meta.rule}, but ${difference}`)
    this.compared++
    this.rules.set(branch.meta.rule, (this.rules.get(branch.meta.rule) ?? 0) + 1)
  }
}

const at = (machine: Machine, state: string, event: string): string => `${machine.id}.${state}.${event}`

/** What differs between a flattened branch and XState's choice, in words; undefined when nothing does. */
function compare(
  machine: Machine,
  state: string,
  branch: TableBranch,
  target: string,
  actions: readonly ChosenAction[],
): string | undefined {
  const [first, ...rest] = actions
  if (first === undefined) return 'XState found no branch'
  const rule = (first.params as { readonly id?: string }).id
  if (first.type !== 'rule' || rule !== branch.meta.rule) return `XState chose ${rule ?? first.type}`
  const expected = branch.target ?? state
  if (target !== expected) return `XState leads to ${target} instead of ${expected}`
  const steps: readonly (TableStep | ChosenAction)[] = [
    ...(branch.refusal === null ? [] : [{ type: 'refuse', params: branch.refusal }]),
    ...(branch.trap === null ? [] : [{ type: 'trap', params: branch.trap }]),
    ...branch.steps,
  ]
  if (steps.length !== rest.length) return `XState gives ${rest.length} actions instead of ${steps.length}`
  const place = steps.findIndex((step, i) => !same(machine, step, rest[i]!))
  return place < 0 ? undefined : `its action ${place + 1} is ${JSON.stringify(rest[place])} in XState`
}

/** The table holds functions where the config holds names: the names must lead to those functions. */
function same(machine: Machine, step: TableStep | ChosenAction, { type, params }: ChosenAction): boolean {
  if ('type' in step) return type === step.type && isNamed(machine, step.params as string, type, params)
  if (step.effect !== null) {
    const { name } = params as { readonly name: string }
    return type === 'effect' && name === step.name && machine.effects[name] === step.effect
  }
  const send = params as { readonly mode: string; readonly event: string; readonly route: string; readonly error?: string }
  return (
    type === 'send' &&
    send.mode === step.mode &&
    send.event === step.name &&
    (send.route === 'self' ? step.route === null : machine.routes?.[send.route] === step.route) &&
    (send.error === undefined ? step.error === null : step.error !== null && isError(machine, step.error, send.error))
  )
}

const isNamed = (machine: Machine, expected: string, type: string, params: unknown): boolean =>
  type === 'refuse'
    ? isError(machine, expected, (params as { readonly error: string }).error)
    : (params as { readonly message: string }).message === expected

/** The table's errors are full names; the config's may leave the machine's own pallet out. */
const isError = (machine: Machine, full: string, error: string): boolean => full === error || full === `${machine.pallet}.${error}`
