import type { SpecVersion } from '../kernel/version.js'

/** What carries a promise: rules, invariants (or gates), and test files, by name. */
export interface Links {
  readonly rules?: readonly string[]
  readonly invariants?: readonly string[]
  /** Paths from the repository's root. */
  readonly tests?: readonly string[]
  /** The version that gave the promise, where it is later than the documents at 439e6919. */
  readonly since?: SpecVersion
  /** Where documents contradict each other or the code: what each says, what is decided, and why. */
  readonly decided?: string
}

/**
 * A promise that a document gives, one sentence in our own words.
 *
 * `carried`: the spec holds it, by what the links name. `planned`: it will. `outside`: nothing on the chain can hold it.
 */
export interface Requirement extends Links {
  /** Never changes its meaning: `REQ-SC-3`. */
  readonly id: string
  readonly says: string
  /** Document and section; paths as in the repository threefoldtech/tfchain at 439e6919. */
  readonly source: string
  readonly status: 'carried' | 'planned' | 'outside'
  /** Why it is not carried. */
  readonly reason?: string
}

export const carried = (id: string, says: string, source: string, links: Links): Requirement => ({
  id,
  says,
  source,
  status: 'carried',
  ...links,
})
export const planned = (id: string, says: string, source: string, reason: string, links: Links = {}): Requirement => ({
  id,
  says,
  source,
  status: 'planned',
  reason,
  ...links,
})
export const outside = (id: string, says: string, source: string, reason: string, links: Links = {}): Requirement => ({
  id,
  says,
  source,
  status: 'outside',
  reason,
  ...links,
})
