import { styleText } from 'node:util'
import { annotations, wantsAnnotations } from '../../conformance/report/annotations.js'
import { differenceLines, stepText } from '../../conformance/report/text.js'
import { remarksFor } from '../../conformance/report/report.js'
import { runLive, type LiveResult } from '../../conformance/targets/live/campaign.js'
import { LiveConnection } from '../../conformance/targets/live/connection.js'
import { allowedEndpoint, LiveError, refuseMainNet } from '../../conformance/targets/live/endpoint.js'
import { signersOf } from '../../conformance/targets/live/signers.js'
import { machines } from '../../spec/machines.js'
import { editionNamed, flip, nearest } from '../../spec/versions/editions.js'
import { mutate, parseMutation } from '../reference/mutation.js'
import type { ConformOptions } from './conform.js'
import { exit, unusable, usage } from './exit.js'
import { readSuris } from './live-options.js'
import { progressBar } from './progress.js'
import { writeTestReports } from './publish.js'
import { toolVersion } from './version.js'
import { writeWhole } from './write.js'

const defaultCalls = 500
const connectMs = 15_000
const answerMs = 30_000
const inclusionMs = 60_000

/**
 * `conform --target ws://…`: generated calls, signed and submitted to a node that others may use too.
 * @returns the exit code
 */
export async function conformLive(endpoint: string | undefined, options: ConformOptions): Promise<number> {
  if (endpoint === undefined) throw usage('which node? Give --target ws://127.0.0.1:9944, or set TFCHAIN_ENDPOINT')
  const abort = new AbortController()
  const interrupt = (): void => abort.abort()
  let connection: LiveConnection | undefined
  const started = performance.now()
  const progress = progressBar(endpoint)
  process.once('SIGINT', interrupt)
  try {
    allowedEndpoint(endpoint, 'write', options.allowRemote === true)
    const signers = await signersOf(readSuris(options.suri))
    connection = await LiveConnection.open(endpoint, { connectMs, answerMs })
    refuseMainNet(connection.chainName)
    const { specVersion, chainName } = connection
    const at = options.at ?? String(nearest(specVersion))
    const seed = options.seed ?? Math.floor(Date.now() % 0x7fffffff)
    const calls = options.calls ?? options.extrinsics ?? defaultCalls
    const result = await runLive(connection, signers, {
      edition: flip(editionNamed(at), options.flip),
      ...(options.fault === undefined ? {} : { spec: mutate(machines, parseMutation(options.fault)) }),
      calls,
      seed,
      maxFailures: options.maxFailures,
      inclusionMs: options.timeout === undefined ? inclusionMs : options.timeout * 1000,
      finalized: options.finalized === true,
      onProgress: (done, differences) =>
        progress.update({ calls: done, of: calls, seconds: (performance.now() - started) / 1000, differences }),
      signal: abort.signal,
    })
    progress.end()
    const conforms = result.differences.length === 0
    const seconds = (performance.now() - started) / 1000
    const { reconnections } = connection
    const remarks = remarksFor(specVersion, at)
    const report = {
      tool: toolVersion(),
      target: endpoint,
      chain: chainName,
      specVersion,
      at,
      remarks,
      seed,
      conforms,
      seconds,
      reconnections,
      ...result,
    }
    const json = `${JSON.stringify(report, null, 1)}\n`
    if (options.out !== undefined) writeWhole(`${options.out}/report.json`, json)
    // A live chain does not go back: what was seen stands in the block.
    const differences = result.differences.map((one) => ({ ...one, times: 1, replay: `block ${one.block} of ${endpoint}` }))
    writeTestReports({ ...report, differences }, options)
    if (wantsAnnotations(process.env)) process.stderr.write(annotations(differences))
    process.stdout.write(options.json === true ? json : text(report))
    return result.interrupted ? exit.interrupted : conforms ? exit.conforms : exit.differs
  } catch (error) {
    if (error instanceof LiveError) throw unusable(error.message, error)
    throw error
  } finally {
    progress.end()
    process.off('SIGINT', interrupt)
    await connection?.close()
  }
}

interface Shown extends LiveResult {
  readonly target: string
  readonly chain: string
  readonly at: string
  readonly remarks: readonly string[]
  readonly seed: number
  readonly seconds: number
  readonly reconnections: number
}

function text(report: Shown): string {
  const { target, chain, at, remarks, seed, seconds, differences, leftOut, others, calls, accepted, refused, blocks, cases } = report
  const lines = remarks.map((remark) => styleText('yellow', `! ${remark}`))
  lines.push(
    `${target} (${chain}) at ${at}: ${calls} calls in ${cases} cases of seed ${seed}, ${accepted} accepted, ${refused} refused; ${blocks} blocks, ${seconds.toFixed(1)} s`,
    `  ${report.rules.length} rules decided; ${others.followed} extrinsics of others were carried out beside ours, ${others.differing} of them differed`,
    '  compared: outcome, all events of a block, every entry that the reference touched after each block; after each case everything that the spec models',
  )
  const out = Object.entries(leftOut).sort((a, b) => b[1] - a[1])
  lines.push(`  left out: ${out.length === 0 ? 'nothing' : out.map(([why, n]) => `${why} (${n})`).join(', ')}`)
  const odd = [
    [report.reconnections, 'reconnections'],
    [report.reorganisations, 'reorganisations'],
    [report.readings - 1, 'times the state was read anew'],
  ] as const
  for (const [n, what] of odd) if (n > 0) lines.push(`  ${n} ${what}`)
  if (report.unreadable.length > 0) lines.push(`  in another form than the spec's, so not compared: ${report.unreadable.join(', ')}`)
  for (const { difference, steps, block, case: index } of differences)
    lines.push(
      '',
      styleText('red', `${difference.kind} · ${difference.field}`),
      `  rule ${difference.rule}, block ${block}, case ${index}; the last steps before:`,
      ...steps.slice(-8).map((step) => `    ${stepText(step)}`),
      ...differenceLines(difference),
    )
  lines.push('', report.interrupted ? 'interrupted: this is what was found so far' : '')
  lines.push(
    differences.length === 0 ? styleText('green', 'zero differences') : styleText('red', `${differences.length} different differences`),
  )
  return `${lines.filter((line, i) => line !== '' || lines[i - 1] !== '').join('\n')}\n`
}
