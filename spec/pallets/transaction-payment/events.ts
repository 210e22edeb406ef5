/** Events of pallet-transaction-payment. @source frame/transaction-payment/src/lib.rs `Event` @polkadot-v0.9.42 */
import { event } from '../../kernel/event.js'
import { account, struct, u128 } from '../../kernel/shape.js'

/** What stays paid, tip included, 1e-7 TFT. */
export const TransactionFeePaid = event('TransactionPayment', 'TransactionFeePaid', struct({ who: account, actualFee: u128, tip: u128 }))
