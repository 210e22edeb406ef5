import { U64 } from '../../kernel/arithmetic/integers.js'
import { call } from '../../kernel/call.js'
import { account, bytes, struct, u128, u64 } from '../../kernel/shape.js'
import { BurnTransactionID } from './items.js'

/**
 * Calls of the bridge pallet. @source pallet-tft-bridge/src/lib.rs `#[pallet::call]` @439e6919
 *
 * All byte strings are plain `Vec<u8>`: the pallet bounds none of them, hence no `argumentLimits` here.
 * Every call pays its fee (`Pays::Yes`), the validators' too.
 */
const BRIDGE = 'TFTBridgeModule'
const theBridge = { origin: 'restricted', subject: () => ({ machine: 'bridge', key: undefined }) } as const

export const addBridgeValidator = call(BRIDGE, 'addBridgeValidator', struct({ target: account }), theBridge)
export const removeBridgeValidator = call(BRIDGE, 'removeBridgeValidator', struct({ target: account }), theBridge)
export const setFeeAccount = call(BRIDGE, 'setFeeAccount', struct({ target: account }), theBridge)
/** `amount` in 1e-7 TFT, as in all calls here. */
export const setWithdrawFee = call(BRIDGE, 'setWithdrawFee', struct({ amount: u64 }), theBridge)
export const setDepositFee = call(BRIDGE, 'setDepositFee', struct({ amount: u64 }), theBridge)

/** The subject is the burn that the swap would make. */
export const swapToStellar = call(BRIDGE, 'swapToStellar', struct({ targetStellarAddress: bytes, amount: u128 }), {
  origin: 'signed',
  subject: (w) => ({ machine: 'burn', key: U64.wrappingAdd(w.get(BurnTransactionID), 1n) }),
})

/** `transaction` is any byte string; the daemons give the hash of the Stellar transaction, or `refund-ID` for a burn that failed. */
export const proposeOrVoteMintTransaction = call(
  BRIDGE,
  'proposeOrVoteMintTransaction',
  struct({ transaction: bytes, target: account, amount: u64 }),
  { origin: 'signed', subject: (_w, { transaction }) => ({ machine: 'mint', key: transaction }) },
)

const signature = { target: bytes, amount: u64, signature: bytes, stellarPubKey: bytes, sequenceNumber: u64 }

export const proposeBurnTransactionOrAddSig = call(BRIDGE, 'proposeBurnTransactionOrAddSig', struct({ transactionId: u64, ...signature }), {
  origin: 'signed',
  subject: (_w, { transactionId }) => ({ machine: 'burn', key: transactionId }),
})

export const setBurnTransactionExecuted = call(BRIDGE, 'setBurnTransactionExecuted', struct({ transactionId: u64 }), {
  origin: 'signed',
  subject: (_w, { transactionId }) => ({ machine: 'burn', key: transactionId }),
})

export const createRefundTransactionOrAddSig = call(BRIDGE, 'createRefundTransactionOrAddSig', struct({ txHash: bytes, ...signature }), {
  origin: 'signed',
  subject: (_w, { txHash }) => ({ machine: 'refund', key: txHash }),
})

export const setRefundTransactionExecuted = call(BRIDGE, 'setRefundTransactionExecuted', struct({ txHash: bytes }), {
  origin: 'signed',
  subject: (_w, { txHash }) => ({ machine: 'refund', key: txHash }),
})
