import { styleText } from 'node:util'
import { stepText } from '../report/text.js'
import type { FindingsReport, ReportedFinding } from './report.js'

const number = (n: number): string => n.toLocaleString('en-US')
const nameOf = ({ cause }: Pick<ReportedFinding, 'cause'>): string => cause.join(' with ')
const versionsOf = ({ versions, span }: ReportedFinding): string =>
  [...Object.entries(versions).map(([version, what]) => `${version} ${what}`), ...(span === undefined ? [] : [`by history ${span}`])].join(
    ', ',
  )

/** The findings as a table for people, a line each, and their steps below. */
export function findingsText(report: FindingsReport): string {
  const { findings, unshown, unexplained, stale } = report
  const width = Math.max(10, ...findings.map((f) => nameOf(f).length))
  const lines = findings.map((f) =>
    [
      nameOf(f).padEnd(width),
      f.severity.padEnd(15),
      f.invariant.padEnd(12),
      `${String(f.stepCount).padStart(3)} steps`,
      (f.runtime === 'differs' ? styleText('red', `runtime differs: ${f.difference ?? ''}`) : f.runtime).padEnd(9),
      versionsOf(f),
      ...(f.isNew ? [styleText('yellow', 'new')] : []),
    ].join('  '),
  )
  for (const f of findings) {
    lines.push('', `${styleText('bold', nameOf(f))} breaks ${f.invariant}: ${f.claim}`, ...f.instead.map((text) => `  instead: ${text}`))
    lines.push(
      ...f.witnesses.slice(0, 3).map((w) => `  observed: ${w}`),
      ...(f.steps ?? []).map((s, i) => `  ${String(i + 1).padStart(3)} ${stepText(s)}`),
    )
  }
  if (unshown.length > 0) lines.push('', 'Not yet shown to break a promise')
  for (const u of unshown) {
    const masked = u.masked.length === 0 ? '' : `; breaks ${u.masked.join(', ')} while other quirks are off`
    lines.push(`  ${u.quirk.padEnd(width)}  searched alone: ${number(u.calls)} calls in ${number(u.cases)} sequences${masked}`)
    if (u.why !== undefined) lines.push(`  ${' '.repeat(width)}  out of reach: ${u.why}`)
  }
  if (unexplained.length > 0)
    lines.push('', styleText('red', 'Broken with every quirk off, too'), ...unexplained.map((text) => `  ${text}`))
  if (stale.length > 0) lines.push('', styleText('red', 'In the baseline and no longer found'), ...stale.map((text) => `  ${text}`))
  lines.push('', summary(report))
  return lines.join('\n')
}

const summary = (r: FindingsReport): string =>
  `${r.at}: ${r.rootCauses} root causes, ${r.confirmed} confirmed on the real runtime, ${r.findings.length} broken promises; ` +
  `${number(r.calls)} calls in ${number(r.cases)} sequences, ${r.seconds.toFixed(1)} s, seed ${r.seed}` +
  (r.corpus === null ? '' : `, corpus ${r.corpus}`) +
  (r.interrupted ? ', interrupted' : '')

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ')

/** The same as a document in Markdown. */
export function findingsMarkdown(report: FindingsReport): string {
  const { findings, unshown } = report
  const lines = [
    `# What TFChain ${report.at} breaks of what it promises`,
    '',
    summary(report),
    '',
    report.redacted
      ? 'The steps are left out. SECURITY.md says how to disclose.'
      : '**The steps below are working attacks on a chain with money. SECURITY.md says how to disclose; `--redact` writes this report without them.**',
    '',
    '| root cause | severity | promise | what happens instead | steps | real runtime | versions |',
    '|---|---|---|---|---|---|---|',
    ...findings.map(
      (f) =>
        `| ${[nameOf(f), f.severity, `${f.invariant}: ${f.claim}`, f.instead.join('; '), String(f.stepCount), f.runtime, versionsOf(f)].map(cell).join(' | ')} |`,
    ),
  ]
  for (const f of findings) {
    lines.push(
      '',
      `## ${nameOf(f)}: ${f.invariant}`,
      '',
      `- promise: ${f.claim}`,
      ...f.requirements.map((text) => `- requirement: ${text}`),
      ...f.promises.map((text) => `- promised in: ${text}`),
    )
    lines.push(
      ...f.instead.map((text) => `- what happens instead: it ${text}`),
      `- severity: ${f.severity}`,
      `- versions: ${versionsOf(f)}`,
    )
    lines.push(
      ...f.witnesses.slice(0, 5).map((w) => `- observed: ${cell(w)}`),
      ...(f.fixture === undefined ? [] : [`- fixture: ${f.fixture}`]),
    )
    if (f.isShared) lines.push('- other quirks break the same promise on these steps')
    if (f.steps !== undefined) lines.push('', ...f.steps.map((s, i) => `${i + 1}. \`${stepText(s).replace(/`/g, "'")}\``))
  }
  if (unshown.length > 0) lines.push('', '## Not yet shown', '', 'Quirks that no search has shown to break a promise.', '')
  for (const u of unshown) {
    const proof = u.why === undefined ? '' : `. Out of reach: ${u.why}`
    lines.push(`- ${u.quirk}: ${u.says} (searched alone: ${number(u.calls)} calls in ${number(u.cases)} sequences)${proof}`)
  }
  return `${lines.join('\n')}\n`
}
