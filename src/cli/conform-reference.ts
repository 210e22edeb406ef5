import { makers } from '../../model/makers.js'
import { shrink } from '../../model/shrink.js'
import { promisedAt } from '../../spec/kernel/invariant.js'
import { invariants } from '../../spec/invariants.js'
import { editionNamed, flip, newestVersion } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { planCases } from '../../conformance/run/case.js'
import { plainStep } from '../fixtures/fixture.js'
import { replayReference, runReferenceCase, type BrokenCase } from '../../conformance/run/reference-case.js'
import { Tally } from '../../conformance/run/tally.js'
import { coverageOf } from '../../conformance/report/report.js'
import { stepText } from '../../conformance/report/text.js'
import { Checker } from '../reference/checker.js'
import { Reference } from '../reference/reference.js'
import type { ConformOptions } from './conform.js'
import { exit } from './exit.js'
import { checkPackaged, messagesOf } from './fixtures.js'
import { progressBar } from './progress.js'
import { toolVersion } from './version.js'

/**
 * Conformance of the reference with itself and with what was recorded: every fixture is replayed, and random sequences
 * keep the promises after every step.
 * @returns the exit code
 */
export async function conformReference(options: ConformOptions): Promise<number> {
  const edition = flip(editionNamed(options.at ?? String(newestVersion)), options.flip)
  const seed = options.seed ?? Math.floor(Date.now() % 0x7fffffff)
  const calls = options.calls ?? options.extrinsics ?? 20_000
  const fixtures = edition.name === 'intended' || options.flip.length > 0 ? undefined : checkPackaged()

  const promised = invariants.filter((i) => promisedAt(edition, i))
  const reference = new Reference(edition, genesis(edition.version))
  const checker = new Checker(promised)
  const tally = new Tally()
  const broken = new Map<string, BrokenCase>()
  const started = performance.now()
  const progress = progressBar('reference')
  let interrupted = false
  const interrupt = (): void => void (interrupted = true)
  process.once('SIGINT', interrupt)
  for (const plan of planCases(seed, options.time === undefined ? calls : 50_000_000)) {
    const seconds = (performance.now() - started) / 1000
    if (interrupted || (options.time !== undefined && seconds > options.time) || broken.size >= options.maxFailures) break
    const found = runReferenceCase(reference, checker, seed, plan, makers, tally)
    tally.cases++
    if (found !== undefined && !broken.has(found.broken.invariant)) {
      const { invariant } = found.broken
      broken.set(invariant, {
        ...found,
        steps: shrink(found.steps, (steps) => replayReference(reference, checker, steps)?.invariant === invariant),
      })
    }
    if (plan.index % 50 === 0) {
      progress.update({ calls: tally.calls, ...(options.time === undefined ? { of: calls } : {}), seconds, differences: broken.size })
      await new Promise(setImmediate)
    }
  }
  progress.end()
  process.off('SIGINT', interrupt)
  for (const branch of reference.interpreter.branches)
    tally.rules[branch.meta.rule] = (tally.rules[branch.meta.rule] ?? 0) + reference.interpreter.hits[branch.index]!

  const seconds = (performance.now() - started) / 1000
  const conforms = broken.size === 0 && (fixtures?.differing ?? 0) + (fixtures?.unusable ?? 0) === 0
  const report = {
    tool: toolVersion(),
    target: 'reference',
    at: edition.name,
    specVersion: edition.version,
    seed,
    calls: tally.calls,
    blocks: tally.blocks,
    cases: tally.cases,
    seconds,
    interrupted,
    conforms,
    fixtures:
      fixtures === undefined
        ? null
        : { passed: fixtures.passed, failed: fixtures.differing + fixtures.unusable, messages: messagesOf(fixtures) },
    invariants: {
      checked: promised.map((i) => i.id),
      knownBroken: invariants.filter((i) => !promised.includes(i)).map((i) => ({ id: i.id, by: i.brokenBy })),
    },
    broken: [...broken.values()].map(({ index, steps, broken: b }) => ({ case: index, ...b, steps: steps.map((step) => plainStep(step)) })),
    coverage: coverageOf(tally, edition),
    perCall: tally.perCall,
  }
  process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 1)}\n` : text(report))
  return interrupted ? exit.interrupted : conforms ? exit.conforms : exit.differs
}

interface Summary {
  readonly at: string
  readonly seed: number
  readonly calls: number
  readonly cases: number
  readonly seconds: number
  readonly fixtures: { readonly passed: number; readonly failed: number; readonly messages: readonly string[] } | null
  readonly invariants: {
    readonly checked: readonly string[]
    readonly knownBroken: readonly { readonly id: string; readonly by: readonly string[] }[]
  }
  readonly broken: readonly {
    readonly case: number
    readonly invariant: string
    readonly claim: string
    readonly witnesses: readonly string[]
    readonly steps: readonly unknown[]
  }[]
}

function text(report: Summary): string {
  const lines = [`reference at ${report.at}`]
  if (report.fixtures !== null)
    lines.push(
      `  fixtures recorded from the real runtime: ${report.fixtures.passed} replayed equal, ${report.fixtures.failed} not`,
      ...report.fixtures.messages.map((m) => `    ${m}`),
    )
  lines.push(
    `  random sequences: ${report.calls.toLocaleString('en-US')} calls in ${report.cases.toLocaleString('en-US')} sequences, ${report.seconds.toFixed(1)} s, seed ${report.seed}`,
  )
  lines.push(
    `  invariants: ${report.invariants.checked.length} checked after every step, ${report.broken.length} broken${report.invariants.knownBroken.length === 0 ? '' : `; ${report.invariants.knownBroken.length} are known to break at this version`}`,
  )
  for (const b of report.broken)
    lines.push(
      `  ${b.invariant} is broken: ${b.claim}`,
      ...b.witnesses.map((w) => `    ${w}`),
      ...b.steps.map((s) => `    · ${stepText(s)}`),
    )
  return `${lines.join('\n')}\n`
}
