import { Option, type Command } from 'commander'
import { machines } from '../../spec/machines.js'
import { nearest } from '../../spec/versions/editions.js'
import { quirks } from '../../spec/versions/quirks.js'
import { mutate, parseMutation } from '../reference/mutation.js'
import { listRuntimes } from '../registry/registry.js'
import { conformReference } from './conform-reference.js'
import { conformRuntime, shardOf } from './conform-runtime.js'
import { usage } from './exit.js'
import { addLiveOptions, endpointOf, type LiveOptions } from './live-options.js'
import { duration, natural, positive, seedValue } from './options.js'
import { ensureWritable } from './write.js'

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
    .option('--seed <n>', 'seed of the sequences; by default from the clock', seedValue)
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
