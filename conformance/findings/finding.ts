import type { Edition } from '../../spec/kernel/version.js'
import { shrink } from '../../model/shrink.js'
import type { Step } from '../../model/step.js'
import { isRepaired, rootCause } from './cause.js'
import { withQuirks, type Trials } from './trials.js'

/** A promise that a released version breaks, with the fewest steps found that show it. */
export interface Finding {
  /** Quirks that each repair it when switched off; one nearly always. */
  readonly cause: readonly string[]
  readonly invariant: string
  readonly claim: string
  /** What breaks the promise at the released version, in its witnesses' words. */
  readonly witnesses: readonly string[]
  /** With handles. */
  readonly steps: readonly Step[]
  readonly foundAfter: number
  /** Other quirks of the released version break the same promise on the same steps: switching the cause off is not enough there. */
  readonly isShared: boolean
}

/** A break as a search reports it. */
export interface Break {
  readonly steps: readonly Step[]
  readonly invariant: string
}

/** `masked`: only with other quirks off · `unexplained`: with every quirk off, too. */
export type Verdict =
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'masked'; readonly cause: readonly string[] }
  | { readonly type: 'unexplained' }

const BUDGET = 2500

/**
 * Finds the root cause of a break and shrinks it at the released version.
 * @param edition where the break was seen: the released one or one with fewer quirks
 */
export function explainBreak(trials: Trials, released: Edition, edition: Edition, { steps, invariant }: Break): Verdict {
  const cause = rootCause(trials, edition, steps, invariant)
  if (cause.length === 0) return { type: 'unexplained' }
  const isClean = isRepaired(trials, released, steps, invariant, cause)
  if (!isClean && trials.broken(released, steps, invariant) === undefined) return { type: 'masked', cause }
  const alone = withQuirks(released, cause)
  const none = withQuirks(released, [])
  const fails = (candidate: readonly Step[]): boolean =>
    isClean
      ? isRepaired(trials, released, candidate, invariant, cause)
      : trials.broken(released, candidate, invariant) !== undefined &&
        trials.broken(alone, candidate, invariant) !== undefined &&
        trials.broken(none, candidate, invariant) === undefined
  const fewest = shrink(steps, fails, BUDGET)
  const { claim, witnesses } = trials.broken(released, fewest, invariant)!
  // Of several causes one may have dropped out while shrinking.
  const left = isClean && cause.length > 1 ? rootCause(trials, released, fewest, invariant) : cause
  const isShared = !isRepaired(trials, released, fewest, invariant, left)
  return { type: 'finding', finding: { cause: left, invariant, claim, witnesses, steps: fewest, foundAfter: steps.length, isShared } }
}
