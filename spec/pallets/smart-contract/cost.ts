import { U64 } from '../../kernel/arithmetic/integers.js'
import { percentFromPercent, percentOf } from '../../kernel/arithmetic/per-thing.js'
import {
  add,
  ceilToInt,
  div,
  divInt,
  fromFloat,
  fromInt,
  max,
  min,
  mul,
  mulInt,
  ONE,
  POINT_4,
  POINT_6,
  POINT_7,
  POINT_8,
  roundToInt,
  toInt,
  ZERO,
  type U64F64,
} from '../../kernel/arithmetic/u64f64.js'
import { pick, type SpecVersion } from '../../kernel/version.js'
import type { World } from '../../kernel/world.js'
import type { PricingPolicy, Resources } from '../tfgrid/types.js'
import { Nodes } from '../tfgrid/items.js'
import { nodeContractOf } from './contract.state.js'
import { ActiveRentContractForNode, ContractBillingInformationByID, DedicatedNodesExtraFee, NodeContractResources } from './items.js'
import { HOURLY_DISCOUNT, LOWER_THRESHOLDS, NO_TIME_NO_COST, SURCHARGE } from './releases.js'
import type { Contract, DiscountLevel } from './types.js'

/** The price of a contract, exact to the last bit. Money in 1e-7 USD until `costInTft` turns it into 1e-7 TFT. */

/** The end of most formulas: rounded to the nearest, until 140 rounded up. */
export const toWhole = (version: SpecVersion): ((a: U64F64) => bigint) => (version < SURCHARGE ? ceilToInt : roundToInt)

/** Seconds that a pricing policy's values are for. @source runtime/src/lib.rs `BillingReferencePeriod` @439e6919 */
export const BILLING_REFERENCE_PERIOD = 3600n
const SECONDS_PER_MONTH = 86_400n * 30n

const exponent = { Bytes: 0, Kilobytes: 1, Megabytes: 2, Gigabytes: 3, Terrabytes: 4 } as const
/** @source pallet-tfgrid/src/types.rs `factor_base_1024`, `factor_base_1000` @439e6919 */
export const unitFactor = (unit: PricingPolicy['su']['unit'], base: 1000n | 1024n): bigint => base ** BigInt(exponent[unit.type])

/** SC-COST-1 A policy's value for `elapsed` seconds, per unit. @source cost.rs `calculate_resources_cost_units_usd` @439e6919 */
const perUnit = (value: number, elapsed: bigint): U64F64 => mul(div(fromInt(value), fromInt(BILLING_REFERENCE_PERIOD)), fromInt(elapsed))

/** SC-COST-2 Storage units: a TB of HDD and a bit more, or 200 GB of SSD, count as one. */
const storageUnits = (hru: U64F64, sru: U64F64): U64F64 => add(divInt(hru, 1200n), divInt(sru, 200n))

/** SC-COST-3 Compute units: the cheapest of three mixes of memory (GB) and virtual cores. @source cost.rs `calculate_cu` @439e6919 */
export const computeUnits = (cru: U64F64, mru: U64F64): U64F64 =>
  min(min(max(divInt(mru, 4n), divInt(cru, 2n)), max(divInt(mru, 8n), cru)), max(divInt(mru, 2n), divInt(cru, 4n)))

/**
 * SC-COST-4 What resources and public IPs cost over a time.
 * @param elapsed u64 seconds @returns u64, 1e-7 USD, rounded once at the end
 * @source cost.rs `calculate_resources_cost_units_usd` @439e6919
 */
export function resourcesCost(
  used: Resources,
  publicIps: number,
  elapsed: bigint,
  policy: PricingPolicy,
  billResources: boolean,
  version: SpecVersion,
): bigint {
  let total: U64F64 = ZERO
  if (billResources) {
    const storage = unitFactor(policy.su.unit, 1024n)
    const su = storageUnits(divInt(fromInt(used.hru), storage), divInt(fromInt(used.sru), storage))
    const cu = computeUnits(fromInt(used.cru), divInt(fromInt(used.mru), unitFactor(policy.cu.unit, 1024n)))
    total = add(mul(perUnit(policy.su.value, elapsed), su), mul(perUnit(policy.cu.value, elapsed), cu))
  }
  if (publicIps > 0)
    total = add(total, mul(mul(fromInt(publicIps), div(fromInt(policy.ipu.value), fromInt(BILLING_REFERENCE_PERIOD))), fromInt(elapsed)))
  return toWhole(version)(total)
}

/**
 * SC-COST-5 What a contract costs over `elapsed` seconds, before discounts. On a rented node a node contract pays for
 * its public IPs and network use only; a rent contract pays for the whole node at the dedicated-node discount.
 * @returns u64, 1e-7 USD; 0 when no second has passed @throws never: branches have ruled out a missing node
 * @source cost.rs `calculate_contract_cost_units_usd` @439e6919
 */
export function contractCost(w: World, contract: Contract, policy: PricingPolicy, elapsed: bigint): bigint {
  if (elapsed === 0n && w.version >= NO_TIME_NO_COST) return 0n
  const data = contract.contractType
  switch (data.type) {
    case 'NodeContract': {
      const rented = w.has(ActiveRentContractForNode, data.value.nodeId)
      const cost = resourcesCost(
        w.get(NodeContractResources, contract.contractId).used,
        data.value.publicIps,
        elapsed,
        policy,
        !rented,
        w.version,
      )
      return U64.wrappingAdd(cost, w.get(ContractBillingInformationByID, contract.contractId).amountUnbilled)
    }
    case 'RentContract':
      return percentOf(
        percentFromPercent(policy.discountForDedicationNodes),
        resourcesCost(w.get(Nodes, data.value.nodeId)!.resources, 0, elapsed, policy, true, w.version),
      )
    case 'NameContract':
      return (w.version < SURCHARGE ? toInt : roundToInt)(perUnit(policy.uniqueName.value, elapsed))
  }
}

/** SC-COST-6 A rented node's surcharge over `elapsed` seconds. @returns u64, 1e-7 USD @source cost.rs `calculate_extra_fee_cost_units_usd` @439e6919 */
export function extraFeeCost(w: World, contract: Contract, elapsed: bigint): bigint {
  if (contract.contractType.type !== 'RentContract') return 0n
  const fee = U64.wrappingMul(w.get(DedicatedNodesExtraFee, contract.contractType.value.nodeId), 10_000n)
  return roundToInt(div(fromInt(U64.wrappingMul(fee, elapsed)), fromInt(SECONDS_PER_MONTH)))
}

/**
 * SC-COST-7 The amount that a month would cost, by which the discount level is chosen.
 * @param due u64, 1e-7 TFT for the period @param elapsed u64 seconds
 * @param wraps past 2^64, from where it may come to nothing (quirk Q-DISCOUNT-ZERO); otherwise it has room for any amount
 * @returns u64, 1e-7 TFT; beyond 64 bits only where it does not wrap
 * @versions < 130: as if every period were an hour · ≤ 148: due·elapsed/3600 an hour, which shrinks when the period is shorter than an hour (quirk Q-DISCOUNT-PERIOD)
 * @source cost.rs `calculate_discount_tft` @439e6919
 */
export const monthlyAmount = (due: bigint, elapsed: bigint, quirky: boolean, version: SpecVersion, wraps = true): bigint => {
  if (!wraps) return unwrappedMonth(due, elapsed, quirky, version)
  if (version < HOURLY_DISCOUNT) return U64.wrappingMul(due, 24n * 30n)
  const hourly = quirky
    ? div(mul(fromInt(due), fromInt(elapsed)), fromInt(3600n))
    : div(mul(fromInt(due), fromInt(3600n)), fromInt(elapsed))
  return roundToInt(mulInt(mulInt(hourly, 24n), 30n))
}

/** The same with room for every amount. */
function unwrappedMonth(due: bigint, elapsed: bigint, quirky: boolean, version: SpecVersion): bigint {
  const [times, by] = version < HOURLY_DISCOUNT ? [1n, 1n] : quirky ? [elapsed, 3600n] : [3600n, elapsed]
  const month = ((due * times) << 64n) / by
  return (month * 720n + (1n << 63n)) >> 64n
}

const levels: readonly (readonly [level: DiscountLevel['type'], multiplier: U64F64])[] = [
  ['None', ONE],
  ['Default', POINT_8],
  ['Bronze', POINT_7],
  ['Silver', POINT_6],
  ['Gold', POINT_4],
]
const GOLD = 4
/** Months at which Default, Bronze, Silver and Gold begin; all of them are exact in 64 fraction bits. */
type Thresholds = readonly [U64F64, U64F64, U64F64, U64F64]
const thresholds: readonly (readonly [SpecVersion, Thresholds])[] = [
  [0, [fromInt(3), fromInt(6), fromInt(12), fromInt(36)]],
  [LOWER_THRESHOLDS, [fromFloat(1.5), fromInt(3), fromInt(6), fromInt(18)]],
]
/** The discount level by the months that a balance covers. @source cost.rs `calculate_discount_tft` @439e6919 */
const levelFor = (months: U64F64, [a, b, c, d]: Thresholds): number =>
  months < a ? 0 : months < b ? 1 : months < c ? 2 : months < d ? 3 : 4

/**
 * SC-COST-8 The discount on an amount by the months that the balance would last; for ever, when a month costs nothing.
 * @param balance u128
 * @param wraps of the balance 64 bits count (quirk Q-DISCOUNT-BALANCE-WRAP); otherwise all of it
 */
export function discounted(
  due: bigint,
  monthly: bigint,
  balance: bigint,
  version: SpecVersion,
  wraps = true,
): { readonly due: bigint; readonly level: DiscountLevel } {
  const months = (): U64F64 => (wraps ? div(fromInt(balance), fromInt(U64.saturate(monthly))) : (((balance << 64n) / monthly) as U64F64))
  const [level, multiplier] = levels[monthly === 0n ? GOLD : levelFor(months(), pick(version, thresholds))]!
  return { due: toWhole(version)(mul(fromInt(due), multiplier)), level: { type: level } }
}

/** True when the cost depends on a node that is gone. */
export const nodeIsGone = (w: World, contract: Contract): boolean =>
  contract.contractType.type !== 'NameContract' &&
  !w.has(Nodes, (nodeContractOf(contract) ?? (contract.contractType.value as { nodeId: number })).nodeId)
