/** Errors of the balances pallet, in the metadata's order. @source frame/balances/src/lib.rs `Error` @polkadot-v0.9.42 */
export const errors = [
  'VestingBalance',
  'LiquidityRestrictions',
  'InsufficientBalance',
  'ExistentialDeposit',
  'Expendability',
  'ExistingVestingSchedule',
  'DeadAccount',
  'TooManyReserves',
  'TooManyHolds',
  'TooManyFreezes',
] as const

/** Until polkadot-v0.9.42. @source frame/balances/src/lib.rs `Error` @polkadot-v0.9.36 */
export const errorsBefore = [
  'VestingBalance',
  'LiquidityRestrictions',
  'InsufficientBalance',
  'ExistentialDeposit',
  'KeepAlive',
  'ExistingVestingSchedule',
  'DeadAccount',
  'TooManyReserves',
] as const
