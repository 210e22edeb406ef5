import { describe, expect, test } from 'vitest'
import { editionNamed, intended } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { Reference } from '../../src/reference/reference.js'
import { checkKill } from './check-kill.js'
import { equal } from './equal.js'
import { equivalence } from './equivalent.js'
import { explainedAt, explanations, sendersOf } from './explained.js'
import { isDamaged, isNear, kill } from './kill.js'
import { allMutants, type Mutant } from './list.js'
import { holdShrinking } from './optimal.js'
import { recordCases } from './recording.js'
import { scenes } from './scenes.js'

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

describe('a mutant that is said to survive', () => {
  test.each(explanations.map((explained) => [explained.mutants.join(', '), explained] as const))(
    '%s: what its proof says of the spec holds',
    (_, explained) => {
      for (const [event, rules] of Object.entries(explained.senders ?? {}))
        expect([...sendersOf(released, event)].sort()).toEqual([...rules].sort())
      expect(explained.holds?.(released) ?? true).toBe(true)
      expect(explained.why.length).toBeGreaterThan(30)
    },
  )

  test('exists, is explained once, and is not the same spec by structure', () => {
    const ids = explanations.flatMap(({ mutants: some }) => some)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(named(id), id).toBeDefined()
    const isEquivalent = equivalence(released)
    expect(ids.filter((id) => isEquivalent(named(id)))).toEqual([])
  })

  test('no recorded case kills it', () => {
    for (const id of explanations.flatMap(({ mutants: some }) => some)) expect(kill(named(id), released, cases), id).toBeUndefined()
  })

  test('is another one at another edition', () => {
    expect(explainedAt(released, 'SCHED-AGENDA-1:never')).toBeDefined()
    expect(explainedAt(intended, 'SCHED-AGENDA-1:never')).toBeUndefined()
    expect(explainedAt(editionNamed('123'), 'SCHED-AGENDA-1:never')).toBeUndefined()
  })
})

describe('scenes', () => {
  // What no sequence of calls comes to, and a scene does.
  test.each([
    ['hollow', 'BAL-FORCE-5'],
    ['forced', 'BAL-UNRESERVE-1'],
    ['old', 'BAL-UPGRADE-6'],
    ['full', 'BAL-MOVE-5'],
    ['fullAgenda', 'SCHED-SERVE-4'],
    ['handedOn', 'ORIGIN-9'],
    ['ended', 'BAL-UNLOCK-3'],
    ['lostHash', 'SC-CREATE-8'],
    ['burnAgain', 'BR-BURN-CLOSE-2'],
    ['namelessPolicy', 'TG-PRICING-UPDATE-4'],
  ])('%s comes to %s', (scene, rule) => {
    expect(Object.keys(scenes)).toContain(scene)
    expect(cases.some((one) => isDamaged(one) && one.firstAt.has(rule))).toBe(true)
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

// TFSPEC_LONG=1 holds a hundred against it, which takes some minutes.
const isLong = process.env['TFSPEC_LONG'] === '1'
test('what shrinking finds is as short as the shortest sequence there is', { timeout: 1_200_000 }, () => {
  const wanted = isLong ? 100 : 6
  const held = holdShrinking(released, { seed: 11, wanted, least: 2, mostStates: isLong ? 500 : 150, perWorld: isLong ? 20 : 6 })
  expect(held.length).toBe(wanted)
  // Nothing is shorter than the shortest.
  expect(held.filter(({ shrunk, optimum }) => shrunk < optimum)).toEqual([])
  const optimal = held.filter(({ shrunk, optimum }) => shrunk === optimum).length
  expect(optimal / held.length).toBeGreaterThanOrEqual(isLong ? 0.95 : 0.8)
  if (isLong) expect(held.filter(({ optimum }) => optimum >= 3).length).toBeGreaterThanOrEqual(40)
})
