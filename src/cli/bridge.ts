import { join } from 'node:path'
import { Option, type Command } from 'commander'
import { describedVersions } from '../../spec/versions/editions.js'
import { confirmOnRuntime } from '../bridge/confirm.js'
import { DeployedBridge } from '../bridge/deployed.js'
import { deployedAt, without } from '../bridge/editions.js'
import { BridgeHunt, titleOf } from '../bridge/finding.js'
import { keptText, nameOf } from '../bridge/kept.js'
import { safeguardsMatrix } from '../bridge/matrix.js'
import { leads } from '../bridge/leads.js'
import { MOST_VALIDATORS } from '../bridge/people.js'
import { backlogPlot } from '../bridge/report/plot.js'
import { sequenceDiagram } from '../bridge/report/sequence.js'
import { findingsMarkdown, matrixLine, stressText, type ToldFinding } from '../bridge/report/text.js'
import { faults, faultKinds } from '../bridge/step.js'
import { faultsNamed, stress, type StressReport } from '../bridge/stress.js'
import { listRuntimes } from '../registry/registry.js'
import { replayKept, type ReplayArgs } from './bridge-replay.js'
import { exit, usage } from './exit.js'
import { duration, positive, seedValue } from './options.js'
import { toolVersion } from './version.js'
import { ensureWritable, writeWhole } from './write.js'

interface StressArgs {
  readonly at: string
  readonly transfers?: number
  readonly steps?: number
  readonly time?: number
  readonly validators: number
  readonly faults: string
  readonly rate: number
  readonly every: number
  readonly seed?: number
  readonly json?: boolean
  readonly out?: string
}
interface SearchArgs {
  readonly at: string
  readonly time: number
  readonly seed?: number
  readonly json?: boolean
  readonly out?: string
}

/** The version whose chain and daemon are described as deployed. */
const DEPLOYED = 144
const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)
const clock = (): number => Math.floor(Date.now() % 0x7fffffff)

export function addBridge(program: Command): void {
  const bridge = program.command('bridge').description('The bridge end to end: TFChain, Stellar, validators, faults')
  bridge
    .command('stress')
    .description('Sends transfers through the bridge while faults happen; both ledgers are audited all the time.')
    .option('--at <version>', 'intended, or 144: as deployed', 'intended')
    .option('--transfers <n>', 'how many transfers (1,000 by default)', positive)
    .option('--steps <n>', 'how many steps instead', positive)
    .option('--time <time>', 'how long instead: 60s, 5m', duration)
    .option('--validators <n>', `how many validators, ${MOST_VALIDATORS} at most`, positive, 3)
    .option('--faults <kinds>', `all, none, or kinds with commas: ${faultKinds.join(', ')}`, 'all')
    .option('--rate <n>', 'transfers begun in a round', positive, 8)
    .option('--every <n>', 'one in so many transfers comes with a fault', positive, 40)
    .option('--seed <n>', 'by default from the clock', seedValue)
    .option('--json', 'the report as JSON on standard output')
    .option('-o, --out <folder>', 'keep report and backlog plot there')
    .addHelpText(
      'after',
      `\nFaults:\n${Object.entries(faults)
        .map(([kind, says]) => `  ${kind.padEnd(18)} ${says}`)
        .join(
          '\n',
        )}\n\nExamples:\n  $ tfspec bridge stress --transfers 100000 --validators 7 --faults all\n  $ tfspec bridge stress --at 144 --faults crash,late-submissions --seed 7 --out report\n\nExit codes: 0 every promise held, 1 not, 2 usage, 3 unusable, 130 interrupted.`,
    )
    .action(async (args: StressArgs) => {
      process.exitCode = await runStress(args)
    })
  bridge
    .command('findings')
    .description('Which faults lose, duplicate or freeze money on the bridge as deployed? Shrunk, drawn, the TFChain part confirmed.')
    .addOption(new Option('--at <version>', 'the released version').choices([String(DEPLOYED)]).default(String(DEPLOYED)))
    .option('--time <time>', 'how long to search', duration, 30)
    .option('--seed <n>', 'by default from the clock', seedValue)
    .option('--json', 'findings as JSON on standard output')
    .option('-o, --out <folder>', 'keep table and sequence diagrams there')
    .addHelpText('after', '\nExample:\n  $ tfspec bridge findings --time 60s --out report')
    .action(async (args: SearchArgs) => {
      process.exitCode = await runFindings(args)
    })
  bridge
    .command('replay')
    .argument('<file...>', 'failures that `bridge findings --out` kept')
    .description('Carries out kept failures of the bridge again, on the bridge as deployed, the TFChain part on the real runtime.')
    .option('--json', 'as JSON on standard output')
    .option('-o, --out <folder>', 'keep sequence diagrams there')
    .addHelpText(
      'after',
      '\nExample:\n  $ tfspec bridge replay report/*.bridge.json\n\nExit codes: 0 each breaks as it is on record, 1 not, 2 usage, 3 unusable.',
    )
    .action(async (files: string[], args: ReplayArgs) => {
      process.exitCode = await replayKept(files, args)
    })
  bridge
    .command('matrix')
    .description("Takes out each of the intended design's safeguards alone: a run must fail.")
    .option('--time <time>', 'the most for one safeguard', duration, 60)
    .option('--seed <n>', 'of the first run', seedValue, 1)
    .option('--json', 'rows as JSON on standard output')
    .addHelpText('after', '\nExample:\n  $ tfspec bridge matrix --time 60s')
    .action((args: SearchArgs) => {
      process.exitCode = runMatrix(args)
    })
}

/** @returns the exit code */
export async function runStress(args: StressArgs): Promise<number> {
  const { at, validators, transfers, steps, time, out } = args
  if (at !== 'intended' && at !== String(DEPLOYED))
    throw usage(`--at ${at}: give intended or ${DEPLOYED} (described: ${describedVersions.join(', ')})`)
  if (validators > MOST_VALIDATORS) throw usage(`--validators ${validators}: at most ${MOST_VALIDATORS}`)
  if ([transfers, steps, time].filter((x) => x !== undefined).length > 1)
    throw usage('--transfers, --steps and --time exclude each other: give one')
  const kinds = faultsNamed(args.faults)
  if (kinds === undefined) throw usage(`--faults ${args.faults}: give all, none, or some of ${faultKinds.join(',')}`)
  if (out !== undefined) ensureWritable(out)
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  process.once('SIGINT', interrupt)
  const { stderr } = process
  let report: StressReport
  try {
    report = await stress({
      ...{ at, validators, faults: kinds, seed: args.seed ?? clock(), rate: args.rate, every: args.every, signal: abort.signal },
      ...(steps !== undefined ? { steps } : time !== undefined ? { seconds: time } : { transfers: transfers ?? 1000 }),
      ...(stderr.isTTY
        ? {
            onProgress: (p) =>
              stderr.write(
                `\r\u001b[Kbridge: ${p.transfers.toLocaleString('en-US')} transfers, ${p.open} open, ${p.breaches} broken, ${p.seconds.toFixed(0)} s`,
              ),
          }
        : {}),
    })
  } finally {
    if (stderr.isTTY) stderr.write('\r\u001b[K')
    process.off('SIGINT', interrupt)
  }
  if (out !== undefined) {
    writeWhole(join(out, 'bridge-stress.json'), `${JSON.stringify(report, null, 1)}\n`)
    writeWhole(
      join(out, 'bridge-backlog.svg'),
      backlogPlot(report.backlog, `Bridge ${at}: ${report.transfers} transfers, ${validators} validators`),
    )
  }
  process.stdout.write(args.json === true ? `${JSON.stringify(report, null, 1)}\n` : `${stressText(report)}\n`)
  if (report.everyTransferEnded === 'inconclusive') return exit.interrupted
  return Object.keys(report.breaches).length === 0 ? exit.conforms : exit.differs
}

/** @returns the exit code: 1, since a deployed bridge has findings, 0 when none was found */
export async function runFindings({ at, time, seed = clock(), json, out }: SearchArgs): Promise<number> {
  if (out !== undefined) ensureWritable(out)
  const edition = deployedAt(Number(at))
  const bridge = new DeployedBridge(edition, 3)
  const repaired = new Map<string, DeployedBridge>()
  const hunt = new BridgeHunt(bridge, seed, (quirk) => {
    const known = repaired.get(quirk) ?? new DeployedBridge(without(edition, quirk), 3)
    repaired.set(quirk, known)
    return known
  })
  const until = performance.now() + time * 1000
  for (const lead of leads) hunt.explain(lead)
  while (performance.now() < until) hunt.next()
  const runtime = (await listRuntimes()).find(({ specVersion }) => specVersion === edition.version)
  const told: readonly ToldFinding[] = hunt
    .distinct()
    .map((finding) => ({ finding, confirmed: confirmOnRuntime(bridge, finding.steps, runtime) }))
  const text = findingsMarkdown(told, { at, seed, cases: hunt.cases })
  if (out !== undefined) {
    writeWhole(join(out, 'bridge-findings.md'), text)
    told.forEach(({ finding }, i) => {
      writeWhole(join(out, `bridge-${i + 1}.svg`), sequenceDiagram(bridge, finding.steps, `${i + 1}. ${titleOf(finding)}`))
      const info = { specVersion: edition.version, validators: bridge.validators, seed, tool: toolVersion() }
      writeWhole(join(out, nameOf(finding)), keptText({ ...finding, info }))
    })
  }
  process.stdout.write(json === true ? `${JSON.stringify(told, plain, 1)}\n` : `${text}\n`)
  return told.length === 0 ? exit.conforms : exit.differs
}

/** @returns the exit code: 0 when every safeguard is needed */
export function runMatrix({ time, seed = 1, json }: Pick<SearchArgs, 'time' | 'seed' | 'json'>): number {
  const rows = []
  for (const row of safeguardsMatrix(seed, time)) {
    rows.push(row)
    if (json !== true) process.stdout.write(`${matrixLine(row)}\n`)
  }
  if (json === true) process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`)
  return rows.every(({ breach, holdsWithIt }) => breach !== undefined && holdsWithIt) ? exit.conforms : exit.differs
}
