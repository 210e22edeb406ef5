import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Interpreter } from '../../../src/reference/interpreter.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import type { Edition } from '../../kernel/version.js'
import { World } from '../../kernel/world.js'
import { Validators } from '../system/items.js'
import { priceMachines } from './index.js'
import * as items from './items.js'

const author = 'a'.repeat(32) as AccountId
const at144: Edition = { name: '144', version: 144, quirks: new Set(['Q-PRICE-SUM-SATURATES']) }
const intended: Edition = { name: 'intended', version: 144, quirks: new Set() }

function play(edition: Edition) {
  const w = new World(144)
  const reference = new Interpreter(priceMachines, edition)
  w.set(Validators, [author])
  w.set(items.MinTftPrice, 10)
  w.set(items.MaxTftPrice, 1000)
  const call = (origin: Origin, name: string, args: object) => reference.deliver(w, origin, 'price', undefined, name, args)?.error ?? 'ok'
  const set = (price: number, who = author) => call({ type: 'signed', who }, 'setPrices', { price, blockNumber: 5 })
  const bound = (name: string, price: number) => call({ type: 'council' }, name, { price })
  return { w, set, bound }
}

describe('the price', () => {
  test('comes from the validators of the session only', () => {
    expect(play(at144).set(50, 'x'.repeat(32) as AccountId)).toBe('TFTPriceModule.AccountUnauthorizedToSetPrice')
  })

  test('is told, then its average, then whether that is out of bounds', () => {
    fc.assert(
      fc.property(fc.nat(2000), (price) => {
        const { w, set } = play(at144)
        expect(set(price)).toBe('ok')
        const out =
          price < 10 ? [['AveragePriceIsBelowMinPrice', [price, 10]]] : price > 1000 ? [['AveragePriceIsAboveMaxPrice', [price, 1000]]] : []
        expect(w.events.map((e) => [e.type.name, e.value])).toEqual([['PriceStored', price], ['AveragePriceStored', price], ...out])
        expect([w.get(items.TftPrice), w.get(items.AverageTftPrice), w.get(items.LastBlockSet)]).toEqual([price, price, 5])
        expect(w.get(items.BufferRange)).toEqual([0, 1])
      }),
    )
  })

  test('averages the last 1440 prices', () => {
    const { w, set } = play(at144)
    for (let i = 0; i < 1440; i++) set(100)
    for (let i = 0; i < 720; i++) set(200)
    expect(w.get(items.AverageTftPrice)).toBe(150)
    expect(w.get(items.BufferRange)).toEqual([721, 720])
  })

  test('is out of both bounds when genesis crossed them', () => {
    const { w, set } = play(at144)
    w.set(items.MinTftPrice, 2000)
    set(1500)
    expect(w.events.map((e) => e.type.name).slice(2)).toEqual(['AveragePriceIsBelowMinPrice', 'AveragePriceIsAboveMaxPrice'])
  })

  test('averages too low once the sum of the history is above 2^32 - 1 (Q-PRICE-SUM-SATURATES)', () => {
    const averages = [at144, intended].map((edition) => {
      const { w, set } = play(edition)
      for (let i = 0; i < 3; i++) set(4_000_000_000)
      return w.get(items.AverageTftPrice)
    })
    expect(averages).toEqual([Math.round(0xffffffff / 3), 4_000_000_000])
  })
})

describe('the bounds', () => {
  test('never cross', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('setMinTftPrice', 'setMaxTftPrice'), fc.nat(1100))), (steps) => {
        const { w, bound } = play(at144)
        for (const [name, price] of steps) {
          const allowed = name === 'setMinTftPrice' ? price < w.get(items.MaxTftPrice) : price > w.get(items.MinTftPrice)
          const error = name === 'setMinTftPrice' ? 'MinPriceAboveMaxPriceError' : 'MaxPriceBelowMinPriceError'
          expect(bound(name, price)).toBe(allowed ? 'ok' : `TFTPriceModule.${error}`)
          expect(w.get(items.MinTftPrice)).toBeLessThan(w.get(items.MaxTftPrice))
        }
      }),
    )
  })
})
