/**
 * `npm run check:host`: a second opinion on the host functions that conformance/targets/runtime gives the runtime.
 * Opt-in, since Chopsticks takes about 0.1 s a call.
 */
import { parseArgs } from 'node:util'
import { findRuntime, readRuntime, type RegisteredRuntime } from '../../src/registry/registry.js'
import { UnsupportedMetadata } from '../targets/runtime/metadata-v14.js'
import { RuntimeFileError } from '../targets/runtime/wasm-file.js'
import { check } from './check.js'
import { ChopsticksMissing } from './chopsticks.js'
import { notCompared } from './lockstep.js'
import { textReport } from './report.js'

const usage = `npm run check:host -- [options]

Runs the same sequence in lockstep on V8 and on Chopsticks and compares what they write and the events, byte for byte.

  --target runtime:NAME  the registered runtime (runtime:144)
  --blocks N             how many blocks (48)
  --seed N               what the sequence is made from (1)
  --json                 the result as JSON
  --help

Exit codes: 0 no difference, 1 differences, 2 usage, 3 no runtime or no Chopsticks, 130 interrupted.
`

class UsageError extends Error {}

interface Options {
  readonly target: string
  readonly blocks: number
  readonly seed: number
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
        target: { type: 'string' },
        blocks: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    const { target = 'runtime:144', blocks = '48', seed = '1', json = false, help = false } = values
    if (!target.startsWith('runtime:'))
      throw new UsageError(`--target wants runtime:NAME, not "${target}": nothing else has host functions`)
    return { target, blocks: whole('blocks', blocks, 1), seed: whole('seed', seed, 0), json, help }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

async function runtimeOf(target: string): Promise<{ readonly runtime: RegisteredRuntime; readonly wasm: Uint8Array }> {
  const runtime = await findRuntime(target.slice('runtime:'.length))
  return { runtime, wasm: await readRuntime(runtime) }
}

/** Runs the command. @returns the exit code */
async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args)
  if (options.help) {
    process.stdout.write(usage)
    return 0
  }
  const { runtime, wasm } = await runtimeOf(options.target)
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  const onTerminal = process.stderr.isTTY
  const { blocks, seed, json } = options
  const result = await check(wasm, {
    blocks,
    seed,
    signal: interrupted.signal,
    ...(onTerminal
      ? { onProgress: (done, extrinsics) => void process.stderr.write(`\r${done} of ${blocks} blocks, ${extrinsics} extrinsics`) }
      : {}),
  })
  if (onTerminal) process.stderr.write('\r\x1b[K')
  const target = `runtime:${runtime.name}`
  process.stdout.write(json ? `${JSON.stringify({ target, ...result, notCompared }, undefined, 2)}\n` : textReport(target, result))
  return result.differences.length > 0 ? 1 : interrupted.signal.aborted ? 130 : 0
}

/** What a failure of ours means for the caller. @returns undefined for a defect */
function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof UsageError) return 2
  if (error instanceof RuntimeFileError || error instanceof ChopsticksMissing || error instanceof UnsupportedMetadata) return 3
  return undefined
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const code = exitCodeOf(error)
  process.stderr.write(`check:host: ${code === undefined ? ((error as Error).stack ?? String(error)) : (error as Error).message}\n`)
  if (code === 2) process.stderr.write(`\n${usage}`)
  process.exitCode = code ?? 3
}
