import { createMachine, transition, type AnyMachineSnapshot } from 'xstate'
import { Defect } from '../kernel/defect.js'
import { standsAt, type Branch, type RuleMeta } from '../kernel/machine.js'
import type { Edition } from '../kernel/version.js'

/**
 * Machines of what is not on the chain: a ledger as the bridge sees it, a daemon.
 *
 * Config, rules, quirks and totality are the kernel's own (`accept`, `refuse`), so pictures and comparisons work alike. Two
 * things differ, and they are why these are no pallet machines: the state is stored (a program stands at a point, it is not
 * a function of storage), and nothing rolls back (a daemon that dies between two effects keeps the first). See ADR 9.
 */
export interface ActorSpec<C, S extends string = string> {
  readonly id: string
  readonly says: string
  readonly states: Readonly<Record<S, Readonly<Record<string, readonly Branch[]>>>>
  readonly guards: Readonly<Record<string, (c: C) => boolean>>
  readonly effects: Readonly<Record<string, (c: C) => void>>
}

/** Whose state an actor machine moves. */
export interface HasState {
  state: string
}

interface Row<C> {
  readonly meta: RuleMeta
  readonly guard: ((c: C) => boolean) | null
  readonly target: string | null
  readonly refusal: string | null
  readonly effects: readonly ((c: C) => void)[]
}

/** An actor machine at an edition, as a table. */
export class Actor<C extends HasState> {
  readonly spec: ActorSpec<C>
  readonly edition: Edition
  /** How often each rule decided. */
  readonly hits = new Map<string, number>()
  /** Quirks whose branches decided since the set was emptied. */
  readonly quirks = new Set<string>()
  private readonly lists: ReadonlyMap<string, ReadonlyMap<string, readonly Row<C>[]>>

  /** @throws Defect SPEC-NOT-TOTAL, SPEC-UNKNOWN-NAME */
  constructor(spec: ActorSpec<C>, edition: Edition) {
    this.spec = spec
    this.edition = edition
    const lists = new Map<string, Map<string, readonly Row<C>[]>>()
    for (const [state, { on }] of Object.entries(configOf(spec, edition).states))
      lists.set(state, new Map(Object.entries(on).map(([event, list]) => [event, rowsOf(spec, `${state}.${event}`, list)])))
    for (const rows of lists.values())
      for (const list of rows.values())
        for (const { target, meta } of list)
          if (target !== null && !lists.has(target)) throw new Defect('SPEC-UNKNOWN-NAME', `${meta.rule} targets ${target}`)
    this.lists = lists
  }

  /**
   * Delivers an event: the first branch whose guard holds refuses, or carries out its effects and moves.
   * @returns the refusal's name, null when accepted
   * @throws Defect SPEC-UNHANDLED when the state does not know the event
   */
  deliver(c: C, event: string): string | null {
    const list = this.lists.get(c.state)?.get(event)
    if (list === undefined) throw new Defect('SPEC-UNHANDLED', `${this.spec.id} in state ${c.state} has no branches for ${event}`)
    const row = list.find(({ guard }) => guard === null || guard(c))!
    const { rule, quirk } = row.meta
    this.hits.set(rule, (this.hits.get(rule) ?? 0) + 1)
    if (quirk !== undefined) this.quirks.add(quirk)
    if (row.refusal !== null) return row.refusal
    if (row.target !== null) c.state = row.target
    for (const effect of row.effects) effect(c)
    return null
  }
}

/** The XState config at an edition. */
export const configOf = <C>(spec: ActorSpec<C>, edition: Edition) => ({
  id: spec.id,
  initial: Object.keys(spec.states)[0]!,
  states: Object.fromEntries(
    Object.entries<Readonly<Record<string, readonly Branch[]>>>(spec.states).map(([state, on]) => [
      state,
      { on: Object.fromEntries(Object.entries(on).map(([event, list]) => [event, list.filter((b) => standsAt(edition, b.meta))])) },
    ]),
  ),
})

/** What XState's own interpreter does with an event: for the property that holds table and XState equal. */
export function chosenByXState<C extends HasState>(
  { spec, edition }: Actor<C>,
  c: C,
  event: string,
): { readonly rule: string; readonly target: string } {
  const guards = Object.fromEntries(
    Object.entries(spec.guards).map(([name, guard]) => [name, ({ context }: { context: C }) => guard(context)]),
  )
  const machine = createMachine(configOf(spec, edition) as never, { guards } as never)
  const snapshot = machine.resolveState({ value: c.state, context: c }) as AnyMachineSnapshot
  const [next, actions] = transition(machine, snapshot as never, { type: event }) as unknown as [
    AnyMachineSnapshot,
    readonly { params: unknown }[],
  ]
  return { rule: (actions[0]?.params as { readonly id: string }).id, target: next.value as string }
}

function rowsOf<C>(spec: ActorSpec<C>, where: string, list: readonly Branch[]): readonly Row<C>[] {
  if (list.findIndex((b) => b.guard === undefined) !== list.length - 1)
    throw new Defect('SPEC-NOT-TOTAL', `${spec.id}.${where}: exactly the last branch must be unguarded`)
  const named = <T>(names: Readonly<Record<string, T>>, name: string): T => {
    const found = names[name]
    if (found === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `${spec.id}.${where} names ${name}, which nobody defined`)
    return found
  }
  return list.map((b) => {
    let refusal: string | null = null
    const effects: ((c: C) => void)[] = []
    for (const a of b.actions) {
      if (a.type === 'refuse') refusal = a.params.error
      else if (a.type === 'effect') effects.push(named(spec.effects, a.params.name))
    }
    return { meta: b.meta, guard: b.guard === undefined ? null : named(spec.guards, b.guard), target: b.target ?? null, refusal, effects }
  })
}
