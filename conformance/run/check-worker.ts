import type { CasePlan } from './case.js'
import { checkChunk, type CheckResult, type CheckSpec } from './check-chunk.js'

/** A worker's task: some sequences of a check. */
export interface CheckTask {
  readonly spec: CheckSpec
  readonly plans: readonly CasePlan[]
}

export const work = ({ spec, plans }: CheckTask): CheckResult => checkChunk(spec, plans)
