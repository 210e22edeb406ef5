import { configOf } from '../../../spec/bridge/actor.js'
import { deployedDaemon } from '../../../spec/bridge/deployed/daemon.machine.js'
import { intendedDaemon } from '../../../spec/bridge/intended/daemon.machine.js'
import { ledgerMachine } from '../../../spec/bridge/stellar/ledger.machine.js'
import type { Branch } from '../../../spec/kernel/machine.js'
import type { Edition } from '../../../spec/kernel/version.js'
import { intended } from '../../../spec/versions/editions.js'
import { place } from '../../site/layout.js'
import { mermaidOf } from '../../site/mermaid.js'
import { pngOf } from '../../site/png.js'
import { svgOf } from '../../site/svg.js'
import { words } from '../../site/words.js'
import type { Arrow, Box, Detail, Graph, Line } from '../../site/graph.js'
import { deployedAt } from '../editions.js'
import { intendedMachines } from '../intended-chain.js'

/** Machines beside the chain's, as pictures: `tfspec show daemon-deployed`. */

type States = Readonly<Record<string, { readonly on: Readonly<Record<string, readonly Branch[]>> }>>
interface Actors {
  readonly says: string
  readonly edition: Edition
  readonly states: States
}

const newestDeployed = 144
const actors: Readonly<Record<string, () => Actors>> = {
  'stellar-ledger': () => ({ says: ledgerMachine.says, edition: intended, states: configOf(ledgerMachine, intended).states }),
  'daemon-deployed': () => {
    const edition = deployedAt(newestDeployed)
    return { says: deployedDaemon.says, edition, states: configOf(deployedDaemon, edition).states }
  },
  'daemon-intended': () => ({ says: intendedDaemon.says, edition: intended, states: configOf(intendedDaemon, intended).states }),
  ...Object.fromEntries(
    intendedMachines.map((m) => [m.id, () => ({ says: m.says, edition: intended, states: m.config(intended).states })]),
  ),
}

/** What `tfspec show` knows beside the chain's machines. */
export const actorNames = Object.keys(actors)

/** A machine's picture. @throws TypeError for a name that is not in `actorNames` */
export async function drawActor(id: string, format: 'svg' | 'png' | 'mermaid', detail: Detail): Promise<string | Buffer> {
  const { edition, states } = actors[id]!()
  const graph = graphOfStates(id, states, detail)
  if (format === 'mermaid') return mermaidOf(graph)
  const svg = svgOf(await place(graph), { title: `${id} at ${edition.name}`, mode: format === 'png' ? 'print' : 'alone' })
  return format === 'png' ? pngOf(svg) : `${svg}\n`
}

/** Refusals are left out of the plain picture, and so is what only ends a daemon: every answer that does not come does. */
const isTold = ({ actions, target, guard }: Branch, detail: Detail): boolean =>
  detail === 'full' || (!actions.some(({ type }) => type === 'refuse') && !(target === 'down' && guard === 'failed'))

function graphOfStates(title: string, states: States, detail: Detail): Graph {
  const arrows: { from: string[]; to: string; begin: string; end: string; lines: Line[]; isSeen: false }[] = []
  const boxes: Box[] = Object.entries(states).map(([state, { on }]) => {
    const lines: Line[] = []
    for (const [event, list] of Object.entries(on))
      for (const branch of list) {
        if (!isTold(branch, detail)) continue
        const line = lineOf(state, event, branch)
        const to = branch.target ?? state
        if (to === state) lines.push(line)
        else {
          const known = arrows.find((a) => a.begin === state && a.to === to)
          if (known === undefined) arrows.push({ from: [state], to, begin: state, end: to, lines: [line], isSeen: false })
          else known.lines.push(line)
        }
      }
    return { id: state, state, title: words(state), isNothing: state === 'down' || state === 'absent', lines }
  })
  // What is only there with a habit repaired, or a safeguard taken out, is not reached.
  const reached = new Set([boxes[0]!.id])
  for (const id of reached) for (const { begin, end } of arrows) if (begin === id) reached.add(end)
  return {
    title,
    boxes: boxes.filter(({ id }) => reached.has(id)),
    arrows: arrows.filter(({ begin }) => reached.has(begin)) satisfies readonly Arrow[],
  }
}

/** What brings a branch about. A habit that breaks a promise is drawn like a refusal: it is what to look at. */
function lineOf(state: string, event: string, { guard, meta, actions }: Branch): Line {
  const isRefusal = meta.quirk !== undefined || actions.some(({ type }) => type === 'refuse')
  const what = event === 'answer' ? '' : `${words(event)} `
  const when = guard === undefined ? (event === 'answer' ? 'otherwise' : '') : words(guard)
  return {
    kind: isRefusal ? 'refusal' : event.startsWith('@') ? 'stage' : 'call',
    ...{ text: `${what}${when}`.trim(), ways: [{ state, rule: meta.rule, isSplit: false }], event },
  }
}
