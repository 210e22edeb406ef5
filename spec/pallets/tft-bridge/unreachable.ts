import { unreached, type Unreachable } from '../../kernel/unreachable.js'
import { neverRefused } from './errors.js'
import { neverDeposited } from './events.js'

const BRIDGE = 'TFTBridgeModule'
/** Deposited after two checks that contradict each other. */
const contradicted = 'BurnTransactionProposed'

/** @source pallet-tft-bridge/src @439e6919, searched for each variant */
export const unreachable: readonly Unreachable[] = [
  ...unreached(BRIDGE, 'never constructed', ...neverRefused),
  ...unreached(BRIDGE, 'never deposited: mints do not expire', ...neverDeposited.filter((name) => name !== contradicted)),
  ...unreached(
    BRIDGE,
    'deposited for a burn that is not there, after a check that it is (tft_bridge.rs `propose_stellar_burn_transaction_or_add_sig`)',
    contradicted,
  ),
]
