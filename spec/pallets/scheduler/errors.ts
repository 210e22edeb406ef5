/** Errors of the scheduler, in the metadata's order. @source frame/scheduler/src/lib.rs `Error` @polkadot-v0.9.42 */
export const errors = ['FailedToSchedule', 'NotFound', 'TargetBlockNumberInPast', 'RescheduleNoChange', 'Named'] as const
