import { accept, machine, must, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { Validators as SessionValidators } from '../system/items.js'
import { AveragePriceIsAboveMaxPrice, AveragePriceIsBelowMinPrice, AveragePriceStored, PriceStored } from './events.js'
import { advanced, exactSum, mean, saturatingSum } from './history.js'
import { AverageTftPrice, BufferRange, LastBlockSet, MaxTftPrice, MinTftPrice, TftPrice, TftPriceHistory } from './items.js'

/** `blockNumber`: the block whose price it is; nothing checks it. */
export interface SetPrices {
  readonly price: number
  readonly blockNumber: number
}
type OnPrices = Stage<SetPrices>
type OnBound = Stage<{ readonly price: number }>

/**
 * The price of a TFT, in 1e-3 USD: the last one, the mean of the last 1440, and the bounds for bills.
 *
 * The off-chain worker (`offchain_worker` of the next block's author: every ten blocks it asks a Stellar exchange and submits a
 * signed `set_prices`) is outside of the spec. On chain any validator of the session may give any price, for any block, as often
 * as it likes. The average is stored as it is, outside of the bounds too: those who use it put it between them.
 * @source pallet-tft-price/src/lib.rs `#[pallet::call]`, src/tft_price.rs `calculate_and_set_price`, `is_validator` @439e6919
 */
export const price = machine({
  id: 'price',
  pallet: 'TFTPriceModule',
  says: 'the price of a TFT',
  state: () => 'always' as const,
  states: {
    always: {
      setPrices: [
        refuse('TP-SET-1', 'callerMakesNoBlocks', 'AccountUnauthorizedToSetPrice'),
        accept('TP-SET-2', {
          pays: 'no',
          do: ['storePrice', 'writeIntoRing', must('@average'), must('@compareToMin'), must('@compareToMax'), 'moveRange'],
        }),
      ],
      '@average': [accept('TP-AVERAGE-1', { do: ['storeAverage'] })],
      '@compareToMin': [accept('TP-BELOW-1', { when: 'averageIsBelowMin', do: ['announceBelowMin'] }), accept('TP-BELOW-2')],
      '@compareToMax': [accept('TP-ABOVE-1', { when: 'averageIsAboveMax', do: ['announceAboveMax'] }), accept('TP-ABOVE-2')],
      setMinTftPrice: [refuse('TP-MIN-1', 'priceIsNotBelowMax', 'MinPriceAboveMaxPriceError'), accept('TP-MIN-2', { do: ['setMin'] })],
      setMaxTftPrice: [refuse('TP-MAX-1', 'priceIsNotAboveMin', 'MaxPriceBelowMinPriceError'), accept('TP-MAX-2', { do: ['setMax'] })],
    },
  },
  guards: {
    /** A validator's id is its account (`ValidatorOf`); the list is searched from front to back, so its order means nothing. */
    callerMakesNoBlocks: (s: OnPrices) => !s.w.get(SessionValidators).includes(s.caller),
    averageIsBelowMin: (s: Stage) => s.w.get(AverageTftPrice) < s.w.get(MinTftPrice),
    averageIsAboveMax: (s: Stage) => s.w.get(AverageTftPrice) > s.w.get(MaxTftPrice),
    priceIsNotBelowMax: (s: OnBound) => s.args.price >= s.w.get(MaxTftPrice),
    priceIsNotAboveMin: (s: OnBound) => s.args.price <= s.w.get(MinTftPrice),
  },
  effects: {
    storePrice: (s: OnPrices) => {
      s.w.set(LastBlockSet, s.args.blockNumber)
      s.w.set(TftPrice, s.args.price)
      s.emit(PriceStored, s.args.price)
    },
    writeIntoRing: (s: OnPrices) => s.w.put(TftPriceHistory, s.w.get(BufferRange)[1], s.args.price),
    /** All prices of the history count. The range is written back as it is: a second view of the ring is dropped here. */
    storeAverage: (s: Stage) => {
      const prices = [...s.w.entries(TftPriceHistory)].map(([, price]) => price)
      const average = mean((s.quirk('Q-PRICE-SUM-SATURATES') ? saturatingSum : exactSum)(prices), prices.length)
      s.w.set(BufferRange, s.w.get(BufferRange))
      s.w.set(AverageTftPrice, average)
      s.emit(AveragePriceStored, average)
    },
    announceBelowMin: (s: Stage) => s.emit(AveragePriceIsBelowMinPrice, [s.w.get(AverageTftPrice), s.w.get(MinTftPrice)]),
    announceAboveMax: (s: Stage) => s.emit(AveragePriceIsAboveMaxPrice, [s.w.get(AverageTftPrice), s.w.get(MaxTftPrice)]),
    moveRange: (s: Stage) => s.w.set(BufferRange, advanced(s.w.get(BufferRange))),
    setMin: (s: OnBound) => s.w.set(MinTftPrice, s.args.price),
    setMax: (s: OnBound) => s.w.set(MaxTftPrice, s.args.price),
  },
})
