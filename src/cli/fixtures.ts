import { readFileSync } from 'node:fs'
import { InvalidArgumentError, type Command } from 'commander'
import { checkFixtures, type FixtureSummary, type FixtureTarget } from '../../conformance/fixtures/check.js'
import { recordSet } from '../../conformance/fixtures/record-set.js'
import { codeHashOf } from '../../conformance/fixtures/record.js'
import { judgeFor } from '../../conformance/run/chunk.js'
import { RuntimeChain } from '../../conformance/targets/runtime/driver.js'
import { makers } from '../../model/makers.js'
import { nearest } from '../../spec/versions/editions.js'
import { findRuntime } from '../registry/registry.js'
import { exit, usage } from './exit.js'
import { packaged } from './packaged.js'
import { toolVersion } from './version.js'

const count = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('give a whole number of at least 1')
  return n
}

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
    .option('-t, --target <target>', 'the runtime that answers', 'runtime:144')
    .option('-o, --out <folder>', 'where to', 'fixtures')
    .option('-n, --calls <n>', 'how many calls to search', count, 100_000)
    .option('--seed <n>', 'seed of the search', count, 1)
    .option('--json', 'as JSON')
    .action(async ({ target, out, calls, seed, json }: { target: string; out: string; calls: number; seed: number; json?: boolean }) => {
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
        failures: result.failures.length,
        calls: result.calls,
        seed,
      }
      process.stdout.write(
        json === true
          ? `${JSON.stringify(summary, null, 1)}\n`
          : `${summary.fixtures} fixtures in ${out} cover ${summary.covered} rules, errors and events of ${summary.calls.toLocaleString('en-US')} calls; ${Object.keys(result.missed).length} missed, ${summary.failures} differences\n`,
      )
      process.exitCode = summary.failures === 0 ? exit.conforms : exit.differs
    })
}

async function targetOf(target: string, at: string | undefined): Promise<FixtureTarget> {
  if (target === 'reference') return { type: 'reference', ...(at === undefined ? {} : { at }) }
  if (!target.startsWith('runtime:')) throw usage(`${target} is no target: give reference or runtime:144`)
  return { type: 'runtime', chain: new RuntimeChain(readFileSync((await findRuntime(target.slice('runtime:'.length))).file)) }
}
