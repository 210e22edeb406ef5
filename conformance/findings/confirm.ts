import { describedVersions, describes, editionAt } from '../../spec/versions/editions.js'
import type { Step } from '../../model/step.js'
import type { Difference } from '../compare/difference.js'
import type { Judge } from '../compare/judge.js'
import type { Fixture } from '../../src/fixtures/fixture.js'
import { record, type RecordInfo } from '../fixtures/record.js'
import type { Finding } from './finding.js'
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

/** What another version does with a finding's steps. */
export type Elsewhere = 'broken' | 'kept' | 'not described'

/** Whether a described version breaks the promise on these steps, by the reference that was compared with its runtime. */
export function elsewhere(trials: Trials, version: number, { steps, invariant }: Pick<Finding, 'steps' | 'invariant'>): Elsewhere {
  if (!describedVersions.includes(version) || !steps.every((step) => canBeSaid(version, step))) return 'not described'
  return trials.broken(editionAt(version), steps, invariant) === undefined ? 'kept' : 'broken'
}

/** True when the version has the call, and its arguments have that version's form. */
const canBeSaid = (version: number, step: Step): boolean =>
  step.type === 'advance' || (describes(editionAt(version), step.call) && step.call.argsLike(step.args) === step.call.argsAt(version))
