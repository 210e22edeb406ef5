import {
  BLOCK_WEIGHTS_AT_123,
  BLOCK_WEIGHTS_AT_144,
  feeSchedule,
  lengthToFee,
  weightToFee,
  type FeeSchedule,
} from '../../kernel/arithmetic/fee.js'
import { U128 } from '../../kernel/arithmetic/integers.js'
import type { AccountId } from '../../kernel/shape.js'
import { byVersion, pick, type SpecVersion } from '../../kernel/version.js'
import type { World } from '../../kernel/world.js'
import { Now, Validators } from '../system/items.js'
import { FRAME_0_9_42 } from '../system/types.js'
import { FIXED_ONE, NextFeeMultiplier } from './items.js'

const schedules: readonly (readonly [SpecVersion, FeeSchedule])[] = [
  [0, feeSchedule(BLOCK_WEIGHTS_AT_123)],
  [FRAME_0_9_42, feeSchedule(BLOCK_WEIGHTS_AT_144)],
]
export const scheduleAt: (version: SpecVersion) => FeeSchedule = byVersion((version) => pick(version, schedules))

export interface Priced {
  /** Picoseconds. */
  readonly refTime: bigint
  /** Bytes of the encoded extrinsic, length prefix included. */
  readonly length: number
  /** 1e-7 TFT. */
  readonly tip: bigint
  /** False for `Pays::No`: only the tip is left. */
  readonly pays: boolean
}

/**
 * EXT-FEE What an extrinsic costs: base fee, length fee, weight fee times the multiplier, and the tip.
 * @returns u128, 1e-7 TFT
 * @source frame/transaction-payment/src/lib.rs `compute_fee_raw` @polkadot-v0.9.42
 */
export function feeOf(w: World, { refTime, length, tip, pays }: Priced): bigint {
  if (!pays) return tip
  const schedule = scheduleAt(w.version)
  const multiplier = w.get(NextFeeMultiplier)
  const weightFee = multiplier === 0n ? 0n : U128.saturate((weightToFee(schedule, refTime) * multiplier) / FIXED_ONE)
  const inclusion = U128.saturatingAdd(U128.saturatingAdd(schedule.baseFee, lengthToFee(length)), weightFee)
  return U128.saturatingAdd(inclusion, tip)
}

/** Aura's slots, ms. */
const SLOT = 6000n

/**
 * Who makes the block and gets the fees: the validators in turn, by the slot of the block's time.
 * @returns null when there are no validators
 * @source substrate-node/runtime/src/lib.rs `AuraAccountAdapter` @439e6919
 */
export function blockAuthor(w: World): AccountId | null {
  const validators = w.get(Validators)
  return validators.length === 0 ? null : validators[Number((w.get(Now) / SLOT) % BigInt(validators.length))]!
}
