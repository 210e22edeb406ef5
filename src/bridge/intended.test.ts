import { describe, expect, test } from 'vitest'
import { configOf } from '../../spec/bridge/actor.js'
import { intendedDaemon } from '../../spec/bridge/intended/daemon.machine.js'
import { safeguards } from '../../spec/bridge/intended/safeguards.js'
import { ledgerMachine } from '../../spec/bridge/stellar/ledger.machine.js'
import { intended } from '../../spec/versions/editions.js'
import { Dice } from './dice.js'
import { compared, deposit, wait, withdraw } from './for-tests.js'
import { IntendedBridge } from './intended.js'
import { packagedKept } from './kept.js'
import { control, withoutSafeguard } from './matrix.js'
import { faultKinds, type Step } from './step.js'
import { stress } from './stress.js'
import { anyCase } from './traffic.js'

const BOUND = 120

/** Runs steps on a new bridge, everything healed and waited for. */
function after(steps: readonly Step[]): IntendedBridge {
  const bridge = new IntendedBridge(intended, 3)
  for (const step of steps) bridge.step(step)
  bridge.settle(BOUND)
  return bridge
}

test.each([1, 2, 3])('keeps every promise under all faults (seed %i)', async (seed) => {
  const validators = [3, 5, 7][seed - 1]!
  const report = await stress({ at: 'intended', validators, faults: faultKinds, seed, transfers: 1500, rate: 6, every: 12 })
  expect([report.breaches, report.everyTransferEnded]).toEqual([{}, 'true'])
})

test.each(faultKinds)('keeps every promise when nothing but this happens, often: %s', async (fault) => {
  const report = await stress({ at: 'intended', validators: 3, faults: [fault], seed: 4, transfers: 150, rate: 4, every: 4 })
  expect([report.breaches, report.everyTransferEnded]).toEqual([{}, 'true'])
})

test('keeps its promises on every trace that the deployed one fails on', () => {
  for (const { steps } of packagedKept(144)) expect(after(steps).audit.breaches).toEqual([])
})

describe('a daemon may die at every point between two effects', () => {
  const transfers: readonly Step[] = [deposit('twin_1'), deposit('nobody', 1), withdraw(0), withdraw(1)]
  /** Effects of one daemon until all of this has ended. */
  const points = 24

  test.each([1, 2, 3])('%i of three at once, at each point', (dying) => {
    const states = new Set<string>()
    for (let at = 0; at <= points; at++) {
      const bridge = new IntendedBridge(intended, 3)
      const kill = bridge.kill.bind(bridge)
      let deaths = 0
      bridge.step(wait(1))
      const { daemons } = bridge
      const before = daemons.map(({ state }) => state)
      bridge.kill = (d) => {
        deaths++
        states.add(d.state)
        kill(d)
      }
      for (let who = 0; who < dying; who++) bridge.step({ type: 'fault', fault: 'crash', who, rounds: at })
      for (const step of transfers) bridge.step(step)
      bridge.step(wait(20))
      bridge.settle(BOUND)
      expect([at, deaths, before.length, bridge.audit.breaches]).toEqual([at, dying, 3, []])
      expect(bridge.audit.ended).toEqual({ minted: 1, refunded: 1, paid: 2, returned: 0 })
    }
    // Every state in which it waits for an answer, but for loading its file, which comes before.
    expect([...states].sort()).toEqual(['listing', 'reading', 'reporting', 'saving', 'settling', 'signing', 'submitting', 'watching'])
  })
})

test('what was read in vain is read again, and what others decided meanwhile is left behind', () => {
  const bridge = new IntendedBridge(intended, 3)
  const slow = bridge.daemons[2]!
  // It reads two deposits, its reports are lost, and the others decide: nothing is left to report, and its file is behind.
  const lag: Step = { type: 'fault', fault: 'lag', who: 2, rounds: 6 }
  for (const step of [wait(1), lag, deposit('twin_1'), deposit('twin_2')]) bridge.step(step)
  slow.read = { cursor: 2, behind: 2 }
  bridge.step(wait(12))
  expect(bridge.audit.ended.minted).toBe(2)
  expect(slow.disk).toEqual({ cursor: 2, behind: 2 })
})

test('new deposits do not wait for a rescan', () => {
  const bridge = new IntendedBridge(intended, 3)
  for (let i = 0; i < 40; i++) for (const step of [deposit('twin_1'), wait(1)]) bridge.step(step)
  bridge.step(wait(6))
  for (const who of [0, 1, 2]) bridge.step({ type: 'fault', fault: 'rescan', who, rounds: 0 })
  expect(bridge.daemons.map(({ disk }) => disk)).toEqual([0, 1, 2].map(() => ({ cursor: 40, behind: 0 })))
  bridge.step(deposit('twin_1'))
  bridge.step(wait(12))
  expect(bridge.audit.ended.minted).toBe(41)
  expect(bridge.daemons.map(({ disk }) => disk)).toEqual([0, 1, 2].map(() => ({ cursor: 41, behind: 41 })))
})

/** Where `tfspec bridge matrix`, which begins at seed 1, finds a failure only after some runs: the test begins there. */
const foundAt: Readonly<Record<string, number>> = {
  'S-TODAYS-VALIDATORS': 4,
  'S-FRESH-FEE': 8,
  'S-FLOOR': 19,
  'S-MORE-SIGNATURES': 4,
  'S-MOVES-ON': 3,
  'S-TODAYS-SIGNERS': 3,
}

test.each(safeguards.map((s) => [s.id, s] as const))('fails without %s, and holds with it on the same run', (_, safeguard) => {
  const row = withoutSafeguard(safeguard, foundAt[safeguard.id] ?? 1, 30)
  expect(row.breach).toBeDefined()
  expect(row.holdsWithIt).toBe(true)
})

test('the control of the matrix holds', () => expect(control(safeguards[0]!, 77, 3).breach).toBeUndefined())

test('the same seed gives the same run', async () => {
  const run = () => stress({ at: 'intended', validators: 3, faults: faultKinds, seed: 9, transfers: 300, rate: 6, every: 12 })
  const [a, b] = [await run(), await run()]
  expect([a.backlog, a.ended, a.steps]).toEqual([b.backlog, b.ended, b.steps])
})

test('XState is the truth, the table is the speed', () => {
  const own = new IntendedBridge(intended, 3)
  const times = compared(own.actor)
  const dice = new Dice(6)
  for (let i = 0; i < 12; i++) for (const step of anyCase(dice, 3)) own.step(step)
  expect(times()).toBeGreaterThan(500)
  for (const config of [configOf(intendedDaemon, intended), configOf(ledgerMachine, intended)])
    expect(JSON.parse(JSON.stringify(config))).toEqual(config)
})
