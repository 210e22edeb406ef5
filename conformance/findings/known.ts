import { decodeSteps } from '../../src/fixtures/fixture.js'
import type { Edition } from '../../spec/kernel/version.js'
import type { Step } from '../../model/step.js'
import { isRepaired } from './cause.js'
import type { Finding } from './finding.js'
import type { Trials } from './trials.js'

/** What a baseline says about a finding. An earlier report of `tfspec findings --json` is one, with its steps or redacted. */
export interface KnownFinding {
  readonly cause: readonly string[]
  readonly invariant: string
  readonly steps?: readonly unknown[]
}

/** Names a finding for as long as quirks and invariants keep their ids. */
export const keyOf = ({ cause, invariant }: Pick<Finding, 'cause' | 'invariant'>): string => `${cause.join('+')} breaks ${invariant}`

export class BaselineError extends Error {}

/**
 * Reads a baseline.
 * @throws BaselineError with the place of what is wrong in it
 */
export function readKnown(text: string): readonly KnownFinding[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new BaselineError(`is not JSON (${(cause as Error).message}): give a report of \`tfspec findings --json\``, { cause })
  }
  const list = (content as { readonly findings?: unknown } | null)?.findings
  if (!Array.isArray(list)) throw new BaselineError('has no list `findings`: give a report of `tfspec findings --json`')
  return list.map((entry: unknown, i) => {
    const { cause, invariant, steps } = (entry ?? {}) as Partial<KnownFinding>
    if (!Array.isArray(cause) || !cause.every((id) => typeof id === 'string'))
      throw new BaselineError(`findings[${i}].cause is no list of quirks`)
    if (typeof invariant !== 'string') throw new BaselineError(`findings[${i}].invariant is no id of an invariant`)
    if (steps !== undefined && !Array.isArray(steps)) throw new BaselineError(`findings[${i}].steps is no list`)
    return { cause: cause, invariant, ...(steps === undefined ? {} : { steps }) }
  })
}

export interface Comparison {
  /** Found and not in the baseline. */
  readonly fresh: readonly Finding[]
  /** In the baseline, and neither found nor shown by its own steps. */
  readonly stale: readonly KnownFinding[]
}

/** Holds what was found against a baseline. An entry with steps needs no luck: its steps still break the promise or they do not. */
export function compareKnown(trials: Trials, released: Edition, findings: readonly Finding[], known: readonly KnownFinding[]): Comparison {
  const keys = new Set(known.map(keyOf))
  const found = new Set(findings.map(keyOf))
  const stillThere = ({ cause, invariant, steps }: KnownFinding): boolean => {
    if (steps === undefined) return false
    const decoded: readonly Step[] = decodeSteps(steps, released.version).map(({ step }) => step)
    return isRepaired(trials, released, decoded, invariant, cause) || trials.broken(released, decoded, invariant) !== undefined
  }
  return {
    fresh: findings.filter((finding) => !keys.has(keyOf(finding))),
    stale: known.filter((entry) => !found.has(keyOf(entry)) && !stillThere(entry)),
  }
}
