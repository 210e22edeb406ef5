import { join } from 'node:path'
import { flip, editionNamed, nearest } from '../../spec/versions/editions.js'
import { notCompared, observed } from '../../conformance/compare/not-compared.js'
import { coverageOf, remarksFor, type Report } from '../../conformance/report/report.js'
import { blobText, type RunQuestion } from '../../conformance/run/blob.js'
import { runCampaign, type CampaignResult } from '../../conformance/run/campaign.js'
import { parseShard, type Shard } from '../../conformance/run/shard.js'
import { sortedFields } from '../../conformance/run/tally.js'
import { findRuntime } from '../registry/registry.js'
import type { ConformOptions } from './conform.js'
import { usage } from './exit.js'
import { progressBar } from './progress.js'
import { failureFile, publish } from './publish.js'
import { toolVersion } from './version.js'
import { writeWhole } from './write.js'

/** `tfspec conform --target runtime:…`: the reference against a registered runtime. @returns the exit code */
export async function conformRuntime(name: string, options: ConformOptions): Promise<number> {
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

/** The part of the run that was asked for. @throws a usage error when it cannot be one */
export function shardOf(options: ConformOptions): Shard | undefined {
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
    states: sortedFields(tally.states),
    notCompared,
    observed,
  }
}
