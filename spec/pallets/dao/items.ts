/**
 * The part of pallet-dao's storage that other pallets write.
 * @source pallet-dao/src/lib.rs `#[pallet::storage]` @439e6919
 */
import { map } from '../../kernel/item.js'
import { u32, u64 } from '../../kernel/shape.js'

/** A farm's weight in votes: the sum of its nodes' weights. Kept by the hooks `node_changed` and `node_deleted`. */
export const FarmWeight = map('Dao', 'FarmWeight', u32, u64, { orElse: 0n, hasher: 'Identity' })
