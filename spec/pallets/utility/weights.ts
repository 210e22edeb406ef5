/** What utility calls weigh without the calls inside. @param c calls @source frame/utility/src/weights.rs @polkadot-v0.9.42 */
import { READ, WRITE } from '../system/db-weight.js'
import { weight, type Weight } from '../system/weight.js'

export const batchWeight = (c: number): Weight => weight(24_064_040 + 4_238_449 * c)
export const batchAllWeight = (c: number): Weight => weight(18_969_535 + 4_448_073 * c)
export const forceBatchWeight = (c: number): Weight => weight(12_960_288 + 4_272_019 * c)
/** With the account data of the pseudonym. */
export const asDerivativeWeight = weight(5_963_000 + READ + WRITE)
export const dispatchAsWeight = weight(10_162_000)
