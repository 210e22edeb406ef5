import type { Edition } from '../../spec/kernel/version.js'
import type { Action, Branch, Machine } from '../../spec/kernel/machine.js'
import { machines } from '../../spec/machines.js'
import type { Mutation } from '../../src/reference/mutation.js'

/** One fault of the matrix: planted into the machines, or a quirk switched over. */
export interface Mutant {
  /** `SC-CANCEL-2:negate`, `SC-REMOVE-2:drop @freeIps`, `flip Q-MINT-LOST`. */
  readonly id: string
  readonly mutation?: Mutation
  readonly flips?: string
  /** The rules of which one decides wherever the fault can show. Empty: it may show anywhere. */
  readonly near: ReadonlySet<string>
}

const nameOf = (action: Action): string | undefined =>
  action.type === 'effect' ? action.params.name : action.type === 'send' ? action.params.event : undefined

/**
 * Every fault that the spec's own structure gives at an edition, none sampled: each effect and each send of a branch left out,
 * each guard negated, each guarded branch taken away, each quirk switched over.
 */
export function allMutants(edition: Edition, spec: readonly Machine[] = machines): readonly Mutant[] {
  const mutants = new Map<string, Mutant & { readonly near: Set<string> }>()
  const add = (mutation: Mutation, near: Iterable<string>): void => {
    const { rule, kind, name } = mutation
    const id = `${rule}:${kind}${name === undefined ? '' : ` ${name}`}`
    const known = mutants.get(id)
    // A rule may stand in several states' lists: it is one rule, and mutated everywhere.
    if (known === undefined) mutants.set(id, { id, mutation, near: new Set(near) })
    else for (const other of near) known.near.add(other)
  }
  const silent = silentEvents(edition, spec)
  for (const m of spec)
    for (const { on } of Object.values(m.config(edition).states))
      for (const [event, list] of Object.entries(on))
        for (const [i, { guard, actions, meta }] of silent.has(event) ? [] : list.entries()) {
          for (const action of actions) {
            const name = nameOf(action)
            if (name !== undefined) add({ rule: meta.rule, kind: 'drop', name }, [meta.rule])
          }
          if (guard === undefined) continue
          add({ rule: meta.rule, kind: 'never' }, [meta.rule])
          add(
            { rule: meta.rule, kind: 'negate' },
            list.slice(i).map(({ meta: { rule } }) => rule),
          )
        }
  const flips = [...edition.quirks].map((id): Mutant => ({ id: `flip ${id}`, flips: id, near: new Set() }))
  return [...mutants.values(), ...flips]
}

const sentBy = (list: readonly Branch[]): readonly string[] =>
  list.flatMap(({ actions }) => actions.flatMap((action) => (action.type === 'send' ? [action.params.event] : [])))

/** Internal events that branches send, and none that stands at the edition: their lists belong to other editions. */
function silentEvents(edition: Edition, spec: readonly Machine[]): ReadonlySet<string> {
  const ever = spec.flatMap(({ states }) => Object.values(states).flatMap((on) => Object.values(on).flatMap(sentBy)))
  const now = new Set(spec.flatMap((m) => Object.values(m.config(edition).states).flatMap(({ on }) => Object.values(on).flatMap(sentBy))))
  return new Set(ever.filter((event) => !now.has(event)))
}
