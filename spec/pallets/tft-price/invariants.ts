import { invariant, stepInvariant, type Invariant } from '../../kernel/invariant.js'
import { Validators as SessionValidators } from '../system/items.js'
import { PriceStored } from './events.js'
import { exactSum, MAX_LENGTH, mean } from './history.js'
import { AverageTftPrice, BufferRange, MaxTftPrice, MinTftPrice, TftPrice, TftPriceHistory } from './items.js'

/** What holds about the price of a TFT at any time. */
export const priceInvariants: readonly Invariant[] = [
  invariant(
    'INV-TP-1',
    'the average is the mean of the prices that are kept',
    [AverageTftPrice, TftPriceHistory],
    (w) => {
      const prices = [...w.entries(TftPriceHistory)].map(([, price]) => price)
      if (prices.length === 0) return []
      const average = mean(exactSum(prices), prices.length)
      return w.get(AverageTftPrice) === average
        ? []
        : [`the mean of ${prices.length} prices is ${average}, stored is ${w.get(AverageTftPrice)}`]
    },
    ['Q-PRICE-SUM-SATURATES'],
  ),
  invariant('INV-TP-2', 'at most 1440 prices are kept', [TftPriceHistory], (w) =>
    w.count(TftPriceHistory) <= MAX_LENGTH ? [] : [`${w.count(TftPriceHistory)} prices are kept`],
  ),
  invariant('INV-TP-3', 'the bounds are in order: the least price below the most', [MinTftPrice, MaxTftPrice], (w) =>
    w.get(MinTftPrice) <= w.get(MaxTftPrice) || w.get(MaxTftPrice) === 0 ? [] : [`${w.get(MinTftPrice)} is above ${w.get(MaxTftPrice)}`],
  ),
  stepInvariant('INV-TP-4', 'only a validator of the session gives a price', [TftPrice, TftPriceHistory], (step) => {
    const { act } = step
    if (act === undefined || step.events(PriceStored).length === 0) return []
    return step.w.get(SessionValidators).includes(act.who) || act.call.pallet === 'Utility' || act.call.pallet === 'Council'
      ? []
      : ['somebody else gave a price']
  }),
  invariant('INV-TP-5', 'the ring’s ends lie in the ring', [BufferRange], (w) =>
    w.get(BufferRange).every((place) => place < MAX_LENGTH) ? [] : [`the ring spans ${w.get(BufferRange).join(' to ')}`],
  ),
  stepInvariant('INV-TP-6', 'a price is stored with the one before it kept, until the ring is full', [TftPriceHistory], (step) => {
    const overwritten = [...step.touched(TftPriceHistory)].filter(([, before]) => before !== undefined).length
    return overwritten === 0 || step.w.count(TftPriceHistory) === MAX_LENGTH ? [] : ['a price was overwritten before its time']
  }),
]
