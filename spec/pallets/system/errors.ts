/** Errors of frame-system, in the metadata's order. @source frame/system/src/lib.rs `Error` @polkadot-v0.9.42 */
export const errors = [
  'InvalidSpecName',
  'SpecVersionNeedsToIncrease',
  'FailedToExtractRuntimeVersion',
  'NonDefaultComposite',
  'NonZeroRefCount',
  'CallFiltered',
] as const
