import { event } from '../../kernel/event.js'
import { account, tuple, u32 } from '../../kernel/shape.js'

/** Events of the price pallet. Prices are in 1e-3 USD a TFT. @source pallet-tft-price/src/lib.rs `Event` @439e6919 */
const PRICE = 'TFTPriceModule'

export const PriceStored = event(PRICE, 'PriceStored', u32)
export const OffchainWorkerExecuted = event(PRICE, 'OffchainWorkerExecuted', account)
export const AveragePriceStored = event(PRICE, 'AveragePriceStored', u32)
/** The average, and the bound that it is above. */
export const AveragePriceIsAboveMaxPrice = event(PRICE, 'AveragePriceIsAboveMaxPrice', tuple(u32, u32))
/** The average, and the bound that it is below. */
export const AveragePriceIsBelowMinPrice = event(PRICE, 'AveragePriceIsBelowMinPrice', tuple(u32, u32))

/** Events that nothing deposits at 439e6919. */
export const neverDeposited = [OffchainWorkerExecuted.name]
