import { beforeEach, expect, test } from 'vitest'
import { Interpreter } from '../../../src/reference/interpreter.js'
import { callNamed } from '../../kernel/call.js'
import type { AccountId } from '../../kernel/shape.js'
import { World } from '../../kernel/world.js'
import { tfgridNodeMachines } from './index.js'
import { FarmingPoliciesMap, FarmingPolicyID, PricingPolicies, PricingPolicyID, PricingPolicyIdByName, ZosVersion } from './items.js'
import type { Policy } from './types.js'

const REWINDS = 'Q-PRICING-POLICY-REWINDS'
const IMMUTABLE = 'Q-FARMING-IMMUTABLE'
let w: World
function make(name: string, args: unknown, quirks = [REWINDS, IMMUTABLE]): string {
  const interpreter = new Interpreter(tfgridNodeMachines, { name: 'test', version: 144, quirks: new Set(quirks) })
  interpreter.checkTargets = true
  const { machine, key } = callNamed(`TfgridModule.${name}`).subject(w, args, { type: 'council' })
  const mark = w.mark()
  const refusal = interpreter.deliver(w, { type: 'council' }, machine, key, name, args)
  if (refusal !== null) w.rollback(mark)
  return refusal === null ? 'ok' : refusal.error.replace('TfgridModule.', '')
}
beforeEach(() => {
  w = new World(144)
})

const price: Policy = { value: 1, unit: { type: 'Gigabytes' } }
const account = 'a'.repeat(32) as AccountId
const pricing = (name: string) => ({
  ...{ name, su: price, cu: price, nu: price, ipu: price, uniqueName: price, domainName: price },
  ...{ foundationAccount: account, certifiedSalesAccount: account, discountForDedicationNodes: 50 },
})
const names = (): [string, number][] => [...w.entries(PricingPolicyIdByName)]

test('TG-PRICING: names are unique and follow a renaming', () => {
  expect([make('createPricingPolicy', pricing('a')), make('createPricingPolicy', pricing('b'))]).toEqual(['ok', 'ok'])
  expect(make('createPricingPolicy', pricing('a'))).toBe('PricingPolicyExists')
  expect(make('updatePricingPolicy', { pricingPolicyId: 3, ...pricing('a') })).toBe('PricingPolicyNotExists')
  expect(make('updatePricingPolicy', { pricingPolicyId: 2, ...pricing('a') })).toBe('PricingPolicyWithDifferentIdExists')
  expect(make('updatePricingPolicy', { pricingPolicyId: 2, ...pricing('c') })).toBe('ok')
  expect(names()).toEqual([
    ['a', 1],
    ['c', 2],
  ])
  expect(w.get(PricingPolicies, 2)).toEqual({ version: 2, id: 2, ...pricing('c') })
})

test('Q-PRICING-POLICY-REWINDS: after an update of the first policy, the next one replaces the second', () => {
  const play = (quirks: string[]) => {
    w = new World(144)
    for (const name of ['a', 'b']) make('createPricingPolicy', pricing(name), quirks)
    make('updatePricingPolicy', { pricingPolicyId: 1, ...pricing('a') }, quirks)
    make('createPricingPolicy', pricing('c'), quirks)
    return [w.get(PricingPolicyID), w.get(PricingPolicies, 2)!.name, names().length]
  }
  expect(play([REWINDS])).toEqual([2, 'c', 3])
  expect(play([])).toEqual([3, 'b', 3])
})

test('TG-FARMING: policies are counted up and replaced; Q-FARMING-IMMUTABLE: immutable ones too', () => {
  const terms = {
    ...{ name: 'f', su: 1, cu: 2, nu: 3, ipv4: 4, minimalUptime: 5, policyEnd: 6, default: true },
    ...{ nodeCertification: { type: 'Diy' }, farmCertification: { type: 'Gold' } },
  }
  expect(make('createFarmingPolicy', { ...terms, immutable: true })).toBe('ok')
  expect(w.get(FarmingPolicyID)).toBe(1)
  expect(make('updateFarmingPolicy', { farmingPolicyId: 2, ...terms })).toBe('FarmingPolicyNotExists')
  expect(make('updateFarmingPolicy', { farmingPolicyId: 1, ...terms, su: 9 }, [])).toBe('BadOrigin')
  expect(make('updateFarmingPolicy', { farmingPolicyId: 1, ...terms, su: 9 })).toBe('ok')
  expect(w.get(FarmingPoliciesMap, 1)).toEqual({ version: 2, id: 1, policyCreated: 0, immutable: true, ...terms, su: 9 })
})

test('TG-ZOS: a version is set once; the empty one is there from the beginning', () => {
  expect(make('setZosVersion', { zosVersion: '' })).toBe('InvalidZosVersion')
  expect(make('setZosVersion', { zosVersion: '3' })).toBe('ok')
  expect(make('setZosVersion', { zosVersion: '3' })).toBe('InvalidZosVersion')
  expect(w.get(ZosVersion)).toBe('3')
})
