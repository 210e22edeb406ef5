import type { Action, Branch, Machine } from '../../spec/kernel/machine.js'
import type { Edition } from '../../spec/kernel/version.js'
import { machines } from '../../spec/machines.js'
import { mutate } from '../../src/reference/mutation.js'
import { canonical } from '../../src/fixtures/json.js'
import type { Mutant } from './list.js'

type Lists = ReadonlyMap<string, readonly Branch[]>

/**
 * Tells mutants that are the same spec, by structure alone: nothing can kill them.
 *
 * Two specs are the same when their lists have the same normal form. It leaves out the names of rules, the states that branches
 * lead to, sends to lists in which no branch does anything, and a branch before the last that does what the last one does.
 * A state is read from storage: that a branch leads to one says what its effects make of the entity, and does nothing itself.
 */
export function equivalence(edition: Edition, spec: readonly Machine[] = machines): (mutant: Mutant) => boolean {
  const original = listsOf(spec, edition)
  const inert = inertEvents(original)
  const normal = new Map([...original].map(([place, list]) => [place, formOf(list, inert)]))
  // A rule stands in one machine nearly always: only there the fault changes anything.
  const machinesOf = new Map<string, Set<Machine>>()
  for (const m of spec)
    for (const on of Object.values(m.states))
      for (const { meta } of Object.values(on).flat()) machinesOf.set(meta.rule, (machinesOf.get(meta.rule) ?? new Set()).add(m))
  return ({ mutation }) => {
    if (mutation === undefined) return false
    for (const [place, list] of listsOf(mutate([...(machinesOf.get(mutation.rule) ?? [])], mutation), edition))
      if (formOf(list, inert) !== normal.get(place)) return false
    return true
  }
}

const listsOf = (spec: readonly Machine[], edition: Edition): Lists =>
  new Map(
    spec.flatMap((m) =>
      Object.entries(m.config(edition).states).flatMap(([state, { on }]) =>
        Object.entries(on).map(([event, list]) => [`${m.id} ${state} ${event}`, list] as const),
      ),
    ),
  )

/** Events whose receivers, whatever they decide, do nothing and refuse nothing. */
function inertEvents(lists: Lists): ReadonlySet<string> {
  const busy = new Set<string>()
  const known = new Set<string>()
  for (const [place, list] of lists) {
    const event = place.slice(place.lastIndexOf(' ') + 1)
    known.add(event)
    if (list.some(({ actions, meta }) => meta.pays !== undefined || actions.some(({ type }) => type !== 'rule'))) busy.add(event)
  }
  return new Set([...known].filter((event) => !busy.has(event)))
}

function formOf(list: readonly Branch[], inert: ReadonlySet<string>): string {
  const does = (action: Action): boolean => action.type !== 'rule' && !(action.type === 'send' && inert.has(action.params.event))
  const branches = list.map(({ guard, actions, meta: { pays } }) => ({
    guard: guard ?? null,
    what: canonical({ pays: pays ?? null, actions: actions.filter(does) }),
  }))
  while (branches.length > 1 && branches.at(-1)!.what === branches.at(-2)!.what) branches.splice(-2, 1)
  return canonical(branches)
}
