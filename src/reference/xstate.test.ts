import { describe, expect, test } from 'vitest'
import { planCases, actorList } from '../../conformance/run/case.js'
import { mixSeed } from '../../model/draw.js'
import { Guide } from '../../model/guide.js'
import { makers } from '../../model/makers.js'
import { Defect } from '../../spec/kernel/defect.js'
import { accept, machine, refuse, xstateOf, type Machine } from '../../spec/kernel/machine.js'
import type { Stage } from '../../spec/kernel/stage.js'
import type { Edition } from '../../spec/kernel/version.js'
import { World } from '../../spec/kernel/world.js'
import { machines } from '../../spec/machines.js'
import { TotalIssuance } from '../../spec/pallets/balances/items.js'
import { DISPATCH } from '../../spec/pallets/system/dispatch.js'
import { describedVersions, editionAt, intended, newestVersion } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { Interpreter } from './interpreter.js'
import { Reference } from './reference.js'
import { XStateListener } from './xstate.js'

const editions: readonly Edition[] = [...describedVersions.map(editionAt), intended]
const byName = editions.map((edition) => [edition.name, edition] as const)

/** Random cases on the reference alone, every decision of which XState repeats. */
function play(edition: Edition, seed: number, calls: number): XStateListener {
  const reference = new Reference(edition, genesis(edition.version))
  const listener = new XStateListener()
  reference.interpreter.listener = listener
  reference.interpreter.checkTargets = true
  for (const plan of planCases(seed, calls)) {
    reference.reset()
    reference.open(1, 6)
    const guide = new Guide(mixSeed(seed, plan.index), reference.w, actorList, makers)
    for (let made = 0; made < plan.calls;) {
      const step = guide.next()
      if (step.type === 'advance') reference.advance(step.blocks, step.seconds)
      else {
        reference.call(step.call, step.args, step.who)
        made++
      }
    }
  }
  return listener
}

/** A version that is described in part has fewer rules to meet. */
const runs = editions.flatMap((edition) =>
  (edition.version < newestVersion ? [1] : [1, 2, 3]).map((seed) => [edition.name, seed, edition] as const),
)

describe('XState is the truth, the table is the speed: at every internal event both choose the same rule, target and actions', () => {
  test.each(runs)('at %s, in random cases of seed %i', (_name, seed, edition) => {
    const { compared, rules } = play(edition, seed, 500)
    expect(compared).toBeGreaterThan(1_000)
    expect(rules.size).toBeGreaterThan(edition.version < newestVersion ? 20 : 150)
  })
})

describe.each(byName)('every machine at %s', (_name, edition) => {
  const configs = machines.map((m) => m.config(edition))

  test('decides about every event that a state lists: exactly the last branch is unguarded, and every name is defined', () => {
    expect(() => new Interpreter(machines, edition)).not.toThrow()
  })

  test('sends only events that some machine decides about at the edition', () => {
    const lists = configs.flatMap(({ states }) => Object.values(states)).flatMap(({ on }) => Object.entries(on))
    const decided = new Set(lists.filter(([, list]) => list.length > 0).map(([event]) => event))
    const sent = lists.flatMap(([, list]) =>
      list.flatMap(({ actions }) => actions.flatMap((a) => (a.type === 'send' ? [a.params.event] : []))),
    )
    // A call that a rule carries goes to a reserved receiver, which is no machine.
    expect([...new Set(sent)].filter((event) => !decided.has(event) && event !== DISPATCH)).toEqual([])
  })

  test('is plain JSON, so that pictures, comparisons and mutants see all of it', () => {
    for (const config of configs) expect(JSON.parse(JSON.stringify(config))).toEqual(config)
  })

  test('has no final state, no entry, exit, always, after or invoke, and nothing beside the branches of its events', () => {
    for (const { id, initial, states, ...rest } of configs) {
      expect(rest, id).toEqual({})
      expect(Object.keys(states)).toContain(initial)
      for (const [state, { on, ...others }] of Object.entries(states)) {
        expect(others, `${id}.${state}`).toEqual({})
        for (const branch of Object.values(on).flat())
          for (const key of Object.keys(branch)) expect(['guard', 'target', 'actions', 'meta']).toContain(key)
      }
    }
  })

  test('is a machine that XState takes', () => {
    for (const m of machines) expect(Object.keys(xstateOf(m, edition).states)).toEqual(Object.keys(m.states))
  })
})

describe('the listener', () => {
  const base = {
    id: 'toy',
    pallet: 'Toy',
    says: 'a toy',
    state: () => 'on' as const,
    effects: { write: (s: Stage) => s.w.set(TotalIssuance, 1n) },
  }
  const at: Edition = { name: 'toy', version: 144, quirks: new Set() }
  const deliver = (m: Machine, seen: Machine = m): (() => unknown) => {
    const interpreter = new Interpreter([m], at)
    const listener = new XStateListener()
    // XState may be shown another machine than the table was compiled from.
    interpreter.listener = { decided: (stage, _m, ...rest) => listener.decided(stage, seen, ...rest) }
    return () => interpreter.deliver(new World(144), { type: 'none' }, 'toy', undefined, 'go', undefined)
  }
  const code = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return error instanceof Defect ? error.code : 'no defect'
    }
    return 'nothing'
  }
  const lists = (yes: boolean) => ({
    ...base,
    states: { on: { go: [refuse('T-1', 'holds', 'No'), accept('T-2', { do: ['write'] })] } },
    guards: { holds: () => yes },
  })

  test('agrees with the same machine', () => expect(code(deliver(machine(lists(false))))).toBe('nothing'))
  test('finds another rule: SPEC-DISAGREE', () => expect(code(deliver(machine(lists(false)), machine(lists(true))))).toBe('SPEC-DISAGREE'))
  test('finds another action: SPEC-DISAGREE', () => {
    const other = machine({
      ...lists(false),
      states: { on: { go: [refuse('T-1', 'holds', 'No'), accept('T-2', { do: ['write', 'write'] })] } },
    })
    expect(code(deliver(machine(lists(false)), other))).toBe('SPEC-DISAGREE')
  })
  test('finds another function behind the same name: SPEC-DISAGREE', () => {
    const other = machine({ ...lists(false), effects: { write: () => undefined } })
    expect(code(deliver(machine(lists(false)), other))).toBe('SPEC-DISAGREE')
  })
  test('finds a guard that writes: SPEC-GUARD-WRITES', () => {
    const writing = machine({ ...lists(false), guards: { holds: (s: Stage) => (s.w.set(TotalIssuance, 1n), false) } })
    expect(code(deliver(writing))).toBe('SPEC-GUARD-WRITES')
  })
})
