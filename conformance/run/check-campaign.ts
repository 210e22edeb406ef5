import { Tinypool } from 'tinypool'
import type { Progress } from './campaign.js'
import { planCases } from './case.js'
import { checkChunk, type BrokenPromise, type CheckResult, type CheckSpec } from './check-chunk.js'
import { builtWorker, tasksOf } from './tasks.js'
import { Tally } from './tally.js'

export interface CheckOptions {
  /** How many calls, or how many seconds. */
  readonly calls?: number
  readonly seconds?: number
  readonly workers: number
  /** Stop after so many broken promises. */
  readonly maxFailures: number
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}
export interface CheckCampaign {
  readonly tally: Tally
  readonly broken: readonly BrokenPromise[]
  readonly counts: Readonly<Record<string, number>>
  readonly reached: Readonly<Record<string, number>>
  readonly inconclusive: Readonly<Record<string, number>>
  readonly seconds: number
  readonly interrupted: boolean
}

/** Calls that one task holds: small enough to show progress, large enough not to matter. */
const CALLS_PER_TASK = 4_000

const add = (into: Record<string, number>, from: Readonly<Record<string, number>>): void => {
  for (const [key, n] of Object.entries(from)) into[key] = (into[key] ?? 0) + n
}

/**
 * Runs random sequences on the spec at an edition, promises after every step, on one thread or several. The sequences are
 * the same for any number of workers. An abort stops it after the tasks under way, with what was found so far.
 */
export async function runCheck(spec: CheckSpec, options: CheckOptions): Promise<CheckCampaign> {
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000
  const total = options.seconds === undefined ? (options.calls ?? 100_000) : undefined
  const tally = new Tally()
  const broken = new Map<string, BrokenPromise>()
  const counts: Record<string, number> = {}
  const reached: Record<string, number> = {}
  const inconclusive: Record<string, number> = {}
  const isOver = (): boolean =>
    options.signal?.aborted === true ||
    broken.size >= options.maxFailures ||
    (options.seconds !== undefined && seconds() >= options.seconds)

  const take = (part: CheckResult): void => {
    tally.merge(part.tally)
    // Whichever worker was first: the report does not depend on it.
    for (const one of part.broken) if ((broken.get(one.invariant)?.case ?? Infinity) > one.case) broken.set(one.invariant, one)
    add(counts, part.counts)
    add(reached, part.reached)
    add(inconclusive, part.inconclusive)
    options.onProgress?.({
      calls: tally.calls,
      ...(total === undefined ? {} : { of: total }),
      seconds: seconds(),
      differences: broken.size,
    })
  }
  const known = (): CheckSpec => ({ ...spec, known: [...broken.keys()] })
  const queue = tasksOf(planCases(spec.seed, total ?? 50_000_000), CALLS_PER_TASK)
  if (options.workers <= 1) {
    for (const plans of queue) {
      if (isOver()) break
      take(checkChunk(known(), plans))
      await new Promise(setImmediate)
    }
  } else {
    const pool = new Tinypool({
      filename: builtWorker('check-worker'),
      name: 'work',
      minThreads: options.workers,
      maxThreads: options.workers,
    })
    const lane = async (): Promise<void> => {
      while (!isOver()) {
        const next = queue.next()
        if (next.done === true) return
        take((await pool.run({ spec: known(), plans: next.value })) as CheckResult)
      }
    }
    try {
      await Promise.all(Array.from({ length: options.workers }, lane))
    } finally {
      await pool.destroy()
    }
  }
  const sorted = [...broken.values()].sort((a, b) => a.case - b.case)
  return { tally, broken: sorted, counts, reached, inconclusive, seconds: seconds(), interrupted: options.signal?.aborted === true }
}
