/**
 * What an extrinsic costs, from its weight and its length, in units of 1e-7 TFT.
 *
 * The multiplier of the weight fee is not in here: `FeeMultiplierUpdate = ()` sets it from 1 to 0 at the end of the first
 * block (spec/pallets/transaction-payment/fee.ts).
 *
 * @source substrate-node/runtime/src/constants.rs `WeightToFeeStruct`, runtime/src/lib.rs `TransactionByteFee` @439e6919
 * @source pallet-transaction-payment/src/lib.rs `compute_fee_raw`, `weight_to_fee`, sp-weights/src/lib.rs `FeePolynomial`
 *   @polkadot-v0.9.42
 */
import { U128 } from './integers.js'
import { perbillFromRational, perbillOf, type Perbill } from './per-thing.js'

/** 1 TFT, 1/100 of it: `currency::DOLLARS`, `currency::CENTS`. */
const TFT = 10_000_000n
const CENT = TFT / 100n

/** `TransactionByteFee`. */
export const BYTE_FEE = 1n

/** What the fee takes from the constant `System.BlockWeights`, in reference time (1e-12 s). */
export interface BlockWeights {
  /** `per_class.*.base_extrinsic`, the same in all three classes: `ExtrinsicBaseWeight` of frame-support. */
  readonly extrinsicBase: bigint
  readonly maxBlock: bigint
}

/** As in the metadata of spec_version 123 and 144. */
export const BLOCK_WEIGHTS_AT_123: BlockWeights = { extrinsicBase: 98_974_000n, maxBlock: 2_000_000_000_000n }
export const BLOCK_WEIGHTS_AT_144: BlockWeights = { extrinsicBase: 113_638_000n, maxBlock: 2_000_000_000_000n }

/** One term of a fee polynomial: `(integer + fraction) · x^degree`, subtracted when negative. */
export interface Coefficient {
  readonly integer: bigint
  readonly fraction: Perbill
  readonly negative: boolean
  readonly degree: number
}

/**
 * Evaluates a fee polynomial at x: every step saturates at the bounds of u128, so the order of the terms matters.
 * @source sp-weights/src/lib.rs `WeightToFeeCoefficient::saturating_eval`, `FeePolynomial::eval`
 */
export const evaluate = (polynomial: readonly Coefficient[], x: bigint): bigint =>
  polynomial.reduce((sum, { integer, fraction, negative, degree }) => {
    const power = U128.saturate(x ** BigInt(degree))
    const combine = negative ? U128.saturatingSub : U128.saturatingAdd
    return combine(combine(sum, perbillOf(fraction, power)), U128.saturatingMul(integer, power))
  }, 0n)

/** Everything about fees that a runtime fixes; computed once a version. */
export interface FeeSchedule {
  readonly weights: BlockWeights
  readonly polynomial: readonly Coefficient[]
  /** Fee of `extrinsicBase`, paid by every extrinsic. */
  readonly baseFee: bigint
}

/** The schedule in which an extrinsic's base weight costs a tenth of a cent (rounded down by `Perbill`). */
export const feeSchedule = (weights: BlockWeights): FeeSchedule => {
  const q = 10n * weights.extrinsicBase
  const polynomial = [{ integer: CENT / q, fraction: perbillFromRational(CENT % q, q), negative: false, degree: 1 }]
  return { weights, polynomial, baseFee: capped(weights, polynomial, weights.extrinsicBase) }
}

const capped = ({ maxBlock }: BlockWeights, polynomial: readonly Coefficient[], refTime: bigint): bigint =>
  evaluate(polynomial, refTime > maxBlock ? maxBlock : refTime)

/** `TransactionPaymentApi_query_weight_to_fee`: the proof size costs nothing, weight above a whole block costs no more. */
export const weightToFee = ({ weights, polynomial }: FeeSchedule, refTime: bigint): bigint => capped(weights, polynomial, refTime)

/** `TransactionPaymentApi_query_length_to_fee`. @param length u32, bytes of the encoded extrinsic, its length prefix included */
export const lengthToFee = (length: number): bigint => BigInt(length) * BYTE_FEE

/** Base fee, length fee and weight fee: what an extrinsic costs that pays at all. */
export const inclusionFee = (schedule: FeeSchedule, refTime: bigint, length: number): bigint =>
  U128.saturatingAdd(U128.saturatingAdd(schedule.baseFee, lengthToFee(length)), weightToFee(schedule, refTime))

/**
 * What is taken from the payer: before dispatch with the announced weight, after dispatch corrected by the actual one.
 * @param pays false for `Pays::No`, known after dispatch for calls that decide late: then the tip alone stays
 */
export const totalFee = (schedule: FeeSchedule, refTime: bigint, length: number, tip = 0n, pays = true): bigint =>
  pays ? U128.saturatingAdd(inclusionFee(schedule, refTime, length), tip) : tip
