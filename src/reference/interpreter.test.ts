import { beforeEach, describe, expect, test } from 'vitest'
import { call } from '../../spec/kernel/call.js'
import { Defect } from '../../spec/kernel/defect.js'
import { event } from '../../spec/kernel/event.js'
import { map } from '../../spec/kernel/item.js'
import { accept, attempt, attemptAll, machine, must, refuse, trap, type Branch, type MachineSpec } from '../../spec/kernel/machine.js'
import { u32, unit, type AccountId } from '../../spec/kernel/shape.js'
import type { Origin, Stage } from '../../spec/kernel/stage.js'
import type { Edition } from '../../spec/kernel/version.js'
import { World } from '../../spec/kernel/world.js'
import { originMachine } from '../../spec/pallets/system/origin.machine.js'
import { dispatch } from './dispatch.js'
import { Interpreter, Trap } from './interpreter.js'

const Marks = map('InterpreterTest', 'Marks', u32, u32)
const Marked = event('InterpreterTest', 'Marked', u32)
const signed: Origin = { type: 'signed', who: 'a'.repeat(32) as AccountId }
const at = (...quirks: string[]): Edition => ({ name: 'test', version: 144, quirks: new Set(quirks) })

type On = Stage<unknown, number>
/** Marks its own key, then refuses when its key is odd, and traps at 99. */
const receiver = machine({
  id: 'receiver',
  pallet: 'Toy',
  says: 'marks itself before it decides',
  state: () => 'always',
  states: {
    always: {
      '@mark': [accept('R-1', { do: ['mark', must('@decide')] })],
      '@decide': [trap('R-2', 'isTheTrap', 'boom'), refuse('R-3', 'isOdd', 'Odd'), accept('R-4')],
    },
  },
  guards: { isOdd: (s: On) => s.key % 2 === 1, isTheTrap: (s: On) => s.key === 99 },
  effects: {
    mark: (s: On) => {
      s.w.put(Marks, s.key, 1)
      s.emit(Marked, s.key)
    },
  },
})

/** A machine whose only event `go` has this list; `keys` are where its sends go. */
const sender = (keys: readonly number[], list: readonly Branch[], more: Partial<MachineSpec> = {}) =>
  machine({
    id: 'sender',
    pallet: 'Toy',
    says: 'sends',
    state: () => 'always',
    states: { always: { go: list } },
    guards: {},
    effects: { begin: (s: Stage) => s.w.put(Marks, 1000, 1), end: (s: Stage) => s.w.put(Marks, 2000, 1) },
    routes: { receivers: () => keys.map((key) => ({ machine: 'receiver', key })) },
    ...more,
  })

const go = call('InterpreterTest', 'go', unit, { origin: 'signed', subject: () => ({ machine: 'sender', key: undefined }) })

let w: World
beforeEach(() => {
  w = new World(144)
})
const marks = (): number[] => [...w.entries(Marks)].map(([key]) => key)
const play = (keys: readonly number[], step: ReturnType<typeof must>) =>
  new Interpreter([receiver, sender(keys, [accept('S-1', { do: ['begin', step, 'end'] })]), originMachine], at())
const deliver = (interpreter: Interpreter) => interpreter.deliver(w, signed, 'sender', undefined, 'go', undefined)

const code = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof Defect ? error.code : 'no defect'
  }
  return 'nothing'
}

describe('a send that must be accepted', () => {
  test('goes to every receiver in order, and the sender goes on when all accept', () => {
    expect(deliver(play([2, 4], must('@mark', 'receivers')))).toBeNull()
    expect(marks()).toEqual([1000, 2, 4, 2000])
  })

  test('refuses the sender with the first refusal, and nobody after it is asked', () => {
    expect(deliver(play([2, 3, 4], must('@mark', 'receivers')))).toEqual({ error: 'Toy.Odd', rule: 'R-3' })
    expect(marks()).toEqual([1000, 2, 3])
  })

  test('undoes the whole call when it is refused: writes and events, the sender’s own too', () => {
    const { refusal } = dispatch(play([2, 3, 4], must('@mark', 'receivers')), w, signed, { type: go as never, args: undefined })
    expect(refusal).toEqual({ error: 'Toy.Odd', rule: 'R-3' })
    expect([marks(), w.events, w.journalItems]).toEqual([[], [], []])
  })

  test('to no receiver is accepted', () => {
    expect(deliver(play([], must('@mark', 'receivers')))).toBeNull()
    expect(marks()).toEqual([1000, 2000])
  })
})

describe('a send that is tried', () => {
  test('swallows refusals, and what the refused ones had written stays', () => {
    const { refusal } = dispatch(play([2, 3, 5, 4], attempt('@mark', 'receivers')), w, signed, { type: go as never, args: undefined })
    expect(refusal).toBeNull()
    expect(marks()).toEqual([1000, 2, 3, 5, 4, 2000])
    expect(w.events.map(({ value }) => value)).toEqual([2, 3, 5, 4])
  })

  test('does not swallow a trap, which unwinds everything', () => {
    expect(() => deliver(play([2, 99, 4], attempt('@mark', 'receivers')))).toThrow(Trap)
    expect(marks()).toEqual([1000, 2, 99])
  })
})

describe('a send that all are asked about', () => {
  test('asks everybody, then one refusal among them refuses the sender with the error that it names', () => {
    expect(deliver(play([3, 2, 5], attemptAll('@mark', 'receivers', 'SomebodyRefused')))).toEqual({
      error: 'Toy.SomebodyRefused',
      rule: 'S-1',
    })
    expect(marks()).toEqual([1000, 3, 2, 5])
  })

  test('lets the sender go on when nobody refuses', () => {
    expect(deliver(play([4, 2], attemptAll('@mark', 'receivers', 'SomebodyRefused')))).toBeNull()
    expect(marks()).toEqual([1000, 4, 2, 2000])
  })
})

describe('the first branch whose guard holds decides', () => {
  const list = [refuse('S-1', 'first', 'First'), refuse('S-2', 'second', 'Second'), accept('S-3')]
  const decide = (first: boolean, second: boolean): string[] => {
    const interpreter = new Interpreter([sender([], list, { guards: { first: () => first, second: () => second } })], at())
    deliver(interpreter)
    return interpreter.trace.map(({ meta }) => meta.rule)
  }
  test.each([
    [true, true, 'S-1'],
    [true, false, 'S-1'],
    [false, true, 'S-2'],
    [false, false, 'S-3'],
  ])('first %s, second %s: %s', (first, second, rule) => expect(decide(first, second)).toEqual([rule]))

  test('quirks and spans are settled before: what does not stand at the edition is not asked', () => {
    const quirky = [refuse('S-1', 'asked', 'First', { quirk: 'Q-A' }), refuse('S-2', 'asked', 'Second', { until: 144 }), accept('S-3')]
    let asked = 0
    const m = sender([], quirky, { guards: { asked: () => asked++ >= 0 } })
    expect(deliver(new Interpreter([m], at()))).toBeNull()
    expect(asked).toBe(0)
    expect(deliver(new Interpreter([m], at('Q-A')))).toEqual({ error: 'Toy.First', rule: 'S-1' })
  })
})

describe('errors are named in full', () => {
  test.each([
    ['Odd', 'Toy.Odd'],
    ['Other.Error', 'Other.Error'],
    ['Arithmetic.Overflow', 'Arithmetic.Overflow'],
    ['BadOrigin', 'BadOrigin'],
  ])('%s is %s', (error, full) => expect(deliver(new Interpreter([sender([], [refuse('S-1', null, error)])], at()))?.error).toBe(full))
})

describe('a mistake in the spec is a defect', () => {
  const make = (list: readonly Branch[], more: Partial<MachineSpec> = {}) => code(() => new Interpreter([sender([], list, more)], at()))

  test('a list whose last branch is guarded, or one after an unguarded one: SPEC-NOT-TOTAL', () => {
    const guards = { holds: () => true }
    expect(make([refuse('S-1', 'holds', 'No')], { guards })).toBe('SPEC-NOT-TOTAL')
    expect(make([accept('S-1'), refuse('S-2', 'holds', 'No'), accept('S-3')], { guards })).toBe('SPEC-NOT-TOTAL')
    expect(make([accept('S-1'), accept('S-2')])).toBe('SPEC-NOT-TOTAL')
    expect(make([refuse('S-1', null, 'No', { quirk: 'Q-A' }), accept('S-2', { instead: 'Q-A' })])).toBe('nothing')
  })

  test('a guard, an effect, a route or a target that nobody defined: SPEC-UNKNOWN-NAME', () => {
    expect(make([refuse('S-1', 'nobody', 'No'), accept('S-2')])).toBe('SPEC-UNKNOWN-NAME')
    expect(make([accept('S-1', { do: ['nobody'] })])).toBe('SPEC-UNKNOWN-NAME')
    expect(make([accept('S-1', { do: [must('@mark', 'nobody')] })])).toBe('SPEC-UNKNOWN-NAME')
    expect(make([accept('S-1', { to: 'nobody' })])).toBe('SPEC-UNKNOWN-NAME')
  })

  test('two machines of one name, and a receiver that does not exist: SPEC-UNKNOWN-NAME', () => {
    expect(code(() => new Interpreter([receiver, receiver], at()))).toBe('SPEC-UNKNOWN-NAME')
    expect(code(() => deliver(new Interpreter([receiver], at())))).toBe('SPEC-UNKNOWN-NAME')
  })

  test('an event that the state has no branches for, or none at the edition: SPEC-UNHANDLED', () => {
    expect(code(() => deliver(new Interpreter([sender([], [])], at())))).toBe('SPEC-UNHANDLED')
    expect(code(() => deliver(new Interpreter([sender([], [accept('S-1', { from: 145 })])], at())))).toBe('SPEC-UNHANDLED')
  })

  test('a state after a branch that is not the branch’s target, where that is checked: SPEC-TARGET', () => {
    const states = { always: { go: [accept('S-1', { to: 'never' })] }, never: {} }
    const interpreter = new Interpreter([sender([], [], { states })], at())
    expect(code(() => deliver(interpreter))).toBe('nothing')
    interpreter.checkTargets = true
    expect(code(() => deliver(interpreter))).toBe('SPEC-TARGET')
  })
})

test('counts and traces every decision, refused ones too', () => {
  const interpreter = play([2, 3], attempt('@mark', 'receivers'))
  deliver(interpreter)
  expect(interpreter.trace.map(({ meta }) => meta.rule)).toEqual(['S-1', 'R-1', 'R-4', 'R-1', 'R-3'])
  const hits = interpreter.branches
    .filter(({ index }) => interpreter.hits[index]! > 0)
    .map(({ meta, index }) => [meta.rule, interpreter.hits[index]])
  expect(Object.fromEntries(hits)).toEqual({ 'S-1': 1, 'R-1': 2, 'R-3': 1, 'R-4': 1 })
})
