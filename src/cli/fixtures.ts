import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { checkFixtures, type FixtureSummary, type FixtureTarget } from '../../conformance/fixtures/check.js'
import { recordSet } from '../../conformance/fixtures/record-set.js'
import { codeHashOf } from '../../conformance/fixtures/record.js'
import type { Judge } from '../../conformance/compare/judge.js'
import { coverageOf, type Report } from '../../conformance/report/report.js'
import { judgeFor } from '../../conformance/run/chunk.js'
import { RuntimeChain } from '../../conformance/targets/runtime/driver.js'
import { makers } from '../../model/makers.js'
import { nearest } from '../../spec/versions/editions.js'
import { fixtureText } from '../fixtures/file.js'
import { findRuntime } from '../registry/registry.js'
import { exit, usage } from './exit.js'
import { positive } from './options.js'
import { packaged } from './packaged.js'
import { toolVersion } from './version.js'

/** The fixtures that the package holds, replayed on the reference. */
export const checkPackaged = (): FixtureSummary => checkFixtures(packaged('fixtures'), { type: 'reference' })

/** What differs, a line a fixture. */
export const messagesOf = ({ results }: FixtureSummary): readonly string[] =>
  results.flatMap(({ file, verdict, difference, error }) =>
    verdict === 'passed'
      ? []
      : difference === undefined
        ? [`${file}: ${error?.message ?? 'unusable'}`]
        : [
            `${file}: step ${difference.step}, ${difference.field}: expected ${JSON.stringify(difference.expected)?.slice(0, 200)}, got ${JSON.stringify(difference.actual)?.slice(0, 200)}`,
          ],
  )

export function addFixtures(program: Command): void {
  const fixtures = program
    .command('fixtures')
    .description('Cases to keep: recorded on the real runtime, checked on the reference and on any target')
  fixtures
    .command('check')
    .argument('[place]', 'a folder or a file; the package’s own fixtures by default')
    .description('Fails when the reference or the target no longer agrees')
    .option('-t, --target <target>', 'reference, or runtime:144', 'reference')
    .option('--at <version>', 'read the spec at this edition instead of each fixture’s own version')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec fixtures check --target runtime:144')
    .action(async (place: string | undefined, { target, at, json }: { target: string; at?: string; json?: boolean }) => {
      const summary = checkFixtures(place ?? packaged('fixtures'), await targetOf(target, at))
      if (json === true) process.stdout.write(`${JSON.stringify(summary, null, 1)}\n`)
      else
        process.stdout.write(
          [...messagesOf(summary), `${summary.passed} passed, ${summary.differing} differ, ${summary.unusable} unusable`, ''].join('\n'),
        )
      process.exitCode = summary.differing + summary.unusable === 0 ? exit.conforms : exit.differs
    })
  fixtures
    .command('fill')
    .description('Writes a small set that covers every rule, error and event that random sequences reach, recorded on the runtime')
    .option('-t, --target <target>', 'the runtime that answers; by default that of --at')
    .option('--at <version>', 'the version whose fixtures are made', '144')
    .option('-o, --out <folder>', 'where to', 'fixtures')
    .option('-n, --calls <n>', 'how many calls to search', positive, 100_000)
    .option('--seed <n>', 'seed of the search', positive, 1)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec fixtures fill --at 144 --out fixtures')
    .action(async ({ at, target = `runtime:${at}`, out, calls, seed, json }: FillCommandOptions) => {
      if (!target.startsWith('runtime:')) throw usage('fixtures are recorded on a runtime: give --target runtime:144')
      const runtime = await findRuntime(target.slice('runtime:'.length))
      const judge = judgeFor({ runtime: runtime.file, at: String(nearest(runtime.specVersion)), flipped: [] })
      const result = await recordSet(out, judge, {
        makers,
        seed,
        calls,
        codeHash: codeHashOf(readFileSync(runtime.file)),
        tool: toolVersion(),
      })
      const summary = {
        fixtures: result.fixtures.length,
        covered: result.covered.length,
        missed: result.missed,
        coverage: coveredBy(result.covered, judge),
        bytes: result.fixtures.reduce((sum, { fixture }) => sum + Buffer.byteLength(fixtureText(fixture)), 0),
        failures: result.failures.length,
        calls: result.calls,
        seed,
      }
      process.stdout.write(
        json === true
          ? `${JSON.stringify(summary, null, 1)}\n`
          : `${summary.fixtures} fixtures (${(summary.bytes / 1e6).toFixed(2)} MB) in ${out} cover ${summary.covered} rules, errors and events of ${summary.calls.toLocaleString('en-US')} calls; ${Object.keys(result.missed).length} missed, ${summary.failures} differences\n${coverageText(summary.coverage)}`,
      )
      process.exitCode = summary.failures === 0 ? exit.conforms : exit.differs
    })
}

interface FillCommandOptions {
  readonly at: string
  readonly target?: string
  readonly out: string
  readonly calls: number
  readonly seed: number
  readonly json?: boolean
}

type FillCoverage = Pick<Report['coverage'], 'rules' | 'errors' | 'events'>

/** What a set covers of all that there is at its version. */
function coveredBy(features: readonly string[], { reference }: Judge): FillCoverage {
  const named = (kind: string): Record<string, number> =>
    Object.fromEntries(features.filter((one) => one.startsWith(`${kind} `)).map((one) => [one.slice(kind.length + 1), 1]))
  const all = Object.fromEntries(reference.interpreter.branches.map(({ meta }) => [meta.rule, 0]))
  const { rules, errors, events } = coverageOf(
    {
      perCall: { all: { accepted: 0, refused: named('error') } },
      events: named('event'),
      rules: { ...all, ...named('rule') },
    },
    reference.interpreter.edition,
  )
  return { rules, errors, events }
}

const coverageText = (coverage: FillCoverage): string =>
  Object.entries(coverage)
    .map(
      ([name, { hit, total, missing, unreachable }]) =>
        `  ${name.padEnd(7)} ${hit}/${total}, ${unreachable.length} unreachable${missing.length === 0 ? '' : `; missing ${missing.join(', ')}`}\n`,
    )
    .join('')

async function targetOf(target: string, at: string | undefined): Promise<FixtureTarget> {
  if (target === 'reference') return { type: 'reference', ...(at === undefined ? {} : { at }) }
  if (!target.startsWith('runtime:')) throw usage(`${target} is no target: give reference or runtime:144`)
  return { type: 'runtime', chain: new RuntimeChain(readFileSync((await findRuntime(target.slice('runtime:'.length))).file)) }
}
