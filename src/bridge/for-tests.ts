import { chosenByXState, type Actor, type HasState } from '../../spec/bridge/actor.js'
import type { Step } from './step.js'

export const deposit = (memo: string, from = 0): Step => ({
  type: 'deposit',
  operations: [{ from, asset: 'TFT', amount: 500_000_000n }],
  memo: { type: 'text', value: memo },
})
export const withdraw = (by = 0): Step => ({ type: 'withdraw', by, amount: 1_000_000_000n })
export const wait = (rounds: number): Step => ({ type: 'rounds', rounds })

/** Has XState decide about what the table decides. @returns how often something was decided  @throws Error where they differ */
export function compared<C extends HasState>(actor: Actor<C>): () => number {
  let times = 0
  const deliver = actor.deliver.bind(actor)
  actor.deliver = (c, event) => {
    // Looking up a machine is slow in XState: a sample suffices.
    if (times++ % 7 !== 0) return deliver(c, event)
    const before = new Map(actor.hits)
    const { rule, target } = chosenByXState(actor, c, event)
    const refusal = deliver(c, event)
    const decided = [...actor.hits].find(([id, n]) => before.get(id) !== n)![0]
    if (decided !== rule || c.state !== target) throw new Error(`the table took ${decided} to ${c.state}, XState ${rule} to ${target}`)
    return refusal
  }
  return () => times
}
