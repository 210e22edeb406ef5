import { FixtureError } from '../../src/fixtures/error.js'
import { hashOf } from '../../src/fixtures/json.js'
import type { CampaignResult } from './campaign.js'
import type { Shard } from './shard.js'
import { Tally } from './tally.js'

/** What a run was asked: shards belong together when all of it is the same. */
export interface RunQuestion {
  readonly tool: string
  readonly target: string
  readonly codeHash: string
  readonly specVersion: number
  readonly at: string
  readonly seed: number
  readonly calls: number
  readonly maxFailures: number
  readonly flip: readonly string[]
  readonly fault?: string
  readonly extreme: boolean
}

/** A shard's result as a file, for `tfspec merge`. */
export interface Blob {
  readonly blob: typeof blobFormat
  readonly question: RunQuestion
  readonly shard: Shard
  readonly result: CampaignResult
  /** BLAKE2b-256 of all the rest, as a fixture's: what stands in the file is what the run wrote. */
  readonly contentHash: string
}

export const blobFormat = 2

export function blobText(question: RunQuestion, shard: Shard, result: CampaignResult): string {
  const content = JSON.parse(JSON.stringify({ blob: blobFormat, question, shard, result })) as object
  return `${JSON.stringify({ ...content, contentHash: hashOf(content) })}\n`
}

/** @param file its name in messages  @throws FixtureError when the text is not what a shard wrote */
export function readBlob(text: string, file: string): Blob {
  const fix = 'Give files that `tfspec conform --shard i/n --blob FILE` wrote'
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new FixtureError('FIXTURE-NOT-JSON', file, '', `no JSON (${(cause as Error).message}): perhaps cut off`, fix, { cause })
  }
  const { contentHash, ...rest } = (typeof content === 'object' && content !== null ? content : {}) as Readonly<Record<string, unknown>>
  if (typeof rest['blob'] !== 'number') throw new FixtureError('FIXTURE-FORMAT', file, 'blob', 'no report of a shard', fix)
  if (rest['blob'] !== blobFormat)
    throw new FixtureError(
      'FIXTURE-FORMAT',
      file,
      'blob',
      `format ${rest['blob']} instead of ${blobFormat}`,
      'Run all shards with one version of tfspec',
    )
  if (hashOf(rest) !== contentHash)
    throw new FixtureError('FIXTURE-HASH', file, 'contentHash', 'the content is not what the shard wrote', fix)
  return content as Blob
}

export interface Merged {
  readonly question: RunQuestion
  readonly result: CampaignResult
}

/**
 * Puts shards together: the same as one run of all cases.
 * @param blobs with the names of their files  @throws FixtureError when they are not all shards of one run, each once
 */
export function mergeBlobs(blobs: readonly (readonly [file: string, blob: Blob])[]): Merged {
  const [first] = blobs
  if (first === undefined)
    throw new FixtureError('FIXTURE-FORMAT', 'no file', '', 'there is nothing to merge', 'Give the blobs of all shards')
  const [firstFile, { question, shard }] = first
  const seen = new Map<number, string>()
  for (const [file, blob] of blobs) {
    const different = (Object.keys({ ...question, ...blob.question }) as (keyof RunQuestion)[]).find(
      (name) => JSON.stringify(blob.question[name]) !== JSON.stringify(question[name]),
    )
    if (different !== undefined)
      throw new FixtureError(
        'FIXTURE-FORMAT',
        file,
        `question.${different}`,
        `${JSON.stringify(blob.question[different])}, where ${firstFile} has ${JSON.stringify(question[different])}`,
        'Merge shards of one run',
      )
    if (blob.shard.of !== shard.of)
      throw new FixtureError(
        'FIXTURE-FORMAT',
        file,
        'shard',
        `one of ${blob.shard.of}, where ${firstFile} is one of ${shard.of}`,
        'Merge shards of one run',
      )
    const other = seen.get(blob.shard.index)
    if (other !== undefined)
      throw new FixtureError(
        'FIXTURE-FORMAT',
        file,
        'shard',
        `shard ${blob.shard.index}/${shard.of}, as ${other} is`,
        'Give each shard once',
      )
    seen.set(blob.shard.index, file)
  }
  const missing = Array.from({ length: shard.of }, (_, i) => i + 1).filter((i) => !seen.has(i))
  if (missing.length > 0)
    throw new FixtureError(
      'FIXTURE-FORMAT',
      firstFile,
      'shard',
      `of ${shard.of} shards ${missing.join(', ')} are missing`,
      'Give the blobs of all shards',
    )
  return {
    question,
    result: unionOf(
      blobs.map(([, { result }]) => result),
      question.maxFailures,
    ),
  }
}

/** Results of disjoint parts of one run, as one. */
function unionOf(parts: readonly CampaignResult[], maxFailures: number): CampaignResult {
  const tally = new Tally()
  const counts: Record<string, number> = {}
  const failures = new Map<string, CampaignResult['failures'][number]>()
  for (const part of parts) {
    tally.merge(part.tally)
    for (const [signature, n] of Object.entries(part.counts)) counts[signature] = (counts[signature] ?? 0) + n
    for (const failure of part.failures) {
      const other = failures.get(failure.signature)
      if (other === undefined || failure.case < other.case) failures.set(failure.signature, failure)
    }
  }
  return {
    tally,
    counts,
    failures: firstFailures(failures.values(), maxFailures),
    planned: parts.reduce((sum, { planned }) => sum + planned, 0),
    // They run beside each other.
    seconds: Math.max(...parts.map(({ seconds }) => seconds)),
    interrupted: parts.some(({ interrupted }) => interrupted),
  }
}

/**
 * The differences of the lowest cases, and no more than were asked for. Every part of a run goes on until it has met that
 * many: so all of them are known, whatever the number of workers and shards.
 */
export const firstFailures = <F extends { readonly case: number }>(failures: Iterable<F>, most: number): readonly F[] =>
  [...failures].sort((a, b) => a.case - b.case).slice(0, most)
