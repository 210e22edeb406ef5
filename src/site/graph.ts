import { Lines } from './lines.js'
import type { BranchView, Handler, MachineView } from './view.js'
import { words } from './words.js'

/** A machine as a picture: boxes and arrows with lines of text, before anybody knows where they stand. */

/** `plain` shows what changes and which calls are accepted; `full` every stage and every refusal. */
export type Detail = 'plain' | 'full'

/** A rule that a line stands for, in a state. */
export interface Way {
  readonly state: string
  readonly rule: string
  /** In this state the rule leads to several states, so that its hits are no arrow's alone. */
  readonly isSplit: boolean
}
export interface Line {
  readonly kind: 'call' | 'stage' | 'refusal' | 'more'
  readonly text: string
  readonly ways: readonly Way[]
  /** The event whose branches the line stands for; empty for `more`. */
  readonly event: string
}
export interface Box {
  /** Unique in its picture: the state's name, but for the second box of `absent` and the frame. */
  readonly id: string
  readonly state: string
  /** What is written on it. */
  readonly title: string
  /** Where a life begins or ends: nothing is stored. */
  readonly isNothing: boolean
  readonly lines: readonly Line[]
}
export interface Arrow {
  /** One state; all that the frame holds where it begins at the frame. */
  readonly from: readonly string[]
  readonly to: string
  /** The boxes between which it is drawn. */
  readonly begin: string
  readonly end: string
  readonly lines: readonly Line[]
  /** Only seen in replays: the machine does not say where its effects lead. */
  readonly isSeen: boolean
}
export interface Graph {
  readonly title: string
  readonly boxes: readonly Box[]
  /** A box around the states in which something exists: what all of them have in common is drawn once. */
  readonly frame?: Box
  readonly arrows: readonly Arrow[]
}

const mostOnArrow: Readonly<Record<Detail, number>> = { plain: 7, full: 40 }
const mostInBox: Readonly<Record<Detail, number>> = { plain: 10, full: 60 }
const mostRules = 3
const nothing = 'absent'
const frameId = 'exists'

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

interface Drawn {
  readonly from: string
  readonly to: string
  readonly lines: Lines
  isSeen: boolean
}
interface Inside {
  readonly lines: Lines
  readonly stages: Set<string>
  readonly refusals: Set<string>
}

export function graphOf(view: MachineView, detail: Detail): Graph {
  const { inside, arrows } = collect(view, detail)
  const returns = arrows.some(({ from }) => from === nothing) && arrows.some(({ to }) => to === nothing)
  const living = view.states.filter((state) => state !== nothing)
  const exits = living.map((state) => arrows.find(({ from, to }) => from === state && to === nothing)?.lines ?? new Lines())
  const leave = living.length < 2 ? new Lines() : Lines.takeShared(exits)
  const stay = living.length < 2 ? new Lines() : Lines.takeShared(living.map((state) => inside.get(state)!.lines))
  const hasFrame = !leave.isEmpty || !stay.isEmpty
  const gone = returns ? `${nothing} again` : nothing
  return {
    title: view.id,
    boxes: [
      ...[...inside].map(([state, { lines, stages, refusals }]) => ({
        ...boxOf(state),
        lines: [...lines.list(mostInBox[detail], 'lines'), ...(detail === 'full' ? [] : folded(stages.size, refusals.size))],
      })),
      ...(returns ? [{ ...boxOf(nothing), id: gone, title: gone, lines: [] }] : []),
    ],
    ...(hasFrame ? { frame: { ...boxOf(frameId), lines: stay.list(mostInBox[detail], 'lines') } } : {}),
    arrows: [
      ...arrows
        .filter(({ lines }) => !lines.isEmpty)
        .map(({ from, to, lines, isSeen }) => ({
          ...{ from: [from], to, begin: from, end: to === nothing ? gone : to },
          ...{ lines: lines.list(mostOnArrow[detail], 'ways'), isSeen },
        })),
      ...(leave.isEmpty
        ? []
        : [{ from: living, to: nothing, begin: frameId, end: gone, lines: leave.list(mostOnArrow[detail], 'ways'), isSeen: false }]),
    ],
  }
}

/** A life that ends is drawn from top to bottom: the state without anything stands at both ends of it. */
const boxOf = (state: string): Omit<Box, 'lines'> => ({ id: state, state, title: state, isNothing: state === nothing })

function collect(view: MachineView, detail: Detail): { readonly inside: ReadonlyMap<string, Inside>; readonly arrows: readonly Drawn[] } {
  const arrows = new Map<string, Drawn>()
  const inside = new Map<string, Inside>()
  for (const state of view.states) inside.set(state, { lines: new Lines(), stages: new Set(), refusals: new Set() })
  const arrowOf = (from: string, to: string): Drawn => {
    const key = `${from} ${to}`
    let arrow = arrows.get(key)
    if (arrow === undefined) arrows.set(key, (arrow = { from, to, lines: new Lines(), isSeen: true }))
    return arrow
  }
  for (const handler of view.handlers) {
    const { event } = handler
    const kind = handler.call === null ? 'stage' : 'call'
    const text = handler.call === null ? words(event) : event
    for (const { states, branches } of handler.lists)
      for (const state of states)
        for (const branch of branches) {
          const { rule } = branch
          const { lines, stages, refusals } = inside.get(state)!
          if (branch.outcome !== 'accept') {
            const why = branch.outcome === 'trap' ? 'traps' : short(branch.error!)
            if (detail === 'full') lines.add('refusal', event, `${text}: ${why}`, { state, rule, isSplit: false })
            else refusals.add(rule)
          }
          const targets = targetsOf(view, handler, branch, state)
          const way = { state, rule, isSplit: targets.length > 1 }
          for (const { to, isSeen } of targets) {
            if (to === state && kind === 'stage' && detail === 'plain') stages.add(event)
            else if (to === state) lines.add(kind, event, text, way)
            else {
              const arrow = arrowOf(state, to)
              arrow.isSeen &&= isSeen
              arrow.lines.add(kind, event, text, way)
            }
          }
        }
  }
  return { inside, arrows: [...arrows.values()] }
}

function folded(stages: number, refusals: number): readonly Line[] {
  const parts = [
    ...(stages === 0 ? [] : [`${stages} ${stages === 1 ? 'stage' : 'stages'}`]),
    ...(refusals === 0 ? [] : [`${refusals} ${refusals === 1 ? 'refusal' : 'refusals'}`]),
  ]
  return parts.length === 0 ? [] : [{ kind: 'more', text: `folded: ${parts.join(', ')}`, ways: [], event: '' }]
}

/** An error without its pallet. */
export const short = (error: string): string => error.slice(error.lastIndexOf('.') + 1)

/** A line's rules, each once. */
export const rulesOf = ({ ways }: Line): readonly string[] => [...new Set(ways.map(({ rule }) => rule))]

/** A line's rules as they are written behind it. */
export function rulesText(line: Line): string {
  const rules = rulesOf(line)
  return rules.length <= mostRules ? rules.join(' ') : `${rules.slice(0, mostRules - 1).join(' ')} +${rules.length - mostRules + 1}`
}
