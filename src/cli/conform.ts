import { join } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { machines } from '../../spec/machines.js'
import { flip, editionNamed, nearest } from '../../spec/versions/editions.js'
import { quirks } from '../../spec/versions/quirks.js'
import { notCompared, observed } from '../../conformance/compare/not-compared.js'
import { junitReport } from '../../conformance/report/junit.js'
import { coverageOf, remarksFor, type Report } from '../../conformance/report/report.js'
import { textReport } from '../../conformance/report/text.js'
import { runCampaign, type CampaignResult } from '../../conformance/run/campaign.js'
import { mutate, parseMutation } from '../reference/mutation.js'
import { findRuntime, listRuntimes } from '../registry/registry.js'
import { conformReference } from './conform-reference.js'
import { exit, usage } from './exit.js'
import { progressBar } from './progress.js'
import { toolVersion } from './version.js'
import { ensureWritable, writeWhole } from './write.js'

/** What the command line gives. */
export interface ConformOptions {
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
  program
    .command('conform')
    .description('Does an implementation behave as the spec says? Random sequences, every outcome, event and storage key compared.')
    .option('-t, --target <target>', 'reference, runtime:144, or runtime:144@HASH; without it: the reference, and every registered runtime that the spec describes')
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
    .option('-o, --out <folder>', 'keep the report and the shrunk sequences there')
    .addHelpText(
      'after',
      `
Examples:
  $ tfspec conform --target runtime:144 --calls 50000 --workers 2
  $ tfspec conform --target runtime:144 --time 60s --out report
  $ tfspec conform --target runtime:144 --seed 7 --case 12
  $ tfspec conform --target runtime:144 --fault 'SC-REMOVE-2:drop @freeIps'
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
  const { target } = options
  if (target === 'reference') return conformReference(options)
  if (target === undefined) return conformEmbedded(options)
  if (target.startsWith('runtime:')) return conformRuntime(target.slice('runtime:'.length), options)
  throw usage(`${target} is no target: give reference, runtime:144 or runtime:144@HASH`)
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
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  const progress = progressBar(`runtime:${runtime.specVersion}`)
  let result: CampaignResult
  try {
    result = await runCampaign(
      { runtime: runtime.file, at, flipped: options.flip, seed: seedUsed, known: [], extreme: options.extreme === true, ...(options.fault === undefined ? {} : { fault: options.fault }) },
      {
        ...(options.time === undefined ? { calls: options.calls ?? options.extrinsics ?? 10_000 } : { seconds: options.time }),
        workers: options.workers,
        ...(options.case === undefined ? {} : { onlyCase: options.case }),
        maxFailures: options.maxFailures,
        onProgress: progress.update,
        signal: abort.signal,
      },
    )
  } finally {
    progress.end()
    process.off('SIGINT', interrupt)
  }
  const report = reportOf(result, { target: `runtime:${runtime.name}`, version: runtime.specVersion, at, seed: seedUsed, options })
  if (options.out !== undefined) keep(options.out, report)
  if (options.junit !== undefined) writeWhole(options.junit, junitReport(report))
  process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 1)}\n` : `${textReport(report)}\n`)
  return report.interrupted ? exit.interrupted : report.conforms ? exit.conforms : exit.differs
}

function reportOf(result: CampaignResult, run: { target: string; version: number; at: string; seed: number; options: ConformOptions }): Report {
  const { tally, failures, counts, seconds, interrupted } = result
  const { target, version, at, seed: seedUsed, options } = run
  const flips = options.flip.map((id) => ` --flip ${id}`).join('') + (options.fault === undefined ? '' : ` --fault '${options.fault}'`) + (options.extreme === true ? ' --extreme' : '')
  const replay = (i: number, index: number): string =>
    options.out === undefined
      ? `tfspec conform --target ${target} --at ${at} --seed ${seedUsed} --case ${index}${flips}`
      : `tfspec replay ${join(options.out, failureFile(i))} --target ${target} --at ${at}${flips}`
  return {
    tool: toolVersion(),
    specVersion: version,
    at,
    target,
    remarks: remarksFor(version, at),
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
    perCall: tally.perCall,
    events: tally.events,
    rules: tally.rules,
    notCompared,
    observed,
  }
}

const failureFile = (i: number): string => `difference-${i + 1}.json`

function keep(folder: string, report: Report): void {
  writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`)
  report.differences.forEach(({ file }, i) => writeWhole(join(folder, failureFile(i)), file))
}
