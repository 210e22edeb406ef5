import { describe, expect, test } from 'vitest'
import { editionNamed, intended } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { Reference } from '../../src/reference/reference.js'
import { checkKill } from './check-kill.js'
import { equal } from './equal.js'
import { equivalence } from './equivalent.js'
import { isNear, kill } from './kill.js'
import { allMutants, type Mutant } from './list.js'
import { holdShrinking } from './optimal.js'
import { recordCases } from './recording.js'

const released = editionNamed('144')
const mutants = allMutants(released)
const named = (id: string): Mutant => mutants.find((mutant) => mutant.id === id)!
const cases = recordCases(new Reference(released, genesis(released.version)), undefined, { seed: 1, calls: 3000 })

describe('mutants come from the structure of the spec', () => {
  test('each has a name of its own; effects, sends, guards, branches and quirks are there', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length)
    for (const id of [
      'SC-CANCEL-5:drop markCancelled',
      'SC-CANCEL-5:drop @bill',
      'SC-CANCEL-3:negate',
      'SC-CANCEL-3:never',
      'flip Q-FARM-IP-TWICE',
    ])
      expect(named(id), id).toBeDefined()
  })

  test('a negated guard can show where a later rule of its list decides', () => {
    expect(named('SC-CANCEL-3:negate').near).toContain('SC-CANCEL-5')
    expect(named('SC-CANCEL-3:never').near).not.toContain('SC-CANCEL-5')
  })
})

describe('a mutant that is the same spec by structure', () => {
  const isEquivalent = equivalence(released)
  const same = mutants.filter(isEquivalent)

  test.each(['BR-MINT-VOTE-2:drop @remember', 'TG-NODE-UPTIME-2:never', 'TG-NODE-UPTIME-2:negate'])('%s: nothing can kill it', (id) => {
    expect(isEquivalent(named(id))).toBe(true)
  })

  test('no recorded case parts from one', () => {
    for (const mutant of same) expect(kill(mutant, released, cases.slice(0, 12)), mutant.id).toBeUndefined()
  })

  test('most are not', () => {
    expect(same.length).toBeLessThan(mutants.length / 20)
  })
})

describe('a recorded case', () => {
  const unharmed: Mutant = { id: 'none', near: new Set() }

  test('the spec itself parts from none', () => {
    expect(cases.length).toBeGreaterThan(10)
    expect(kill(unharmed, released, cases)).toBeUndefined()
  })

  test.each(['SC-CANCEL-5:drop markCancelled', 'TG-TWIN-CREATE-1:negate', 'flip Q-FARM-IP-TWICE', 'EXT-PAY-2:drop countNonce'])(
    '%s parts from one',
    (id) => {
      expect(cases.some((one) => isNear(named(id), one))).toBe(true)
      expect(kill(named(id), released, cases)).toBeDefined()
    },
  )

  test('a mutant of the intended spec can break a promise', () => {
    const mutant = allMutants(intended).find(({ id }) => id === 'SC-REMOVE-2:drop @freeIps')!
    expect(checkKill({ ...mutant, near: new Set() }, intended, [])).toBeUndefined()
  })
})

test('values are equal when all their parts are', () => {
  expect(equal({ a: [1n, 'x'], b: undefined }, { a: [1n, 'x'] })).toBe(true)
  expect(equal({ a: [1n] }, { a: [1] })).toBe(false)
  expect(equal([1, 2], [1])).toBe(false)
  expect(equal({}, { a: 0 })).toBe(false)
})

// TFSPEC_LONG=1 holds a hundred against it, which takes a minute or two.
const wanted = process.env['TFSPEC_LONG'] === '1' ? 100 : 6
test('what shrinking finds is as short as the shortest sequence there is', { timeout: 600_000 }, () => {
  const held = holdShrinking(released, 11, wanted, wanted === 100 ? 500 : 150, wanted === 100 ? 20 : 6)
  expect(held.length).toBe(wanted)
  const optimal = held.filter(({ shrunk, optimum }) => shrunk <= optimum).length
  expect(optimal / held.length).toBeGreaterThanOrEqual(wanted === 100 ? 0.95 : 0.8)
})
