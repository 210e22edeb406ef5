import { U32, U64 } from '../../kernel/arithmetic/integers.js'
import { div, divInt, fromInt, mul, roundToInt, toInt, type U64F64 } from '../../kernel/arithmetic/u64f64.js'
import { pick, type SpecVersion } from '../../kernel/version.js'
import type { World } from '../../kernel/world.js'
import { AverageTftPrice, MaxTftPrice, MinTftPrice } from '../tft-price/items.js'
import { SURCHARGE } from './releases.js'

/** From USD to TFT. @source pallet-smart-contract/src/cost.rs `calculate_cost_in_tft_from_units_usd` @439e6919 */

/** 1e-7 USD in a 1e-3 USD. */
export const USD_UNITS_PER_MUSD = 10_000
/** 1e-7 TFT in a TFT. */
const TFT_UNITS = 10_000_000n

/** SC-PRICE-1 The price of a TFT that bills use: the average, held up by the minimum first and down by the maximum last. @returns u32, 1e-3 USD */
export const tftPrice = (w: World): number => Math.min(Math.max(w.get(AverageTftPrice), w.get(MinTftPrice)), w.get(MaxTftPrice))

/**
 * SC-PRICE-2 The same in 1e-7 USD: the product wraps at 2^32, from a price of 429,497 (429 USD) on. @returns u32
 * @versions 144: quirk Q-PRICE-WRAP; without it `priceWraps` refuses before
 */
const priceInUnits = (w: World): number => U32.wrappingMul(tftPrice(w), USD_UNITS_PER_MUSD)

/** A TFT that costs nothing divides by zero: no price yet and no minimum, or a product that wraps to 0 (multiples of 2^28). */
export const priceIsZero = (w: World): boolean => (w.version < SURCHARGE ? tftPrice(w) : priceInUnits(w)) === 0

/** The price in 1e-7 USD does not fit into 32 bits. */
export const priceWraps = (w: World): boolean => tftPrice(w) * USD_UNITS_PER_MUSD > U32.max

/** TFT, truncated to 64 fraction bits. */
const inTft = (w: World, costUnitsUsd: bigint): U64F64 => div(fromInt(costUnitsUsd), fromInt(priceInUnits(w)))

/**
 * SC-PRICE-3 A cost in TFT: the quotient is truncated to 64 fraction bits, the 1e-7 TFT are rounded, a half up.
 * Wraps at 2^64, that is from 1.8 million million TFT on.
 * @param costUnitsUsd u64, 1e-7 USD @returns u64, 1e-7 TFT
 * @throws Defect SPEC-ARITHMETIC when `priceIsZero`: a branch traps or refuses before
 */
export const costInTft = (w: World, costUnitsUsd: bigint): bigint => pick(w.version, conversions)(w, costUnitsUsd)

/** Until 140 by way of 1e-3 USD, with one more truncation, and the 1e-7 TFT are cut off. @source cost.rs `calculate_cost_in_tft_from_musd` @a3e802fe */
const byThousandths = (w: World, costUnitsUsd: bigint): bigint =>
  toInt(mul(div(divInt(fromInt(costUnitsUsd), USD_UNITS_PER_MUSD), fromInt(tftPrice(w))), fromInt(TFT_UNITS)))
const byUnits = (w: World, costUnitsUsd: bigint): bigint => roundToInt(mul(inTft(w, costUnitsUsd), fromInt(TFT_UNITS)))
const conversions: readonly (readonly [SpecVersion, (w: World, costUnitsUsd: bigint) => bigint])[] = [
  [0, byThousandths],
  [SURCHARGE, byUnits],
]

/** `costInTft` wraps. Asked only when the price is not zero. */
export const costInTftWraps = (w: World, costUnitsUsd: bigint): boolean => {
  const exact = inTft(w, costUnitsUsd) * TFT_UNITS
  return exact >= (U64.max << 64n) + (1n << 63n)
}
