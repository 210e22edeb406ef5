import type { Breach } from '../audit.js'
import type { BridgeFinding } from '../finding.js'
import { titleOf } from '../finding.js'
import type { MatrixRow } from '../matrix.js'
import { stepText, type Step } from '../step.js'
import type { StressReport } from '../stress.js'
import type { Confirmed } from '../confirm.js'

const n = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 })

/** A stress run in words. */
export function stressText(r: StressReport): string {
  const { ended, percentiles: p } = r
  const breaches = Object.entries(r.breaches)
  return [
    `Bridge ${r.at === 'intended' ? 'as intended' : `as deployed (${r.at})`}, ${r.validators} validators, ${r.faults.length} kinds of faults, seed ${r.seed}`,
    `  ${n(r.transfers)} transfers (${n(r.deposits)} deposits, ${n(r.withdrawals)} withdrawals), ${n(r.steps)} steps, ${n(r.rounds)} rounds (${n(r.calmRounds)} of them with a majority alive) in ${r.seconds.toFixed(1)} s`,
    `  ${n(r.transfersPerSecond)} transfers/s, ${n(r.transfersPerRound)} transfers a round, ${r.peakMemoryMb} MB at most`,
    `  ended: ${n(ended.minted)} minted, ${n(ended.refunded)} refunded, ${n(ended.paid)} paid, ${n(ended.returned)} minted back`,
    `  rounds to the end: half ${p.p50}, nine tenths ${p.p90}, 99 % ${p.p99}, longest ${p.max} (${r.mostCalmRounds} of those with a majority alive)`,
    `  ${n(r.callsPerTransfer)} calls on TFChain a transfer`,
    `  every transfer ended: ${r.everyTransferEnded}`,
    breaches.length === 0
      ? '  no unit lost or duplicated'
      : `  BROKEN: ${breaches.map(([kind, count]) => `${kind} ${n(count)}`).join(', ')}`,
    ...r.examples.map(({ kind, transfer, says, round }) => `    ${kind} in round ${round}: ${short(transfer)}: ${says}`),
  ].join('\n')
}

const short = (transfer: string): string => transfer.replace(/0{20,}/, '…')

export interface ToldFinding {
  readonly finding: BridgeFinding
  readonly confirmed: Confirmed
}

/** The findings as a Markdown table, then each trace. */
export function findingsMarkdown(
  told: readonly ToldFinding[],
  about: { readonly at: string; readonly seed: number; readonly cases: number },
): string {
  const rows = told.map(
    ({ finding: f, confirmed }, i) =>
      `| ${i + 1} | ${f.about} ${f.kind} | ${f.triggers.join(', ') || '(load alone)'} | ${f.causes.join(', ') || '(several at once)'} | ${f.steps.length} | ${confirmed.says} |`,
  )
  const traces = told.map(({ finding: f }, i) =>
    [
      `## ${i + 1}. ${titleOf(f)}`,
      '',
      ...f.steps.map((step) => `1. ${stepText(step)}`),
      '',
      `**${f.breach.kind}**: ${short(f.breach.transfer)}, ${f.breach.says}.`,
      '',
      `![sequence](bridge-${i + 1}.svg)`,
      '',
    ].join('\n'),
  )
  return [
    `# The bridge as deployed (${about.at}): what breaks`,
    '',
    `${told.length} distinct failures in ${n(about.cases)} cases, seed ${about.seed}. Two are distinct when one repair ends the one and not the other. “Repair” names what, switched over alone, keeps the promise on the same steps.`,
    '',
    '| | what happens | trigger | repair | steps | TFChain part on the real runtime |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...traces,
  ].join('\n')
}

/** A kept failure that was carried out again, in words. */
export function replayText(r: {
  readonly file: string
  readonly title: string
  readonly steps: readonly Step[]
  readonly isSame: boolean
  readonly breach: Breach | undefined
  readonly confirmed: Confirmed
}): string {
  const { breach } = r
  return [
    `${r.file}: ${r.title}`,
    ...r.steps.map((step) => `  ${stepText(step)}`),
    breach === undefined ? '  nothing breaks' : `  ${breach.kind} in round ${breach.round}: ${short(breach.transfer)}: ${breach.says}`,
    `  ${r.isSame ? 'as it is on record' : 'OTHERWISE THAN ON RECORD'} · TFChain part on the real runtime: ${r.confirmed.says}`,
    '',
  ].join('\n')
}

/** One row of the safeguards matrix. */
export function matrixLine({ safeguard, breach, seconds, transfers, seed, holdsWithIt }: MatrixRow): string {
  const verdict =
    breach === undefined ? 'NOTHING FAILED' : `${breach.kind} after ${n(transfers)} transfers, ${seconds.toFixed(1)} s (seed ${seed})`
  return `  ${safeguard.id.padEnd(24)} ${safeguard.where.padEnd(7)} ${verdict}${holdsWithIt ? '' : ' — BUT THE CONTROL FAILS, TOO'}`
}
