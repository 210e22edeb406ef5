import { styleText } from 'node:util'
import { diff } from 'jest-diff'
import type { Difference } from '../compare/difference.js'
import type { Coverage, Report } from './report.js'

const bold = (text: string): string => styleText('bold', text)
const number = (n: number): string => n.toLocaleString('en-US')

function coverageLine(name: string, { hit, total, missing, unreachable }: Coverage): string {
  const shown = missing.slice(0, 6).join(', ')
  const rest =
    missing.length === 0 ? '' : `   missing ${shown}${missing.length > 6 ? ` and ${missing.length - 6} more (--json lists them)` : ''}`
  return `  ${name.padEnd(8)} ${hit}/${total}${unreachable.length === 0 ? '' : `, ${unreachable.length} unreachable (--json tells why)`}${rest}`
}

/** A report for people. */
export function textReport(report: Report): string {
  const lines: string[] = []
  for (const remark of report.remarks) lines.push(styleText('yellow', `! ${remark}`))
  lines.push('', bold('Calls'))
  const names = Object.keys(report.perCall).sort()
  const width = Math.max(0, ...names.map((name) => name.length))
  for (const name of names) {
    const { accepted, refused } = report.perCall[name]!
    const reasons = Object.entries(refused).sort((a, b) => b[1] - a[1])
    const shown = reasons.slice(0, 4).map(([reason, n]) => `${reason.replace(/^.*Module\./, '')} ${number(n)}`)
    lines.push(
      `  ${name.padEnd(width)} ${number(accepted).padStart(8)} accepted   ${shown.join(', ')}${reasons.length > 4 ? ` and ${reasons.length - 4} more reasons` : ''}`,
    )
  }
  lines.push('', bold('Coverage of generated steps'))
  for (const [name, coverage] of Object.entries(report.coverage)) lines.push(coverageLine(name, coverage))
  for (const [i, difference] of report.differences.entries()) lines.push('', differenceText(difference, i))
  lines.push(
    '',
    `${report.target} at ${report.at}: ${number(report.calls)} calls in ${number(report.cases)} sequences, ${number(report.blocks)} blocks, ${report.seconds.toFixed(1)} s, ${number(Math.round(report.callsPerSecond))} calls/s, seed ${report.seed}`,
    `not compared: ${report.notCompared.length} storage items of block building and consensus (--json lists them with reasons)`,
    report.interrupted ? styleText('yellow', 'interrupted: this is what was found so far') : '',
    report.differences.length === 0
      ? styleText('green', 'zero differences')
      : styleText('red', `${report.differences.length} different differences`),
  )
  return lines.filter((line, i) => line !== '' || lines[i - 1] !== '').join('\n')
}

function differenceText({ difference, steps, times, case: index, replay }: Report['differences'][number], i: number): string {
  const shown = steps.map((step, at) => `    ${at === difference.step ? '>' : ' '} ${stepText(step)}`)
  return [
    styleText('red', bold(`Difference ${i + 1}: ${difference.kind} · ${difference.field}`)),
    `  rule ${difference.rule}   (${difference.rules.join(' → ')})`,
    `  case ${index}, ${times === 1 ? 'once' : `${times} times`}; fewest steps found:`,
    ...shown,
    ...differenceLines(difference),
    `  replay: ${replay}`,
  ].join('\n')
}

/** What differs, side by side. */
export const differenceLines = ({ expected, actual }: Pick<Difference, 'expected' | 'actual'>): readonly string[] =>
  (
    diff(expected, actual, { aAnnotation: 'expected by the spec', bAnnotation: 'actual on the target', contextLines: 2, expand: false }) ??
    ''
  )
    .split('\n')
    .map((line) => `  ${line}`)

/** A step in one line. */
export function stepText(step: unknown): string {
  const { call, who, args, advance } = step as {
    call?: string
    who?: string
    args?: unknown
    advance?: { blocks: number; seconds: number }
  }
  if (advance !== undefined) return `advance ${number(advance.blocks)} blocks, ${number(advance.seconds)} s`
  const shown = JSON.stringify(args, (_, value: unknown) => readable(value)) ?? ''
  return `${call}(${shown.length > 400 ? `${shown.slice(0, 400)}…` : shown}) by ${who?.slice(0, 8)}…`
}

/** Bytes that are text are shown as text; long runs of bytes are cut. */
function readable(value: unknown): unknown {
  if (typeof value !== 'string' || !/^0x([0-9a-f]{2})*$/.test(value)) return value
  const text = Buffer.from(value.slice(2), 'hex').toString('latin1')
  return /^[ -~]*$/.test(text) ? text : value.length > 22 ? `${value.slice(0, 20)}…` : value
}
