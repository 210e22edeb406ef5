/**
 * Rust's unsigned integers: u8, u16 and u32 as numbers, u64 and u128 as bigints.
 *
 * A released runtime is built without overflow checks (substrate-node/Cargo.toml sets no profile, wasm-builder builds
 * release), so plain `+`, `-` and `*` on primitive integers wrap: take `wrappingAdd` and its kin for them.
 * `BaseArithmetic::saturating_*`, `checked_*` and `SaturatedConversion` are their namesakes here.
 *
 * @source core::num · sp-arithmetic/src/traits.rs `SaturatedConversion`, `UniqueSaturatedInto` @polkadot-v0.9.42
 */
export interface Unsigned<T extends number | bigint> {
  readonly bits: number
  readonly max: T
  /** `x as T`: the low bits, two's complement for negative values. */
  readonly wrap: (x: number | bigint) => T
  /** `x.saturated_into::<T>()`: the nearest value that fits. */
  readonly saturate: (x: number | bigint) => T
  /** `T::try_from(x).ok()`: the same value, or undefined when it does not fit. */
  readonly fit: (x: number | bigint) => T | undefined
  readonly wrappingAdd: (a: T, b: T) => T
  readonly wrappingSub: (a: T, b: T) => T
  readonly wrappingMul: (a: T, b: T) => T
  readonly saturatingAdd: (a: T, b: T) => T
  readonly saturatingSub: (a: T, b: T) => T
  readonly saturatingMul: (a: T, b: T) => T
  /** Checked operations are undefined where Rust's are `None`. */
  readonly checkedAdd: (a: T, b: T) => T | undefined
  readonly checkedSub: (a: T, b: T) => T | undefined
  readonly checkedMul: (a: T, b: T) => T | undefined
}

/** At most 32 bits: every sum is exact in a double, and a product that is not exact is far above the maximum. */
const small = (bits: 8 | 16 | 32): Unsigned<number> => {
  const size = 2 ** bits
  const max = size - 1
  const clamp = (x: number): number => (x > max ? max : x < 0 ? 0 : x)
  const inside = (x: number): number | undefined => (x > max || x < 0 ? undefined : x)
  return {
    bits,
    max,
    wrap: (x) => (typeof x === 'bigint' ? Number(BigInt.asUintN(bits, x)) : ((x % size) + size) % size),
    saturate: (x) => (typeof x === 'bigint' ? (x > BigInt(max) ? max : x < 0n ? 0 : Number(x)) : clamp(x)),
    fit: (x) => (x > max || x < 0 ? undefined : Number(x)),
    wrappingAdd: (a, b) => (a + b > max ? a + b - size : a + b),
    wrappingSub: (a, b) => (a < b ? a - b + size : a - b),
    wrappingMul: (a, b) => (Math.imul(a, b) & max) >>> 0,
    saturatingAdd: (a, b) => clamp(a + b),
    saturatingSub: (a, b) => clamp(a - b),
    saturatingMul: (a, b) => clamp(a * b),
    checkedAdd: (a, b) => inside(a + b),
    checkedSub: (a, b) => inside(a - b),
    checkedMul: (a, b) => inside(a * b),
  }
}

const big = (bits: 64 | 128): Unsigned<bigint> => {
  const max = (1n << BigInt(bits)) - 1n
  const wrap = (x: bigint): bigint => (x >= 0n && x <= max ? x : BigInt.asUintN(bits, x))
  const clamp = (x: bigint): bigint => (x > max ? max : x < 0n ? 0n : x)
  const inside = (x: bigint): bigint | undefined => (x > max || x < 0n ? undefined : x)
  return {
    bits,
    max,
    wrap: (x) => wrap(BigInt(x)),
    saturate: (x) => clamp(BigInt(x)),
    fit: (x) => inside(BigInt(x)),
    wrappingAdd: (a, b) => wrap(a + b),
    wrappingSub: (a, b) => wrap(a - b),
    wrappingMul: (a, b) => wrap(a * b),
    saturatingAdd: (a, b) => clamp(a + b),
    saturatingSub: (a, b) => clamp(a - b),
    saturatingMul: (a, b) => clamp(a * b),
    checkedAdd: (a, b) => inside(a + b),
    checkedSub: (a, b) => inside(a - b),
    checkedMul: (a, b) => inside(a * b),
  }
}

export const U8 = small(8)
export const U16 = small(16)
export const U32 = small(32)
export const U64 = big(64)
export const U128 = big(128)
