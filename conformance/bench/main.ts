/**
 * `npm run bench`: how fast runtime, reference and comparison are, as ratios to a plain reducer that is measured in the same
 * run. Nothing fails for being slow: figures of a shared machine are for reading.
 */
import { parseArgs } from 'node:util'
import { newestVersion } from '../../spec/versions/editions.js'
import { findRuntime, readRuntime, type RegisteredRuntime } from '../../src/registry/registry.js'
import { RuntimeFileError } from '../targets/runtime/wasm-file.js'
import { bootOnce } from './boot.js'
import { makes } from './contenders.js'
import { contest } from './contest.js'
import { bootRow, textReport, type BenchReport, type Row } from './report.js'

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

/** The runtime of the spec's newest version, or why there is none. */
async function runtime(): Promise<RegisteredRuntime | { readonly missing: string }> {
  try {
    const found = await findRuntime(String(newestVersion))
    await readRuntime(found)
    return found
  } catch (error) {
    if (error instanceof RuntimeFileError) return { missing: error.message }
    throw error
  }
}

async function bench({ rounds, millis, seed, only }: Options): Promise<BenchReport> {
  const started = performance.now()
  const target = await runtime()
  const file = 'file' in target ? { runtime: target.file } : {}
  const ids = Object.keys(makes).filter((id) => id.includes(only))
  const measured = new Map<string, readonly Row[]>()
  const say = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`))
  for (const [done, id] of ids.entries()) {
    say(`${id}, ${done + 1} of ${ids.length}`)
    measured.set(id, await contest({ id, seed, rounds, millis: id === 'growth' ? Math.min(millis, 300) : millis, ...file }))
  }
  say('')
  const rows = ids.filter((id) => id !== 'growth').flatMap((id) => measured.get(id)!.slice(1))
  const reducer = [...measured.values()][0]?.[0]
  const missing: readonly Row[] =
    'missing' in target ? [{ id: 'runtime', what: 'runtime, and reference against runtime', note: target.missing }] : []
  const boots = 'file' in target && 'boot'.includes(only) ? Array.from({ length: rounds }, () => bootOnce(target.file)) : []
  return {
    node: process.versions.node,
    target: 'file' in target ? `runtime:${target.name}` : null,
    rounds,
    rows: [...(reducer === undefined ? [] : [reducer]), ...rows, ...missing],
    growth: measured.get('growth')?.slice(1) ?? [],
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
