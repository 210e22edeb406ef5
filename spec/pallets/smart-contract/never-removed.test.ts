import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makers } from '../../../model/makers.js'
import { planCases } from '../../../conformance/run/case.js'
import { runReferenceCase } from '../../../conformance/run/reference-case.js'
import { Tally } from '../../../conformance/run/tally.js'
import { Checker } from '../../../src/reference/checker.js'
import { Reference } from '../../../src/reference/reference.js'
import { editionAt } from '../../versions/editions.js'
import { genesis } from '../../versions/genesis.js'
import { Farms, PricingPolicies, Twins } from '../tfgrid/items.js'

/** Errors about a missing farm, twin or pricing policy stand in the source and cannot come about: nothing ever takes one away. */
const kept = [Farms, PricingPolicies, Twins]

test('no effect of the spec removes a farm, a twin or a pricing policy', () => {
  const pallets = new URL('../', import.meta.url)
  const sources = readdirSync(pallets, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  expect(sources.length).toBeGreaterThan(50)
  for (const name of sources)
    expect(readFileSync(new URL(name, pallets), 'utf8'), name).not.toMatch(/\.remove\((Farms|PricingPolicies|Twins),/)
})

test('no sequence removes one', () => {
  const reference = new Reference(editionAt(144), genesis(144))
  const { w } = reference
  const checker = new Checker([])
  let created = 0
  for (const plan of planCases(7, 3_000)) {
    runReferenceCase(reference, checker, 7, plan, makers, new Tally())
    w.journalItems.forEach((item, i) => {
      if (!kept.some(({ index }) => index === item.index)) return
      const key = w.journalKeys[i]
      if (w.journalBefore[i] === undefined) created++
      expect(w.stored(item, key), `${item.name} ${String(key)}`).toBeDefined()
    })
  }
  expect(created).toBeGreaterThan(100)
})
