/** Weights and dispatch infos. @source sp-weights, frame/support/src/dispatch.rs `DispatchInfo` @polkadot-v0.9.42 */
import { compact128, enumeration, struct, unit, type Shape, type ValueOf } from '../../kernel/shape.js'

/** `refTime` in picoseconds of a reference machine, `proofSize` in bytes; both u64, compact when encoded. */
export const Weight = struct({ refTime: compact128, proofSize: compact128 })
export type Weight = ValueOf<typeof Weight>

const U64_MAX = (1n << 64n) - 1n
const saturated = (n: bigint): bigint => (n > U64_MAX ? U64_MAX : n)
const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const higher = (a: bigint, b: bigint): bigint => (a > b ? a : b)

export const weight = (refTime: number | bigint, proofSize: number | bigint = 0): Weight => ({
  refTime: BigInt(refTime),
  proofSize: BigInt(proofSize),
})
export const NO_WEIGHT = weight(0)
export const addWeights = (a: Weight, b: Weight): Weight => ({
  refTime: saturated(a.refTime + b.refTime),
  proofSize: saturated(a.proofSize + b.proofSize),
})
/** Part by part. */
export const minWeight = (a: Weight, b: Weight): Weight => ({
  refTime: lower(a.refTime, b.refTime),
  proofSize: lower(a.proofSize, b.proofSize),
})
export const maxWeight = (a: Weight, b: Weight): Weight => ({
  refTime: higher(a.refTime, b.refTime),
  proofSize: higher(a.proofSize, b.proofSize),
})
/** True when a part of `a` is above that part of `b`. */
export const anyAbove = (a: Weight, b: Weight): boolean => a.refTime > b.refTime || a.proofSize > b.proofSize

export type DispatchClassName = 'Normal' | 'Operational' | 'Mandatory'
export const DispatchClass: Shape<{ readonly type: DispatchClassName }> = enumeration({ Normal: unit, Operational: unit, Mandatory: unit })
export const Pays: Shape<{ readonly type: 'Yes' | 'No' }> = enumeration({ Yes: unit, No: unit })
export const DispatchInfo = struct({ weight: Weight, class: DispatchClass, paysFee: Pays })
export type DispatchInfo = ValueOf<typeof DispatchInfo>
