import { Defect } from '../../spec/kernel/defect.js'
import type { Branch, Effect, Guard, Machine, RuleMeta, Route, SendMode } from '../../spec/kernel/machine.js'
import type { Edition } from '../../spec/kernel/version.js'

/**
 * A machine's config at an edition, flattened for speed. Compiled from the config and nothing else: names are replaced by
 * the functions that the machine defines for them.
 */
export interface Table {
  readonly machine: Machine
  /** state → event → branches in order; the last one is unguarded. */
  readonly lists: ReadonlyMap<string, ReadonlyMap<string, readonly TableBranch[]>>
}

export interface TableBranch {
  /** Position among all branches of the edition, for counting. */
  readonly index: number
  readonly machine: string
  readonly event: string
  readonly meta: RuleMeta
  readonly guard: Guard | null
  readonly guardName: string | null
  readonly target: string | null
  readonly refusal: string | null
  readonly trap: string | null
  readonly steps: readonly TableStep[]
  readonly branch: Branch
}
export type TableStep =
  | { readonly effect: Effect; readonly name: string }
  | { readonly effect: null; readonly mode: SendMode; readonly event: string; readonly route: Route | null; readonly error: string | null }

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
export function compileTable(m: Machine, edition: Edition, register: (branch: Omit<TableBranch, 'index'>) => TableBranch): Table {
  const { states } = m.config(edition)
  const lists = new Map<string, ReadonlyMap<string, readonly TableBranch[]>>()
  for (const [state, { on }] of Object.entries(states)) {
    const events = new Map<string, readonly TableBranch[]>()
    for (const [event, list] of Object.entries(on)) {
      if (list.length === 0) continue
      const where = `${m.id}.${state}.${event}`
      if (list.findIndex((b) => b.guard === undefined) !== list.length - 1)
        throw new Defect('SPEC-NOT-TOTAL', `${where}: exactly the last branch must be unguarded at ${edition.name}`)
      events.set(
        event,
        list.map((b) => {
          if (b.target !== undefined && !(b.target in states))
            throw new Defect('SPEC-UNKNOWN-NAME', `${b.meta.rule} targets state ${b.target}, which ${m.id} does not have`)
          return register(flatten(m, event, b))
        }),
      )
    }
    lists.set(state, events)
  }
  return { machine: m, lists }
}

function flatten(m: Machine, event: string, b: Branch): Omit<TableBranch, 'index'> {
  const { rule } = b.meta
  let refusal: string | null = null
  let trap: string | null = null
  const steps: TableStep[] = []
  for (const a of b.actions) {
    if (a.type === 'refuse') refusal = qualified(m.pallet, a.params.error)
    else if (a.type === 'trap') trap = a.params.message
    else if (a.type === 'effect') steps.push({ effect: lookup(m.effects, a.params.name, rule), name: a.params.name })
    else if (a.type === 'send') {
      const { mode, event: sent, route, error } = a.params
      steps.push({
        effect: null,
        mode,
        event: sent,
        route: route === 'self' ? null : lookup(m.routes, route, rule),
        error: error === undefined ? null : qualified(m.pallet, error),
      })
    }
  }
  return {
    machine: m.id,
    event,
    meta: b.meta,
    guard: b.guard === undefined ? null : lookup(m.guards, b.guard, rule),
    guardName: b.guard ?? null,
    target: b.target ?? null,
    refusal,
    trap,
    steps,
    branch: b,
  }
}
