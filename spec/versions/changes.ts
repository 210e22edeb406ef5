import type { SpecVersion } from '../kernel/version.js'

/** Something that the chain changed, at a version that a span or a history of the spec names. */
export interface Change {
  readonly id: string
  /** The first version with it: the first whose bump of `spec_version` contains the commit. */
  readonly version: SpecVersion
  /** Of the repository threefoldtech/tfchain. */
  readonly commit: string
  readonly says: string
}

/** Every boundary between versions that the spec knows, in order. */
export const changes: readonly Change[] = [
  { id: 'RELAYS', version: 124, commit: '8c1eca51', says: 'twins have a relay and a public key instead of an IP' },
  { id: 'NODE-POWER', version: 125, commit: '861db031', says: 'nodes can be switched off' },
  { id: 'FREE-SERIALS', version: 128, commit: '15d9f5d9', says: 'serial numbers of nodes are hardly checked any more' },
  {
    id: 'HOURLY-DISCOUNT',
    version: 130,
    commit: '81a1cc5e',
    says: 'the discount is decided by what a period makes an hour, with Q-DISCOUNT-PERIOD',
  },
  { id: 'FREE-NAMES', version: 131, commit: '58e98463', says: 'cities and countries may have any name' },
  { id: 'LOWER-THRESHOLDS', version: 132, commit: '82f71139', says: 'half the months of funds reach a discount level' },
  { id: 'GRACE-ADDS-UP', version: 132, commit: 'f0ee5538', says: 'what a contract in grace owes adds up' },
  { id: 'BILLING-INFORMATION-OF-NODES', version: 133, commit: 'fa5a7eff', says: 'only node contracts have billing information' },
  { id: 'NO-EMPTY-PAYOUT', version: 134, commit: '6c41d4a0', says: 'a payout of nothing does nothing' },
  {
    id: 'FRAME-0-9-42',
    version: 140,
    commit: '5605bca6',
    says: 'polkadot-v0.9.42: balances move to the fungible traits, errors about tokens get other names',
  },
  {
    id: 'LOOP-BY-ID',
    version: 140,
    commit: 'fd01ae62',
    says: 'a contract is billed at its id modulo the frequency, and struck off when it ends',
  },
  {
    id: 'SURCHARGE',
    version: 140,
    commit: 'd06c022f',
    says: 'farmers’ surcharges on nodes; costs are rounded, and a payout keeps the existential deposit back',
  },
  { id: 'NO-TIME-NO-COST', version: 141, commit: '0f1455ef', says: 'no time, no cost' },
  { id: 'FARM-IDS', version: 142, commit: '44a8ab57', says: 'arguments that name a farm are called farm_id' },
  { id: 'ONE-ERROR-FOR-RENTED', version: 142, commit: '2b66521f', says: 'nobody but the tenant deploys on a rented node' },
  { id: 'NO-SUDO', version: 143, commit: '215a12af', says: 'the sudo pallet goes; pallets have explicit indices' },
  {
    id: 'RECORDED-AT-144',
    version: 144,
    commit: '439e6919',
    says: 'what was recorded from the runtimes of 123 and 144 alone, weights, error lists and items: the versions between take those of 123',
  },
  { id: 'FARM-IPS-CHECKED', version: 146, commit: '32195fa1', says: 'the IPs of a new farm are checked: ends Q-FARM-IP-UNCHECKED' },
  { id: 'DISCOUNT-DIVIDES', version: 149, commit: 'c749b55c', says: 'the discount divides by the period: ends Q-DISCOUNT-PERIOD' },
]
