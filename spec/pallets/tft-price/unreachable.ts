import { unreached, type Unreachable } from '../../kernel/unreachable.js'
import { neverRefused } from './errors.js'
import { neverDeposited } from './events.js'

const PRICE = 'TFTPriceModule'
const unused = 'NoLocalAcctForSigning'

/** @source pallet-tft-price/src @439e6919, searched for each variant */
export const unreachable: readonly Unreachable[] = [
  ...unreached(PRICE, 'never constructed', unused),
  ...unreached(
    PRICE,
    'worker only: the off-chain worker logs it (tft_price.rs `offchain_signed_tx`, `is_next_block_author`)',
    ...neverRefused.filter((name) => name !== unused),
  ),
  ...unreached(PRICE, 'never deposited', ...neverDeposited),
]
