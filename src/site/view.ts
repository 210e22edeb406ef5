import { callTypes, type CallType } from '../../spec/kernel/call.js'
import type { Branch, Machine, RuleMeta, SendMode } from '../../spec/kernel/machine.js'
import type { Edition } from '../../spec/kernel/version.js'
import { machines } from '../../spec/machines.js'
import { describes } from '../../spec/versions/editions.js'
import { Interpreter } from '../reference/interpreter.js'
import type { TableBranch } from '../reference/table.js'
import { noLearnt, type Learnt } from './learnt.js'

/** The spec at an edition, as pages and pictures show it: names resolved, equal lists of branches put together. */

export interface SendView {
  readonly kind: 'send'
  readonly mode: SendMode
  readonly event: string
  readonly route: string
  readonly error: string | null
  /** The machines that receive it; empty where a call of any pallet is dispatched. */
  readonly to: readonly string[]
}
export interface EffectView {
  readonly kind: 'effect'
  readonly name: string
  /** Events and storage items: what the code names, and what replays saw. */
  readonly emits: readonly string[]
  readonly writes: readonly string[]
}
export type StepView = SendView | EffectView

export interface BranchView {
  readonly rule: string
  readonly meta: RuleMeta
  readonly guard: string | null
  readonly outcome: 'accept' | 'refuse' | 'trap'
  /** The full name of the error, or the words of the trap. */
  readonly error: string | null
  readonly target: string | null
  readonly steps: readonly StepView[]
}

/** The branches of an event in states that answer it alike. */
export interface BranchList {
  readonly states: readonly string[]
  readonly branches: readonly BranchView[]
}
export interface Handler {
  readonly machine: string
  readonly event: string
  /** A call from outside, or a stage that a rule or a block sends. */
  readonly call: CallType | null
  readonly lists: readonly BranchList[]
}
export interface MachineView {
  readonly machine: Machine
  readonly id: string
  readonly states: readonly string[]
  readonly handlers: readonly Handler[]
  /** Rule → states that it was seen to lead to, from which. */
  readonly learnt: Learnt
}
export interface RulePlace {
  readonly machine: string
  readonly event: string
  readonly states: readonly string[]
  readonly branch: BranchView
}
export interface SpecView {
  readonly edition: Edition
  readonly machines: readonly MachineView[]
  readonly machine: (id: string) => MachineView
  readonly rules: ReadonlyMap<string, RulePlace>
  readonly calls: readonly CallType[]
  /** The handlers of a call: one machine's, as a rule. */
  readonly handlersOf: (call: CallType) => readonly Handler[]
}

export function viewOf(edition: Edition, learnt: Learnt = noLearnt): SpecView {
  const { branches } = new Interpreter(machines, edition)
  const table = new Map<string, ReadonlyMap<Branch, TableBranch>>()
  for (const { id } of machines) table.set(id, new Map(branches.filter((b) => b.machine === id).map((b) => [b.branch, b])))
  const handles = new Map<string, string[]>()
  for (const m of machines) for (const event of eventsOf(m, edition)) handles.set(event, [...(handles.get(event) ?? []), m.id])
  const views = machines.map((m) => machineView(m, edition, table.get(m.id)!, handles, learnt))
  const byId = new Map(views.map((view) => [view.id, view]))
  const rules = new Map<string, RulePlace>()
  for (const { id, handlers } of views)
    for (const { event, lists } of handlers)
      for (const { states, branches: list } of lists)
        for (const branch of list) if (!rules.has(branch.rule)) rules.set(branch.rule, { machine: id, event, states, branch })
  const byCall = new Map<CallType, Handler[]>()
  for (const handler of views.flatMap(({ handlers }) => handlers))
    if (handler.call !== null) byCall.set(handler.call, [...(byCall.get(handler.call) ?? []), handler])
  return {
    edition,
    machines: views,
    machine: (id) => byId.get(id)!,
    rules,
    calls: [...callTypes.values()].filter((type) => describes(edition, type)).sort((a, b) => (a.fullName < b.fullName ? -1 : 1)),
    handlersOf: (call) => byCall.get(call) ?? [],
  }
}

const eventsOf = (m: Machine, edition: Edition): ReadonlySet<string> =>
  new Set(Object.values(m.config(edition).states).flatMap(({ on }) => Object.keys(on)))

function machineView(
  m: Machine,
  edition: Edition,
  table: ReadonlyMap<Branch, TableBranch>,
  handles: ReadonlyMap<string, readonly string[]>,
  learnt: Learnt,
): MachineView {
  const { states } = m.config(edition)
  const seen = new Map<Branch, BranchView>()
  const branchView = (b: Branch): BranchView => {
    let view = seen.get(b)
    if (view === undefined) seen.set(b, (view = flatten(m, b, table.get(b)!, handles, learnt)))
    return view
  }
  const handlers = [...eventsOf(m, edition)].map((event): Handler => {
    const lists: { states: string[]; branches: BranchView[] }[] = []
    for (const [state, { on }] of Object.entries(states)) {
      const branches = (on[event] ?? []).map(branchView)
      if (branches.length === 0) continue
      const same = lists.find((l) => l.branches.length === branches.length && l.branches.every((b, i) => b === branches[i]))
      if (same === undefined) lists.push({ states: [state], branches })
      else same.states.push(state)
    }
    return { machine: m.id, event, call: callOf(m, event), lists }
  })
  return { machine: m, id: m.id, states: Object.keys(states), handlers: handlers.filter(({ lists }) => lists.length > 0), learnt }
}

/** The call that an event is, null for a stage. A machine of another pallet may decide about a pallet's call. */
function callOf(m: Machine, event: string): CallType | null {
  if (event.startsWith('@')) return null
  const named = [...callTypes.values()].filter(({ name }) => name === event)
  return callTypes.get(`${m.pallet}.${event}`) ?? (named.length === 1 ? named[0]! : null)
}

function flatten(m: Machine, b: Branch, row: TableBranch, handles: ReadonlyMap<string, readonly string[]>, learnt: Learnt): BranchView {
  const steps = row.branch.actions.flatMap((a): StepView[] => {
    if (a.type === 'effect') {
      const code = String(m.effects[a.params.name])
      const key = `${m.id} ${a.params.name}`
      return [{ kind: 'effect', name: a.params.name, emits: learnt.emits(key, code), writes: learnt.writes(key) }]
    }
    if (a.type !== 'send') return []
    const { mode, event, route, error } = a.params
    const able = handles.get(event) ?? []
    const seenAt = learnt.receivers(`${m.id} ${route}`).filter((id) => able.includes(id))
    return [
      {
        kind: 'send',
        mode,
        event,
        route,
        error: error ?? null,
        to: route === 'self' ? [m.id] : able.length > 1 && seenAt.length > 0 ? seenAt : able,
      },
    ]
  })
  return {
    rule: b.meta.rule,
    meta: b.meta,
    guard: b.guard ?? null,
    outcome: row.refusal !== null ? 'refuse' : row.trap !== null ? 'trap' : 'accept',
    error: row.refusal ?? row.trap,
    target: row.target,
    steps,
  }
}
