import { describe, expect, test } from 'vitest'
import { landing } from '../../model/advance.js'
import { Draw } from '../../model/draw.js'
import { Guide } from '../../model/guide.js'
import { makers } from '../../model/makers.js'
import type { Plan } from '../../model/plans.js'
import { nothingAMonth, rentedOver } from '../../model/plans/edges.js'
import { hugeBalance, hugeBurn } from '../../model/plans/riches.js'
import type { Proposal } from '../../model/proposal.js'
import type { Step } from '../../model/step.js'
import { describedVersions, editionAt } from '../../spec/versions/editions.js'
import { quirks } from '../../spec/versions/quirks.js'
import '../../spec/machines.js'
import { actorList } from '../run/case.js'
import { brokenPromises } from './again.js'
import { rootCause } from './cause.js'
import { outOfReach } from './out-of-reach.js'
import { Trials, withQuirks } from './trials.js'

const released = editionAt(144)
const trials = new Trials()

/** Steps of a guide, and then those of a plan. */
function followed(plan: Plan, edition: typeof released, seed: number): readonly Step[] {
  const reference = trials.reference(edition)
  const { w } = reference
  const steps: Step[] = []
  reference.reset()
  reference.open(1, 6)
  const guide = new Guide(seed, w, actorList, makers)
  const d = new Draw(seed, w, actorList)
  const carryOut = (proposal: Proposal): void => {
    const id = steps.length
    if (proposal.type === 'call') {
      steps.push({ ...proposal, id, refs: [] })
      reference.call(proposal.call, proposal.args, proposal.who)
    } else {
      const { blocks, seconds } = landing(d, proposal)
      steps.push({ type: 'advance', id, blocks, seconds })
      reference.advance(blocks, seconds)
    }
  }
  for (let i = 0; i < 60; i++) carryOut(guide.next())
  for (const proposal of plan(d)) carryOut(proposal)
  return steps
}

describe('a plan shows the quirk that no chance shows', () => {
  test.each<[quirk: string, invariant: string, plan: Plan]>([
    ['Q-DISCOUNT-ZERO', 'INV-SYS-2', nothingAMonth],
    ['Q-DISCOUNT-BALANCE-WRAP', 'INV-BI-18', hugeBalance],
    ['Q-BURN-SATURATES', 'INV-BR-13', hugeBurn],
    ['Q-RENT-OVER-OTHERS', 'INV-SC-22', rentedOver],
  ])('%s breaks %s', (quirk, invariant, plan) => {
    const alone = withQuirks(released, [quirk])
    // Not every world has what a plan needs.
    for (let seed = 1; seed <= 40; seed++) {
      const steps = followed(plan, alone, seed)
      if (trials.broken(alone, steps, invariant) === undefined) continue
      expect(rootCause(trials, alone, steps, invariant)).toEqual([quirk])
      return
    }
    expect.fail('no world in which the plan shows it')
  })
})

describe('a quirk that is out of reach', () => {
  test.each(outOfReach.map((one) => [one.quirk, one] as const))('%s: what its proof says of the genesis holds', (quirk, { holds, why }) => {
    expect(quirks.map(({ id }) => id)).toContain(quirk)
    for (const version of describedVersions) expect(holds(version)).toBe(true)
    expect(why.length).toBeGreaterThan(50)
  })
})

test('a sequence is told all the promises that it breaks, each once', () => {
  const steps = followed(hugeBurn, released, 1)
  const told = brokenPromises(released, steps).map(({ invariant }) => invariant)
  expect(told).toContain('INV-BR-13')
  expect(new Set(told).size).toBe(told.length)
  expect(brokenPromises(withQuirks(released, []), steps)).toEqual([])
})
