/**
 * `Perbill` and `Percent`: fractions in [0, 1], counted in parts of 10^9 and of 100.
 *
 * A product never exceeds its integer operand, so it is the same for u64 and u128.
 *
 * @source sp-arithmetic/src/per_things.rs @polkadot-v0.9.42 (569aae53)
 */

declare const mark: unique symbol
export type Perbill = bigint & { readonly [mark]: 'Perbill' }
export type Percent = bigint & { readonly [mark]: 'Percent' }

const BILLION = 1_000_000_000n
const HUNDRED = 100n

/**
 * `x * part / accuracy`, to the nearest integer, an exact half down.
 * The source splits x by the accuracy so that nothing overflows; over the integers the two are one.
 * @source `overflow_prune_mul` with `Rounding::NearestPrefDown`, `rational_mul_correction`
 */
const times = (part: bigint, accuracy: bigint, x: bigint): bigint => {
  const product = x * part
  const floor = product / accuracy
  return product - floor * accuracy > accuracy / 2n ? floor + 1n : floor
}

const percentage = (percent: number): bigint => BigInt(Math.min(percent, 100))

/** `Perbill::from_parts`: more than one is one. */
export const perbillFromParts = (parts: bigint): Perbill => (parts > BILLION ? BILLION : parts) as Perbill

/** `Perbill::from_percent`: more than 100 is 100. */
export const perbillFromPercent = (percent: number): Perbill => ((percentage(percent) * BILLION) / HUNDRED) as Perbill

/**
 * `Perbill::from_rational(p, q)`, rounded down. A fraction above one, and a zero denominator, give one.
 * @source `from_rational`, `from_rational_with_rounding` with `Rounding::Down`
 */
export const perbillFromRational = (p: bigint, q: bigint): Perbill => (q === 0n || p > q ? BILLION : (BILLION * p) / q) as Perbill

/** `perbill * x` for x of u64 or u128. @source `impl Mul<N> for $name` */
export const perbillOf = (part: Perbill, x: bigint): bigint => times(part, BILLION, x)

/** `Percent::from_percent`: more than 100 is 100. */
export const percentFromPercent = (percent: number): Percent => percentage(percent) as Percent

/** `percent * x` for x of u64 or u128. @source `impl Mul<N> for $name` */
export const percentOf = (part: Percent, x: bigint): bigint => times(part, HUNDRED, x)
