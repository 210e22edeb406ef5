import { map, single } from '../../kernel/item.js'
import { account, bytes, u64, vec } from '../../kernel/shape.js'
import { BurnTransaction, MintTransaction, RefundTransaction } from './types.js'

/** Storage of the bridge pallet. @source pallet-tft-bridge/src/lib.rs `#[pallet::storage]` @439e6919 */
const BRIDGE = 'TFTBridgeModule'

const noBurn: BurnTransaction = { block: 0, amount: 0n, target: '', signatures: [], sequenceNumber: 0n }
const noRefund: RefundTransaction = { ...noBurn, txHash: '' }

/** The accounts of the bridge daemons, in the order of their bytes; genesis may give them in another order. */
export const Validators = single(BRIDGE, 'Validators', vec(account), { orElse: [] })
/** Who receives the fees; without it they vanish. */
export const FeeAccount = single(BRIDGE, 'FeeAccount', account)
/** Mints that wait for votes, by the id of the Stellar transaction. */
export const MintTransactions = map(BRIDGE, 'MintTransactions', bytes, MintTransaction)
export const ExecutedMintTransactions = map(BRIDGE, 'ExecutedMintTransactions', bytes, MintTransaction)
/** Burns that Stellar has not paid out yet. */
export const BurnTransactions = map(BRIDGE, 'BurnTransactions', u64, BurnTransaction, { orElse: noBurn })
export const ExecutedBurnTransactions = map(BRIDGE, 'ExecutedBurnTransactions', u64, BurnTransaction, { orElse: noBurn })
/** Refunds that Stellar has not paid out yet, by the hash of the Stellar transaction that goes back. */
export const RefundTransactions = map(BRIDGE, 'RefundTransactions', bytes, RefundTransaction, { orElse: noRefund })
export const ExecutedRefundTransactions = map(BRIDGE, 'ExecutedRefundTransactions', bytes, RefundTransaction, { orElse: noRefund })
/** The id given last. */
export const BurnTransactionID = single(BRIDGE, 'BurnTransactionID', u64, { orElse: 0n })
/** What a swap to Stellar costs, in 1e-7 TFT. */
export const WithdrawFee = single(BRIDGE, 'WithdrawFee', u64, { orElse: 0n })
/** What a mint costs, in 1e-7 TFT. */
export const DepositFee = single(BRIDGE, 'DepositFee', u64, { orElse: 0n })

/**
 * Who voted or signed, in order, one entry for each vote or signature that counts. No released version has these items:
 * what is intended, that a validator counts once, cannot be told without them. A list may be longer than the transaction's
 * votes or signatures, because an expiry forgets those: only its beginning of that length counts.
 */
const intended = { orElse: [], from: Infinity }
export const MintVoters = map(BRIDGE, 'MintVoters', bytes, vec(account), intended)
export const BurnSigners = map(BRIDGE, 'BurnSigners', u64, vec(account), intended)
export const RefundSigners = map(BRIDGE, 'RefundSigners', bytes, vec(account), intended)
