import type { Edition } from '../../spec/kernel/version.js'
import { invariants } from '../../spec/invariants.js'
import { Checker } from '../../src/reference/checker.js'
import type { Reference } from '../../src/reference/reference.js'
import { isNear, referenceOf } from './kill.js'
import type { Mutant } from './list.js'
import { begin } from './observation.js'
import type { RecordedCase } from './recording.js'

const MOST_CASES = 10

/** The promise that a mutant of the intended spec breaks on recorded cases, undefined when it keeps all of them. */
export function checkKill(mutant: Mutant, intended: Edition, cases: readonly RecordedCase[]): string | undefined {
  let reference: Reference
  try {
    reference = referenceOf(mutant, intended)
  } catch {
    return 'cannot be compiled'
  }
  const checker = new Checker(invariants)
  let tried = 0
  for (const one of cases) {
    if (!isNear(mutant, one)) continue
    if (tried++ >= MOST_CASES) return undefined
    const broken = firstBroken(reference, checker, one)
    if (broken !== undefined) return broken
  }
  return undefined
}

/** The first promise that a case breaks; a mutant that breaks down is found by `check`, too. */
export function firstBroken(reference: Reference, checker: Checker, { genesis, steps }: RecordedCase): string | undefined {
  try {
    begin(reference, genesis)
    const { w } = reference
    for (const step of steps) {
      const { journal, events } = w.mark()
      let act
      if (step.type === 'write') continue
      if (step.type === 'advance') reference.advance(step.blocks, step.seconds)
      else act = { call: step.call, args: step.args, who: step.who, outcome: reference.call(step.call, step.args, step.who).outcome }
      const broken = checker.afterStep(w, journal, { eventsFrom: events, ...(act === undefined ? {} : { act }) })
      if (broken !== undefined) return broken.invariant
    }
    return checker.all(w)?.invariant
  } catch (error) {
    reference.reset()
    return `breaks down: ${(error as Error).message.slice(0, 60)}`
  }
}
