/**
 * What a node's hardware is worth: compute and storage units, weight in votes, and whether hardware counts as changed.
 * @source support/src/resources.rs @439e6919
 */
import { U64 } from '../../kernel/arithmetic/integers.js'
import { percentFromPercent, percentOf } from '../../kernel/arithmetic/per-thing.js'
import type { Resources } from './types.js'

const THOUSAND = 1_000n
/** Bytes of a gigabyte (GiB). */
export const GIGABYTE = 1024n ** 3n

/** The least storage on SSD and the least memory of a node, in bytes; the least number of virtual cores. */
export const MIN_SRU = 100n * GIGABYTE
export const MIN_MRU = 2n * GIGABYTE
export const MIN_CRU = 1n

/**
 * Compute units, u64. The strictly smallest of three bounds decides: two per core, memory, SSD. Where two bounds tie for
 * the smallest there are none at all. Memory is multiplied by a gigabyte although it is already in bytes, so it never binds.
 * @source `get_cu`, `calc_cu`
 */
export function computeUnits({ cru, mru, sru }: Resources): bigint {
  const byCores = cru * 2n * GIGABYTE * THOUSAND
  const byMemory = (U64.saturatingSub(mru, 1n) * GIGABYTE * THOUSAND) / 4n
  const byStorage = (sru * THOUSAND) / 50n
  const bounds = [byCores, byMemory, byStorage]
  const smallest = bounds.filter((bound, i) => bounds.every((other, j) => i === j || bound < other))
  return 2n * (U64.wrap(smallest[0] ?? 0n) / GIGABYTE / THOUSAND)
}

/** Storage units, u64: one per 1200 GB of disk and one per 250 GB of SSD. @source `get_su` */
export const storageUnits = ({ hru, sru }: Resources): bigint => ((hru * THOUSAND) / 1200n + (sru * THOUSAND) / 250n) / GIGABYTE / THOUSAND

/** A node's weight in votes, u64. @source `get_node_weight` */
export const weightOf = (resources: Resources): bigint => computeUnits(resources) * 2n + storageUnits(resources)

const TOLERANCE = percentFromPercent(1)

/**
 * True when any capacity differs by more than one percent of what it was.
 * The difference is taken as i64 and wraps: capacities 2^63 and more apart come out wrong.
 * @source `has_changed` with tolerance 1
 */
export const hasChanged = (before: Resources, after: Resources): boolean =>
  differs(before.cru, after.cru) || differs(before.sru, after.sru) || differs(before.hru, after.hru) || differs(before.mru, after.mru)

function differs(before: bigint, after: bigint): boolean {
  const difference = BigInt.asIntN(64, before - after)
  return U64.wrap(difference < 0n ? -difference : difference) > percentOf(TOLERANCE, before)
}
