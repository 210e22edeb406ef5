import { pick, type SpecVersion } from '../../kernel/version.js'

/** The pallets' indices in the runtime. @source substrate-node/runtime/src/lib.rs `construct_runtime!` @439e6919 (144) */
export const PALLETS: Readonly<Record<string, number>> = {
  System: 0,
  Timestamp: 1,
  Utility: 3,
  Scheduler: 4,
  ValidatorSet: 10,
  Session: 11,
  Aura: 12,
  Grandpa: 13,
  Historical: 14,
  Authorship: 15,
  Balances: 20,
  TransactionPayment: 21,
  TfgridModule: 25,
  SmartContractModule: 26,
  TFTBridgeModule: 27,
  TFTPriceModule: 28,
  BurningModule: 29,
  TFKVStore: 30,
  RuntimeUpgrade: 31,
  Council: 40,
  CouncilMembership: 41,
  Dao: 43,
  Validator: 50,
}

/** The same at 123, numbered in the order of `construct_runtime!`. @source substrate-node/runtime/src/lib.rs @a3e802fe */
const PALLETS_AT_123: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ...['System', 'RandomnessCollectiveFlip', 'Timestamp', 'Balances', 'ValidatorSet', 'Session', 'Aura', 'Grandpa'],
    ...['TransactionPayment', 'Sudo', 'Authorship', 'TfgridModule', 'SmartContractModule', 'TFTBridgeModule', 'TFTPriceModule'],
    ...['Scheduler', 'BurningModule', 'TFKVStore', 'Council', 'CouncilMembership', 'RuntimeUpgrade', 'Validator', 'Dao', 'Utility'],
  ].map((name, index) => [name, index]),
)
/** Sudo went at 143, and the numbers became explicit. What 140 moved (RandomnessCollectiveFlip went) is not recorded. */
const history: readonly (readonly [SpecVersion, Readonly<Record<string, number>>])[] = [
  [0, PALLETS_AT_123],
  [143, PALLETS],
]
export const palletsAt = (version: SpecVersion): Readonly<Record<string, number>> => pick(version, history)
