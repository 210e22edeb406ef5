import './calls.js'
import { price } from './price.machine.js'

/** The price of a TFT: pallet `TFTPriceModule`. */
export const priceMachines = [price]
