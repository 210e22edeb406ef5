import { Contracts } from '../spec/pallets/smart-contract/items.js'
import { GRACE_PERIOD } from '../spec/pallets/smart-contract/grace.rules.js'
import { blockNumber } from '../spec/pallets/system/clock.js'
import { Now } from '../spec/pallets/system/items.js'
import { SESSION_PERIOD } from '../spec/pallets/transaction-payment/extrinsic.machine.js'
import type { Draw } from './draw.js'

/** How far an advance goes. */
export interface Leap {
  readonly blocks: number
  readonly seconds: number
}

const SECONDS_PER_BLOCK = 6
const MAX_BLOCK = 0xffff_0000

/** The number of seconds to the next time that Aura accepts: a later slot of 6 s, and 3 s at least. */
export function acceptable(now: bigint, seconds: number): number {
  const intoSlot = Number(now % 6000n) / 1000
  return Math.max(seconds, 3, Math.ceil(SECONDS_PER_BLOCK - intoSlot))
}

const hour: Leap = { blocks: 600, seconds: 3600 }
/** Where a wanted leap may land: on a block with room for signed extrinsics nearly always, at a time that Aura accepts. */
export function landing(d: Draw, wanted: Leap): Leap {
  const now = blockNumber(d.w)
  const to = Math.min(now + wanted.blocks, MAX_BLOCK)
  // A block divisible by 600 ends a session and has no room for signed extrinsics: seldom wanted.
  const blocks = to % 600 === 0 && d.chance(97) ? to - now + 1 : to - now
  return { blocks: Math.max(blocks, 1), seconds: acceptable(d.w.get(Now), wanted.seconds) }
}

/** Draws a leap: mostly one block, often a billing cycle, sometimes exactly to the edge of a grace period. */
export const leap = (d: Draw): Leap => (d.chance(2) ? toSessionEnd(d) : landing(d, choose(d)))

/** To a block that ends a session, where every normal extrinsic is refused. */
function toSessionEnd(d: Draw): Leap {
  const blocks = SESSION_PERIOD - (blockNumber(d.w) % SESSION_PERIOD)
  return { blocks, seconds: acceptable(d.w.get(Now), blocks * SECONDS_PER_BLOCK) }
}

function choose(d: Draw): Leap {
  const n = d.int(0, 99)
  if (n < 45) return { blocks: 1, seconds: SECONDS_PER_BLOCK }
  if (n < 55) return { blocks: d.int(1, 25), seconds: d.int(3, 200) }
  if (n < 78) return hour
  if (n < 84) return { blocks: 600, seconds: d.int(1, 7200) }
  if (n < 89) return { blocks: 24 * 600, seconds: 24 * 3600 }
  if (n < 92) return { blocks: d.int(1, 30) * 24 * 600, seconds: d.int(1, 30) * 24 * 3600 }
  return toEndOfGrace(d)
}

/** To the block before, at or after the end of some contract's grace period, or a whole period ahead. */
function toEndOfGrace(d: Draw): Leap {
  for (let i = 0; i < 4; i++) {
    const contract = d.entryOf(Contracts)?.[1]
    if (contract?.state.type !== 'GracePeriod') continue
    const blocks = Number(contract.state.value) + GRACE_PERIOD + d.int(-1, 1) - blockNumber(d.w)
    if (blocks > 0) return { blocks, seconds: blocks * SECONDS_PER_BLOCK }
  }
  return d.chance(50) ? { blocks: GRACE_PERIOD, seconds: GRACE_PERIOD * SECONDS_PER_BLOCK } : hour
}
