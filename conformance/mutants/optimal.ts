import type { Edition } from '../../spec/kernel/version.js'
import { mixSeed } from '../../model/draw.js'
import { genesis } from '../../spec/versions/genesis.js'
import { Reference } from '../../src/reference/reference.js'
import { referenceOf } from './kill.js'
import { allMutants, type Mutant } from './list.js'
import { alphabetOf, breadthFirst, optimum, shrunkLength } from './small-world.js'

/** A fault that was found by chance, shrunk, and held against the shortest sequence there is. */
export interface Held {
  readonly mutant: string
  readonly world: number
  readonly shrunk: number
  readonly optimum: number
}

export interface HoldOptions {
  readonly seed: number
  /** How many faults. */
  readonly wanted: number
  /** Faults that fewer steps show are passed over: there is nothing to shrink for them. */
  readonly least: number
  readonly mostStates: number
  /** So many faults of a world, at most. */
  readonly perWorld: number
}

/** Holds shrinking against breadth-first search, for faults drawn by seed from all mutants, on small worlds. */
export function holdShrinking(edition: Edition, { seed, wanted, least, mostStates, perWorld }: HoldOptions): readonly Held[] {
  const reference = new Reference(edition, genesis(edition.version))
  const all = allMutants(edition).filter(({ flips }) => flips === undefined)
  const held: Held[] = []
  for (let world = 0; held.length < wanted && world < 40; world++) {
    const alphabet = alphabetOf(reference, mixSeed(seed, world))
    const transitions = breadthFirst(reference, alphabet, mostStates)
    const reached = new Set(transitions.flatMap(({ rules }) => [...rules]))
    const known = new Set(held.map(({ mutant }) => mutant))
    const candidates = all.filter(({ id, near }) => !known.has(id) && [...near].some((rule) => reached.has(rule)) && !isEverywhere(id))
    let here = 0
    for (const mutant of shuffled(candidates, mixSeed(seed, 1000 + world))) {
      if (held.length >= wanted || here >= perWorld) break
      const faulty = referenceOf(mutant, edition)
      const best = optimum(reference, faulty, alphabet, transitions, mutant.near)
      if (best === undefined || best < least) continue
      const shrunk = shrunkLength(reference, faulty, alphabet, mixSeed(seed, 5000 + held.length))
      if (shrunk === undefined) continue
      held.push({ mutant: mutant.id, world, shrunk, optimum: best })
      here++
    }
  }
  return held
}

/** Faults of the envelope show in the first step of any sequence: nothing is learnt from them. */
const isEverywhere = (id: string): boolean => /^(EXT|BLK|SES|ORIGIN|BAL)-/.test(id)

const shuffled = (mutants: readonly Mutant[], seed: number): readonly Mutant[] =>
  mutants
    .map((mutant, i) => ({ mutant, at: mixSeed(seed, i) }))
    .sort((a, b) => a.at - b.at)
    .map(({ mutant }) => mutant)
