import type { Span } from '../kernel/version.js'

/** What a quirk can cost: money, a service that somebody needs, a state that nobody can leave, or a record that says something else than what is. */
export const severities = ['loss of money', 'loss of service', 'lock-up', 'wrong record'] as const
export type Severity = (typeof severities)[number]

/**
 * Something that a released version does although something else is promised; switched one by one.
 *
 * A span is given where the history was looked up. It names the versions of the chain: a version that the spec does not
 * describe yet may lie in it.
 */
export interface Quirk extends Span {
  /** Never changes its meaning. */
  readonly id: string
  /** What the released version does. */
  readonly says: string
  /** What is promised instead: document and section with its words, or the reason where no document says it. */
  readonly promises: string
  readonly severity: Severity
  /** Rust source: file and function, at the newest described version's commit. */
  readonly source: string
}
