import type { Item } from './item.js'
import type { Edition } from './version.js'
import type { World } from './world.js'

/**
 * A promise about the state of the world. It returns witnesses, not a verdict: every one names what breaks it.
 *
 * `reads` names the items that it looks at: after a step, only the invariants of touched items are checked, and at the
 * end of a sequence all. `broken` looks at the whole world; `brokenAt`, where given, at what one touched key can break.
 */
export interface Invariant {
  /** Never changes its meaning: `INV-SC-3`. */
  readonly id: string
  /** The promise, in a sentence. */
  readonly claim: string
  readonly reads: readonly ItemName[]
  /** The quirks under which a released version breaks the promise. */
  readonly brokenBy: readonly string[]
  readonly broken: (w: World) => readonly string[]
}
type ItemName = Pick<Item, 'index' | 'pallet' | 'name'>

/** Declares an invariant. */
export const invariant = (id: string, claim: string, reads: readonly ItemName[], broken: Invariant['broken'], brokenBy: readonly string[] = []): Invariant => ({ id, claim, reads, broken, brokenBy })

/** True when no quirk of the edition is known to break the promise. */
export const promisedAt = ({ quirks }: Edition, { brokenBy }: Invariant): boolean => !brokenBy.some((id) => quirks.has(id))
