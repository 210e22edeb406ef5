import { expect, test } from 'vitest'
import { genesis } from '../../spec/versions/genesis.js'
import { editionAt, newestVersion } from '../../spec/versions/editions.js'
import { Reference } from '../../src/reference/reference.js'
import { forAbout, measure, spreadOf } from './measure.js'
import { callsOfSequence, record } from './pace.js'
import { yardstick } from './reducer.js'
import { rowsOf, textReport } from './report.js'

// What is measured is never asserted: machines differ.

test('a spread tells the middle, the least and the most', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 })
})

test('contenders take turns, and the first turn does not count', () => {
  const turns: string[] = []
  const contender = (id: string) => ({ id, what: id, run: () => turns.push(id) })
  const rounds = measure([contender('a'), contender('b')], { rounds: 3, millis: 0 })
  expect(turns.join('')).toBe('abababab')
  expect(rounds.get('a')).toHaveLength(3)
})

test('work is done at least once, however short the time', () => {
  expect(forAbout(0, () => 7)).toBe(7)
  expect(yardstick()(0)).toBeGreaterThan(0)
})

test('recorded blocks all have the size that was asked for', () => {
  const reference = new Reference(editionAt(newestVersion), genesis(newestVersion))
  for (const steps of record(reference, 1, 3, 10)) {
    const sizes = steps
      .map(({ type }) => (type === 'call' ? 'c' : '|'))
      .join('')
      .split('|')
    expect(sizes.join('')).toHaveLength(callsOfSequence)
    expect(new Set(sizes.slice(0, -1).map((calls) => calls.length))).toEqual(new Set([10]))
  }
})

test('a row without a figure says why', () => {
  const yard = { id: 'reducer', what: 'the yardstick', run: () => 1 }
  const rows = rowsOf([yard], new Map([['reducer', [{ cpu: 10, wall: 5 }]]]), 'reducer')
  const text = textReport({
    node: '20',
    target: null,
    rounds: 3,
    seconds: 1,
    rows: [...rows, { id: 'runtime', what: 'runtime', note: 'none is registered' }],
    growth: [],
    boot: null,
  })
  expect(text).toMatch(/runtime .*none is registered/)
})
