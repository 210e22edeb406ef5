import type { Branch, Machine } from '../../spec/kernel/machine.js'
import type { Edition } from '../../spec/kernel/version.js'
import { machines } from '../../spec/machines.js'
import { branchText } from './places.js'

/** A list of branches that is not the same at two editions. */
export interface ListDiff {
  readonly machine: string
  readonly state: string
  readonly event: string
  /** Rules that only the first edition has, and only the second, in words. */
  readonly only: readonly (readonly string[])[]
  /** True when the same rules stand in another order. */
  readonly isReordered: boolean
}
export interface EditionDiff {
  readonly from: string
  readonly to: string
  readonly lists: readonly ListDiff[]
  /** Quirks that only one of the two has on. Some work inside an effect and change no list. */
  readonly quirks: readonly (readonly string[])[]
}

/** The rules that differ between two editions. */
export function diffEditions(a: Edition, b: Edition, spec: readonly Machine[] = machines): EditionDiff {
  const lists = spec.flatMap((machine) => {
    const [before, after] = [machine.config(a).states, machine.config(b).states]
    return Object.entries(machine.states).flatMap(([state, on]) =>
      Object.keys(on).flatMap((event) => {
        const found = diffLists(machine, before[state]?.on[event] ?? [], after[state]?.on[event] ?? [])
        return found === undefined ? [] : [{ machine: machine.id, state, event, ...found }]
      }),
    )
  })
  const missing = (some: Edition, other: Edition): readonly string[] => [...some.quirks].filter((id) => !other.quirks.has(id)).sort()
  return { from: a.name, to: b.name, lists: merged(lists), quirks: [missing(a, b), missing(b, a)] }
}

function diffLists(
  machine: Machine,
  before: readonly Branch[],
  after: readonly Branch[],
): Pick<ListDiff, 'only' | 'isReordered'> | undefined {
  const text = (branch: Branch): string => branchText(machine, branch)
  const [left, right] = [before.map(text), after.map(text)]
  const only = [left.filter((one) => !right.includes(one)), right.filter((one) => !left.includes(one))]
  const [kept, keptToo] = [left.filter((one) => right.includes(one)), right.filter((one) => left.includes(one))]
  const isReordered = kept.join() !== keptToo.join()
  return only.some((some) => some.length > 0) || isReordered ? { only, isReordered } : undefined
}

/** The same list in several states is told once. */
function merged(lists: readonly ListDiff[]): readonly ListDiff[] {
  const byText = new Map<string, ListDiff>()
  for (const one of lists) {
    const key = JSON.stringify([one.machine, one.event, one.only, one.isReordered])
    const known = byText.get(key)
    byText.set(key, known === undefined ? one : { ...known, state: `${known.state}, ${one.state}` })
  }
  return [...byText.values()]
}
