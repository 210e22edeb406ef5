import type { Unreachable } from './kernel/unreachable.js'
import { unreachable as smartContract } from './pallets/smart-contract/unreachable.js'
import { unreachable as bridge } from './pallets/tft-bridge/unreachable.js'
import { unreachable as price } from './pallets/tft-price/unreachable.js'
import { unreachable as tfgrid } from './pallets/tfgrid/unreachable.js'

/**
 * Every error and event of the four pallets that cannot come about at 439e6919 (144), with the reason: coverage counts them
 * apart. A test holds this list equal to what no branch of the spec refuses with.
 */
export const unreachable: readonly Unreachable[] = [...smartContract, ...tfgrid, ...bridge, ...price]
