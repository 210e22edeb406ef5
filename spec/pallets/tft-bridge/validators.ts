import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { Validators } from './items.js'

/** The bridge's validators: who they are, and how many of them decide. */

/** Where an account stands in the list, or would have to be inserted. */
export interface Place {
  readonly found: boolean
  readonly index: number
}

/**
 * Rust's `slice::binary_search`. On a list that is not sorted (genesis may give one) it can miss an account that is there:
 * then neither does that validator count as one, nor can it be removed.
 * @source core::slice `binary_search_by` of Rust 1.69, pallet-tft-bridge/src/tft_bridge.rs `add_validator_account` @439e6919
 */
export function placeOf(validators: readonly AccountId[], who: AccountId): Place {
  let left = 0
  let right = validators.length
  while (left < right) {
    const middle = left + ((right - left) >> 1)
    const there = validators[middle]!
    if (there === who) return { found: true, index: middle }
    if (there < who) left = middle + 1
    else right = middle
  }
  return { found: false, index: left }
}

/** @source pallet-tft-bridge/src/tft_bridge.rs `check_if_validator_exists` @439e6919 */
export const callerIsNoValidator = (s: Stage): boolean => !placeOf(s.w.get(Validators), s.caller).found

/**
 * The number of votes or signatures that decide: more than half of the validators, never below one.
 * Counted anew each time, so that a vote cast before a validator left still counts and may then suffice.
 */
export const majority = (w: World): number => (w.get(Validators).length >> 1) + 1
