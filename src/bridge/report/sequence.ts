import type { Answer, Request } from '../../../spec/bridge/deployed/daemon.js'
import type { Breach } from '../audit.js'
import { BOUND } from '../finding.js'
import type { DeployedBridge } from '../deployed.js'
import { stepText, tft, type Step } from '../step.js'
import type { Watcher } from '../watcher.js'
import { colours, cut, escaped, picture, wrapped } from './svg.js'

/** An arrow between two lanes, or a note on one. Lanes: 0 users, 1… the daemons, then the chain, then Stellar. */
interface Line {
  readonly round: number
  readonly from: number
  readonly to: number
  readonly text: string
  readonly isBad: boolean
  /** What happens from outside stands across all lanes. */
  readonly isFault: boolean
  /** How often it happened in a row. */
  times: number
}
const MOST_LINES = 60

/** Collects what a sequence diagram shows: calls and submissions, and questions only where they failed. */
class Recorder implements Watcher {
  readonly lines: Line[] = []
  /** What did not fit. */
  left = 0
  private readonly chain: number
  constructor(daemons: number) {
    this.chain = daemons + 1
  }

  step(step: Step, round: number): void {
    if (step.type === 'rounds') return
    const to = step.type === 'deposit' ? this.chain + 1 : step.type === 'withdraw' ? this.chain : 0
    this.add(round, 0, to, stepText(step), false, step.type === 'fault')
  }

  effect(daemon: number, request: Request, answer: Answer, round: number): void {
    if (request.to === 'clock' || request.to === 'disk') return
    const isCall = request.what === 'call' || request.what === 'submit'
    if (!isCall && answer.ok) return
    const to = request.to === 'chain' ? this.chain : this.chain + 1
    const error = answer.ok ? '' : `: ${answer.error.replace('TFTBridgeModule.', '')}`
    this.add(round, daemon + 1, to, `${nameOf(request)}${error}`, !answer.ok)
  }

  died(daemon: number, round: number): void {
    this.add(round, daemon + 1, daemon + 1, 'ends, and starts again', true)
  }

  private add(round: number, from: number, to: number, text: string, isBad: boolean, isFault = false): void {
    // What repeats itself (a daemon that starts in vain, again and again) is told once.
    const again = this.lines.slice(-6).find((l) => l.from === from && l.to === to && l.text === text)
    if (again !== undefined && isBad) again.times++
    else if (this.lines.length < MOST_LINES) this.lines.push({ round, from, to, text, isBad, isFault, times: 1 })
    else this.left++
  }
}

/** Calls in few words: the pallet's names are long. */
const shortCalls: Readonly<Record<string, string>> = {
  proposeOrVoteMintTransaction: 'votes to mint',
  proposeBurnTransactionOrAddSig: 'signs the payment',
  setBurnTransactionExecuted: 'closes the withdrawal',
  createRefundTransactionOrAddSig: 'signs the refund',
  setRefundTransactionExecuted: 'closes the refund',
}

function nameOf(request: Request): string {
  if (request.to === 'chain' && request.what === 'call') {
    const { name, args } = request.call
    const what = shortCalls[name] ?? name
    const number = args['sequenceNumber']
    if (typeof number === 'bigint') return `${what}, number ${number}`
    return 'amount' in args ? `${what} ${tft(args['amount'] as bigint)}` : what
  }
  if (request.to === 'stellar' && request.what === 'submit') return `pays ${tft(request.payout.amount)}, number ${request.payout.sequence}`
  return `asks: ${request.what}`
}

/** Runs a trace once more and draws it as SVG. */
export function sequenceDiagram(bridge: DeployedBridge, steps: readonly Step[], title: string): string {
  const recorder = new Recorder(bridge.validators)
  bridge.reset()
  bridge.watcher = recorder
  for (const step of steps) bridge.step(step)
  if (bridge.audit.breaches.length === 0) bridge.settle(BOUND)
  bridge.watcher = undefined
  return draw(recorder, bridge.validators, title, bridge.audit.breaches[0])
}

const ROW = 27
const LANE = 176
const FIRST = 150
const HEAD = 84
const LETTER = 6.4

function draw({ lines, left }: Recorder, daemons: number, title: string, breach: Breach | undefined): string {
  const lanes = ['users', ...Array.from({ length: daemons }, (_, i) => `validator ${i}`), 'TFChain', 'Stellar']
  const x = (lane: number): number => FIRST + lane * LANE
  const width = x(lanes.length - 1) + 110
  const end =
    breach === undefined
      ? 'Nothing breaks.'
      : `Round ${breach.round}: ${breach.transfer.replace(/0{20,}/, '…')} is ${breach.kind}: ${breach.says}.`
  const words = wrapped(`${left === 0 ? '' : `(${left} more lines are left out.) `}${end}`, Math.floor((width - 48) / LETTER))
  const foot = HEAD + lines.length * ROW + 14
  const height = foot + 22 + words.length * 18
  const tone = breach === undefined ? colours.good : colours.bad
  const out = [
    `<defs><marker id="a" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colours.soft}"/></marker><marker id="b" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colours.bad}"/></marker></defs>`,
    `<text x="16" y="26" font-size="16" font-weight="600">${escaped(title)}</text>`,
  ]
  lines.forEach(({ round }, i) => {
    const isNew = i === 0 || lines[i - 1]!.round !== round
    const same = lines.findIndex((l, j) => j > i && l.round !== round)
    const rows = (same < 0 ? lines.length : same) - i
    if (!isNew) return
    if (groupOf(lines, i) % 2 === 0)
      out.push(`<rect x="0" y="${HEAD + i * ROW}" width="${width}" height="${rows * ROW}" fill="${colours.band}"/>`)
    out.push(`<text x="16" y="${HEAD + (i + 0.62) * ROW}" font-size="11" fill="${colours.soft}">round ${round}</text>`)
  })
  lanes.forEach((lane, i) => {
    out.push(
      `<rect x="${x(i) - 52}" y="44" width="104" height="24" rx="5" fill="${colours.paper}" stroke="${colours.soft}"/><text x="${x(i)}" y="60" text-anchor="middle" font-weight="600">${lane}</text>`,
      `<line x1="${x(i)}" x2="${x(i)}" y1="68" y2="${foot}" stroke="${colours.faint}" stroke-width="1.5"/>`,
    )
  })
  lines.forEach((line, i) => out.push(...drawLine(line, HEAD + (i + 0.72) * ROW, x, width)))
  out.push(
    `<rect x="16" y="${foot + 4}" width="${width - 32}" height="${words.length * 18 + 10}" rx="5" fill="${breach === undefined ? colours.goodPaper : colours.badPaper}" stroke="${tone}"/>`,
    ...words.map((line, i) => `<text x="28" y="${foot + 22 + i * 18}" font-weight="600" fill="${tone}">${escaped(line)}</text>`),
  )
  return picture(width, height, title, out)
}

/** How many rounds were drawn before. */
const groupOf = (lines: readonly Line[], i: number): number => lines.slice(1, i + 1).filter((l, j) => l.round !== lines[j]!.round).length

function drawLine(
  { from, to, text, isBad, isFault, times }: Line,
  y: number,
  x: (lane: number) => number,
  width: number,
): readonly string[] {
  const colour = isBad || isFault ? colours.bad : colours.ink
  const told = `${text}${times > 1 ? ` (${times}×)` : ''}`
  const label = (at: number, anchor: string, room: number): string => {
    const shown = cut(told, Math.floor(room / LETTER))
    const w = shown.length * LETTER + 8
    const left = anchor === 'middle' ? at - w / 2 : at - 4
    // Lanes run behind words.
    return `<rect x="${left.toFixed(1)}" y="${(y - 16).toFixed(1)}" width="${w.toFixed(1)}" height="14" fill="${colours.paper}" fill-opacity="0.85"/><text x="${at}" y="${y - 5}" text-anchor="${anchor}" fill="${colour}">${escaped(shown)}</text>`
  }
  if (isFault) return [label(x(0) - 40, 'start', width - x(0))]
  if (from === to) return [`<circle cx="${x(from)}" cy="${y - 8}" r="4" fill="${colours.bad}"/>`, label(x(from) + 12, 'start', 2 * LANE)]
  const dashes = isBad ? ' stroke-dasharray="5 3"' : ''
  return [
    `<line x1="${x(from)}" x2="${x(to)}" y1="${y}" y2="${y}" stroke="${isBad ? colours.bad : colours.soft}" stroke-width="1.2" marker-end="url(#${isBad ? 'b' : 'a'})"${dashes}/>`,
    label((x(from) + x(to)) / 2, 'middle', LANE * Math.max(1.4, Math.abs(to - from))),
  ]
}
