/** Errors of the price pallet, in the metadata's order. @source pallet-tft-price/src/lib.rs `Error` @439e6919 */
export const errors = [
  'ErrFetchingPrice',
  'OffchainSignedTxError',
  'NoLocalAcctForSigning',
  'AccountUnauthorizedToSetPrice',
  'MaxPriceBelowMinPriceError',
  'MinPriceAboveMaxPriceError',
  'IsNotAnAuthority',
  'WrongAuthority',
] as const
export type PriceError = (typeof errors)[number]

/** Errors that no call returns: the off-chain worker logs them, `NoLocalAcctForSigning` is never constructed. */
export const neverRefused: readonly PriceError[] = [
  'ErrFetchingPrice',
  'OffchainSignedTxError',
  'NoLocalAcctForSigning',
  'IsNotAnAuthority',
  'WrongAuthority',
]
