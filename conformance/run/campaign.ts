import { Tinypool } from 'tinypool'
import { firstFailures } from './blob.js'
import { oneCase, planCases } from './case.js'
import { runChunk, type ChunkResult, type Failure, type RunSpec } from './chunk.js'
import { casesOf, type Shard } from './shard.js'
import { builtWorker, tasksOf } from './tasks.js'
import { Tally } from './tally.js'

export interface CampaignOptions {
  /** How many calls, or how many seconds. */
  readonly calls?: number
  readonly seconds?: number
  readonly workers: number
  /** Only this case of the seed, at its full length. */
  readonly onlyCase?: number
  /** Only this part of the cases. */
  readonly shard?: Shard
  /** Stop after so many different differences. */
  readonly maxFailures: number
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}
export interface Progress {
  readonly calls: number
  /** Of how many calls; absent in a run by time. */
  readonly of?: number
  readonly seconds: number
  readonly differences: number
}
export interface CampaignResult {
  readonly tally: Tally
  readonly failures: readonly Failure[]
  readonly counts: Readonly<Record<string, number>>
  /** Cases that were to be run; fewer were when the run was stopped. */
  readonly planned: number
  readonly seconds: number
  readonly interrupted: boolean
}

/** Calls that one task of a worker holds: small enough to show progress, large enough not to matter. */
const CALLS_PER_TASK = 2_000

/**
 * Runs a campaign: all of its cases, on one thread or several. The cases are the same for any number of workers.
 * An abort stops it after the tasks under way, with what was found so far.
 */
export async function runCampaign(spec: RunSpec, options: CampaignOptions): Promise<CampaignResult> {
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000
  const total = options.calls ?? (options.seconds === undefined ? 10_000 : undefined)
  const whole = options.onlyCase === undefined ? planCases(spec.seed, total ?? 50_000_000) : [oneCase(spec.seed, options.onlyCase)]
  const plan = casesOf(whole, options.shard)
  const callsPlanned = plan.reduce((sum, { calls }) => sum + calls, 0)
  const tally = new Tally()
  const failures = new Map<string, Failure>()
  const counts: Record<string, number> = {}
  const isOver = (): boolean =>
    options.signal?.aborted === true ||
    failures.size >= options.maxFailures ||
    (options.seconds !== undefined && seconds() >= options.seconds)

  const take = ({ tally: part, failures: found, counts: more }: ChunkResult): void => {
    tally.merge(part)
    for (const failure of found) {
      const other = failures.get(failure.signature)
      // Whichever worker was first: the report does not depend on it.
      if (other === undefined || failure.case < other.case) failures.set(failure.signature, failure)
    }
    for (const [signature, n] of Object.entries(more)) counts[signature] = (counts[signature] ?? 0) + n
    options.onProgress?.({
      calls: tally.calls,
      ...(total === undefined ? {} : { of: callsPlanned }),
      seconds: seconds(),
      differences: failures.size,
    })
  }
  const known = (): RunSpec => ({ ...spec, known: [...failures.keys()] })
  const queue = tasksOf(plan, CALLS_PER_TASK)
  if (options.workers <= 1) {
    for (const plans of queue) {
      if (isOver()) break
      take(runChunk(known(), plans))
      await new Promise(setImmediate)
    }
  } else {
    const pool = new Tinypool({ filename: builtWorker('worker'), name: 'work', minThreads: options.workers, maxThreads: options.workers })
    const lane = async (): Promise<void> => {
      for (;;) {
        if (isOver()) return
        const next = queue.next()
        if (next.done === true) return
        take((await pool.run({ spec: known(), plans: next.value })) as ChunkResult)
      }
    }
    try {
      await Promise.all(Array.from({ length: options.workers }, lane))
    } finally {
      await pool.destroy()
    }
  }
  return {
    tally,
    failures: firstFailures(failures.values(), options.maxFailures),
    counts,
    planned: total === undefined ? tally.cases : plan.length,
    seconds: seconds(),
    interrupted: options.signal?.aborted === true,
  }
}
