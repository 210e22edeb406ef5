import { extremeMakers } from '../../model/extreme.js'
import { mixSeed } from '../../model/draw.js'
import { Guide } from '../../model/guide.js'
import type { Maker } from '../../model/maker.js'
import { makers } from '../../model/makers.js'
import type { Step } from '../../model/step.js'
import { Defect } from '../../spec/kernel/defect.js'
import type { GenesisName } from '../../spec/versions/genesis.js'
import type { Reference } from '../../src/reference/reference.js'
import type { Judge } from '../compare/judge.js'
import { actorList, genesisOfCase, planCases } from '../run/case.js'
import { replay } from '../run/replay.js'
import { begin, observe, type Observation } from './observation.js'

/** A case with what the real runtime and the reference both answered, step by step. */
export interface RecordedCase {
  readonly genesis: GenesisName
  /** With concrete ids. */
  readonly steps: readonly Step[]
  readonly observed: readonly Observation[]
  /** The rules that decided, and at which step first. */
  readonly firstAt: ReadonlyMap<string, number>
}

export interface RecordingOptions {
  readonly seed: number
  /** Calls to generate on the reference; what shows something is kept, and judged. */
  readonly calls: number
  /** So many cases are wanted for every branch. */
  readonly wanted?: number
  readonly onProgress?: (done: number, of: number) => void
}

const extremes = extremeMakers(({ pallet }) => pallet === 'Council' || pallet === 'Utility')

/**
 * Records cases that together let every branch decide several times, as far as generated cases reach it. With a judge, only
 * cases on which runtime and reference agree byte for byte are kept, so that the recorded answers are the runtime's own.
 */
export function recordCases(
  reference: Reference,
  judge: Judge | undefined,
  { seed, calls, wanted = 8, onProgress }: RecordingOptions,
): readonly RecordedCase[] {
  const hits = new Map<string, number>()
  const kept: RecordedCase[] = []
  const plans = planCases(seed, calls)
  for (const plan of plans) {
    if (plan.index % 100 === 0) onProgress?.(plan.index, plans.length)
    const one = generate(
      reference,
      mixSeed(seed, plan.index),
      genesisOfCase(seed, plan.index),
      plan.calls,
      plan.index % 12 === 5 ? extremes : makers,
    )
    if (one === undefined || ![...one.firstAt.keys()].some((rule) => (hits.get(rule) ?? 0) < wanted)) continue
    if (judge !== undefined && replay(judge, one.steps, one.genesis).difference !== undefined) continue
    kept.push(one)
    for (const rule of one.firstAt.keys()) hits.set(rule, (hits.get(rule) ?? 0) + 1)
  }
  return kept
}

/** A fresh case on the reference alone; undefined when it ended in a defect. */
export function generate(
  reference: Reference,
  seed: number,
  genesis: GenesisName,
  calls: number,
  from: readonly Maker[],
): RecordedCase | undefined {
  begin(reference, genesis)
  const guide = new Guide(seed, reference.w, actorList, from)
  let left = calls
  return observed(reference, genesis, (id) => {
    if (left <= 0) return undefined
    const proposal = guide.next()
    if (proposal.type === 'advance') return { ...proposal, id }
    left--
    return { ...proposal, id, refs: [] }
  })
}

/** Concrete steps, carried out again to hear what they bring about. */
export function again(reference: Reference, genesis: GenesisName, steps: readonly Step[]): RecordedCase | undefined {
  begin(reference, genesis)
  return observed(reference, genesis, (id) => steps[id])
}

function observed(reference: Reference, genesis: GenesisName, next: (id: number) => Step | undefined): RecordedCase | undefined {
  const steps: Step[] = []
  const observations: Observation[] = []
  const firstAt = new Map<string, number>()
  try {
    for (let step = next(0); step !== undefined; step = next(steps.length)) {
      observations.push(observe(reference, step))
      for (const { meta } of reference.interpreter.trace) if (!firstAt.has(meta.rule)) firstAt.set(meta.rule, steps.length)
      steps.push(step)
    }
  } catch (error) {
    if (error instanceof Defect) return undefined
    throw error
  }
  return { genesis, steps, observed: observations, firstAt }
}
