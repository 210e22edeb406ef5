import type { CallType } from '../../spec/kernel/call.js'
import type { RulePlace, SpecView } from './view.js'
import { words } from './words.js'

/** All that a call can lead to: its own branches, and those of the stages that these send. */
export interface Reach {
  /** Error's full name → the rules that give it, the call's own first. A swallowed refusal is none. */
  readonly errors: ReadonlyMap<string, readonly RulePlace[]>
  readonly traps: readonly RulePlace[]
  readonly events: readonly string[]
  readonly writes: readonly string[]
  /** The stages, as `machine @event`, nearest first. */
  readonly stages: readonly (readonly [machine: string, event: string])[]
  readonly givesFeeBack: boolean
}

const reaches = new WeakMap<SpecView, Map<string, Reach>>()

export function reachOf(view: SpecView, call: CallType): Reach {
  let known = reaches.get(view)
  if (known === undefined) reaches.set(view, (known = new Map<string, Reach>()))
  let reach = known.get(call.fullName)
  if (reach === undefined) known.set(call.fullName, (reach = walk(view, call)))
  return reach
}

interface Visit {
  readonly machine: string
  readonly event: string
  /** True when a refusal here refuses the call. */
  readonly counts: boolean
}

function walk(view: SpecView, call: CallType): Reach {
  const errors = new Map<string, RulePlace[]>()
  const traps: RulePlace[] = []
  const [events, writes] = [new Set<string>(), new Set<string>()]
  const stages: (readonly [string, string])[] = []
  const own: readonly Visit[] = view.handlersOf(call).map(({ machine, event }) => ({ machine, event, counts: true }))
  const queue: Visit[] = [{ machine: 'origin', event: `@${call.origin}`, counts: true }, ...own]
  const seen = new Set<string>()
  let givesFeeBack = false
  for (let visit = queue.shift(); visit !== undefined; visit = queue.shift()) {
    const { machine, event, counts } = visit
    const key = `${machine} ${event} ${counts}`
    if (seen.has(key) || (!counts && seen.has(`${machine} ${event} true`))) continue
    seen.add(key)
    if (event.startsWith('@') && machine !== 'origin' && !stages.some(([m, e]) => m === machine && e === event))
      stages.push([machine, event])
    for (const { states, branches } of view.machine(machine).handlers.find((h) => h.event === event)?.lists ?? [])
      for (const branch of branches) {
        const place: RulePlace = { machine, event, states, branch }
        if (branch.outcome === 'trap') traps.push(place)
        if (branch.outcome === 'refuse' && counts) {
          const list = errors.get(branch.error!)
          if (list === undefined) errors.set(branch.error!, [place])
          else if (!list.some((p) => p.branch.rule === branch.rule)) list.push(place)
        }
        if (branch.meta.pays === 'no') givesFeeBack = true
        for (const step of branch.steps) {
          if (step.kind === 'effect') {
            for (const name of step.emits) events.add(name)
            for (const name of step.writes) writes.add(name)
          } else {
            if (step.mode === 'all' && step.error !== null && counts) {
              const full = step.error.includes('.') ? step.error : `${view.machine(machine).machine.pallet}.${step.error}`
              errors.set(full, [...(errors.get(full) ?? []), place])
            }
            for (const to of step.to) queue.push({ machine: to, event: step.event, counts: counts && step.mode === 'must' })
          }
        }
      }
  }
  return { errors, traps, events: [...events].sort(), writes: [...writes].sort(), stages, givesFeeBack }
}

/** Why a rule gives an error, in words: its guard, or the state that there is nothing to ask in. */
export function reasonOf(view: SpecView, { machine, states, branch }: RulePlace): string {
  if (branch.outcome === 'accept') return 'something that it tries is refused'
  if (branch.guard !== null) return words(branch.guard)
  if (branch.meta.says !== undefined) return branch.meta.says
  return states.length < view.machine(machine).states.length ? `${words(machine)} is ${states.map(words).join(' or ')}` : 'always'
}
