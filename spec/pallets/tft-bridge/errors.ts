/** Errors of the bridge pallet, in the metadata's order. @source pallet-tft-bridge/src/lib.rs `Error` @439e6919 */
export const errors = [
  'ValidatorExists',
  'ValidatorNotExists',
  'TransactionValidatorExists',
  'TransactionValidatorNotExists',
  'MintTransactionExists',
  'MintTransactionAlreadyExecuted',
  'MintTransactionNotExists',
  'BurnTransactionExists',
  'BurnTransactionNotExists',
  'BurnSignatureExists',
  'EnoughBurnSignaturesPresent',
  'RefundSignatureExists',
  'BurnTransactionAlreadyExecuted',
  'RefundTransactionNotExists',
  'RefundTransactionAlreadyExecuted',
  'EnoughRefundSignaturesPresent',
  'NotEnoughBalanceToSwap',
  'AmountIsLessThanWithdrawFee',
  'AmountIsLessThanDepositFee',
  'WrongParametersProvided',
  'InvalidStellarPublicKey',
] as const
export type BridgeError = (typeof errors)[number]

/** Errors that the source at 439e6919 never constructs. */
export const neverRefused: readonly BridgeError[] = [
  'TransactionValidatorExists',
  'TransactionValidatorNotExists',
  'MintTransactionExists',
  'MintTransactionNotExists',
  'BurnTransactionExists',
]
