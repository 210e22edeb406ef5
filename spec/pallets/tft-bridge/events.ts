import { event } from '../../kernel/event.js'
import { account, bytes, tuple, u64 } from '../../kernel/shape.js'
import { BurnTransaction, MintTransaction, RefundTransaction, StellarSignature } from './types.js'

/** Events of the bridge pallet. Amounts are in 1e-7 TFT. @source pallet-tft-bridge/src/lib.rs `Event` @439e6919 */
const BRIDGE = 'TFTBridgeModule'

/** Id, target, amount before the fee. */
export const MintTransactionProposed = event(BRIDGE, 'MintTransactionProposed', tuple(bytes, account, u64))
export const MintTransactionVoted = event(BRIDGE, 'MintTransactionVoted', bytes)
/** The mint as it is stored among the executed ones; its id is not told. */
export const MintCompleted = event(BRIDGE, 'MintCompleted', MintTransaction)
export const MintTransactionExpired = event(BRIDGE, 'MintTransactionExpired', tuple(bytes, u64, account))

/** Id, source, Stellar address, amount after the fee. */
export const BurnTransactionCreated = event(BRIDGE, 'BurnTransactionCreated', tuple(u64, account, bytes, u64))
export const BurnTransactionProposed = event(BRIDGE, 'BurnTransactionProposed', tuple(u64, bytes, u64))
export const BurnTransactionSignatureAdded = event(BRIDGE, 'BurnTransactionSignatureAdded', tuple(u64, StellarSignature))
export const BurnTransactionReady = event(BRIDGE, 'BurnTransactionReady', u64)
export const BurnTransactionProcessed = event(BRIDGE, 'BurnTransactionProcessed', BurnTransaction)
/** Id, Stellar address, amount after the fee. */
export const BurnTransactionExpired = event(BRIDGE, 'BurnTransactionExpired', tuple(u64, bytes, u64))

/** Hash, Stellar address, amount. */
export const RefundTransactionCreated = event(BRIDGE, 'RefundTransactionCreated', tuple(bytes, bytes, u64))
export const RefundTransactionsignatureAdded = event(BRIDGE, 'RefundTransactionsignatureAdded', tuple(bytes, StellarSignature))
export const RefundTransactionReady = event(BRIDGE, 'RefundTransactionReady', bytes)
export const RefundTransactionProcessed = event(BRIDGE, 'RefundTransactionProcessed', RefundTransaction)
export const RefundTransactionExpired = event(BRIDGE, 'RefundTransactionExpired', tuple(bytes, bytes, u64))

/**
 * Events that nothing deposits at 439e6919: mints never expire, and the branch that proposes a burn stands behind two
 * checks that contradict each other (tft_bridge.rs `propose_stellar_burn_transaction_or_add_sig`).
 */
export const neverDeposited = [MintTransactionExpired, BurnTransactionProposed].map((type) => type.name)
