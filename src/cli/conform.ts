import { join } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { machines } from '../../spec/machines.js'
import { flip, editionNamed, nearest } from '../../spec/versions/editions.js'
import { quirks } from '../../spec/versions/quirks.js'
import { notCompared, observed } from '../../conformance/compare/not-compared.js'
import { coverageOf, remarksFor, type Report } from '../../conformance/report/report.js'
import { blobText, type RunQuestion } from '../../conformance/run/blob.js'
import { runCampaign, type CampaignResult } from '../../conformance/run/campaign.js'
import { parseShard, type Shard } from '../../conformance/run/shard.js'
import { sortedFields } from '../../conformance/run/tally.js'
import { mutate, parseMutation } from '../reference/mutation.js'
import { findRuntime, listRuntimes } from '../registry/registry.js'
import { conformReference } from './conform-reference.js'
import { usage } from './exit.js'
import { progressBar } from './progress.js'
import { addLiveOptions, endpointOf, type LiveOptions } from './live-options.js'
import { failureFile, publish } from './publish.js'
import { toolVersion } from './version.js'
import { ensureWritable, writeWhole } from './write.js'

/** What the command line gives. */
export interface ConformOptions extends LiveOptions {
  readonly target?: string
  readonly at?: string
  readonly calls?: number
  readonly extrinsics?: number
  readonly time?: number
  readonly maxFailures: number
  readonly seed?: number
  readonly case?: number
  readonly workers: number
  readonly flip: readonly string[]
  readonly fault?: string
  readonly extreme?: boolean
  readonly json?: boolean
  readonly junit?: string
  readonly ctrf?: string
  readonly shard?: string
  readonly blob?: string
  readonly out?: string
}

const positive = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('give a whole number of at least 1')
  return n
}
const natural = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('give a whole number')
  return n
}
const duration = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('give a time such as 60s, 5m or 1h')
  return Number(match[1]) * { s: 1, m: 60, h: 3600 }[(match[2] ?? 's') as 's' | 'm' | 'h']
}
const seed = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || Math.abs(n) > 0x7fffffff) throw new InvalidArgumentError('give a whole number of at most 31 bits')
  return n
}

export function addConform(program: Command): void {
  addLiveOptions(program.command('conform'))
    .description('Does an implementation behave as the spec says? Random sequences, every outcome, event and storage key compared.')
    .option(
      '-t, --target <target>',
      'reference, runtime:144, runtime:144@HASH, ws://127.0.0.1:9944, or "stdio:COMMAND"; without it: the reference, and every registered runtime that the spec describes',
    )
    .option('--at <version>', "the spec's version, or intended; by default the target's own")
    .option('-n, --calls <n>', 'how many calls', positive)
    .addOption(new Option('--extrinsics <n>', 'the same as --calls').argParser(positive).hideHelp())
    .option('--time <time>', 'how long instead of how many: 60s, 5m, 1h', duration)
    .option('--seed <n>', 'seed of the sequences; by default from the clock', seed)
    .option('--case <n>', 'only this case of the seed', natural)
    .option('--workers <n>', 'threads', positive, 1)
    .option('--max-failures <n>', 'stop after so many different differences', positive, 10)
    .option('--flip <quirk...>', 'switch quirks over: a fault that must be found', [])
    .option('--fault <fault>', 'plant a fault into the spec that must be found: "RULE:drop NAME", RULE:negate or RULE:never')
    .option('--extreme', 'extreme arguments only: 0, 1, the greatest, empty and over-long')
    .option('--json', 'the report as JSON on standard output')
    .option('--junit <file>', 'the report as JUnit XML')
    .option('--ctrf <file>', 'the report as CTRF JSON')
    .option('--shard <i/n>', 'only the i-th of n parts of the run, for several machines; job/n in an Indexed Job of Kubernetes')
    .option('--blob <file>', 'what `tfspec merge` needs of a shard')
    .option('-o, --out <folder>', 'keep the report and the shrunk sequences there')
    .addHelpText(
      'after',
      `
Examples:
  $ tfspec conform --target runtime:144 --calls 50000 --workers 2
  $ tfspec conform --target runtime:144 --time 60s --out report
  $ tfspec conform --target runtime:144 --seed 7 --case 12
  $ tfspec conform --target runtime:144 --fault 'SC-REMOVE-2:drop @freeIps'
  $ tfspec conform --target runtime:144 --seed 7 --calls 1000000 --shard 2/4 --blob 2.json
  $ tfspec conform --target ws://127.0.0.1:9944 --suri //Alice --calls 500
  $ tfspec conform --target 'stdio:python3 my_chain.py'
  $ tfspec conform --target reference

Exit codes: 0 conforms, 1 does not, 2 usage, 3 target unusable, 130 interrupted.`,
    )
    .action(async (options: ConformOptions) => {
      process.exitCode = await conform(options)
    })
}

/** @returns the exit code */
export async function conform(options: ConformOptions): Promise<number> {
  for (const id of options.flip) if (!quirks.some((q) => q.id === id)) throw usage(`no quirk is named ${id}; \`tfspec quirks\` lists them`)
  if (options.calls !== undefined && options.time !== undefined) throw usage('--calls and --time exclude each other: give one')
  if (options.fault !== undefined) mutate(machines, parseMutation(options.fault))
  if (options.out !== undefined) ensureWritable(options.out)
  shardOf(options)
  const target = options.target ?? options.endpoint ?? options.url
  if (target === 'reference') return conformReference(options)
  if (target === undefined) return conformEmbedded(options)
  if (target.startsWith('runtime:')) return conformRuntime(target.slice('runtime:'.length), options)
  if (target === 'live' || /^wss?:/.test(target))
    return (await import('./live.js')).conformLive(target === 'live' ? endpointOf(options) : target, options)
  if (target.startsWith('stdio:')) return (await import('./stdio.js')).conformStdio(target.slice('stdio:'.length), options)
  throw usage(`${target} is no target: give reference, runtime:144, runtime:144@HASH, ws://… or stdio:COMMAND`)
}

/** The main job on what is there: the reference always, and the runtimes that are registered and described. */
async function conformEmbedded(options: ConformOptions): Promise<number> {
  let code = await conformReference(options)
  const runtimes = (await listRuntimes()).filter(({ specVersion }) => nearest(specVersion) === specVersion)
  for (const { name } of runtimes) code = Math.max(code, await conformRuntime(name, { ...options, calls: options.calls ?? 20_000 }))
  if (runtimes.length === 0)
    process.stderr.write(
      'No runtime is registered, so the real chain was not compared. Register one with\n  tfspec runtime add FILE        (a runtime .wasm, or a chain spec .json)\n  tfspec runtime pull --endpoint ws://127.0.0.1:9944\nand run again.\n',
    )
  return code
}

async function conformRuntime(name: string, options: ConformOptions): Promise<number> {
  const runtime = await findRuntime(name)
  const at = options.at ?? String(nearest(runtime.specVersion))
  flip(editionNamed(at), options.flip)
  const seedUsed = options.seed ?? Math.floor(Date.now() % 0x7fffffff)
  const shard = shardOf(options)
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  const progress = progressBar(`runtime:${runtime.specVersion}`)
  let result: CampaignResult
  try {
    result = await runCampaign(
      {
        runtime: runtime.file,
        at,
        flipped: options.flip,
        seed: seedUsed,
        known: [],
        extreme: options.extreme === true,
        ...(options.fault === undefined ? {} : { fault: options.fault }),
      },
      {
        ...(options.time === undefined ? { calls: options.calls ?? options.extrinsics ?? 10_000 } : { seconds: options.time }),
        workers: options.workers,
        ...(options.case === undefined ? {} : { onlyCase: options.case }),
        ...(shard === undefined ? {} : { shard }),
        maxFailures: options.maxFailures,
        onProgress: progress.update,
        signal: abort.signal,
      },
    )
  } finally {
    progress.end()
    process.off('SIGINT', interrupt)
  }
  const question: RunQuestion = {
    tool: toolVersion(),
    target: `runtime:${runtime.name}`,
    codeHash: runtime.hash,
    specVersion: runtime.specVersion,
    at,
    seed: seedUsed,
    calls: options.calls ?? options.extrinsics ?? 10_000,
    maxFailures: options.maxFailures,
    flip: options.flip,
    ...(options.fault === undefined ? {} : { fault: options.fault }),
    extreme: options.extreme === true,
  }
  if (options.blob !== undefined) writeWhole(options.blob, blobText(question, shard ?? { index: 1, of: 1 }, result))
  return publish(reportOf(result, question, options.out), options)
}

/** The part of the run that was asked for. */
function shardOf(options: ConformOptions): Shard | undefined {
  const { shard: text, target, seed: given, time, case: only } = options
  if (text === undefined && options.blob === undefined) return undefined
  if (target?.startsWith('runtime:') !== true) throw usage('--shard and --blob are for runs against a runtime: add --target runtime:144')
  if (given === undefined) throw usage('the shards of a run have its seed in common: add --seed')
  if (time !== undefined || only !== undefined) throw usage('a run by --time or of one --case has no shards: give --calls')
  const shard = text === undefined ? undefined : parseShard(text, process.env)
  if (typeof shard === 'string') throw usage(shard)
  return shard
}

/** @param out where the cases of the differences are kept */
export function reportOf(result: CampaignResult, question: RunQuestion, out: string | undefined): Report {
  const { tally, failures, counts, seconds, interrupted } = result
  const { target, specVersion: version, at, seed: seedUsed, ...options } = question
  const flips =
    options.flip.map((id) => ` --flip ${id}`).join('') +
    (options.fault === undefined ? '' : ` --fault '${options.fault}'`) +
    (options.extreme ? ' --extreme' : '')
  const replay = (i: number, index: number): string =>
    out === undefined
      ? `tfspec conform --target ${target} --at ${at} --seed ${seedUsed} --case ${index}${flips}`
      : `tfspec replay ${join(out, failureFile(i))} --target ${target} --at ${at}${flips}`
  return {
    tool: question.tool,
    specVersion: version,
    at,
    target,
    remarks: [
      ...remarksFor(version, at),
      ...(tally.cases < result.planned && !interrupted
        ? [`the run was stopped after ${tally.cases} of ${result.planned} cases: it had met as many differences as --max-failures allows`]
        : []),
    ],
    seed: seedUsed,
    calls: tally.calls,
    blocks: tally.blocks,
    cases: tally.cases,
    seconds,
    callsPerSecond: tally.calls / seconds,
    interrupted,
    conforms: failures.length === 0,
    differences: failures.map((failure, i) => ({ ...failure, times: counts[failure.signature] ?? 1, replay: replay(i, failure.case) })),
    coverage: coverageOf(tally, editionNamed(at)),
    // In an order that neither workers nor shards decide.
    perCall: sortedFields(
      Object.fromEntries(
        Object.entries(tally.perCall).map(([call, { accepted, refused }]) => [call, { accepted, refused: sortedFields(refused) }]),
      ),
    ),
    events: sortedFields(tally.events),
    rules: sortedFields(tally.rules),
    notCompared,
    observed,
  }
}
