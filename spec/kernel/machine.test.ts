import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accept, attempt, attemptAll, machine, must, refuse, standsAt, trap, xstateOf, type Branch } from './machine.js'
import type { Edition } from './version.js'

const at = (version: number, ...quirks: string[]): Edition => ({ name: 'test', version, quirks: new Set(quirks) })

describe('a branch', () => {
  test('that refuses names its rule, its guard and its error, and nothing else', () => {
    expect(refuse('T-1', 'holds', 'No')).toEqual({
      guard: 'holds',
      actions: [
        { type: 'rule', params: { id: 'T-1' } },
        { type: 'refuse', params: { error: 'No' } },
      ],
      meta: { rule: 'T-1' },
    })
    expect(refuse('T-1', null, 'No')).not.toHaveProperty('guard')
  })

  test('that traps names its message', () => {
    expect(trap('T-1', null, 'boom', { quirk: 'Q-A' })).toEqual({
      actions: [
        { type: 'rule', params: { id: 'T-1' } },
        { type: 'trap', params: { message: 'boom' } },
      ],
      meta: { rule: 'T-1', quirk: 'Q-A' },
    })
  })

  test('that accepts names effects and sends in their order, `self` for a send without a route', () => {
    const branch = accept('T-1', {
      when: 'holds',
      to: 'on',
      do: ['write', must('@a'), attempt('@b', 'others'), attemptAll('@c', 'all', 'Bad'), 'tell'],
      pays: 'no',
      says: 'so',
    })
    expect(branch.guard).toBe('holds')
    expect(branch.target).toBe('on')
    expect(branch.meta).toEqual({ rule: 'T-1', pays: 'no', says: 'so' })
    expect(branch.actions).toEqual([
      { type: 'rule', params: { id: 'T-1' } },
      { type: 'effect', params: { name: 'write' } },
      { type: 'send', params: { mode: 'must', event: '@a', route: 'self' } },
      { type: 'send', params: { mode: 'try', event: '@b', route: 'others' } },
      { type: 'send', params: { mode: 'all', event: '@c', route: 'all', error: 'Bad' } },
      { type: 'effect', params: { name: 'tell' } },
    ])
    expect(accept('T-2')).toEqual({ actions: [{ type: 'rule', params: { id: 'T-2' } }], meta: { rule: 'T-2' } })
  })
})

describe('spans and quirks', () => {
  const quirks = fc.subarray(['Q-A', 'Q-B'])

  test('a branch stands from its first version to before its last', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(300), quirks, (version, from, until, on) => {
        expect(standsAt(at(version, ...on), { rule: 'T-1', from, until })).toBe(from <= version && version < until)
        expect(standsAt(at(version, ...on), { rule: 'T-1' })).toBe(true)
      }),
    )
  })

  test('a branch with a quirk stands where it is on, one that stands instead where it is off', () => {
    fc.assert(
      fc.property(quirks, (on) => {
        expect(standsAt(at(144, ...on), { rule: 'T-1', quirk: 'Q-A' })).toBe(on.includes('Q-A'))
        expect(standsAt(at(144, ...on), { rule: 'T-1', instead: 'Q-A' })).toBe(!on.includes('Q-A'))
        expect(standsAt(at(144, ...on), { rule: 'T-1', quirk: 'Q-A', instead: 'Q-B' })).toBe(on.includes('Q-A') && !on.includes('Q-B'))
      }),
    )
  })
})

describe('a machine', () => {
  const go: readonly Branch[] = [
    refuse('T-1', 'holds', 'Old', { until: 140 }),
    refuse('T-2', 'holds', 'Quirky', { from: 140, quirk: 'Q-A' }),
    accept('T-3', { to: 'off' }),
  ]
  const toy = machine({
    id: 'toy',
    pallet: 'Toy',
    says: 'a toy',
    state: (): 'on' | 'off' => 'on',
    states: { on: { go }, off: {} },
    guards: { holds: () => true },
    effects: {},
  })
  const rules = (edition: Edition): string[] => toy.config(edition).states['on']!.on['go']!.map(({ meta }) => meta.rule)

  test('is filtered to an edition: spans and quirks are gone before anybody looks', () => {
    expect(rules(at(123))).toEqual(['T-1', 'T-3'])
    expect(rules(at(144))).toEqual(['T-3'])
    expect(rules(at(144, 'Q-A'))).toEqual(['T-2', 'T-3'])
  })

  test('begins in its first state', () => expect(toy.config(at(144)).initial).toBe('on'))

  test('is a machine that XState takes, with the same states and events', () => {
    const x = xstateOf(toy, at(144, 'Q-A'))
    expect(Object.keys(x.states)).toEqual(['on', 'off'])
    expect(x.events).toEqual(['go'])
  })
})
