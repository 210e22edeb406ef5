/** Storage of pallet-transaction-payment. @source frame/transaction-payment/src/lib.rs @polkadot-v0.9.42 */
import { single } from '../../kernel/item.js'
import { u128 } from '../../kernel/shape.js'

/** One, as a `FixedU128`. */
export const FIXED_ONE = 10n ** 18n

/**
 * What the weight fee is multiplied with, `FixedU128`. TFChain sets `FeeMultiplierUpdate = ()`, whose conversion gives
 * the default of the type: from the end of the first block on the multiplier is zero, and weight costs nothing.
 */
export const NextFeeMultiplier = single('TransactionPayment', 'NextFeeMultiplier', u128, { orElse: FIXED_ONE })
