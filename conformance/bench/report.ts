import { spreadOf, type Contender, type Rounds, type Spread } from './measure.js'
import type { Boot } from './boot.js'

/** A line of the table. */
export interface Row {
  readonly id: string
  readonly what: string
  /** Steps in a second of processor time; absent when it could not be measured, for the reason in `note`. */
  readonly perSecond?: Spread
  /** The same by the clock on the wall. */
  readonly perWallSecond?: Spread
  readonly microsPerCall?: number
  /** How many times the yardstick does in the same time, round by round. */
  readonly slowerThanReducer?: Spread
  readonly atLeast?: number
  readonly note?: string
}
export interface BootRow {
  readonly boot: Spread
  readonly load: Spread
  readonly atMost: number
}
export interface BenchReport {
  readonly node: string
  readonly target: string | null
  readonly rounds: number
  readonly seconds: number
  readonly rows: readonly Row[]
  readonly growth: readonly Row[]
  readonly boot: BootRow | null
}

/** What the design asks of a boot, ms. */
const bootAtMost = 100

export function rowsOf(contenders: readonly Contender[], rounds: Rounds, yardstick: string): readonly Row[] {
  const measures = rounds.get(yardstick)!
  return contenders.map(({ id, what, atLeast, note }) => {
    const figures = rounds.get(id)!
    const perSecond = spreadOf(figures.map(({ cpu }) => cpu))
    return {
      id,
      what,
      perSecond,
      perWallSecond: spreadOf(figures.map(({ wall }) => wall)),
      microsPerCall: 1e6 / perSecond.median,
      slowerThanReducer: spreadOf(figures.map(({ cpu }, i) => measures[i]!.cpu / cpu)),
      ...(atLeast === undefined ? {} : { atLeast }),
      ...(note === undefined ? {} : { note: note() }),
    }
  })
}

export const bootRow = (boots: readonly Boot[]): BootRow => ({
  boot: spreadOf(boots.map(({ boot }) => boot)),
  load: spreadOf(boots.map(({ load }) => load)),
  atMost: bootAtMost,
})

const whole = (n: number): string => Math.round(n).toLocaleString('en')
const short = (n: number): string => (n >= 100 ? whole(n) : n.toPrecision(3))

/** Columns side by side: the first to the left, the others to the right, the last as it is. */
function table(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)))
  const last = widths.length - 1
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : i === last ? cell : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const verdict = ({ perSecond, atLeast, note }: Row): string => {
  const met = perSecond === undefined || atLeast === undefined ? '' : perSecond.median >= atLeast ? 'met' : 'MISSED'
  return [met, note ?? ''].filter((text) => text !== '').join(', ')
}

const lineOf = (row: Row): readonly string[] => {
  const { what, perSecond: p, perWallSecond: wall, slowerThanReducer: s, microsPerCall, atLeast } = row
  if (p === undefined || wall === undefined || s === undefined) return [what, '–', '–', '–', '–', '–', verdict(row)]
  return [
    what,
    `1/${short(s.median)} (${short(s.min)}–${short(s.max)})`,
    `${whole(p.median)} (${whole(p.min)}–${whole(p.max)})`,
    short(microsPerCall!),
    whole(wall.median),
    atLeast === undefined ? '' : whole(atLeast),
    verdict(row),
  ]
}
const heading = (what: string): readonly string[] => [
  what,
  'of the reducer',
  'calls/s of processor time',
  'µs/call',
  'by the wall',
  'asked for',
  '',
]

export function textReport(report: BenchReport): string {
  const { rows, growth, boot, rounds, seconds, node, target } = report
  const parts = [
    `${target ?? 'no runtime'}, Node ${node}, ${rounds} rounds in turns, ${seconds.toFixed(0)} s; medians, in brackets least and most`,
    table([heading('speed'), ...rows.map(lineOf)]),
    ...(growth.length === 0 ? [] : [table([heading('growth: seven calls about one contract among many'), ...growth.map(lineOf)])]),
  ]
  if (boot !== null) {
    const ms = ({ median, min, max }: Spread): string => `${whole(median)} ms (${whole(min)}–${whole(max)})`
    parts.push(
      `boot of the runtime target, each in a new process: ${ms(boot.boot)}, asked for ${boot.atMost} ms: ${boot.boot.median <= boot.atMost ? 'met' : 'MISSED'}; loading its code before that: ${ms(boot.load)}`,
    )
  }
  return `${parts.join('\n\n')}\n`
}
