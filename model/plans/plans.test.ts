import { describe, expect, test } from 'vitest'
import { actorList } from '../../conformance/run/case.js'
import { editionNamed } from '../../spec/versions/editions.js'
import { genesis, genesisNamed, type GenesisName } from '../../spec/versions/genesis.js'
import '../../spec/machines.js'
import { Reference } from '../../src/reference/reference.js'
import { landing } from '../advance.js'
import { Draw } from '../draw.js'
import { Guide } from '../guide.js'
import { makers } from '../makers.js'
import type { Plan } from '../plans.js'
import type { Proposal } from '../proposal.js'
import { nothingAMonth, nothingToBurn } from './edges.js'
import { bulk, crowd, motions, sessions } from './governance.js'
import { hugeBurn } from './riches.js'

const reference = new Reference(editionNamed('144'), genesis(144))

/** The rules that decide while a plan is followed in worlds that guides have made. */
function decided(plan: Plan, seeds: number, name: GenesisName = 'default'): ReadonlySet<string> {
  const rules = new Set<string>()
  const carryOut = (d: Draw, proposal: Proposal): void => {
    if (proposal.type === 'call') reference.call(proposal.call, proposal.args, proposal.who)
    else {
      const { blocks, seconds } = proposal.exact === true ? proposal : landing(d, proposal)
      reference.advance(blocks, seconds)
    }
  }
  for (let seed = 1; seed <= seeds; seed++) {
    reference.load(genesisNamed(name, 144))
    reference.open(1, 6)
    const guide = new Guide(seed, reference.w, actorList, makers)
    const d = new Draw(seed, reference.w, actorList)
    for (let i = 0; i < 60; i++) carryOut(d, guide.next())
    for (const proposal of plan(d)) {
      carryOut(d, proposal)
      for (const { meta } of reference.interpreter.trace) rules.add(meta.rule)
    }
  }
  return rules
}

describe('a plan comes to what steps chosen one by one do not', () => {
  test.each<[name: string, plan: Plan, seeds: number, genesis: GenesisName, rules: readonly string[]]>([
    ['a payout that leaves nothing to burn', nothingToBurn, 22, 'default', ['BAL-WITHDRAW-2']],
    ['a bill whose month rounds to nothing', nothingAMonth, 12, 'default', ['SC-BILL-8']],
    ['blocks that end sessions', sessions, 8, 'default', ['SES-FINAL-1', 'EXT-WEIGHT-2']],
    [
      'motions that are too heavy or too long',
      motions,
      5,
      'council-of-three',
      ['CO-CLOSE-4', 'CO-CLOSE-5', 'CO-PROPOSE-3', 'EXT-WEIGHT-3'],
    ],
    ['as many motions as there may be', crowd, 1, 'default', ['CO-PROPOSE-6']],
    ['a batch of too many calls', bulk, 3, 'default', ['UTIL-BATCH-1']],
    ['a burn beyond 64 bits', hugeBurn, 3, 'default', ['BR-SWAP-5']],
  ])('%s', (_, plan, seeds, name, rules) => {
    const all = decided(plan, seeds, name)
    expect(rules.filter((rule) => !all.has(rule))).toEqual([])
  })
})
