import fc from 'fast-check'
import { expect, test } from 'vitest'
import { World } from '../../kernel/world.js'
import { AverageTftPrice, MaxTftPrice, MinTftPrice } from '../tft-price/items.js'
import { costInTft, costInTftWraps, priceIsZero, priceWraps, tftPrice } from './price.js'

const U32 = 2 ** 32 - 1
const prices = fc.record({
  average: fc.oneof(fc.nat(5000), fc.integer({ min: 0, max: U32 })),
  least: fc.oneof(fc.nat(100), fc.integer({ min: 0, max: U32 })),
  most: fc.oneof(fc.nat(5000), fc.integer({ min: 0, max: U32 })),
})
const u64 = fc.oneof(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, (1n << 64n) - 1n))

function at({ average, least, most }: { average: number; least: number; most: number }): World {
  const w = new World(144)
  w.set(AverageTftPrice, average)
  w.set(MinTftPrice, least)
  w.set(MaxTftPrice, most)
  return w
}

test('SC-PRICE-1: where the bounds are in order the price lies between them', () => {
  fc.assert(
    fc.property(prices, (p) => {
      fc.pre(p.least <= p.most)
      const price = tftPrice(at(p))
      expect(price >= p.least && price <= p.most && (price === p.average || price === p.least || price === p.most)).toBe(true)
    }),
  )
})

test('a price that is not zero and does not wrap costs within half a unit and the truncated quotient of the exact amount', () => {
  fc.assert(
    fc.property(prices, u64, (p, cost) => {
      const w = at(p)
      fc.pre(!priceIsZero(w) && !priceWraps(w) && !costInTftWraps(w, cost))
      const price = BigInt(tftPrice(w)) * 10_000n
      const numerator = cost * 10_000_000n
      const difference = costInTft(w, cost) * price - numerator
      expect(2n * (difference < 0n ? -difference : difference) <= price + 1n).toBe(true)
    }),
  )
})

test('a higher cost never costs less TFT, unless the amount wraps', () => {
  fc.assert(
    fc.property(prices, u64, u64, (p, a, b) => {
      const w = at(p)
      const [low, high] = a < b ? [a, b] : [b, a]
      fc.pre(!priceIsZero(w) && !costInTftWraps(w, high))
      expect(costInTft(w, low) <= costInTft(w, high)).toBe(true)
    }),
  )
})

test('a price is zero without average and minimum, and where 1e-7 USD wrap to 0', () => {
  expect(priceIsZero(at({ average: 0, least: 0, most: 1000 }))).toBe(true)
  expect(priceIsZero(at({ average: 2 ** 28, least: 0, most: U32 }))).toBe(true)
  expect(priceIsZero(at({ average: 0, least: 1, most: 1000 }))).toBe(false)
  expect(priceWraps(at({ average: 429_496, least: 0, most: U32 }))).toBe(false)
  expect(priceWraps(at({ average: 429_497, least: 0, most: U32 }))).toBe(true)
})

test('10 USD at 0.05 USD a TFT are 200 TFT', () => {
  expect(costInTft(at({ average: 50, least: 10, most: 1000 }), 100_000_000n)).toBe(200n * 10_000_000n)
})
