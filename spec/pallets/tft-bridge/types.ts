import { account, bytes, struct, u32, u64, vec, type ValueOf } from '../../kernel/shape.js'

/** Values of the bridge pallet. Amounts are in 1e-7 TFT, blocks are numbers. @source pallet-tft-bridge/src/types.rs @439e6919 */

/** A deposit on Stellar that is being minted here. `block`: of the proposal, then of the minting; `votes` counts calls, not validators. */
export const MintTransaction = struct({ amount: u64, target: account, block: u32, votes: u32 })
export type MintTransaction = ValueOf<typeof MintTransaction>

/** A Stellar signature as a validator handed it in. Nothing checks it, and nothing ties the key to the validator. */
export const StellarSignature = struct({ signature: bytes, stellarPubKey: bytes })
export type StellarSignature = ValueOf<typeof StellarSignature>

/** Tokens burned here that Stellar has to pay out: `amount` is without the fee, `block` that of creation or of the last expiry. */
export const BurnTransaction = struct({ block: u32, amount: u64, target: bytes, signatures: vec(StellarSignature), sequenceNumber: u64 })
export type BurnTransaction = ValueOf<typeof BurnTransaction>

/** A deposit on Stellar that goes back to its sender. `sequenceNumber` is the Stellar account's, as the last signer gave it. */
export const RefundTransaction = struct({
  block: u32,
  amount: u64,
  target: bytes,
  txHash: bytes,
  signatures: vec(StellarSignature),
  sequenceNumber: u64,
})
export type RefundTransaction = ValueOf<typeof RefundTransaction>
