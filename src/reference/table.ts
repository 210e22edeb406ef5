import { Defect } from '../../spec/kernel/defect.js'
import type { Action, Branch, Effect, Guard, Machine, RuleMeta, Route, SendMode } from '../../spec/kernel/machine.js'
import type { Edition } from '../../spec/kernel/version.js'

/**
 * A machine's config at an edition, flattened for speed. Compiled from the config and nothing else: names are replaced by
 * the functions that the machine defines for them.
 */
export interface Table {
  readonly machine: Machine
  /** event → state → branches in order; the last one is unguarded. */
  readonly events: ReadonlyMap<string, Handling>
}
/** How a machine handles one event, by state. */
export type Handling = ReadonlyMap<string, readonly TableBranch[]>
const NOT_HANDLED: Handling = new Map()

/**
 * A branch as it is executed. A class, and each field written in the constructor: the interpreter reads these for every
 * guard that it asks, and objects that were spread together are of as many hidden classes as there are spellings.
 */
export class TableBranch {
  /** Position among all branches of the edition, for counting. */
  readonly index: number
  readonly machine: string
  /** The state in which it decides: a branch that stands in two states is two here. */
  readonly state: string
  readonly event: string
  readonly meta: RuleMeta
  readonly guard: Guard | null
  readonly guardName: string | null
  readonly target: string | null
  readonly refusal: string | null
  readonly trap: string | null
  /** True when a call that is accepted here gets its fee back (Pays::No). */
  readonly givesBack: boolean
  readonly steps: readonly TableStep[]
  readonly branch: Branch

  /** @throws Defect SPEC-UNKNOWN-NAME for a guard, effect or route that the machine does not define */
  constructor(index: number, m: Machine, { state, event }: Place, branch: Branch, handling: (event: string) => Handling) {
    const { rule } = branch.meta
    const actions = branch.actions
    this.index = index
    this.machine = m.id
    this.state = state
    this.event = event
    this.meta = branch.meta
    this.guard = branch.guard === undefined ? null : lookup(m.guards, branch.guard, rule)
    this.guardName = branch.guard ?? null
    this.target = branch.target ?? null
    this.refusal = actions.reduce<string | null>((last, a) => (a.type === 'refuse' ? qualified(m.pallet, a.params.error) : last), null)
    this.trap = actions.reduce<string | null>((last, a) => (a.type === 'trap' ? a.params.message : last), null)
    this.givesBack = branch.meta.pays === 'no'
    this.steps = actions.flatMap((a) => (a.type === 'effect' || a.type === 'send' ? [new TableStep(m, rule, a, handling)] : []))
    this.branch = branch
  }
}

/** Where a branch stands. */
interface Place {
  readonly state: string
  readonly event: string
}

/** An effect, or else something that is sent. */
export class TableStep {
  /** Null for what is sent. */
  readonly effect: Effect | null
  /** The effect's name, or the event that is sent. */
  readonly name: string
  readonly mode: SendMode
  /** Null for what is sent to the entity itself; `own` says how it handles that. */
  readonly route: Route | null
  readonly own: Handling
  readonly error: string | null

  constructor(
    m: Machine,
    rule: string,
    action: Extract<Action, { readonly type: 'effect' | 'send' }>,
    handling: (event: string) => Handling,
  ) {
    if (action.type === 'effect') {
      this.effect = lookup(m.effects, action.params.name, rule)
      this.name = action.params.name
      this.mode = 'must'
      this.route = null
      this.own = NOT_HANDLED
      this.error = null
    } else {
      const { mode, event, route, error } = action.params
      this.effect = null
      this.name = event
      this.mode = mode
      this.route = route === 'self' ? null : lookup(m.routes, route, rule)
      this.own = route === 'self' ? handling(event) : NOT_HANDLED
      this.error = error === undefined ? null : qualified(m.pallet, error)
    }
  }
}

function lookup<T>(names: Readonly<Record<string, T>> | undefined, name: string, where: string): T {
  const found = names?.[name]
  if (found === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `${where} names ${name}, which nobody defined`)
  return found
}

/** An error's full name: `Pallet.Error`, or as it is where the branch names the pallet or the error is no module's. */
const qualified = (pallet: string, error: string): string =>
  error.includes('.') ? error : frameErrors.has(error) ? error : `${pallet}.${error}`
const frameErrors = new Set([
  'BadOrigin',
  'CannotLookup',
  'Other',
  'ConsumerRemaining',
  'NoProviders',
  'TooManyConsumers',
  'Exhausted',
  'Corruption',
  'Unavailable',
])

/**
 * @throws Defect SPEC-NOT-TOTAL for a list that can fall through
 * @throws Defect SPEC-UNKNOWN-NAME for a guard, effect, route or target that is not defined
 */
export function compileTable(m: Machine, edition: Edition, register: (make: (index: number) => TableBranch) => TableBranch): Table {
  const { states } = m.config(edition)
  const events = new Map<string, Map<string, readonly TableBranch[]>>()
  const handling = (event: string): Map<string, readonly TableBranch[]> => {
    let found = events.get(event)
    if (found === undefined) events.set(event, (found = new Map<string, readonly TableBranch[]>()))
    return found
  }
  for (const [state, { on }] of Object.entries(states)) {
    for (const [event, list] of Object.entries(on)) {
      if (list.length === 0) continue
      const where = `${m.id}.${state}.${event}`
      if (list.findIndex((b) => b.guard === undefined) !== list.length - 1)
        throw new Defect('SPEC-NOT-TOTAL', `${where}: exactly the last branch must be unguarded at ${edition.name}`)
      handling(event).set(
        state,
        list.map((b) => {
          if (b.target !== undefined && !(b.target in states))
            throw new Defect('SPEC-UNKNOWN-NAME', `${b.meta.rule} targets state ${b.target}, which ${m.id} does not have`)
          return register((index) => new TableBranch(index, m, { state, event }, b, handling))
        }),
      )
    }
  }
  return { machine: m, events }
}
