import { U64 } from '../../kernel/arithmetic/integers.js'
import { add, div, fromInt, mul, roundToInt } from '../../kernel/arithmetic/u64f64.js'
import { BILLING_REFERENCE_PERIOD } from './cost.js'
import { USD_UNITS_PER_MUSD } from './price.js'
import type { ServiceContract, ServiceContractBill } from './types.js'

/** What a service may charge, exact to the last bit. */

const HOUR = BILLING_REFERENCE_PERIOD
const units = (musd: bigint): bigint => musd * BigInt(USD_UNITS_PER_MUSD)

/**
 * SC-SERVICE-COST-1 The time that a bill covers: since the last bill, an hour at most; longer gaps are lost to the service.
 * @param now u64 seconds @param lastBill u64 seconds, never ahead of now @returns u64 seconds, 0 to 3600
 * @source service_contract.rs `_service_contract_bill` @439e6919
 */
export const billedWindow = (now: bigint, lastBill: bigint): bigint => {
  const elapsed = U64.wrappingSub(now, lastBill)
  return elapsed < HOUR ? elapsed : HOUR
}

/**
 * SC-SERVICE-COST-2 The most that a bill may add to the base fee: the variable fee's share of the window, rounded. The
 * share of an hour is truncated first, so that an exact half rounds down and the bound of a whole hour is the fee itself.
 * @param variableFee u64, 1e-3 USD an hour @returns u64, 1e-3 USD
 * @source service_contract.rs `_service_contract_bill` @439e6919
 */
export const variableLimit = (window: bigint, variableFee: bigint): bigint =>
  roundToInt(mul(div(fromInt(window), fromInt(HOUR)), fromInt(variableFee)))

/** The two amounts of a bill that its cost is made of, and the fee it is charged by. */
export type Charged = Pick<ServiceContract, 'baseFee'> & Pick<ServiceContractBill, 'variableAmount' | 'window'>

/**
 * SC-SERVICE-COST-3 baseFee · window / 3600 + variableAmount, rounded, a half up. Wraps at 2^64 where the fees become
 * 1e-7 USD (from 1.8e15 of 1e-3 USD), where the fee meets the window (from 5.1e11 for an hour) and in the sum.
 * @returns u64, 1e-7 USD @throws never
 * @versions 144: wraps (quirk Q-SERVICE-COST-WRAP); without it `billCostWraps` refuses before
 * @source cost.rs `calculate_bill_cost_units_usd` @439e6919
 */
export const billCost = ({ baseFee, variableAmount, window }: Charged): bigint => {
  const base = fromInt(U64.wrap(units(baseFee)))
  const variable = fromInt(U64.wrap(units(variableAmount)))
  return roundToInt(add(div(mul(base, fromInt(window)), fromInt(HOUR)), variable))
}

/** True when a step of `billCost` exceeds 64 integer bits. */
export const billCostWraps = ({ baseFee, variableAmount, window }: Charged): boolean => {
  const scaled = units(baseFee) * window
  const bits = (scaled << 64n) / HOUR + (units(variableAmount) << 64n)
  return units(baseFee) > U64.max || scaled > U64.max || bits >= (U64.max << 64n) + (1n << 63n)
}
