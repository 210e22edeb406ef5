import fc from 'fast-check'
import { blockNumber } from '../../spec/pallets/system/clock.js'
import { Validators as SessionValidators } from '../../spec/pallets/system/items.js'
import { setMaxTftPrice, setMinTftPrice, setPrices } from '../../spec/pallets/tft-price/calls.js'
import { AverageTftPrice, MaxTftPrice, MinTftPrice } from '../../spec/pallets/tft-price/items.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { u32 } from '../values.js'

const U32_MAX = 0xffff_ffff
/** The first price whose 1e-7 USD wrap at 2^32 is 429,497; multiples of 2^28 wrap to nothing. */
const wraps = [429_496, 429_497, 1 << 28, 1 << 29, (1 << 28) + 1]
const usual = fc.integer({ min: 5, max: 300 })
const within = (n: number): number => Math.min(Math.max(n, 0), U32_MAX)

/** A price: mostly what the market gives, or at the bounds, or one that bills stumble over. */
function price(d: Draw): number {
  const n = d.int(0, 99)
  if (n < 55) return d.of(usual)
  if (n < 75) return within(d.w.get(d.pick([MinTftPrice, MaxTftPrice, AverageTftPrice])) + d.int(-1, 1))
  return n < 85 ? d.pick(wraps) : n < 92 ? d.int(0, 2) : d.of(u32)
}
/** A bound: mostly near the usual ones, at the edge of the other, or wide open. */
function bound(d: Draw, other: number, open: number): number {
  const n = d.int(0, 99)
  return n < 40 ? d.int(1, 2000) : n < 60 ? within(other + d.int(-1, 1)) : n < 85 ? open : price(d)
}

export const priceMakers = [
  maker({
    call: setPrices,
    weight: 2.5,
    make: (d) => {
      const validators = d.w.get(SessionValidators)
      return {
        who: validators.length > 0 && d.chance(92) ? d.pick(validators) : d.actor(),
        args: { price: price(d), blockNumber: d.chance(70) ? blockNumber(d.w) : d.of(u32) },
      }
    },
  }),
  maker({ call: setMinTftPrice, weight: 0.5, make: (d) => ({ who: d.actor(), args: { price: bound(d, d.w.get(MaxTftPrice), 0) } }) }),
  maker({ call: setMaxTftPrice, weight: 0.5, make: (d) => ({ who: d.actor(), args: { price: bound(d, d.w.get(MinTftPrice), U32_MAX) } }) }),
]
