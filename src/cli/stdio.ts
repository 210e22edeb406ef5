import { styleText } from 'node:util'
import { annotations, wantsAnnotations } from '../../conformance/report/annotations.js'
import { differenceLines, stepText } from '../../conformance/report/text.js'
import { runStdio, type StdioResult } from '../../conformance/targets/stdio/campaign.js'
import { wordsOf } from '../../conformance/targets/stdio/command-line.js'
import { StdioError } from '../../conformance/targets/stdio/process.js'
import { StdioTarget } from '../../conformance/targets/stdio/target.js'
import { Within } from '../../conformance/targets/stdio/within.js'
import { editionNamed, newestVersion } from '../../spec/versions/editions.js'
import type { ConformOptions } from './conform.js'
import { exit, unusable, usage } from './exit.js'
import { packaged } from './packaged.js'
import { writeTestReports } from './publish.js'
import { toolVersion } from './version.js'
import { writeWhole } from './write.js'

const defaultCalls = 2000
const helloMs = 30_000
const answerMs = 10_000

/**
 * `conform --target 'stdio:COMMAND'`: an implementation in any language, on the fixtures and on generated sequences.
 * @returns the exit code
 */
export async function conformStdio(command: string, options: ConformOptions): Promise<number> {
  const words = wordsOf(command)
  if (words === undefined || words.length === 0) throw usage(`stdio:${command} names no program: write --target 'stdio:python3 my.py'`)
  const edition = editionNamed(options.at ?? String(newestVersion))
  const seed = options.seed ?? Math.floor(Date.now() % 0x7fffffff)
  const target = new StdioTarget(words, toolVersion(), edition.version, { helloMs, answerMs })
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  try {
    const within = new Within(await target.hello())
    const { specVersion, name } = within.declaration
    if (specVersion !== edition.version)
      throw unusable(`${name} speaks of spec_version ${specVersion}, the spec is read at ${edition.name}: add --at ${specVersion}`)
    const calls = options.calls ?? options.extrinsics ?? defaultCalls
    const started = performance.now()
    const result = await runStdio(target, within, {
      edition,
      fixtures: packaged('fixtures'),
      calls,
      seed,
      maxFailures: options.maxFailures,
      signal: abort.signal,
    })
    const conforms = result.differences.length === 0
    const report = {
      tool: toolVersion(),
      target: `stdio:${command}`,
      name,
      at: edition.name,
      seed,
      conforms,
      seconds: (performance.now() - started) / 1000,
      declaration: within.declaration,
      ...result,
    }
    const json = `${JSON.stringify(report, null, 1)}\n`
    if (options.out !== undefined) writeWhole(`${options.out}/report.json`, json)
    const differences = result.differences.map((one) => ({ ...one, replay: one.where }))
    const { cases, calls: generated } = result.sequences
    writeTestReports({ ...report, specVersion, differences, cases, calls: generated }, options)
    if (wantsAnnotations(process.env)) process.stderr.write(annotations(differences))
    process.stdout.write(options.json === true ? json : text(report))
    return result.interrupted ? exit.interrupted : conforms ? exit.conforms : exit.differs
  } catch (error) {
    if (error instanceof StdioError) throw unusable(`${command}: ${error.message}`, error)
    throw error
  } finally {
    process.off('SIGINT', interrupt)
    await target.close()
  }
}

interface Shown extends StdioResult {
  readonly name: string
  readonly at: string
  readonly seed: number
  readonly seconds: number
  readonly declaration: Within['declaration']
}

function text({ name, at, seed, seconds, declaration, fixtures, sequences, beyond, rules, differences, interrupted }: Shown): string {
  const lines = [
    `${name} at ${at}: declares ${declaration.calls.length} calls, ${declaration.events.length} events, ${declaration.items.length} storage items; fees ${declaration.fees}. Nothing else was compared.`,
    `  fixtures   ${fixtures.whole} whole, ${fixtures.inPart} in part, ${fixtures.leftOut} left out; ${fixtures.steps} of ${fixtures.ofSteps} steps compared`,
    `  sequences  ${sequences.calls} calls, ${sequences.steps} steps in ${sequences.cases} cases of seed ${seed}; ${sequences.leftEarly} left early`,
    `  rules      ${rules.length} decided something that was compared`,
    `  left where ${Object.entries(beyond)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 6)
      .map(([why, n]) => `${why} (${n})`)
      .join(', ')}`,
  ]
  for (const { where, difference, steps, times } of differences)
    lines.push(
      '',
      styleText('red', `${difference.kind} · ${difference.field}`),
      `  rule ${difference.rule}, ${times === 1 ? 'once' : `${times} times`}, first in ${where}; fewest steps found:`,
      ...steps.map((step, i) => `  ${i === difference.step ? '>' : ' '} ${stepText(step)}`),
      ...differenceLines(difference),
    )
  lines.push('', `${seconds.toFixed(1)} s${interrupted ? ', interrupted: this is what was found so far' : ''}`)
  lines.push(
    differences.length === 0 ? styleText('green', 'zero differences') : styleText('red', `${differences.length} different differences`),
  )
  return `${lines.join('\n')}\n`
}
