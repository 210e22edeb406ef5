/** Errors of the utility pallet. @source frame/utility/src/lib.rs `Error` @polkadot-v0.9.42 */
export const errors = ['TooManyCalls'] as const
