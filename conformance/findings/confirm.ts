import { describedVersions, describes, editionAt } from '../../spec/versions/editions.js'
import type { Step } from '../../model/step.js'
import type { Difference } from '../compare/difference.js'
import type { Judge } from '../compare/judge.js'
import type { Fixture } from '../../src/fixtures/fixture.js'
import { record, type RecordInfo } from '../fixtures/record.js'
import type { Finding } from './finding.js'
import { keyOf } from './known.js'
import type { Trials } from './trials.js'

/** What the real runtime says to a finding: it does the same, so that a fixture could be recorded, or it does something else. */
export type Confirmation =
  | { readonly type: 'confirmed'; readonly fixture: Fixture }
  | { readonly type: 'differs'; readonly difference: Difference }
  | { readonly type: 'not tried' }

/** Replays a finding on the real runtime. Zero differences mean that the runtime breaks the promise in the same way. */
export function confirm(judge: Judge, { steps }: Finding, info: RecordInfo): Confirmation {
  const { fixture, difference } = record(judge, steps, info)
  return fixture === undefined ? { type: 'differs', difference } : { type: 'confirmed', fixture }
}

/**
 * What another version does with a finding: breaks the promise or keeps it on the same steps; or, where the steps cannot be said
 * there, breaks it in a search of its own, does not have the cause at all, or nobody knows.
 */
export type Elsewhere = 'broken' | 'kept' | 'free of the cause' | 'not known'

/**
 * Whether a described version breaks the promise, by the reference that was compared with its runtime.
 * @param found keys of what a search of that version has found
 */
export function elsewhere(
  trials: Trials,
  version: number,
  finding: Pick<Finding, 'cause' | 'steps' | 'invariant'>,
  found: ReadonlySet<string> = new Set(),
): Elsewhere {
  const { cause, steps, invariant } = finding
  const edition = editionAt(version)
  if (describedVersions.includes(version) && steps.every((step) => canBeSaid(version, step)))
    return trials.broken(edition, steps, invariant) === undefined ? 'kept' : 'broken'
  if (!cause.every((quirk) => edition.quirks.has(quirk))) return 'free of the cause'
  return found.has(keyOf(finding)) ? 'broken' : 'not known'
}

/** True when the version has the call, and its arguments have that version's form. */
const canBeSaid = (version: number, step: Step): boolean =>
  step.type === 'advance' || (describes(editionAt(version), step.call) && step.call.argsLike(step.args) === step.call.argsAt(version))
