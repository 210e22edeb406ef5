/** A line over rounds, as SVG: no script, no font file, the same bytes for the same figures. */

const WIDTH = 860
const HEIGHT = 260
const LEFT = 64
const BOTTOM = 36
const TOP = 34

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** The smallest round number that is not below. */
function ceiling(n: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, n)))
  return [1, 2, 5, 10].map((k) => k * power).find((k) => k >= n) ?? 10 * power
}

/** @param points rounds and open transfers, rounds ascending */
export function backlogPlot(points: readonly (readonly [round: number, open: number])[], title: string): string {
  const last = Math.max(1, points.at(-1)?.[0] ?? 1)
  const most = ceiling(Math.max(1, ...points.map(([, open]) => open)))
  const x = (round: number): string => (LEFT + ((WIDTH - LEFT - 16) * round) / last).toFixed(1)
  const y = (open: number): string => (HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * open) / most).toFixed(1)
  const line = points.map(([round, open]) => `${x(round)},${y(open)}`).join(' ')
  const rows = [0, most / 2, most].map(
    (open) =>
      `<line x1="${LEFT}" x2="${WIDTH - 16}" y1="${y(open)}" y2="${y(open)}" stroke="#d4d8de"/><text x="${LEFT - 8}" y="${y(open)}" dy="4" text-anchor="end">${open.toLocaleString('en-US')}</text>`,
  )
  const columns = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${x(last * share)}" y="${HEIGHT - 14}" text-anchor="middle">${Math.round(last * share).toLocaleString('en-US')}</text>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#3c4654">`,
    `<title>${escaped(title)}</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="20" font-size="14" font-weight="600">${escaped(title)}</text>`,
    ...rows,
    ...columns,
    `<text x="${WIDTH - 16}" y="20" text-anchor="end">open transfers over rounds</text>`,
    `<polyline fill="none" stroke="#1f6feb" stroke-width="1.5" points="${line}"/>`,
    '</svg>\n',
  ].join('\n')
}
