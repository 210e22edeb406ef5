import { map, single } from '../../kernel/item.js'
import { tuple, u16, u32 } from '../../kernel/shape.js'

/** Storage of the price pallet. Prices are in 1e-3 USD a TFT. @source pallet-tft-price/src/lib.rs `#[pallet::storage]` @439e6919 */
const PRICE = 'TFTPriceModule'

/** The price given last. */
export const TftPrice = single(PRICE, 'TftPrice', u32, { orElse: 0 })
/** The block that came with the last price: whatever its sender said. */
export const LastBlockSet = single(PRICE, 'LastBlockSet', u32, { orElse: 0 })
/** The mean of the history. Bills are made with it, after they put it between the bounds below. */
export const AverageTftPrice = single(PRICE, 'AverageTftPrice', u32, { orElse: 0 })
/** The last 1440 prices, by their index in the ring. */
export const TftPriceHistory = map(PRICE, 'TftPriceHistory', u16, u32, { orElse: 0 })
/** The ring's start and end: the index of its oldest price, and the one that the next price takes. */
export const BufferRange = single(PRICE, 'BufferRange', tuple(u16, u16), { orElse: [0, 0] as const })
export const MinTftPrice = single(PRICE, 'MinTftPrice', u32, { orElse: 0 })
export const MaxTftPrice = single(PRICE, 'MaxTftPrice', u32, { orElse: 0 })
