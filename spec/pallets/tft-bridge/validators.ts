import { binarySearch } from '../../kernel/binary-search.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { Validators } from './items.js'

/** The bridge's validators: who they are, and how many of them decide. */

/**
 * Where an account stands in the list, or `~place` (negative) of where it would be inserted. On a list that is not sorted
 * (genesis may give one) the search can miss an account that is there: then neither does it count as a validator, nor can it
 * be removed.
 * @source pallet-tft-bridge/src/tft_bridge.rs `add_validator_account`, `remove_validator_account` @439e6919
 */
export const placeOf = (w: World, who: AccountId): number => binarySearch(w.get(Validators), who)

/** @source pallet-tft-bridge/src/tft_bridge.rs `check_if_validator_exists` @439e6919 */
export const callerIsNoValidator = (s: Stage): boolean => placeOf(s.w, s.caller) < 0

/**
 * The number of votes or signatures that decide: more than half of the validators, never below one.
 * Counted anew each time, so that a vote cast before a validator left still counts and may then suffice.
 */
export const majority = (w: World): number => (w.get(Validators).length >> 1) + 1
