import { bridge } from './bridge.machine.js'
import { burn } from './burn.machine.js'
import './calls.js'
import { mint } from './mint.machine.js'
import { refund } from './refund.machine.js'

/** The bridge to Stellar: pallet `TFTBridgeModule`. */
export const bridgeMachines = [bridge, mint, burn, refund]
