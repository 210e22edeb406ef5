import { Defect } from '../../spec/kernel/defect.js'
import { inSpan, type Edition } from '../../spec/kernel/version.js'
import { invariants } from '../../spec/invariants.js'
import { genesis } from '../../spec/versions/genesis.js'
import type { Step } from '../../model/step.js'
import { Checker, type Broken } from '../../src/reference/checker.js'
import { Reference } from '../../src/reference/reference.js'
import { replayReference } from '../run/reference-case.js'

export type Promised = (typeof invariants)[number]

/** References by edition and checkers by promise, made once: finding a root cause tries many of both. */
export class Trials {
  private readonly references = new Map<string, Reference>()
  private readonly checkers = new Map<string, Checker>()
  private readonly promises: readonly Promised[]

  constructor(promises: readonly Promised[] = invariants) {
    this.promises = promises
  }

  reference(edition: Edition): Reference {
    const key = `${edition.version} ${[...edition.quirks].sort().join(' ')}`
    let reference = this.references.get(key)
    if (reference === undefined) this.references.set(key, (reference = new Reference(edition, genesis(edition.version))))
    return reference
  }

  /** How the sequence breaks one promise at an edition, undefined when it keeps it. */
  broken(edition: Edition, steps: readonly Step[], invariant: string): Broken | undefined {
    const promise = this.promises.find(({ id }) => id === invariant)
    // Other versions never promised it.
    if (promise === undefined || !inSpan(edition.version, promise)) return undefined
    let checker = this.checkers.get(invariant)
    if (checker === undefined) this.checkers.set(invariant, (checker = new Checker([promise])))
    try {
      return replayReference(this.reference(edition), checker, steps)
    } catch (error) {
      // Shrinking and switching quirks leads to places where nobody has been.
      if (error instanceof Defect) return undefined
      throw error
    }
  }
}

/** An edition of the same version with other quirks on. */
export const withQuirks = ({ version }: Edition, quirks: Iterable<string>): Edition => {
  const on = new Set(quirks)
  return { name: `${version} with ${on.size === 0 ? 'no quirk' : [...on].join(', ')}`, version, quirks: on }
}
