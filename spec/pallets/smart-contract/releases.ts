/**
 * The versions at which billing and grid contracts changed, between 123 and 144. Spans of rules name them.
 * @source the commits named, in the repository threefoldtech/tfchain; the version is the first whose bump contains the commit
 */

/** Nodes can be switched off. @861db031 */
export const NODE_POWER = 125
/** The discount is decided by what the period's bill makes an hour, not by the bill as if it were an hour's. @81a1cc5e */
export const HOURLY_DISCOUNT = 130
/** Lower thresholds of the discount levels. @82f71139 */
export const LOWER_THRESHOLDS = 132
/** What a contract in grace owes adds up on it, and grace ends only once all of it can be paid. @f0ee5538 */
export const GRACE_ADDS_UP = 132
/** Only node contracts have billing information. @fa5a7eff */
export const BILLING_INFORMATION_OF_NODES = 133
/** A payout of nothing does nothing. @6c41d4a0 */
export const NO_EMPTY_PAYOUT = 134
/** A contract is billed at its id modulo the frequency, and struck off when it ends. @fd01ae62 */
export const LOOP_BY_ID = 140
/** Farmers' surcharges; costs in 1e-7 USD are rounded to the nearest, and a payout keeps the existential deposit back. @d06c022f */
export const SURCHARGE = 140
/** No time, no cost. @0f1455ef */
export const NO_TIME_NO_COST = 141
/** Nobody but the tenant deploys on a rented node, whoever asks: one error for all reasons. @2b66521f */
export const ONE_ERROR_FOR_RENTED = 142
