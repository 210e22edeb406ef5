import type { Interpreter } from '../../src/reference/interpreter.js'
import type { Tally } from './tally.js'

/** Adds what an interpreter counted: how often each rule decided, and in which state of its machine. */
export function countHits(tally: Tally, { branches, hits }: Pick<Interpreter, 'branches' | 'hits'>): void {
  for (const { index, machine, state, meta } of branches) {
    const n = hits[index]!
    tally.rules[meta.rule] = (tally.rules[meta.rule] ?? 0) + n
    if (n === 0) continue
    const key = `${machine} ${state} ${meta.rule}`
    tally.states[key] = (tally.states[key] ?? 0) + n
  }
}
