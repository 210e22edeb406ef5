import { describe, expect, test } from 'vitest'
import { Interpreter } from '../src/reference/interpreter.js'
import { eventTypes } from './kernel/event.js'
import { machines } from './machines.js'
import { registeredErrors } from './pallets/system/dispatch-error.js'
import { unreachable } from './unreachable.js'
import { editionAt } from './versions/editions.js'

const pallets = ['SmartContractModule', 'TfgridModule', 'TFTBridgeModule', 'TFTPriceModule']
const errors = pallets.flatMap((pallet) => registeredErrors(pallet, 144).map((error) => `${pallet}.${error}`))
const events = [...eventTypes.keys()].filter((name) => pallets.includes(name.split('.')[0]!))
const names = unreachable.map(({ name }) => name)

describe('variants that cannot come about', () => {
  test('are errors and events of the four pallets, each named once and with a reason', () => {
    expect(new Set(names).size).toBe(names.length)
    for (const { name, why } of unreachable) {
      expect([...errors, ...events]).toContain(name)
      expect(why).not.toBe('')
    }
  })

  test('are exactly the errors that no branch of 144 refuses with, those that say “never” apart', () => {
    const { branches } = new Interpreter(machines, editionAt(144))
    const refused = new Set(
      branches
        .filter(({ meta }) => meta.says?.startsWith('never') !== true)
        .flatMap(({ refusal, steps }) => [refusal, ...steps.map((step) => (step.effect === null ? step.error : null))]),
    )
    const unrefused = errors.filter((name) => !refused.has(name))
    expect(names.filter((name) => errors.includes(name)).sort()).toEqual(unrefused.sort())
  })
})
