import type { Edition } from '../../spec/kernel/version.js'
import type { Step } from '../../model/step.js'
import { withQuirks, type Trials } from './trials.js'

/**
 * The root cause of a break: a smallest set of quirks under which the sequence still breaks the promise. Switching any of them
 * off repairs it. Empty when the spec breaks it with every quirk off.
 * @param edition at which the sequence breaks the promise
 */
export function rootCause(trials: Trials, edition: Edition, steps: readonly Step[], invariant: string): readonly string[] {
  const breaks = (quirks: Iterable<string>): boolean => trials.broken(withQuirks(edition, quirks), steps, invariant) !== undefined
  if (breaks([])) return []
  // Nearly always one quirk is enough.
  for (const quirk of edition.quirks) if (breaks([quirk])) return [quirk]
  const needed = new Set(edition.quirks)
  for (const quirk of edition.quirks) {
    needed.delete(quirk)
    if (!breaks(needed)) needed.add(quirk)
  }
  return [...needed].sort()
}

/** True when the released version breaks the promise on these steps, and switching the cause off repairs it there. */
export function isRepaired(
  trials: Trials,
  released: Edition,
  steps: readonly Step[],
  invariant: string,
  cause: readonly string[],
): boolean {
  const without = [...released.quirks].filter((quirk) => !cause.includes(quirk))
  return (
    trials.broken(released, steps, invariant) !== undefined && trials.broken(withQuirks(released, without), steps, invariant) === undefined
  )
}
