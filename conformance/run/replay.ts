import { Creations, neverExists } from '../../model/entity.js'
import { shrink } from '../../model/shrink.js'
import { withAt, type CallStep, type Step } from '../../model/step.js'
import type { GenesisName } from '../../spec/versions/genesis.js'
import { signatureOf, type Difference } from '../compare/difference.js'
import type { Judge } from '../compare/judge.js'
import { guarded, type FailedCase } from './case.js'

/** A handle resolves to what its step created in this run, or to an id that never exists when the step is gone or was refused. */
export function resolve(step: CallStep, creations: Creations): CallStep {
  let { args } = step
  for (const { path, kind, by } of step.refs) {
    const was = path.reduce((value: unknown, key) => (value as Readonly<Record<string | number, unknown>>)[key], args) as number | bigint
    const id = creations.createdBy(kind, by) ?? neverExists(was)
    if (id !== was) args = withAt(args, path, typeof was === 'bigint' ? BigInt(id) : Number(id))
  }
  return args === step.args ? step : { ...step, args }
}

/** Runs a recorded sequence and tells the first difference. */
export function replay(
  judge: Judge,
  steps: readonly Step[],
  genesis: GenesisName = 'default',
): { readonly difference: Difference | undefined; readonly steps: readonly Step[] } {
  const { w } = judge.reference
  const creations = new Creations()
  const done: Step[] = []
  let found = judge.reset(genesis)
  for (const step of steps) {
    if (found !== undefined) break
    const from = w.journalItems.length
    const resolved = step.type === 'call' ? resolve(step, creations) : step
    done.push(resolved)
    found = guarded(judge, () => (resolved.type === 'call' ? judge.call(resolved).found : judge.advance(resolved)))
    creations.note(w, from, step.id)
  }
  found ??= guarded(judge, () => judge.compareAll())
  return { difference: found === undefined ? undefined : { step: done.length - 1, ...found }, steps: done }
}

/** The failed case with the fewest and simplest steps that still differ in the same way. */
export function shrinkCase(judge: Judge, failed: FailedCase): FailedCase {
  const wanted = signatureOf(failed.difference)
  const fails = (steps: readonly Step[]): boolean => {
    const { difference } = replay(judge, steps, failed.genesis)
    return difference !== undefined && signatureOf(difference) === wanted
  }
  const cut = failed.steps.slice(0, failed.difference.step + 1)
  if (!fails(cut)) return failed
  const steps = shrink(cut, fails)
  const last = replay(judge, steps, failed.genesis)
  return { index: failed.index, genesis: failed.genesis, steps: last.steps, difference: last.difference! }
}
