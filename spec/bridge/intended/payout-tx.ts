import type { Payout } from '../stellar/types.js'
import type { PayoutRecord } from './types.js'

/** The only transaction that may pay it: everybody builds the same from what the chain holds. */
export const payoutOf = (
  sequence: bigint,
  { target, amount, cause, claimable }: Pick<PayoutRecord, 'target' | 'amount' | 'cause' | 'claimable'>,
): Payout => ({
  to: target,
  amount,
  sequence: Number(sequence),
  memo: { type: 'hash', value: cause },
  claimable,
})
