import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gates } from './gates.js'
import { invariants } from './invariants.js'
import { standsAt } from './kernel/machine.js'
import { machines } from './machines.js'
import { requirements } from './requirements.js'
import { intended } from './versions/editions.js'

const rules = new Set(
  machines
    .flatMap(({ states }) => Object.values(states))
    .flatMap((on) => Object.values(on).flat())
    .filter(({ meta }) => standsAt(intended, meta))
    .map(({ meta }) => meta.rule),
)
const promises = new Set([...invariants.map(({ id }) => id), ...gates.map(({ id }) => id)])

describe('requirements', () => {
  test('have one id each', () => expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length))

  test('that are carried are carried by something, and others say why not', () => {
    for (const { id, status, reason, invariants: i = [], tests: t = [], rules: r = [] } of requirements) {
      if (status === 'carried') expect([...r, ...i, ...t], id).not.toHaveLength(0)
      else expect((reason ?? '').length, id).toBeGreaterThan(20)
    }
  })

  test('link to rules that stand in what is intended, and to invariants and tests that exist', () => {
    const missing = requirements.flatMap(({ id, rules: r = [], invariants: i = [], tests: t = [] }) => [
      ...r.filter((rule) => !rules.has(rule)).map((rule) => `${id} names rule ${rule}`),
      ...i.filter((promise) => !promises.has(promise)).map((promise) => `${id} names ${promise}`),
      ...t.filter((file) => !existsSync(join(import.meta.dirname, '..', file))).map((file) => `${id} names ${file}`),
    ])
    expect(missing).toEqual([])
  })

  test('every invariant carries a requirement', () => {
    const linked = new Set(requirements.flatMap(({ invariants: i = [] }) => i))
    expect(invariants.map(({ id }) => id).filter((id) => !linked.has(id))).toEqual([])
  })
})
