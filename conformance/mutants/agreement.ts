import type { Judge } from '../compare/judge.js'
import { guarded } from '../run/case.js'
import type { RecordedCase } from './recording.js'

/** How many moves of a case runtime and reference agree on, byte for byte, before they first differ. */
export function agreement(judge: Judge, { genesis, steps }: RecordedCase): number {
  if (judge.reset(genesis) !== undefined) return 0
  for (const [i, step] of steps.entries()) {
    if (step.type === 'write') {
      judge.write(step.item, step.key, step.value)
      continue
    }
    if (guarded(judge, () => (step.type === 'call' ? judge.call(step).found : judge.advance(step))) !== undefined) return i
  }
  return steps.length
}
