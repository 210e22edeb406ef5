import type { CasePlan } from './case.js'

/** One part of a run that is split over machines: the cases whose number leaves `index - 1` when divided by `of`. */
export interface Shard {
  /** From 1 to `of`. */
  readonly index: number
  readonly of: number
}

/** Where Kubernetes tells a pod of an Indexed Job which one it is, from 0. */
export const jobIndexVariable = 'JOB_COMPLETION_INDEX'

/**
 * Reads `i/n`, or `job/n` in a Kubernetes Indexed Job.
 * @returns the shard, or what is wrong with the text
 */
export function parseShard(text: string, environment: Readonly<Record<string, string | undefined>>): Shard | string {
  const match = /^(\d{1,6}|job)\/(\d{1,6})$/.exec(text)
  if (match === null) return 'write a shard as 2/4: the second of four; job/4 takes the number from JOB_COMPLETION_INDEX'
  const of = Number(match[2])
  const job = environment[jobIndexVariable]
  if (match[1] === 'job' && (job === undefined || !/^\d{1,6}$/.test(job)))
    return `job/${of} needs the environment variable ${jobIndexVariable}, which an Indexed Job of Kubernetes sets`
  const index = match[1] === 'job' ? Number(job) + 1 : Number(match[1])
  return of >= 1 && index >= 1 && index <= of ? { index, of } : `there is no shard ${index} of ${of}: give one from 1 to ${of}`
}

export const isInShard = (number: number, { index, of }: Shard): boolean => number % of === index - 1

/** The shard's part of a plan. The plan is of the whole run: so the shards together are exactly the whole. */
export const casesOf = (plan: readonly CasePlan[], shard: Shard | undefined): readonly CasePlan[] =>
  shard === undefined ? plan : plan.filter((one) => isInShard(one.index, shard))
