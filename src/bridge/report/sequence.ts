import type { Answer, Request } from '../../../spec/bridge/deployed/daemon.js'
import type { Breach } from '../audit.js'
import { BOUND } from '../finding.js'
import type { DeployedBridge } from '../deployed.js'
import { stepText, tft, type Step } from '../step.js'
import type { Watcher } from '../watcher.js'

/** An arrow between two lanes, or a note on one. Lanes: 0 outside, 1… the daemons, then the chain, then Stellar. */
interface Line {
  readonly round: number
  readonly from: number
  readonly to: number
  readonly text: string
  readonly isBad: boolean
}
const MOST_LINES = 60

/** Collects what a sequence diagram shows: calls and submissions, and questions only where they failed. */
class Recorder implements Watcher {
  readonly lines: Line[] = []
  private readonly chain: number
  constructor(daemons: number) {
    this.chain = daemons + 1
  }

  step(step: Step, round: number): void {
    if (step.type === 'rounds') return
    const to = step.type === 'deposit' ? this.chain + 1 : step.type === 'withdraw' ? this.chain : 0
    this.add(round, 0, to, stepText(step), step.type === 'fault')
  }

  effect(daemon: number, request: Request, answer: Answer, round: number): void {
    if (request.to === 'clock' || request.to === 'disk') return
    const isCall = request.what === 'call' || request.what === 'submit'
    if (!isCall && answer.ok) return
    const to = request.to === 'chain' ? this.chain : this.chain + 1
    this.add(round, daemon + 1, to, `${nameOf(request)}${answer.ok ? '' : `: ${answer.error.replace('TFTBridgeModule.', '')}`}`, !answer.ok)
  }

  died(daemon: number, round: number): void {
    this.add(round, daemon + 1, daemon + 1, 'the process ends, and starts again', true)
  }

  private add(round: number, from: number, to: number, text: string, isBad: boolean): void {
    const last = this.lines.at(-1)
    if (last !== undefined && last.from === from && last.to === to && last.text === text) return
    if (this.lines.length < MOST_LINES) this.lines.push({ round, from, to, text, isBad })
  }
}

function nameOf(request: Request): string {
  if (request.to === 'chain' && request.what === 'call') return request.call.name
  if (request.to === 'stellar' && request.what === 'submit')
    return `submit ${tft(request.payout.amount)} at sequence ${request.payout.sequence}`
  return request.what
}

/** Runs a trace once more and draws it as SVG. */
export function sequenceDiagram(bridge: DeployedBridge, steps: readonly Step[], title: string): string {
  const recorder = new Recorder(bridge.validators)
  bridge.reset()
  bridge.watcher = recorder
  for (const step of steps) bridge.step(step)
  bridge.settle(BOUND)
  bridge.watcher = undefined
  return draw(recorder.lines, bridge.validators, title, bridge.audit.breaches[0])
}

const ROW = 30
const LANE = 190
const HEAD = 74
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

function draw(lines: readonly Line[], daemons: number, title: string, breach: Breach | undefined): string {
  const lanes = ['outside', ...Array.from({ length: daemons }, (_, i) => `validator ${i}`), 'TFChain', 'Stellar']
  const x = (lane: number): number => 110 + lane * LANE
  const width = x(lanes.length - 1) + 130
  const height = HEAD + (lines.length + 2) * ROW
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#3c4654">`,
    `<title>${escaped(title)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    `<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#57606a"/></marker></defs>`,
    `<text x="16" y="24" font-size="15" font-weight="600">${escaped(title)}</text>`,
  ]
  lanes.forEach((lane, i) => {
    out.push(`<text x="${x(i)}" y="52" text-anchor="middle" font-weight="600">${lane}</text>`)
    out.push(`<line x1="${x(i)}" x2="${x(i)}" y1="60" y2="${height - ROW}" stroke="#d4d8de"/>`)
  })
  lines.forEach(({ round, from, to, text, isBad }, i) => {
    const y = HEAD + (i + 0.7) * ROW
    const colour = isBad ? '#b42318' : '#3c4654'
    out.push(`<text x="8" y="${y + 4}" font-size="10" fill="#8c959f">${round}</text>`)
    if (from === to) {
      const left = from === 0
      out.push(
        `<text x="${left ? 34 : x(from)}" y="${y + 4}" text-anchor="${left ? 'start' : 'middle'}" fill="${colour}">${escaped(cut(text, left ? 120 : 40))}</text>`,
      )
      return
    }
    out.push(
      `<line x1="${x(from)}" x2="${x(to)}" y1="${y}" y2="${y}" stroke="${isBad ? '#b42318' : '#57606a'}" marker-end="url(#a)"${isBad ? ' stroke-dasharray="4 3"' : ''}/>`,
    )
    out.push(
      `<text x="${(x(from) + x(to)) / 2}" y="${y - 4}" text-anchor="middle" fill="${colour}">${escaped(cut(text, 30 * Math.abs(to - from)))}</text>`,
    )
  })
  const end = breach === undefined ? 'nothing broke' : `${breach.transfer.replace(/0{20,}/, '…')} ${breach.kind}: ${breach.says}`
  out.push(
    `<text x="16" y="${height - 10}" font-weight="600" fill="${breach === undefined ? '#1a7f37' : '#b42318'}">${escaped(end)}</text>`,
    '</svg>\n',
  )
  return out.join('\n')
}
