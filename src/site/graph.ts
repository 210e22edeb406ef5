import type { BranchView, Handler, MachineView } from './view.js'
import { words } from './words.js'

/** A machine as a picture: boxes and arrows with lines of text, before anybody knows where they stand. */

/** `plain` shows what changes and which calls are accepted; `full` every stage and every refusal. */
export type Detail = 'plain' | 'full'

export interface Line {
  readonly kind: 'call' | 'stage' | 'refusal' | 'more'
  readonly text: string
  /** Rule ids, in smaller letters. */
  readonly rules: readonly string[]
  /** The event whose branches the line stands for; empty for `more`. */
  readonly event: string
}
export interface Box {
  readonly state: string
  readonly isBeginning: boolean
  readonly lines: readonly Line[]
}
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly lines: readonly Line[]
  /** Only seen in replays: the machine does not say where its effects lead. */
  readonly isSeen: boolean
}
export interface Graph {
  readonly title: string
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

const mostLines: Readonly<Record<Detail, number>> = { plain: 7, full: 40 }
const mostRules = 3

/** Where a branch leads from a state: what it declares, else what its own effects (a stage) or all of it (a call) were seen to do. */
function targetsOf(
  { learnt, id }: MachineView,
  { call }: Handler,
  branch: BranchView,
  state: string,
): readonly { readonly to: string; readonly isSeen: boolean }[] {
  if (branch.outcome !== 'accept') return []
  if (branch.target !== null) return [{ to: branch.target, isSeen: false }]
  const own = branch.steps.flatMap((step) => (step.kind === 'effect' ? learnt.ownMoves(`${id} ${step.name}`) : []))
  const moves = call === null ? own : [...own, ...learnt.moves(branch.rule)]
  const to = [...new Set(moves.filter(({ from }) => from === state).map((move) => move.to))].sort()
  return to.length === 0 ? [{ to: state, isSeen: false }] : to.map((one) => ({ to: one, isSeen: true }))
}

interface Collected {
  readonly line: Line
  readonly rules: Set<string>
}
class Lines {
  private readonly byKey = new Map<string, Collected>()
  add(kind: Line['kind'], event: string, text: string, rule: string): void {
    const key = `${kind} ${text}`
    const known = this.byKey.get(key)
    if (known === undefined) this.byKey.set(key, { line: { kind, text, rules: [], event }, rules: new Set([rule]) })
    else known.rules.add(rule)
  }
  /** Calls first, then stages, then refusals, no more than fit. */
  list(most: number, what: string): readonly Line[] {
    const order = ['call', 'stage', 'refusal']
    const all = [...this.byKey.values()]
      .map(({ line, rules }) => ({ ...line, rules: [...rules] }))
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    if (all.length <= most) return all
    return [...all.slice(0, most - 1), { kind: 'more', text: `and ${all.length - most + 1} more ${what}`, rules: [], event: '' }]
  }
}

export function graphOf(view: MachineView, detail: Detail): Graph {
  const arrows = new Map<string, { readonly from: string; readonly to: string; readonly lines: Lines; isSeen: boolean }>()
  const inside = new Map(view.states.map((state) => [state, new Lines()]))
  const stays = new Map(view.states.map((state) => [state, { stages: new Set<string>(), refusals: new Set<string>() }]))
  for (const handler of view.handlers)
    for (const { states, branches } of handler.lists)
      for (const state of states)
        for (const branch of branches) {
          const kind = handler.call === null ? 'stage' : 'call'
          const text = handler.call === null ? words(handler.event) : handler.event
          if (branch.outcome !== 'accept') {
            if (detail === 'full')
              inside
                .get(state)!
                .add('refusal', handler.event, `${text}: ${branch.outcome === 'trap' ? 'traps' : short(branch.error!)}`, branch.rule)
            else stays.get(state)!.refusals.add(branch.rule)
          }
          for (const { to, isSeen } of targetsOf(view, handler, branch, state)) {
            if (to === state && kind === 'stage' && detail === 'plain') stays.get(state)!.stages.add(handler.event)
            else if (to === state) inside.get(state)!.add(kind, handler.event, text, branch.rule)
            else {
              const key = `${state} ${to}`
              let arrow = arrows.get(key)
              if (arrow === undefined) arrows.set(key, (arrow = { from: state, to, lines: new Lines(), isSeen: true }))
              arrow.isSeen &&= isSeen
              arrow.lines.add(kind, handler.event, text, branch.rule)
            }
          }
        }
  const most = mostLines[detail]
  return {
    title: view.id,
    boxes: view.states.map((state) => ({
      state,
      isBeginning: state === 'absent',
      lines: [...inside.get(state)!.list(detail === 'plain' ? 10 : 60, 'lines'), ...folded(stays.get(state)!, detail)],
    })),
    arrows: [...arrows.values()].map(({ from, to, lines, isSeen }) => ({ from, to, lines: lines.list(most, 'ways'), isSeen })),
  }
}

const folded = (
  { stages, refusals }: { readonly stages: ReadonlySet<string>; readonly refusals: ReadonlySet<string> },
  detail: Detail,
): readonly Line[] => {
  if (detail === 'full') return []
  const parts = [
    ...(stages.size === 0 ? [] : [`${stages.size} ${stages.size === 1 ? 'stage' : 'stages'}`]),
    ...(refusals.size === 0 ? [] : [`${refusals.size} ${refusals.size === 1 ? 'refusal' : 'refusals'}`]),
  ]
  return parts.length === 0 ? [] : [{ kind: 'more', text: `folded: ${parts.join(', ')}`, rules: [], event: '' }]
}

/** An error without its pallet. */
export const short = (error: string): string => error.slice(error.lastIndexOf('.') + 1)

/** A line's rules as they are written behind it. */
export const rulesText = ({ rules }: Line): string =>
  rules.length <= mostRules ? rules.join(' ') : `${rules.slice(0, mostRules - 1).join(' ')} +${rules.length - mostRules + 1}`
