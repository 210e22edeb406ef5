import type { Judge } from '../compare/judge.js'
import { guarded } from '../run/case.js'
import { keyArguments } from '../../spec/kernel/item.js'
import type { RecordedCase } from './recording.js'
import type { Write } from './vandal.js'

/** How many moves of a case runtime and reference agree on, byte for byte, before they first differ. */
export function agreement(judge: Judge, { genesis, steps }: RecordedCase): number {
  if (judge.reset(genesis) !== undefined) return 0
  for (const [i, step] of steps.entries()) {
    if (step.type === 'write') {
      writeBoth(judge, step)
      continue
    }
    if (guarded(judge, () => (step.type === 'call' ? judge.call(step).found : judge.advance(step))) !== undefined) return i
  }
  return steps.length
}

/** Writes an entry on both sides, or removes it. */
function writeBoth(judge: Judge, { item, key, value }: Write): void {
  if (value !== undefined) return judge.write(item, key, value)
  const { store, metadata } = judge.chain
  store.delete(metadata.key(item.pallet, item.name, ...keyArguments(item, key)))
  judge.reference.w.write(item, key, undefined)
}
