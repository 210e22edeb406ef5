import { account, bool, bytes, option, struct, u32, u64, vec, type ValueOf } from '../../kernel/shape.js'

/** A report about a deposit, as one validator read it on Stellar. Amounts in 1e-7 TFT. */
export const DepositReport = struct({ who: account, sender: bytes, amount: u64, memo: bytes, refund: bool })
export type DepositReport = ValueOf<typeof DepositReport>

/** What the chain decided about a deposit. `payout` is that of the refund. */
export const DepositDecision = struct({ amount: u64, minted: bool, block: u32 })
export type DepositDecision = ValueOf<typeof DepositDecision>

/** `result`: 0 paid, 1 failed, 2 the sequence number went to another transaction. */
export const PayoutReport = struct({ who: account, result: u32 })
export const PayoutSignature = struct({ who: account, key: bytes, signature: bytes })

/** A payment that the vault owes. Its key is the sequence number of the only transaction that may pay it. */
export const PayoutRecord = struct({
  /** `burn ID` or `deposit KEY`. */
  cause: bytes,
  target: bytes,
  amount: u64,
  claimable: bool,
  /** Who made the withdrawal; nobody for a refund. */
  source: option(account),
  signatures: vec(PayoutSignature),
  reports: vec(PayoutReport),
  block: u32,
})
export type PayoutRecord = ValueOf<typeof PayoutRecord>
export const PAID = 0
export const FAILED = 1
export const TAKEN = 2
