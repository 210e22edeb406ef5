import type { AccountId } from '../../spec/kernel/shape.js'
import { actors, type GenesisName } from '../../spec/versions/genesis.js'
import { Creations } from '../../model/entity.js'
import { mixSeed } from '../../model/draw.js'
import { Guide } from '../../model/guide.js'
import type { Maker } from '../../model/maker.js'
import { advanceStep, callStep } from '../../model/proposal.js'
import { idsIn, type Ref, type Step } from '../../model/step.js'
import { decidingRule, type Difference } from '../compare/difference.js'
import type { Found, Judge } from '../compare/judge.js'
import { Defect } from '../../spec/kernel/defect.js'
import type { Tally } from './tally.js'

export const actorList: readonly AccountId[] = Object.values(actors)

/** A sequence that differs, with its symbolic handles filled in, so that it can be shrunk and kept. */
export interface FailedCase {
  readonly index: number
  readonly genesis: GenesisName
  readonly steps: readonly Step[]
  readonly difference: Difference
}

/** Calls in a case: drawn from the seed and the case's number alone, so that any split of the cases is the same whole. */
const callsOfCase = (seed: number, index: number): number => 10 + (mixSeed(seed ^ 0x5eed, index) & 0x7f)

/** Two cases in twelve have a council that must vote, and in one Root has an agenda. */
export function genesisOfCase(seed: number, index: number): GenesisName {
  const drawn = (mixSeed(seed ^ 0x9e5, index) >>> 0) % 12
  return drawn % 6 === 0 ? 'council-of-three' : drawn === 1 ? 'root-agenda' : 'default'
}

export interface CasePlan {
  readonly index: number
  readonly calls: number
}

/** The cases that make up exactly `calls` calls; the last one is cut. */
export function planCases(seed: number, calls: number): CasePlan[] {
  const plan: CasePlan[] = []
  for (let left = calls; left > 0;) {
    const n = Math.min(left, callsOfCase(seed, plan.length))
    plan.push({ index: plan.length, calls: n })
    left -= n
  }
  return plan
}

/** One case at its full length. */
export const oneCase = (seed: number, index: number): CasePlan => ({ index, calls: callsOfCase(seed, index) })

/**
 * Runs one case: proposes steps by looking at the reference's world, carries each out on both sides and compares.
 * @returns the failed case, or undefined when all was equal
 */
export function runCase(judge: Judge, seed: number, plan: CasePlan, makers: readonly Maker[], tally: Tally): FailedCase | undefined {
  const { w } = judge.reference
  const genesis = genesisOfCase(seed, plan.index)
  const steps: Step[] = []
  const creations = new Creations()
  const fail = (found: Found): FailedCase => ({
    index: plan.index,
    genesis,
    steps: withRefs(steps, creations),
    difference: { step: steps.length - 1, ...found },
  })

  const broken = judge.reset(genesis)
  if (broken !== undefined) return fail(broken)
  const guide = new Guide(mixSeed(seed, plan.index), w, actorList, makers)
  for (let calls = 0; calls < plan.calls;) {
    const id = steps.length
    const proposal = guide.next()
    const from = w.journalItems.length
    if (proposal.type === 'advance') {
      const step = advanceStep(proposal, id)
      steps.push(step)
      const eventsFrom = w.events.length
      const found = guarded(judge, () => judge.advance(step))
      tally.advanced(step, w, eventsFrom)
      if (found !== undefined) return fail(found)
    } else {
      const step = callStep(proposal, id)
      steps.push(step)
      calls++
      const eventsFrom = w.events.length
      const found = guarded(judge, () => {
        const result = judge.call(step)
        tally.called(step, result.receipt, w, eventsFrom)
        return result.found
      })
      if (found !== undefined) return fail(found)
    }
    creations.note(w, from, id)
  }
  const found = guarded(judge, () => judge.compareAll())
  return found === undefined ? undefined : fail(found)
}

/** A defect of the spec ends a case like a difference: with its steps, so that it can be shrunk. */
export function guarded(judge: Judge, run: () => Found | undefined): Found | undefined {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof Defect)) throw error
    const rules = judge.reference.interpreter.trace.map((b) => b.meta.rule)
    return { kind: 'defect', field: error.code, rule: decidingRule(rules), rules, expected: 'no defect of the spec', actual: error.message }
  }
}

/** Fills in the symbolic handles: an id that an earlier step of the sequence created is named by that step. */
export function withRefs(steps: readonly Step[], creations: Creations): readonly Step[] {
  return steps.map((step) => {
    if (step.type === 'advance') return step
    const refs: Ref[] = []
    for (const { path, kind, id } of idsIn(step.call, step.args)) {
      const by = creations.creatorOf(kind, id)
      if (by !== undefined && by < step.id) refs.push({ path, kind, by })
    }
    return { ...step, refs }
  })
}
