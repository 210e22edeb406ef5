import type { CasePlan } from './case.js'
import { runChunk, type ChunkResult, type RunSpec } from './chunk.js'

/** A worker's task: some cases of a run. */
export interface Task {
  readonly spec: RunSpec
  readonly plans: readonly CasePlan[]
}

export const work = ({ spec, plans }: Task): ChunkResult => runChunk(spec, plans)
