import type { Command } from 'commander'
import { isKilled, matrix, type Matrix } from '../../conformance/mutants/matrix.js'
import { judgeFor } from '../../conformance/run/chunk.js'
import { editionNamed } from '../../spec/versions/editions.js'
import { listRuntimes } from '../registry/registry.js'
import { exit, usage } from './exit.js'
import { duration, positive, seedValue } from './options.js'

/** What the command line gives. */
export interface MutantsOptions {
  readonly at: string
  readonly calls: number
  readonly time: number
  readonly seed: number
  readonly rule?: string
  readonly check?: boolean
  readonly threshold: number
  readonly json?: boolean
}

export function addMutants(program: Command): void {
  program
    .command('mutants')
    .description('The suite tests itself: every fault that can be planted into the spec, one at a time; which are found?')
    .option('--at <version>', 'the released version', '144')
    .option('-n, --calls <n>', 'calls to generate for the recording that faults are tried on', positive, 100_000)
    .option('--time <time>', 'how long survivors are hunted with fresh cases', duration, 60)
    .option('--seed <n>', 'seed of the cases', seedValue, 1)
    .option('--rule <prefix>', 'only mutants of rules, or flips of quirks, whose id begins so')
    .option('--check', 'also ask which mutants of the intended spec break a promise')
    .option('--threshold <percent>', 'fail when fewer are killed', positive, 95)
    .option('--json', 'the matrix as JSON on standard output')
    .addHelpText(
      'after',
      `
Examples:
  $ tfspec mutants --at 144 --check
  $ tfspec mutants --rule SC-CANCEL --json

Exit codes: 0 enough are killed, 1 too few, 2 usage, 3 runtime unusable, 130 interrupted.`,
    )
    .action(async (options: MutantsOptions) => {
      process.exitCode = await mutants(options)
    })
}

/** @returns the exit code */
export async function mutants(options: MutantsOptions): Promise<number> {
  const edition = editionNamed(options.at)
  if (edition.quirks.size === 0) throw usage(`${options.at} has no runtime to hold mutants against: give a released version`)
  const runtime = (await listRuntimes()).find(({ specVersion }) => specVersion === edition.version)
  if (runtime === undefined)
    process.stderr.write(`No runtime ${edition.version} is registered: mutants are held against the reference's own answers.\n`)
  const judge = runtime === undefined ? undefined : judgeFor({ runtime: runtime.file, at: options.at, flipped: [] })
  const { rule } = options
  const { stderr } = process
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  let result: Matrix
  try {
    result = await matrix(edition, judge, {
      ...{ seed: options.seed, calls: options.calls, seconds: options.time, withCheck: options.check === true, signal: abort.signal },
      ...(rule === undefined ? {} : { only: ({ id }) => id.startsWith(rule) || id.startsWith(`flip ${rule}`) }),
      ...(stderr.isTTY ? { onProgress: (text: string) => void stderr.write(`\r\u001b[Kmutants: ${text}`) } : {}),
    })
  } finally {
    if (stderr.isTTY) stderr.write('\r\u001b[K')
    process.off('SIGINT', interrupt)
  }
  if (result.mutants === 0) throw usage(`no rule and no quirk begins with ${rule ?? ''}`)
  process.stdout.write(options.json === true ? `${JSON.stringify(result, null, 1)}\n` : `${text(result)}\n`)
  if (result.interrupted) return exit.interrupted
  return result.disproved.length === 0 && (100 * result.killed) / result.mutants >= options.threshold ? exit.conforms : exit.differs
}

const titles = {
  none: 'Survivors without a proof',
  'same behaviour': 'Survivors that do what the spec does',
  'out of reach': 'Survivors that no call and no block comes to',
  'not driven': 'Survivors that steps cannot show',
} as const

/** The matrix by area of rules (`SC-CANCEL`), and the survivors with their reasons. */
function text({ at, seed, judged, cases, steps, mutants, killed, equivalent, disproved, rows, seconds }: Matrix): string {
  const areas = new Map<string, { all: number; conform: number; damaged: number; check: number; left: number }>()
  for (const row of rows) {
    const { mutant, conform, damaged, check } = row
    const area = mutant.startsWith('flip ') ? 'quirks' : mutant.slice(0, mutant.indexOf('-'))
    const entry = areas.get(area) ?? { all: 0, conform: 0, damaged: 0, check: 0, left: 0 }
    areas.set(area, entry)
    entry.all++
    if (conform !== null) entry.conform++
    if (damaged !== null) entry.damaged++
    if ((check ?? null) !== null) entry.check++
    if (!isKilled(row)) entry.left++
  }
  const asked = rows.some(({ check }) => check !== undefined)
  const number = (n: number): string => String(n).padStart(8)
  const lines = [`${'rules'.padEnd(10)} mutants  conform  damaged${asked ? '    check' : ''}  survive`]
  for (const [area, { all, conform, damaged, check, left }] of areas)
    lines.push(`${area.padEnd(9)}${number(all)} ${number(conform)} ${number(damaged)}${asked ? ` ${number(check)}` : ''} ${number(left)}`)
  const survivors = rows.filter((row) => !isKilled(row))
  for (const kind of [undefined, 'same behaviour', 'out of reach', 'not driven'] as const) {
    const some = survivors.filter(({ proof }) => proof === kind)
    if (some.length > 0) lines.push('', titles[kind ?? 'none'], ...some.map(({ mutant, why }) => `  ${mutant.padEnd(44)} ${why ?? ''}`))
  }
  if (disproved.length > 0) lines.push('', 'Said to survive, and killed: the proof is wrong', ...disproved.map((id) => `  ${id}`))
  const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)} %`
  const byCalls = rows.filter(({ conform }) => conform !== null).length
  lines.push(
    '',
    `${at}: ${killed} of ${mutants} mutants killed (${percent(killed, mutants)}), ${byCalls} of them by sequences of calls alone, the others in damaged worlds${asked ? ' or by a broken promise' : ''}; of the ${survivors.length} that survive ${survivors.filter(({ proof }) => proof !== undefined).length} are proved to`,
    `${equivalent.length} more are the same spec by structure: ${percent(killed, mutants + equivalent.length)} of all ${mutants + equivalent.length} are killed`,
    `${cases} recorded cases of ${steps} steps${judged ? ', each compared with the real runtime' : ''}, seed ${seed}, ${seconds.toFixed(0)} s`,
  )
  return lines.join('\n')
}
