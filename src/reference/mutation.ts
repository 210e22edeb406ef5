import { Defect } from '../../spec/kernel/defect.js'
import type { Action, Branch, Guard, Machine } from '../../spec/kernel/machine.js'

/**
 * A fault planted into the spec, from its own structure: what a suite that is worth something must find.
 *
 * - `RULE:drop NAME` leaves out an effect, or the send of an internal event (`@freeIps`)
 * - `RULE:negate` turns the branch's guard around
 * - `RULE:never` takes the branch away
 */
export interface Mutation {
  readonly rule: string
  readonly kind: 'drop' | 'negate' | 'never'
  readonly name?: string
}

/** @throws Defect SPEC-UNKNOWN-NAME when the text is no mutation */
export function parseMutation(text: string): Mutation {
  const match = /^([A-Z0-9-]+):(?:(drop) (\S+)|(negate|never))$/.exec(text)
  if (match === null)
    throw new Defect(
      'SPEC-UNKNOWN-NAME',
      `${text} is no fault: write RULE:drop NAME, RULE:negate or RULE:never, such as SC-REMOVE-2:drop @freeIps`,
    )
  const [, rule = '', , name, kind] = match
  return name === undefined ? { rule, kind: kind as 'negate' | 'never' } : { rule, kind: 'drop', name }
}

const nameOf = (action: Action): string | undefined =>
  action.type === 'effect' ? action.params.name : action.type === 'send' ? action.params.event : undefined

/**
 * The machines with one fault planted.
 * @throws Defect SPEC-UNKNOWN-NAME when the rule, or what it shall drop, does not exist, or the fault cannot stand there
 */
export function mutate(machines: readonly Machine[], mutation: Mutation): readonly Machine[] {
  let planted = false
  const plant = (b: Branch): readonly Branch[] => {
    if (b.meta.rule !== mutation.rule) return [b]
    if (mutation.kind === 'drop') {
      const actions = b.actions.filter((a) => nameOf(a) !== mutation.name)
      planted ||= actions.length < b.actions.length
      return [{ ...b, actions }]
    }
    // The last branch of a list has no guard and cannot go.
    if (b.guard === undefined) return [b]
    planted = true
    return mutation.kind === 'never' ? [] : [{ ...b, guard: `not ${b.guard}` }]
  }
  const mutants = machines.map((m): Machine => {
    const config: Machine['config'] = (edition) => {
      const { states, ...rest } = m.config(edition)
      const mutated = Object.entries(states).map(
        ([state, { on }]) =>
          [state, { on: Object.fromEntries(Object.entries(on).map(([event, list]) => [event, list.flatMap(plant)])) }] as const,
      )
      return { ...rest, states: Object.fromEntries(mutated) }
    }
    const negated = Object.entries(m.guards).map(([name, guard]): [string, Guard] => [`not ${name}`, (s) => !guard(s)])
    return { ...m, guards: { ...m.guards, ...Object.fromEntries(negated) }, config }
  })
  for (const m of mutants) m.config({ name: 'any', version: Infinity, quirks: new Set() })
  if (!planted)
    for (const m of machines)
      for (const on of Object.values(m.states))
        Object.values(on)
          .flat()
          .forEach((b) => plant(b))
  if (!planted)
    throw new Defect(
      'SPEC-UNKNOWN-NAME',
      `nothing to ${mutation.kind}${mutation.name === undefined ? '' : ` ${mutation.name}`} in rule ${mutation.rule}`,
    )
  return mutants
}
