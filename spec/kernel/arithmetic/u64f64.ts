/**
 * `U64F64` of the crate `substrate_fixed`: 64 integer bits, 64 fraction bits, unsigned, as the bigint of its 128 bits.
 *
 * Every operation is the one of a release build, where the crate's `debug_assert!`s are gone: what overflows wraps.
 * What panics even there (a zero divisor, a float that is not finite) is a defect of the caller: a branch has to rule
 * it out, or trap, before it computes.
 *
 * @source encointer/substrate-fixed 0.5.6 @b33d1868 (Cargo.lock of TFChain), files named at each operation
 */
import { Defect } from '../defect.js'

declare const mark: unique symbol
export type U64F64 = bigint & { readonly [mark]: 'U64F64' }

const FRACTION = 64n
const ONE_BITS = 1n << FRACTION
const HALF_BITS = 1n << (FRACTION - 1n)
const MAX_BITS = (1n << 128n) - 1n

const wrapped = (bits: bigint): U64F64 => (bits >= 0n && bits <= MAX_BITS ? bits : BigInt.asUintN(128, bits)) as U64F64

const panic = (what: string): never => {
  throw new Defect('SPEC-ARITHMETIC', `U64F64: ${what}, the runtime would panic`)
}

/** `U64F64::from_bits`. */
export const fromBits = (bits: bigint): U64F64 => wrapped(bits)

/**
 * `U64F64::from_num` of an integer. Bits above the 64th are lost without a sign: 2^64 TFT-units become 0.
 * @source src/int_helper.rs `to_fixed_helper`, src/traits.rs `impl_int! ToFixed::to_fixed`
 */
export const fromInt = (x: bigint | number): U64F64 => wrapped(BigInt(x) << FRACTION)

/**
 * `U64F64::from_num` of an f64: nearest, ties to even; out of range wraps. The runtime's constants (0.8, 0.7, 0.6, 0.4,
 * 1.25) need at most 54 fraction bits and are therefore the doubles themselves, not the decimals.
 * @throws Defect SPEC-ARITHMETIC when x is not finite
 * @source src/float_helper.rs `to_float_kind`, src/helpers.rs `private_overflowing_from_float_helper`
 */
export const fromFloat = (x: number): U64F64 => {
  if (!Number.isFinite(x)) return panic(`from_num(${x})`)
  const { mantissa, exponent } = partsOf(Math.abs(x))
  const shift = exponent + 64
  const magnitude = shift >= 0 ? mantissa << BigInt(shift) : halfToEven(mantissa, BigInt(-shift))
  return wrapped(x < 0 ? -magnitude : magnitude)
}

/** The finite, non-negative x as mantissa · 2^exponent, exactly. */
const partsOf = (x: number): { mantissa: bigint; exponent: number } => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  const bits = view.getBigUint64(0)
  const biased = Number(bits >> 52n)
  const fraction = bits & 0xfffffffffffffn
  return biased === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 }
}

const halfToEven = (x: bigint, shift: bigint): bigint => {
  const floor = x >> shift
  const twice = (x - (floor << shift)) << 1n
  const unit = 1n << shift
  return twice > unit || (twice === unit && floor % 2n === 1n) ? floor + 1n : floor
}

/** `a + b`. @source src/arith.rs `pass! { impl Add }`: the u128's own `+` */
export const add = (a: U64F64, b: U64F64): U64F64 => wrapped(a + b)

/** `a - b`. @source src/arith.rs `pass! { impl Sub }`: the u128's own `-` */
export const sub = (a: U64F64, b: U64F64): U64F64 => wrapped(a - b)

/** `a * b`, truncated to 64 fraction bits. @source src/arith.rs `mul_div_fallback! mul_overflow` */
export const mul = (a: U64F64, b: U64F64): U64F64 => wrapped((a * b) >> FRACTION)

/**
 * `a / b`, truncated to 64 fraction bits.
 * @throws Defect SPEC-ARITHMETIC when b is zero
 * @source src/arith.rs `mul_div_fallback! div_overflow`, src/wide_div.rs `div_rem_from`
 */
export const div = (a: U64F64, b: U64F64): U64F64 => (b === 0n ? panic('division by zero') : wrapped((a << FRACTION) / b))

/**
 * `a * n` where n is a u128, integer literals included (`* 24 * 30`): the bits times n, nothing is truncated.
 * @source src/arith.rs `impl Mul<$Inner> for $Fixed`
 */
export const mulInt = (a: U64F64, n: bigint | number): U64F64 => wrapped(a * BigInt(n))

/**
 * `a / n` where n is a u128, integer literals included (`/ 1200`): the bits divided by n, truncated.
 * @throws Defect SPEC-ARITHMETIC when n is zero
 * @source src/arith.rs `impl Div<$Inner> for $Fixed`
 */
export const divInt = (a: U64F64, n: bigint | number): U64F64 => {
  const divisor = BigInt(n)
  return divisor === 0n ? panic('division by zero') : wrapped(a / divisor)
}

/** `a.max(b)`, `a.min(b)`. @source core::cmp::Ord over the bits */
export const max = (a: U64F64, b: U64F64): U64F64 => (a >= b ? a : b)
export const min = (a: U64F64, b: U64F64): U64F64 => (a <= b ? a : b)

/**
 * The sign of `a - x` for an integer or float literal x, compared as exact numbers: -1, 0 or 1.
 * @source src/cmp.rs `fixed_cmp_int!`, `fixed_cmp_float!` (`dir` makes up for the rounding of x)
 */
export const compare = (a: U64F64, x: bigint | number): -1 | 0 | 1 => {
  if (typeof x === 'bigint') return sign(a - (x << FRACTION))
  if (!Number.isFinite(x)) return Number.isNaN(x) ? panic('comparison with NaN') : x > 0 ? -1 : 1
  const { mantissa, exponent } = partsOf(Math.abs(x))
  const value = x < 0 ? -mantissa : mantissa
  const shift = exponent + 64
  return shift >= 0 ? sign(a - (value << BigInt(shift))) : sign((a << BigInt(-shift)) - value)
}

const sign = (x: bigint): -1 | 0 | 1 => (x < 0n ? -1 : x > 0n ? 1 : 0)

/** `a >= x` and `a < x` for a literal x, as in the ladder of discount levels. */
export const atLeast = (a: U64F64, x: bigint | number): boolean => compare(a, x) >= 0
export const lessThan = (a: U64F64, x: bigint | number): boolean => compare(a, x) < 0

/** `a.round()`: nearest integer, ties up; the topmost half wraps to 0. @source src/macros_round.rs `overflowing_round` */
export const round = (a: U64F64): U64F64 => wrapped((a + HALF_BITS) & ~(ONE_BITS - 1n))

/** `a.to_num::<u64>()`, `::<u128>()`: the integer bits, truncated. It always fits. @source src/traits.rs `impl_int! FromFixed` */
export const toInt = (a: U64F64): bigint => a >> FRACTION

/** `a.round().to_num::<u64>()`, the end of nearly every formula of the pallets. */
export const roundToInt = (a: U64F64): bigint => toInt(round(a))

/** `a.ceil().to_num::<u64>()`: the next integer above a fraction; the topmost wraps to 0. @source src/macros_round.rs `overflowing_ceil` */
export const ceilToInt = (a: U64F64): bigint => toInt(wrapped(a + ONE_BITS - 1n))

/** The multipliers of the discount levels and of certified capacity. @source pallet-smart-contract/src/types.rs `price_multiplier`, cost.rs */
export const ONE = fromInt(1)
export const ZERO = fromInt(0)
export const POINT_8 = fromFloat(0.8)
export const POINT_7 = fromFloat(0.7)
export const POINT_6 = fromFloat(0.6)
export const POINT_4 = fromFloat(0.4)
export const ONE_AND_A_QUARTER = fromFloat(1.25)
