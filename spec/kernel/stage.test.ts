import { describe, expect, test } from 'vitest'
import { Defect } from './defect.js'
import { event } from './event.js'
import { single } from './item.js'
import { u32, type AccountId } from './shape.js'
import { fact, factNames, Stage, type Origin } from './stage.js'
import { World } from './world.js'

const Count = single('StageTest', 'Count', u32, { orElse: 0 })
const Happened = event('StageTest', 'Happened', u32)
const who = 'a'.repeat(32) as AccountId
const stage = (w = new World(144), origin: Origin = { type: 'signed', who }): Stage =>
  new Stage(w, { name: 'test', version: 144, quirks: new Set(['Q-ON']) }, origin, undefined, undefined)

const code = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof Defect ? error.code : 'no defect'
  }
  return 'nothing'
}

describe('a fact', () => {
  test('is computed once a stage, and again by the next one', () => {
    let times = 0
    const twice = fact('twice', (s: Stage) => (times++, s.w.get(Count) * 2))
    const w = new World(144)
    const first = stage(w)
    expect([twice(first), twice(first), times]).toEqual([0, 0, 1])
    w.set(Count, 4)
    expect([twice(stage(w)), times]).toEqual([8, 2])
  })

  test('keeps what it was before the stage wrote', () => {
    const count = fact('count', (s: Stage) => s.w.get(Count))
    const s = stage()
    expect(count(s)).toBe(0)
    s.w.set(Count, 5)
    expect(count(s)).toBe(0)
  })

  test('that is asked for late, once the stage has written, is a defect: SPEC-LATE-FACT', () => {
    const late = fact('late', () => 1)
    const s = stage()
    s.w.set(Count, 1)
    expect(code(() => late(s))).toBe('SPEC-LATE-FACT')
    // Events are no part of what facts can read.
    const t = stage()
    t.emit(Happened, 1)
    expect(late(t)).toBe(1)
  })

  test('may be null, and is remembered then too', () => {
    let times = 0
    const nothing = fact('nothing', () => (times++, null))
    const s = stage()
    expect([nothing(s), nothing(s), times]).toEqual([null, null, 1])
  })

  test('is known by its name, and two of the same name are two', () => {
    const [a, b] = [fact('same', () => 1), fact('same', () => 2)]
    const s = stage()
    expect([a(s), b(s)]).toEqual([1, 2])
    expect(factNames.filter((name) => name === 'same')).toHaveLength(2)
  })
})

describe('a stage', () => {
  test('knows that it has written only of what was written since it began', () => {
    const w = new World(144)
    w.set(Count, 1)
    const s = stage(w)
    expect(s.hasWritten).toBe(false)
    w.set(Count, 1)
    expect(s.hasWritten).toBe(true)
  })

  test('has a caller when it is signed, and is a defect without one: SPEC-ORIGIN', () => {
    expect(stage().caller).toBe(who)
    for (const type of ['root', 'council', 'minority', 'none'] as const)
      expect(code(() => stage(undefined, { type }).caller)).toBe('SPEC-ORIGIN')
  })

  test('sees the quirks of its edition', () => expect([stage().quirk('Q-ON'), stage().quirk('Q-OFF')]).toEqual([true, false]))
})
