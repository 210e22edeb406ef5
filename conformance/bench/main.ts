/**
 * `npm run bench`: how fast runtime, reference and comparison are, as ratios to a plain reducer that is measured in the same
 * run. Nothing fails for being slow: figures of a shared machine are for reading.
 */
import { parseArgs } from 'node:util'
import { newestVersion } from '../../spec/versions/editions.js'
import { findRuntime, readRuntime, type RegisteredRuntime } from '../../src/registry/registry.js'
import { RuntimeChain } from '../targets/runtime/driver.js'
import { RuntimeFileError } from '../targets/runtime/wasm-file.js'
import { bootOnce } from './boot.js'
import { growthRows } from './growth.js'
import { measure, type Contender } from './measure.js'
import { bootRow, rowsOf, textReport, type BenchReport, type Row } from './report.js'
import { comparedRow, invariantsRow, referenceRow, referenceWithoutSignaturesRow, runtimeRow, yardstickRow } from './rows.js'

const usage = `npm run bench -- [options]

  --rounds N   how often each is measured (5, at least 3)
  --millis N   how long each works in a round (600)
  --seed N     what the sequences are made from (1)
  --only TEXT  only rows whose id contains the text, beside the reducer
  --json       the result as JSON
  --help

Exit codes: 0 measured, 2 usage. Without a registered runtime the rows that need one stay empty.
`

class UsageError extends Error {}

interface Options {
  readonly rounds: number
  readonly millis: number
  readonly seed: number
  readonly only: string
  readonly json: boolean
  readonly help: boolean
}

function optionsOf(args: readonly string[]): Options {
  const whole = (name: string, text: string, least: number): number => {
    const n = Number(text)
    if (text.trim() === '' || !Number.isSafeInteger(n) || n < least)
      throw new UsageError(`--${name} wants a whole number from ${least} on, not "${text}"`)
    return n
  }
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string' },
        millis: { type: 'string' },
        seed: { type: 'string' },
        only: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    const { rounds = '5', millis = '600', seed = '1', only = '', json = false, help = false } = values
    return { rounds: whole('rounds', rounds, 3), millis: whole('millis', millis, 1), seed: whole('seed', seed, 0), only, json, help }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

const version = newestVersion
const sizes = [1_000, 10_000, 100_000]

/** The runtime of the spec's newest version, or why there is none. */
async function runtime(): Promise<{ readonly found: RegisteredRuntime; readonly chain: RuntimeChain } | { readonly missing: string }> {
  try {
    const found = await findRuntime(String(version))
    return { found, chain: new RuntimeChain(await readRuntime(found)) }
  } catch (error) {
    if (error instanceof RuntimeFileError) return { missing: error.message }
    throw error
  }
}

/** Makes the rows that are asked for: what is not measured is not prepared either. */
const wanted = (only: string, makes: Readonly<Record<string, () => Contender>>): readonly Contender[] =>
  Object.entries(makes).flatMap(([id, make]) => (id.includes(only) ? [make()] : []))

async function bench({ rounds, millis, seed, only }: Options): Promise<BenchReport> {
  const started = performance.now()
  const target = await runtime()
  const yardstick = yardstickRow()
  const contenders = [
    yardstick,
    ...wanted(only, {
      reference: () => referenceRow(version, seed),
      'reference-without-signatures': () => referenceWithoutSignaturesRow(version, seed),
      'reference-invariants': () => invariantsRow(version, seed),
    }),
  ]
  if ('chain' in target) {
    const { chain } = target
    contenders.push(
      ...wanted(only, {
        'runtime-10': () => runtimeRow(chain, seed, 10, 15_000),
        'runtime-1': () => runtimeRow(chain, seed, 1, 5_000),
        'compared-10': () => comparedRow(chain, seed, 10, 10_000),
        'compared-1': () => comparedRow(chain, seed, 1, 5_000),
      }),
    )
  }
  const say = (what: string) => (done: number, of: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done === of ? '' : `${what} ${done} of ${of}`}`)
  }
  const speeds = measure(contenders, { rounds, millis, onProgress: say('speed') })
  const growing = 'growth'.includes(only) ? [yardstick, ...growthRows(version, sizes)] : [yardstick]
  const growths = measure(growing, { rounds, millis: Math.min(millis, 300), onProgress: say('growth') })
  const missing: readonly Row[] =
    'missing' in target ? [{ id: 'runtime', what: 'runtime, and reference against runtime', note: target.missing }] : []
  const boots = 'found' in target && 'boot'.includes(only) ? Array.from({ length: rounds }, () => bootOnce(target.found.file)) : []
  return {
    node: process.versions.node,
    target: 'found' in target ? `runtime:${target.found.name}` : null,
    rounds,
    rows: [...rowsOf(contenders, speeds, yardstick.id), ...missing],
    growth: rowsOf(growing.slice(1), growths, yardstick.id),
    boot: boots.length === 0 ? null : bootRow(boots),
    seconds: (performance.now() - started) / 1000,
  }
}

try {
  const options = optionsOf(process.argv.slice(2))
  if (options.help) process.stdout.write(usage)
  else {
    const report = await bench(options)
    process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : textReport(report))
  }
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`bench: ${isUsage ? error.message : ((error as Error).stack ?? String(error))}\n${isUsage ? `\n${usage}` : ''}`)
  process.exitCode = isUsage ? 2 : 3
}
