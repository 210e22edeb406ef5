/**
 * A farm's weight in votes: the sum of the weights of its nodes.
 * A sum that would fall below zero stays at zero; one beyond u64 wraps.
 * @source pallet-dao/src/dao.rs `node_changed`, `node_deleted` @439e6919
 */
import { U64 } from '../../kernel/arithmetic/integers.js'
import type { World } from '../../kernel/world.js'
import { weightOf } from '../tfgrid/resources.js'
import type { Resources } from '../tfgrid/types.js'
import { FarmWeight } from './items.js'

/** A node joined the farm. @source `node_changed` */
export const addNode = (w: World, farmId: number, node: Resources): void =>
  w.put(FarmWeight, farmId, U64.wrappingAdd(w.get(FarmWeight, farmId), weightOf(node)))

/** A node left the farm, or was deleted. @source `node_changed`, `node_deleted` */
export const removeNode = (w: World, farmId: number, node: Resources): void =>
  w.put(FarmWeight, farmId, U64.saturatingSub(w.get(FarmWeight, farmId), weightOf(node)))

/** A node of the farm was updated. @source `node_changed` */
export const replaceNode = (w: World, farmId: number, before: Resources, after: Resources): void =>
  w.put(FarmWeight, farmId, U64.wrappingAdd(U64.saturatingSub(w.get(FarmWeight, farmId), weightOf(before)), weightOf(after)))
