import { inSpan, type Edition } from '../../spec/kernel/version.js'
import { invariants } from '../../spec/invariants.js'
import { genesis } from '../../spec/versions/genesis.js'
import type { Step } from '../../model/step.js'
import { Checker, type Broken } from '../../src/reference/checker.js'
import { Reference } from '../../src/reference/reference.js'
import { replayReference } from '../run/reference-case.js'

/**
 * Every promise that a sequence breaks at an edition, those that its quirks are known to break included: what a kept finding
 * shows when it is replayed.
 * @param steps from the default genesis, with handles or concrete ids
 */
export function brokenPromises(edition: Edition, steps: readonly Step[]): readonly Broken[] {
  const reference = new Reference(edition, genesis(edition.version))
  const promised = invariants.filter((promise) => inSpan(edition.version, promise))
  const all: Broken[] = []
  for (;;) {
    // A checker tells the first break alone: the others are looked for without it.
    const told = new Set(all.map(({ invariant }) => invariant))
    const broken = replayReference(reference, new Checker(promised.filter(({ id }) => !told.has(id))), steps)
    if (broken === undefined) return all
    all.push(broken)
  }
}
