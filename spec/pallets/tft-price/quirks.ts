import type { Quirk } from '../../versions/quirk.js'

export const quirks: readonly Quirk[] = [
  {
    id: 'Q-PRICE-SUM-SATURATES',
    says: 'the sum of the prices stops at 2^32 - 1, so that the average of high prices is too low',
    promises: 'docs/misc/price.md: “it sums up all the items in the ringbuffer and divides it by the amount of values in the buffer”',
    severity: 'wrong record',
    source: 'pallet-tft-price/src/tft_price.rs `calc_avg` @439e6919',
  },
]
