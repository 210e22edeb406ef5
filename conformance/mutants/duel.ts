import { makers } from '../../model/makers.js'
import type { Edition } from '../../spec/kernel/version.js'
import { genesis } from '../../spec/versions/genesis.js'
import { Reference } from '../../src/reference/reference.js'
import type { Judge } from '../compare/judge.js'
import { mixSeed } from '../../model/draw.js'
import { Explorer } from '../search/explore.js'
import { agreement } from './agreement.js'
import { isDamaged, isNear, partsAt, referenceOf, type Kill } from './kill.js'
import type { Mutant } from './list.js'
import { again, generate, withExtremes, type RecordedCase } from './recording.js'

/** A mutant that nothing has killed so far, and how often the fault could have shown. */
export interface Survivor {
  readonly mutant: Mutant
  /** Cases in which it stood in the way of a decision. */
  readonly tries: Tries
}
/** Of cases that are sequences of calls alone, and of those in damaged worlds. */
export interface Tries {
  whole: number
  damaged: number
}

export interface DuelOptions {
  readonly seed: number
  readonly seconds: number
  /** After so many cases of a kind without a difference a mutant is given up. */
  readonly maxTries?: number
  readonly onKill: (mutant: Mutant, kill: Kill) => void
  readonly signal?: AbortSignal
}

/**
 * Hunts the survivors with fresh cases: the unmutated reference explores, aimed at their rules, and each case is replayed on every
 * survivor that it comes near. With a judge, a case kills only when the real runtime agrees with the unmutated reference on it.
 */
export function duel(
  edition: Edition,
  judge: Judge | undefined,
  survivors: readonly Survivor[],
  options: DuelOptions,
): readonly Survivor[] {
  const { seed, seconds, maxTries = 250, onKill, signal } = options
  const alive = new Map(survivors.map((survivor) => [survivor.mutant.id, survivor]))
  const references = new Map<string, Reference>()
  const original = new Reference(edition, genesis(edition.version))
  const listener = new Reference(edition, genesis(edition.version))
  let wanted = new Set<string>()
  const aim = (): void => {
    // Rules that still need cases; one that no case has reached is wanted by its neighbours in the list.
    wanted = new Set([...alive.values()].filter(({ tries }) => tries.whole < maxTries).flatMap(({ mutant }) => [...mutant.near]))
  }
  const meet = (one: RecordedCase): void => {
    const kind = isDamaged(one) ? 'damaged' : 'whole'
    for (const { mutant, tries } of alive.values()) {
      if (tries[kind] >= maxTries || !isNear(mutant, one)) continue
      tries[kind]++
      let reference = references.get(mutant.id)
      if (reference === undefined) references.set(mutant.id, (reference = referenceOf(mutant, edition)))
      const found = partsAt(reference, one)
      if (found === undefined) continue
      if (judge !== undefined && agreement(judge, one) <= found.step) continue
      onKill(mutant, { case: -1, ...found, isDamaged: isDamaged(one, found.step) })
      alive.delete(mutant.id)
      references.delete(mutant.id)
      aim()
    }
  }
  aim()
  const explorers = [makers, withExtremes].map(
    (from, i) =>
      new Explorer<never>(
        original,
        { afterStep: () => undefined },
        {
          seed: mixSeed(seed, i),
          makers: from,
          aims: ({ meta }) => wanted.has(meta.rule),
          onCase: (steps) => meet(again(listener, 'default', steps)),
        },
      ),
  )
  const end = performance.now() + seconds * 1000
  const isTired = ({ tries }: Survivor): boolean => tries.whole >= maxTries && tries.damaged >= maxTries
  for (let i = 0; performance.now() < end && signal?.aborted !== true; i++) {
    if (i % 30 === 0 && [...alive.values()].every(isTired)) break
    const explorer = explorers[i % 4]
    if (explorer !== undefined) explorer.run(60)
    else {
      meet(generate(listener, mixSeed(seed, i), { genesis: 'default', calls: 60, isDamaged: true, makers: withExtremes }))
    }
  }
  return [...alive.values()]
}
