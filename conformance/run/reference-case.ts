import { mixSeed } from '../../model/draw.js'
import { Guide } from '../../model/guide.js'
import type { Maker } from '../../model/maker.js'
import { Creations } from '../../model/entity.js'
import { advanceStep, callStep } from '../../model/proposal.js'
import type { Step } from '../../model/step.js'
import type { Act } from '../../spec/kernel/step-view.js'
import type { Broken, Checker } from '../../src/reference/checker.js'
import type { Reference } from '../../src/reference/reference.js'
import { actorList, withRefs, type CasePlan } from './case.js'
import { resolve } from './replay.js'
import type { Tally } from './tally.js'

/** A sequence on the reference alone that broke a promise. */
export interface BrokenCase {
  readonly index: number
  readonly steps: readonly Step[]
  readonly broken: Broken
}

/** Runs one case on the reference alone and checks the invariants after every step. */
export function runReferenceCase(
  reference: Reference,
  checker: Checker,
  seed: number,
  plan: CasePlan,
  makers: readonly Maker[],
  tally: Tally,
): BrokenCase | undefined {
  const { w } = reference
  const steps: Step[] = []
  const creations = new Creations()
  reference.reset()
  reference.open(1, 6)
  const guide = new Guide(mixSeed(seed, plan.index), w, actorList, makers)
  for (let calls = 0; calls < plan.calls;) {
    const id = steps.length
    const proposal = guide.next()
    const from = w.mark()
    let act: Act | undefined
    if (proposal.type === 'advance') {
      const step = advanceStep(proposal, id)
      steps.push(step)
      reference.advance(step.blocks, step.seconds)
      tally.advanced(step, w, from.events)
    } else {
      const step = callStep(proposal, id)
      steps.push(step)
      const receipt = reference.call(step.call, step.args, step.who)
      tally.called(step, receipt, w, from.events)
      act = { ...step, outcome: receipt.outcome }
      calls++
    }
    creations.note(w, from.journal, id)
    const broken = checker.afterStep(w, from.journal, { eventsFrom: from.events, ...(act === undefined ? {} : { act }) })
    if (broken !== undefined) return { index: plan.index, steps: withRefs(steps, creations), broken }
  }
  const broken = checker.all(w)
  return broken === undefined ? undefined : { index: plan.index, steps: withRefs(steps, creations), broken }
}

/** Replays a recorded sequence on the reference alone. */
export function replayReference(reference: Reference, checker: Checker, steps: readonly Step[]): Broken | undefined {
  const { w } = reference
  const creations = new Creations()
  reference.reset()
  reference.open(1, 6)
  for (const step of steps) {
    const from = w.mark()
    let act: Act | undefined
    if (step.type === 'advance') reference.advance(step.blocks, step.seconds)
    else {
      const { call, args, who } = resolve(step, creations)
      act = { call, args, who, outcome: reference.call(call, args, who).outcome }
    }
    creations.note(w, from.journal, step.id)
    const broken = checker.afterStep(w, from.journal, { eventsFrom: from.events, ...(act === undefined ? {} : { act }) })
    if (broken !== undefined) return broken
  }
  return checker.all(w)
}
