import type { Edition } from '../../spec/kernel/version.js'
import { machines } from '../../spec/machines.js'
import { flip } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { mutate } from '../../src/reference/mutation.js'
import { Reference } from '../../src/reference/reference.js'
import type { Mutant } from './list.js'
import { begin, parting } from './observation.js'
import type { RecordedCase } from './recording.js'

/** How a mutant was killed: in which case, at which step, and by what. */
export interface Kill {
  readonly case: number
  readonly step: number
  readonly field: string
  /** The case's world was damaged before: sequences of calls alone, as `conform` makes them, did not show the fault. */
  readonly isDamaged: boolean
}

/** The spec with one fault. @throws Defect when the fault makes a list that can fall through */
export function referenceOf({ mutation, flips }: Mutant, edition: Edition): Reference {
  const at = flips === undefined ? edition : flip(edition, [flips])
  return new Reference(at, genesis(edition.version), mutation === undefined ? machines : mutate(machines, mutation))
}

/** True when the fault can show in the case at all. */
export const isNear = ({ near }: Mutant, { firstAt }: RecordedCase): boolean =>
  near.size === 0 || [...near].some((rule) => firstAt.has(rule))

/** Replays a recorded case on a mutant; stops where it parts from what was recorded. A mutant that breaks down parts, too. */
export function partsAt(mutant: Reference, { genesis: name, steps, observed }: RecordedCase): Pick<Kill, 'step' | 'field'> | undefined {
  let at = 0
  try {
    begin(mutant, name)
    for (; at < steps.length; at++) {
      const found = parting(mutant, steps[at]!, observed[at]!)
      if (found !== undefined) return { step: at, field: found.field }
    }
  } catch (error) {
    // Whatever was thrown inside: a defect, a stack that overflows. Nothing of it may go on to the next mutant.
    mutant.reset()
    return { step: at, field: `breaks down: ${(error as Error).message.slice(0, 80)}` }
  }
  return undefined
}

/** True when entries were written past all rules before a step of the case, the last one by default. */
export const isDamaged = ({ steps }: RecordedCase, step = steps.length): boolean =>
  steps.slice(0, step).some(({ type }) => type === 'write')

/** Tries the recorded cases in which the fault can show: undamaged worlds first, and those that come to it early. */
export function kill(mutant: Mutant, edition: Edition, cases: readonly RecordedCase[]): Kill | undefined {
  let reference: Reference
  try {
    reference = referenceOf(mutant, edition)
  } catch (error) {
    return { case: -1, step: -1, isDamaged: false, field: `cannot be compiled: ${(error as Error).message.slice(0, 80)}` }
  }
  const first = ({ firstAt }: RecordedCase): number => Math.min(...[...mutant.near].map((rule) => firstAt.get(rule) ?? Infinity))
  const order = cases.map((one, i) => ({ one, i })).filter(({ one }) => isNear(mutant, one))
  if (mutant.near.size > 0) order.sort((a, b) => first(a.one) - first(b.one))
  order.sort((a, b) => Number(isDamaged(a.one)) - Number(isDamaged(b.one)))
  for (const { one, i } of order) {
    const found = partsAt(reference, one)
    if (found !== undefined) return { case: i, ...found, isDamaged: isDamaged(one, found.step) }
  }
  return undefined
}
