import { call } from '../../kernel/call.js'
import { struct, u32 } from '../../kernel/shape.js'

/** Calls of the price pallet. Prices are in 1e-3 USD a TFT. @source pallet-tft-price/src/lib.rs `#[pallet::call]` @439e6919 */
const PRICE = 'TFTPriceModule'
const subject = () => ({ machine: 'price', key: undefined })

/** The fee is given back to a validator of the session (`Pays::No`); a caller who is none pays. */
export const setPrices = call(PRICE, 'setPrices', struct({ price: u32, blockNumber: u32 }), { origin: 'signed', subject })
export const setMinTftPrice = call(PRICE, 'setMinTftPrice', struct({ price: u32 }), { origin: 'restricted', subject })
export const setMaxTftPrice = call(PRICE, 'setMaxTftPrice', struct({ price: u32 }), { origin: 'restricted', subject })
