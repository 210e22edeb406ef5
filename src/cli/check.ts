import type { Command } from 'commander'
import { promises } from '../../conformance/run/check-chunk.js'
import { runCheck, type CheckCampaign } from '../../conformance/run/check-campaign.js'
import { stepText } from '../../conformance/report/text.js'
import { gates } from '../../spec/gates.js'
import { quirks } from '../../spec/versions/quirks.js'
import { exit, usage } from './exit.js'
import { duration, positive, seedValue } from './options.js'
import { progressBar } from './progress.js'
import { toolVersion } from './version.js'
import { ensureWritable, writeWhole } from './write.js'

/** What the command line gives. */
export interface CheckCommandOptions {
  readonly at: string
  readonly calls?: number
  readonly time?: number
  readonly seed?: number
  readonly workers: number
  readonly maxFailures: number
  readonly flip: readonly string[]
  readonly fault?: string
  readonly json?: boolean
  readonly out?: string
}

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('Does the spec keep its promises? Random sequences, every invariant after every step.')
    .option('--at <version>', 'a version, or what is intended', 'intended')
    .option('-n, --calls <n>', 'how many calls', positive)
    .option('--time <time>', 'how long instead of how many calls: 60s, 5m', duration)
    .option('--seed <n>', 'seed of the sequences; by default from the clock', seedValue)
    .option('-w, --workers <n>', 'threads', positive, 1)
    .option('--max-failures <n>', 'stop after so many broken promises', positive, 10)
    .option(
      '--flip <quirk>',
      'switch a quirk over; may be repeated',
      (id: string, all: readonly string[]) => [...all, id],
      [] as readonly string[],
    )
    .option('--fault <fault>', 'plant a fault into the spec, such as SC-REMOVE-2:drop @freeIps')
    .option('--json', 'the report as JSON on standard output')
    .option('-o, --out <folder>', 'keep the report there')
    .addHelpText(
      'after',
      `
A released version is checked against the promises that none of its quirks is known to break; \`tfspec findings\` searches
for the others.

Examples:
  $ tfspec check --calls 2000000 --workers 2
  $ tfspec check --at 144 --time 60s
  $ tfspec check --flip Q-MINT-VOTES-TWICE --seed 7

Exit codes: 0 all promises kept, 1 a promise is broken, 2 usage, 3 the report cannot be written, 130 interrupted.`,
    )
    .action(async (options: CheckCommandOptions) => {
      process.exitCode = await check(options)
    })
}

/** @returns the exit code */
export async function check(options: CheckCommandOptions): Promise<number> {
  const { at, calls, time, flip, fault, workers, maxFailures } = options
  if (calls !== undefined && time !== undefined) throw usage('--calls and --time exclude each other: give one')
  for (const id of flip) if (!quirks.some((q) => q.id === id)) throw usage(`no quirk is named ${id}; \`tfspec quirks\` lists them`)
  const { edition, checked, passedOver } = promises(at)
  if (options.out !== undefined) ensureWritable(options.out)
  const seed = options.seed ?? Math.floor(Date.now() % 0x7fffffff)
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  const progress = progressBar(`check ${edition.name}`)
  let result: CheckCampaign
  try {
    result = await runCheck(
      { at, flipped: flip, seed, known: [], ...(fault === undefined ? {} : { fault }) },
      {
        ...(time === undefined ? { calls: calls ?? 100_000 } : { seconds: time }),
        workers,
        maxFailures,
        signal: abort.signal,
        onProgress: progress.update,
      },
    )
  } finally {
    progress.end()
    process.off('SIGINT', interrupt)
  }
  const { tally, broken, counts, reached, inconclusive, seconds, interrupted } = result
  const report = {
    tool: toolVersion(),
    at: edition.name,
    specVersion: edition.version,
    flipped: flip,
    fault: fault ?? null,
    seed,
    calls: tally.calls,
    blocks: tally.blocks,
    cases: tally.cases,
    seconds,
    callsPerSecond: tally.calls / seconds,
    interrupted,
    kept: broken.length === 0,
    invariants: { checked: checked.map(({ id }) => id), passedOver: passedOver.map(({ id, brokenBy }) => ({ id, brokenBy })) },
    broken: broken.map((one) => ({ ...one, times: counts[one.invariant] ?? 1 })),
    gates: gates.map(({ id, claim }) => ({ id, claim, reached: reached[id] ?? 0 })),
    inconclusive,
  }
  if (options.out !== undefined) writeWhole(`${options.out}/check.json`, `${JSON.stringify(report, null, 1)}\n`)
  process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 1)}\n` : text(report))
  return interrupted ? exit.interrupted : report.kept ? exit.conforms : exit.differs
}

interface Summary {
  readonly at: string
  readonly seed: number
  readonly calls: number
  readonly cases: number
  readonly seconds: number
  readonly interrupted: boolean
  readonly flipped: readonly string[]
  readonly invariants: { readonly checked: readonly string[]; readonly passedOver: readonly { readonly id: string }[] }
  readonly broken: readonly {
    readonly case: number
    readonly invariant: string
    readonly claim: string
    readonly witnesses: readonly string[]
    readonly steps: readonly unknown[]
    readonly times: number
  }[]
  readonly gates: readonly { readonly id: string; readonly claim: string; readonly reached: number }[]
  readonly inconclusive: Readonly<Record<string, number>>
}

function text(report: Summary): string {
  const flips = report.flipped.length === 0 ? '' : ` with ${report.flipped.join(', ')} switched over`
  const unreached = report.gates.filter(({ reached }) => reached === 0)
  const open = Object.values(report.inconclusive).reduce((sum, n) => sum + n, 0)
  return [
    `${report.at}${flips}: ${report.calls.toLocaleString('en-US')} calls in ${report.cases.toLocaleString('en-US')} sequences, ${report.seconds.toFixed(1)} s, seed ${report.seed}`,
    `  ${report.invariants.checked.length} invariants checked after every step, ${report.broken.length} broken${report.invariants.passedOver.length === 0 ? '' : `; ${report.invariants.passedOver.length} are known to break at this version and were passed over`}`,
    `  ${report.gates.length - unreached.length} of ${report.gates.length} gates reached${unreached.length === 0 ? '' : `; not reached: ${unreached.map(({ id, claim }) => `${id} (${claim})`).join(', ')}`}`,
    ...(open === 0 ? [] : [`  ${open.toLocaleString('en-US')} obligations were left open by sequences that ended: inconclusive`]),
    ...report.broken.flatMap((b) => [
      '',
      `${b.invariant} is broken: ${b.claim}   (case ${b.case}, in ${b.times} sequences)`,
      ...b.witnesses.slice(0, 5).map((w) => `    ${w}`),
      ...b.steps.map((s) => `    · ${stepText(s)}`),
    ]),
    ...(report.interrupted ? ['', 'interrupted: what is above was found until then'] : []),
    report.broken.length === 0 ? '\nall promises kept' : '\npromises are broken',
    '',
  ].join('\n')
}
