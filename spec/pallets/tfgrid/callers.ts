/**
 * Who a caller is to the grid: the twin, the entity.
 * @source pallet-tfgrid/src/lib.rs `TwinIdByAccountID`, `EntityIdByAccountID` @439e6919
 */
import { Defect } from '../../kernel/defect.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { EntityIdByAccountID, TwinIdByAccountID } from './items.js'

/** The key of an entity that cannot exist (ids are u32): what a call is about when its caller has no twin, or its node no farm. */
export const nothing = -1

/** The account that signed. @throws Defect SPEC-ORIGIN when nobody did: the origin is checked before the subject is asked for */
export function signer(origin: Origin): AccountId {
  if (origin.type !== 'signed') throw new Defect('SPEC-ORIGIN', `a ${origin.type} origin has no caller`)
  return origin.who
}

/** The id of the signer's twin, `nothing` without one. */
export const twinOf = (w: World, origin: Origin): number => w.get(TwinIdByAccountID, signer(origin)) ?? nothing

/** The id of the signer's entity, `nothing` without one. */
export const entityOf = (w: World, origin: Origin): number => w.get(EntityIdByAccountID, signer(origin)) ?? nothing
