import { colours, escaped, picture } from './svg.js'

/** A line over rounds, with what was worst. */

const WIDTH = 860
const HEIGHT = 280
const LEFT = 64
const RIGHT = 16
const BOTTOM = 44
const TOP = 56

/** The smallest round number that is not below. */
function ceiling(n: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, n)))
  return [1, 2, 5, 10].map((k) => k * power).find((k) => k >= n) ?? 10 * power
}
const n = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 })

/** @param points rounds and open transfers, rounds ascending */
export function backlogPlot(points: readonly (readonly [round: number, open: number])[], title: string, below = ''): string {
  const last = Math.max(1, points.at(-1)?.[0] ?? 1)
  const worst = points.reduce((worst, point) => (point[1] > worst[1] ? point : worst), points[0] ?? ([0, 0] as const))
  const most = ceiling(Math.max(2, worst[1]))
  const x = (round: number): string => (LEFT + ((WIDTH - LEFT - RIGHT) * round) / last).toFixed(1)
  const y = (open: number): string => (HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * open) / most).toFixed(1)
  const line = points.map(([round, open]) => `${x(round)},${y(open)}`).join(' ')
  const ticks = [4, 5, 2].find((k) => most % k === 0) ?? 1
  const rows = Array.from({ length: ticks + 1 }, (_, i) => i / ticks).map(
    (share) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(most * share)}" y2="${y(most * share)}" stroke="${colours.faint}"/><text x="${LEFT - 8}" y="${y(most * share)}" dy="4" text-anchor="end" fill="${colours.soft}">${n(most * share)}</text>`,
  )
  const columns = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${x(last * share)}" y="${HEIGHT - 26}" text-anchor="${share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}" fill="${colours.soft}">${n(last * share)}</text>`,
  )
  const side = Number(x(worst[0])) > WIDTH - 160 ? 'end' : 'start'
  return picture(WIDTH, HEIGHT, title, [
    `<text x="16" y="22" font-size="15" font-weight="600">${escaped(title)}</text>`,
    `<text x="16" y="41" fill="${colours.soft}">Open transfers, over rounds${below === '' ? '' : ` · ${escaped(below)}`}</text>`,
    ...rows,
    ...columns,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle" fill="${colours.soft}">round</text>`,
    ...(points.length === 0 ? [] : [`<polygon fill="${colours.area}" points="${x(points[0]![0])},${y(0)} ${line} ${x(last)},${y(0)}"/>`]),
    `<polyline fill="none" stroke="${colours.line}" stroke-width="1.5" stroke-linejoin="round" points="${line}"/>`,
    `<circle cx="${x(worst[0])}" cy="${y(worst[1])}" r="3" fill="${colours.line}"/>`,
    `<text x="${x(worst[0])}" y="${y(worst[1])}" dx="${side === 'end' ? -8 : 8}" dy="${worst[1] > most * 0.9 ? 12 : -6}" text-anchor="${side}" font-weight="600">${n(worst[1])} open in round ${n(worst[0])}</text>`,
  ])
}
