import { describe, expect, test } from 'vitest'
import { genesis } from '../../spec/versions/genesis.js'
import { editionAt } from '../../spec/versions/editions.js'
import { Reference } from '../../src/reference/reference.js'
import { runtimeForTests } from '../../src/registry/for-tests.js'
import { Judge } from '../compare/judge.js'
import { RuntimeChain } from '../targets/runtime/driver.js'
import { compareFormulas } from './campaign.js'

const code = await runtimeForTests('144')

describe.skipIf(code === undefined)('the formulas of money agree with the runtime, bit for bit', () => {
  test('on random inputs, through the calls that use them', () => {
    const judge = new Judge(new RuntimeChain(code!), new Reference(editionAt(144), genesis(144)))
    for (const { formula, differences, outcomes } of compareFormulas(judge, 20230701, 500)) {
      expect(differences, formula).toEqual([])
      expect(outcomes['ok'], formula).toBeGreaterThan(250)
    }
  })
  test('and a formula with another edition’s discount does not', () => {
    const edition = editionAt(144)
    const quirks = new Set([...edition.quirks].filter((id) => id !== 'Q-DISCOUNT-PERIOD'))
    const judge = new Judge(new RuntimeChain(code!), new Reference({ ...edition, quirks }, genesis(144)))
    const differing = compareFormulas(judge, 1, 300).filter(({ differences }) => differences.length > 0)
    expect(differing.map(({ formula }) => formula)).toContain('discount')
  })
})
