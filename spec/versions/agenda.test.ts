import { expect, test } from 'vitest'
import { Reference } from '../../src/reference/reference.js'
import { Dispatched } from '../pallets/scheduler/events.js'
import { Agenda } from '../pallets/scheduler/items.js'
import { editionAt } from './editions.js'
import { genesisNamed } from './genesis.js'

test('block by block, all that is on the agenda is dispatched, and Root is refused nowhere for being Root', () => {
  const reference = new Reference(editionAt(144), genesisNamed('root-agenda', 144))
  const { w } = reference
  const planned = new Map([...w.entries(Agenda)].map(([block, tasks]) => [block, tasks.length]))
  expect(planned.size).toBeGreaterThan(100)
  const results = new Set<string>()
  reference.open(1, 6)
  for (let block = 2; block < 2 + planned.size; block++) {
    const due = w.get(Agenda, block)
    const { opened } = reference.advance(1, 6)
    const told = w.events.slice(opened).filter(({ type }) => type.fullName === Dispatched.fullName)
    expect(told).toHaveLength(due.length)
    const byPriority = due.map((task) => task!).sort((a, b) => a.priority - b.priority)
    for (const [i, { origin }] of byPriority.entries()) {
      const { result } = told[i]!.value as { readonly result: { readonly type: string; readonly value?: { readonly type: string } } }
      results.add(`${origin.type === 'system' ? origin.value.type : 'Council'} ${result.value?.type ?? 'Ok'}`)
    }
    expect(w.has(Agenda, block)).toBe(false)
  }
  expect(results).toContain('Root Ok')
  expect(results).toContain('Root Module')
  expect(results).toContain('Signed Ok')
  expect(results).toContain('Council BadOrigin')
  expect(results).not.toContain('Root BadOrigin')
})

test('an older chain has no agenda: its scheduler is not described', () => {
  expect(genesisNamed('root-agenda', 123)).toEqual(genesisNamed('default', 123))
})
