import { items, type Item } from '../../spec/kernel/item.js'
import { Draw } from '../../model/draw.js'
import { shrink } from '../../model/shrink.js'
import type { Step } from '../../model/step.js'
import { canonical } from '../../src/fixtures/json.js'
import { actors } from '../../spec/versions/genesis.js'
import type { World } from '../../spec/kernel/world.js'
import type { Reference } from '../../src/reference/reference.js'
import { makers } from '../../model/makers.js'
import { partsAt } from './kill.js'
import { begin, carryOut } from './observation.js'
import { again, generate } from './recording.js'

/** A few steps that sequences are made of, over and over: small enough to look at all sequences. */
export type Alphabet = readonly Step[]

const MOST_LETTERS = 9
/** A fault that so many transitions near it do not show is left out: what it needs is not in the small world, or too deep in it. */
const MOST_TRIES = 200
const hour: Step = { type: 'advance', id: 0, blocks: 600 + 1, seconds: 3606 }

/** The first few different calls that a generated case had accepted, and an hour. */
export function alphabetOf(reference: Reference, seed: number): Alphabet {
  const one = generate(reference, seed, { genesis: 'default', calls: 45, isDamaged: false, makers })
  const letters = new Map<string, Step>()
  for (const [i, step] of one.steps.entries()) {
    if (step.type !== 'call' || one.observed[i]!.outcome?.type !== 'ok' || step.call.pallet === 'Balances') continue
    const key = step.call.fullName
    if (!letters.has(key) && letters.size < MOST_LETTERS) letters.set(key, step)
  }
  return [...letters.values(), hour]
}

/** A transition of the small world: by what path it is reached, and which rules decide in it. */
export interface Transition {
  readonly path: readonly number[]
  readonly rules: ReadonlySet<string>
}

/** Fees and nonces tell how a state was reached, and decide about nothing in a small world. */
const left = new Set(['System', 'TransactionPayment', 'Timestamp', 'Session'])
const compared: readonly Item[] = items.filter(({ pallet }) => !left.has(pallet))
const stateOf = (w: World): string =>
  compared.map((item) => canonical([...w.entries(item)].map(([key, value]) => [String(key), plain(value)]).sort())).join('\n')
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)) ?? 'null')

/** All transitions of the small world in breadth-first order, up to a number of states. A refused step leads nowhere new. */
export function breadthFirst(reference: Reference, alphabet: Alphabet, mostStates: number): readonly Transition[] {
  const walkTo = (path: readonly number[]): void => {
    begin(reference, 'default')
    for (const letter of path) carryOut(reference, alphabet[letter]!)
  }
  walkTo([])
  const seen = new Set([stateOf(reference.w)])
  const transitions: Transition[] = []
  const queue: (readonly number[])[] = [[]]
  for (let at = 0; at < queue.length; at++) {
    const path = queue[at]!
    for (let letter = 0; letter < alphabet.length; letter++) {
      walkTo(path)
      const outcome = carryOut(reference, alphabet[letter]!)
      transitions.push({ path: [...path, letter], rules: new Set(reference.interpreter.trace.map(({ meta }) => meta.rule)) })
      if ((outcome !== null && outcome.type !== 'ok') || seen.size >= mostStates) continue
      const state = stateOf(reference.w)
      if (seen.has(state)) continue
      seen.add(state)
      queue.push([...path, letter])
    }
  }
  return transitions
}

const numbered = (alphabet: Alphabet, letters: readonly number[]): readonly Step[] =>
  letters.map((letter, id) => ({ ...alphabet[letter]!, id }))

/** True when the mutant parts from the reference somewhere in the sequence. */
const parts = (reference: Reference, mutant: Reference, steps: readonly Step[]): boolean =>
  partsAt(mutant, again(reference, 'default', steps)) !== undefined

/** The length of the shortest sequence that shows the fault, undefined when none of the known transitions does. */
export function optimum(
  reference: Reference,
  mutant: Reference,
  alphabet: Alphabet,
  transitions: readonly Transition[],
  near: ReadonlySet<string>,
): number | undefined {
  let tried = 0
  for (const { path, rules } of transitions) {
    // On the way to it nothing parts: its own last step is what counts.
    if (near.size > 0 && ![...near].some((rule) => rules.has(rule))) continue
    if (tried++ >= MOST_TRIES) return undefined
    if (parts(reference, mutant, numbered(alphabet, path))) return path.length
  }
  return undefined
}

/** Shrinking makes arguments simpler, too: a step that the alphabet does not have could beat the shortest sequence of its letters. */
const isLetter = (alphabet: Alphabet, step: Step): boolean =>
  alphabet.some((letter) =>
    letter.type === 'call'
      ? step.type === 'call' && step.call === letter.call && step.args === letter.args && step.who === letter.who
      : step.type === 'advance' && step.blocks === letter.blocks && step.seconds === letter.seconds,
  )

/** Finds the fault by chance and shrinks, in the alphabet; the length, undefined when chance does not find it. */
export function shrunkLength(reference: Reference, mutant: Reference, alphabet: Alphabet, seed: number): number | undefined {
  const d = new Draw(seed, reference.w, Object.values(actors))
  for (let tries = 0; tries < 60; tries++) {
    const steps = numbered(
      alphabet,
      Array.from({ length: 40 }, () => d.int(0, alphabet.length - 1)),
    )
    const found = partsAt(mutant, again(reference, 'default', steps))
    if (found === undefined) continue
    return shrink(
      steps.slice(0, found.step + 1),
      (candidate) => candidate.length > 0 && candidate.every((step) => isLetter(alphabet, step)) && parts(reference, mutant, candidate),
      3000,
    ).length
  }
  return undefined
}
