import { U16, U32 } from '../../kernel/arithmetic/integers.js'

/**
 * The history of prices: a ring of 1440 of them, and its mean.
 * @source pallet-tft-price/src/ringbuffer.rs, src/tft_price.rs `calc_avg` @439e6919
 */

/** Start and end of the ring, as `BufferRange` holds them. */
export type Range = readonly [start: number, end: number]

/** The number of prices that are kept. */
export const MAX_LENGTH = 1440

/**
 * The ring's range after one more price was written at its end. A full ring looks empty when its end meets its start, so the
 * start moves on: the range spans 1439 prices, while the entry that it left behind stays in the history until the next price.
 * Indices from outside the ring (only storage written by hand has them) count up to 65535 and wrap.
 * @source ringbuffer.rs `push`
 */
export function advanced([start, end]: Range): Range {
  const next = U16.wrappingAdd(end, 1) === MAX_LENGTH ? 0 : U16.wrappingAdd(end, 1)
  if (next !== start) return [start, next]
  const later = U16.wrappingAdd(start, 1)
  return [later >= MAX_LENGTH ? 0 : later, next]
}

/** The sum of prices as a u32 holds it: at most 2^32 - 1. @source tft_price.rs `calc_avg` */
export const saturatingSum = (prices: Iterable<number>): number => {
  let sum = 0
  for (const price of prices) sum = U32.saturatingAdd(sum, price)
  return sum
}

/** The sum as it is meant: exact, as long as the ring has at most 2^21 prices. */
export const exactSum = (prices: Iterable<number>): number => {
  let sum = 0
  for (const price of prices) sum += price
  return sum
}

/**
 * The mean, rounded half up: what `(U32F32(sum) / U32F32(count)).round()` gives, bit for bit. The quotient's 32 fraction bits
 * are cut off, which never carries a fraction across the half: one above it is above by at least 1 / (2·count).
 * @param sum exact integer below 2^52   @param count > 0, at most 65536
 */
export const mean = (sum: number, count: number): number => Math.floor((2 * sum + count) / (2 * count))
