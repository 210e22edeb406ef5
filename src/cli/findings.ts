import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { confirm, elsewhere, type Confirmation } from '../../conformance/findings/confirm.js'
import type { Finding } from '../../conformance/findings/finding.js'
import { hunt, type HuntResult } from '../../conformance/findings/hunt.js'
import { BaselineError, compareKnown, keyOf, readKnown, type KnownFinding } from '../../conformance/findings/known.js'
import { findingsReport, type FindingsReport, type Told } from '../../conformance/findings/report.js'
import { findingsMarkdown, findingsText } from '../../conformance/findings/text.js'
import { Trials } from '../../conformance/findings/trials.js'
import { codeHashOf } from '../../conformance/fixtures/record.js'
import { judgeFor } from '../../conformance/run/chunk.js'
import { hashOfCorpus, keepCorpus, readCorpus } from '../../conformance/search/corpus-folder.js'
import { describedVersions, editionNamed } from '../../spec/versions/editions.js'
import type { Edition } from '../../spec/kernel/version.js'
import { fixtureText } from '../fixtures/file.js'
import { listRuntimes, type RegisteredRuntime } from '../registry/registry.js'
import { exit, unusable, usage } from './exit.js'
import { duration, positive, seedValue } from './options.js'
import { toolVersion } from './version.js'
import { ensureWritable, writeWhole } from './write.js'

/** What the command line gives. */
export interface FindingsOptions {
  readonly at: string
  readonly calls?: number
  readonly time?: number
  readonly seed?: number
  readonly known?: string
  readonly corpus?: string
  readonly redact?: boolean
  readonly json?: boolean
  readonly markdown?: string
  readonly out?: string
}

export function addFindings(program: Command): void {
  program
    .command('findings')
    .description('Which promises does a released version break? Searches, finds root causes, shrinks, and confirms on the real runtime.')
    .option('--at <version>', 'the released version', '144')
    .option('-n, --calls <n>', 'how many calls to search', positive)
    .option('--time <time>', 'how long to search instead of how many calls: 60s, 10m', duration)
    .option('--seed <n>', 'seed of the search; by default from the clock', seedValue)
    .option('--known <file>', 'a baseline (an earlier report as JSON): known findings pass, new and stale ones fail')
    .option('--corpus <folder>', 'begin with the beginnings of cases kept there, and keep what is learnt')
    .option('--redact', 'leave out the steps: they are working attacks')
    .option('--json', 'the report as JSON on standard output')
    .option('--markdown <file>', 'the report as a document')
    .option('-o, --out <folder>', 'keep report, document and a fixture for each finding there')
    .addHelpText(
      'after',
      `
Examples:
  $ tfspec findings --at 144 --time 10m --out findings
  $ tfspec findings --at 144 --calls 300000 --seed 7 --known findings.json
  $ tfspec findings --at 144 --time 10m --redact --markdown public.md

Exit codes: 0 nothing that is not known, 1 new or stale findings, 2 usage, 3 runtime or file unusable, 130 interrupted.`,
    )
    .action(async (options: FindingsOptions) => {
      process.exitCode = await findings(options)
    })
}

/** @returns the exit code */
export async function findings(options: FindingsOptions): Promise<number> {
  const { at, calls, time } = options
  if (calls !== undefined && time !== undefined) throw usage('--calls and --time exclude each other: give one')
  const released = editionNamed(at)
  if (released.quirks.size === 0) throw usage(`${at} has no quirks: \`tfspec check\` holds it against its promises`)
  if (released.name !== at) throw usage(`nobody has described spec_version ${at}: give one of ${describedVersions.join(', ')}`)
  const known = options.known === undefined ? undefined : readBaseline(options.known)
  if (options.out !== undefined) ensureWritable(options.out)
  const seed = options.seed ?? Math.floor(Date.now() % 0x7fffffff)
  const corpus = options.corpus === undefined ? undefined : readCorpus(options.corpus, released.version)
  const result = await search(released, options, seed, corpus)
  if (options.corpus !== undefined) keepCorpus(options.corpus, result.corpus)
  const trials = new Trials()
  const { fresh, stale } = compareKnown(trials, released, result.findings, known ?? [])
  const others = await searchOthers(released, result, seed)
  const told = tell(trials, await runtimeFor(released), result.findings, new Set(fresh), {
    others,
    seed,
    ...(options.out === undefined ? {} : { out: options.out }),
  })
  const report = findingsReport(result, told, {
    ...{ tool: toolVersion(), at, seed, redacted: options.redact === true, stale: stale.map(keyOf) },
    corpus: corpus === undefined ? null : hashOfCorpus(corpus),
  })
  write(report, told, options)
  process.stdout.write(options.json === true ? `${JSON.stringify(report, null, 1)}\n` : `${findingsText(report)}\n`)
  if (result.interrupted) return exit.interrupted
  return fresh.length + stale.length + report.unexplained.length > 0 ? exit.differs : exit.conforms
}

async function search(
  released: Edition,
  options: FindingsOptions,
  seed: number,
  corpus: HuntResult['corpus'] | undefined,
): Promise<HuntResult> {
  const { stderr } = process
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  try {
    return await hunt(released, {
      seed,
      signal: abort.signal,
      ...(options.time === undefined ? { calls: options.calls ?? 500_000 } : { seconds: options.time }),
      ...(corpus === undefined ? {} : { corpus }),
      ...(stderr.isTTY
        ? {
            onProgress: (p) =>
              stderr.write(`\r\u001b[Kfindings: ${p.calls.toLocaleString('en-US')} calls, ${p.seconds.toFixed(0)} s, ${p.findings} found`),
          }
        : {}),
    })
  } finally {
    if (stderr.isTTY) stderr.write('\r\u001b[K')
    process.off('SIGINT', interrupt)
  }
}

/** A short search of the other described versions: the steps of one can seldom be said at another. */
async function searchOthers(
  released: Edition,
  { calls, interrupted }: HuntResult,
  seed: number,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const found = new Map<number, ReadonlySet<string>>()
  for (const version of describedVersions) {
    if (version === released.version || interrupted || calls < 100_000) continue
    const { findings: there } = await hunt(editionNamed(String(version)), { seed, calls: Math.ceil(calls / 5) })
    found.set(version, new Set(there.map(keyOf)))
  }
  return found
}

function readBaseline(file: string): readonly KnownFinding[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw unusable(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? ''}): give a readable baseline`, cause)
  }
  try {
    return readKnown(text)
  } catch (cause) {
    if (cause instanceof BaselineError) throw usage(`${file} ${cause.message}`)
    throw cause
  }
}

/** The runtime to confirm on, undefined with a word about it when none is registered. */
async function runtimeFor({ version }: Edition): Promise<RegisteredRuntime | undefined> {
  const runtime = (await listRuntimes()).find(({ specVersion }) => specVersion === version)
  if (runtime === undefined)
    process.stderr.write(
      `No runtime ${version} is registered, so nothing was confirmed. Register one with\n  tfspec runtime add FILE\nand run again.\n`,
    )
  return runtime
}

function tell(
  trials: Trials,
  runtime: RegisteredRuntime | undefined,
  found: readonly Finding[],
  fresh: ReadonlySet<Finding>,
  { seed, out, others }: { seed: number; out?: string; others: ReadonlyMap<number, ReadonlySet<string>> },
): readonly Told[] {
  const codeHash = runtime === undefined ? '' : codeHashOf(readFileSync(runtime.file))
  return found.map((finding): Told => {
    const { cause, claim } = finding
    const what = `${keyOf(finding)}: ${claim}`
    const confirmation: Confirmation =
      runtime === undefined
        ? { type: 'not tried' }
        : confirm(judgeFor({ runtime: runtime.file, at: String(runtime.specVersion), flipped: [] }), finding, {
            codeHash,
            tool: toolVersion(),
            seed,
            case: 0,
            what,
          })
    const versions = Object.fromEntries(
      describedVersions.map((version) => [String(version), elsewhere(trials, version, finding, others.get(version))]),
    )
    const fixture =
      out === undefined || confirmation.type !== 'confirmed' ? {} : { fixture: `${cause.join('+')}-${finding.invariant}.json` }
    return { finding, confirmation, versions, isNew: fresh.has(finding), ...fixture }
  })
}

/** Keeps what was asked for. A redacted folder holds no fixtures: they are the steps. */
function write(report: FindingsReport, told: readonly Told[], { out, markdown, redact }: FindingsOptions): void {
  if (markdown !== undefined) writeWhole(markdown, findingsMarkdown(report))
  if (out === undefined) return
  writeWhole(join(out, 'findings.json'), `${JSON.stringify(report, null, 1)}\n`)
  writeWhole(join(out, 'findings.md'), findingsMarkdown(report))
  if (redact === true) return
  for (const { confirmation, fixture } of told)
    if (confirmation.type === 'confirmed' && fixture !== undefined)
      writeWhole(join(out, 'fixtures', fixture), fixtureText(confirmation.fixture))
}
