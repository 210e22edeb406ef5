import { U64 } from '../../kernel/arithmetic/integers.js'
import type { World } from '../../kernel/world.js'
import { Now, SystemNumber } from './items.js'

/** The block's time in seconds since 1970: the timestamp in milliseconds, cut off. @source billing.rs `get_current_timestamp_in_secs` @439e6919 */
export const seconds = (w: World): bigint => w.get(Now) / 1000n

/** The block's number. */
export const blockNumber = (w: World): number => w.get(SystemNumber)

/** `now - since` in seconds, 0 when `since` lies ahead. */
export const secondsSince = (w: World, since: bigint): bigint => U64.saturatingSub(seconds(w), since)
