/**
 * What council calls weigh. @param b bytes of the motion   @param m members   @param p motions   @param n new members
 * @source frame/collective/src/weights.rs `impl WeightInfo for ()` @polkadot-v0.9.42
 */
import { weight, type Weight } from '../system/weight.js'
import { READ, WRITE } from '../system/db-weight.js'

export const MAX_MEMBERS = 100
export const MAX_PROPOSALS = 100

export const setMembersWeight = (m: number, p: number): Weight =>
  weight(19_542_000 + 5_630_062 * m + 8_634_133 * p + (2 + p) * (READ + WRITE), 15_861 + 1_967 * m + 4_332 * p)
export const executeWeight = (b: number, m: number): Weight => weight(16_874_624 + 1_617 * b + 19_759 * m + READ, 1_688 + 32 * m)
export const proposeExecuteWeight = (b: number, m: number): Weight => weight(19_534_549 + 1_636 * b + 28_178 * m + 2 * READ, 3_668 + 32 * m)
export const proposeProposedWeight = (b: number, m: number, p: number): Weight =>
  weight(28_095_462 + 2_646 * b + 22_332 * m + 121_560 * p + 4 * (READ + WRITE), 3_884 + 33 * m + 36 * p)
export const voteWeight = (m: number): Weight => weight(23_793_304 + 51_741 * m + 2 * READ + WRITE, 4_405 + 64 * m)
export const closeEarlyDisapprovedWeight = (m: number, p: number): Weight =>
  weight(29_574_124 + 29_126 * m + 123_438 * p + 3 * (READ + WRITE), 3_975 + 65 * m + 36 * p)
export const closeEarlyApprovedWeight = (b: number, m: number, p: number): Weight =>
  weight(44_022_379 + 2_266 * b + 18_074 * m + 132_405 * p + 4 * READ + 3 * WRITE, 4_149 + b + 66 * m + 40 * p)
export const closeDisapprovedWeight = (m: number, p: number): Weight =>
  weight(31_957_128 + 31_272 * m + 156_129 * p + 4 * READ + 3 * WRITE, 3_995 + 65 * m + 36 * p)
export const closeApprovedWeight = (b: number, m: number, p: number): Weight =>
  weight(46_039_907 + 2_257 * b + 25_055 * m + 136_282 * p + 5 * READ + 3 * WRITE, 4_169 + b + 66 * m + 40 * p)
export const disapproveWeight = (p: number): Weight => weight(18_376_538 + 113_189 * p + READ + 3 * WRITE, 1_844 + 32 * p)
