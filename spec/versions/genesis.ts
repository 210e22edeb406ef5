/**
 * The state that every sequence begins with, as data: the same list fills the reference and the runtime.
 *
 * It resembles a development chain, with these differences: every account of a role (foundation, sales, block author, …)
 * is nobody who acts, so that money that arrives there is visible; the council is one member by default, whose proposals
 * of threshold 1 execute at once.
 */
import { agenda } from './agenda.js'
import { fixed, u64, vec, type AccountId, type Bytes, type ShapeDef } from '../kernel/shape.js'

/** One storage entry: item and key arguments and value in memory form. */
export interface GenesisEntry {
  readonly pallet: string
  readonly item: string
  readonly args: readonly unknown[]
  readonly value: unknown
  /** Set where the runtime's metadata hides the item (Aura's in 123): keys are then plain, without arguments. */
  readonly hidden?: ShapeDef
}

export interface GenesisOptions {
  /** Members of the council; [alice] by default. */
  readonly council?: readonly AccountId[]
  /** Validators of the bridge; bob, charlie and dave by default. */
  readonly bridgeValidators?: readonly AccountId[]
  /** Blocks between two bills of a contract; 10 by default, as on a development chain. */
  readonly billingFrequency?: bigint
}

const account = (hex: string): AccountId => Buffer.from(hex, 'hex').toString('latin1') as AccountId

/** Public keys (sr25519) of the development accounts //Alice, //Bob, … of Substrate's well-known phrase: they can sign on a live node. */
export const actors = {
  alice: account('d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d'),
  bob: account('8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48'),
  charlie: account('90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22'),
  dave: account('306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20'),
  eve: account('e659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e'),
  ferdie: account('1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c'),
  grace: account('3639103416b054f3362b835dded8ca33c11f11d4360a6f434034e9b46662693d'),
  heidi: account('0ae1adab2f9cccccb43988491aa4a8b0be71497a06472bbc93ab001b85a1be08'),
  ivan: account('ec45b5f4481d620bdeb1193911665614d4035df9dd0c7cacb1bb7df3ea9fab43'),
  judy: account('c4a56eb34eee8a6df43d64b0d48d499400bf30d5bb8f168996de9ced82e90415'),
  mallory: account('2e7a680a577dec1951e26b7c955a7f142bb730b54fa73fd328ecb897251efb4f'),
  niaj: account('f265fcdd7dd4ae9a67c7bcdabc4db2f7e076764dfd92f9e07cad36c31deeb11e'),
  /** Has 5 TFT, where the others have a million. */
  olivia: account('24ee8a659c6716fe9f7cb4e9e028602aa12867654ca02737da9171b7ff697d5c'),
  /** Has nothing: not even an account. */
  peggy: account('88ff0f9b8f5a586808c59587241f5a26bbcf50f3c3050dcdbeef90c3a566b739'),
} as const satisfies Readonly<Record<string, AccountId>>

export type ActorName = keyof typeof actors

/** Accounts that receive and never act. */
export const roles = {
  foundation: account('f0'.repeat(32)),
  sales: account('f1'.repeat(32)),
  bridgeFee: account('f2'.repeat(32)),
  /** 5CNposRewardAccount11111111111111111111111111FSU, a constant of the runtime. @source runtime/src/lib.rs `get_staking_pool_account` @439e6919 */
  stakingPool: account('0dd1d1a6e5a35aa8c7f5e57e1edd0c3fbd6abf2eaa8ef42548986e54a2562000'),
  /** //Validator, the only one: author of every block, and so the receiver of fees. */
  validator: account('28f8a14f3c22ac443b568ca248584de1fd18a61f57ce3da66f6bb24bb00c2c23'),
} as const satisfies Readonly<Record<string, AccountId>>

/** When the genesis is, ms since 1970: 2023-07-01, on a slot's edge. The first block comes later. */
export const genesisTimeMs = 1_688_169_600_000
/** Aura's slots, ms. */
export const slotMs = 6_000

const tft = 10_000_000n
/** What an account holds at the beginning, 1e-7 TFT. */
export const endowment: ReadonlyMap<AccountId, bigint> = new Map<AccountId, bigint>([
  ...Object.entries(actors)
    .filter(([name]) => name !== 'peggy')
    .map(([name, who]) => [who, name === 'olivia' ? 5n * tft : 1_000_000n * tft] as const),
  ...Object.values(roles).map((who) => [who, tft] as const),
])

const text = (ascii: string): Bytes => ascii
const variant = (type: string): { readonly type: string; readonly value: undefined } => ({ type, value: undefined })
const sorted = (accounts: readonly AccountId[]): readonly AccountId[] => [...accounts].sort()
const entry = (pallet: string, item: string, args: readonly unknown[], value: unknown): GenesisEntry => ({ pallet, item, args, value })

/**
 * 123 still has the sudo key (until 143), pallet-balances' old logic and an Aura that hides its storage (until 140). The
 * versions between are not tried.
 */
const isOld = (version: number): boolean => version <= 123
/** Marks an account of pallet-balances' new logic (holds and freezes). */
const newLogicFlag = 1n << 127n

function system(version: number): GenesisEntry[] {
  const data = (free: bigint) =>
    isOld(version) ? { free, reserved: 0n, miscFrozen: 0n, feeFrozen: 0n } : { free, reserved: 0n, frozen: 0n, flags: newLogicFlag }
  const accounts = [...endowment].map(([who, free]) =>
    entry('System', 'Account', [who], { nonce: 0, consumers: 0, providers: 1, sufficients: 0, data: data(free) }),
  )
  const issued = [...endowment.values()].reduce((sum, amount) => sum + amount, 0n)
  const parent = text('E'.repeat(32))
  return [
    // Else the first block runs the version's migrations.
    entry('System', 'LastRuntimeUpgrade', [], { specVersion: version, specName: text('substrate-threefold') }),
    entry('System', 'UpgradedToU32RefCount', [], true),
    entry('System', 'UpgradedToTripleRefCount', [], true),
    entry('System', 'BlockHash', [0], parent),
    entry('System', 'ParentHash', [], parent),
    entry('Timestamp', 'Now', [], BigInt(genesisTimeMs)),
    ...accounts,
    entry('Balances', 'TotalIssuance', [], issued),
  ]
}

/** One validator, known to all who ask: an empty list of authorities panics. */
function consensus(version: number): GenesisEntry[] {
  const { validator } = roles
  const keys = { aura: validator, grandpa: validator }
  const slot = BigInt(genesisTimeMs / slotMs)
  const aura = (item: string, value: unknown, hidden: ShapeDef): GenesisEntry => ({
    ...entry('Aura', item, [], value),
    ...(isOld(version) ? { hidden } : {}),
  })
  return [
    entry('ValidatorSet', 'Validators', [], [validator]),
    entry('ValidatorSet', 'ApprovedValidators', [], [validator]),
    entry('Session', 'Validators', [], [validator]),
    entry('Session', 'QueuedKeys', [], [[validator, keys]]),
    entry('Session', 'NextKeys', [validator], keys),
    entry('Session', 'KeyOwner', [[text('aura'), validator]], validator),
    entry('Session', 'KeyOwner', [[text('gran'), validator]], validator),
    aura('Authorities', [validator], vec(fixed(32))),
    aura('CurrentSlot', slot, u64),
  ]
}

const policy = (value: number, unit: string): { readonly value: number; readonly unit: ReturnType<typeof variant> } => ({
  value,
  unit: variant(unit),
})

function grid(version: number): GenesisEntry[] {
  const pricing = {
    version: 4,
    id: 1,
    name: text('threefold_default_pricing_policy'),
    su: policy(100_000, 'Gigabytes'),
    cu: policy(200_000, 'Gigabytes'),
    nu: policy(30_000, 'Gigabytes'),
    ipu: policy(50_000, 'Gigabytes'),
    uniqueName: policy(10_000, 'Gigabytes'),
    domainName: policy(20_000, 'Gigabytes'),
    foundationAccount: roles.foundation,
    certifiedSalesAccount: roles.sales,
    discountForDedicationNodes: 50,
  }
  const farming = (id: number, name: string, certification: string, cu: number, su: number, nu: number, ipv4: number) =>
    entry('TfgridModule', 'FarmingPoliciesMap', [id], {
      version: 2,
      id,
      name: text(name),
      ...{ cu, su, nu, ipv4 },
      minimalUptime: 95,
      policyCreated: 0,
      policyEnd: 0,
      immutable: false,
      default: true,
      nodeCertification: variant(certification),
      farmCertification: variant('NotCertified'),
    })
  return [
    entry('TfgridModule', 'PricingPolicies', [1], pricing),
    entry('TfgridModule', 'PricingPolicyID', [], 1),
    entry('TfgridModule', 'PricingPolicyIdByName', [pricing.name], 1),
    farming(1, 'threefold_default_diy_farming_policy', 'Diy', 2400, 1000, 30, 5),
    farming(2, 'threefold_default_certified_farming_policy', 'Certified', 3000, 1250, 38, 6),
    entry('TfgridModule', 'FarmingPolicyID', [], 2),
    entry('TfgridModule', 'ConnectionPrice', [], 80),
    ...(isOld(version)
      ? []
      : [
          entry('TfgridModule', 'PalletVersion', [], variant('V15Struct')),
          entry('SmartContractModule', 'PalletVersion', [], variant('V11')),
        ]),
  ]
}

function money(options: GenesisOptions): GenesisEntry[] {
  const bridge = options.bridgeValidators ?? [actors.bob, actors.charlie, actors.dave]
  const fee = 10_000_000n
  return [
    entry('SmartContractModule', 'BillingFrequency', [], options.billingFrequency ?? 10n),
    entry('TFTBridgeModule', 'Validators', [], sorted(bridge)),
    entry('TFTBridgeModule', 'FeeAccount', [], roles.bridgeFee),
    entry('TFTBridgeModule', 'WithdrawFee', [], fee),
    entry('TFTBridgeModule', 'DepositFee', [], fee),
    entry('TFTPriceModule', 'MinTftPrice', [], 10),
    entry('TFTPriceModule', 'MaxTftPrice', [], 1000),
    entry('TFTPriceModule', 'TftPrice', [], 50),
    entry('TFTPriceModule', 'AverageTftPrice', [], 50),
  ]
}

/**
 * The genesis of a version.
 * @param version spec_version; 123 and 144 are tried on their runtimes
 */
export function genesis(version: number, options: GenesisOptions = {}): readonly GenesisEntry[] {
  const council = sorted(options.council ?? [actors.alice])
  return [
    ...system(version),
    ...consensus(version),
    entry('Council', 'Members', [], council),
    entry('CouncilMembership', 'Members', [], council),
    ...(isOld(version) ? [entry('Sudo', 'Key', [], actors.alice)] : []),
    ...grid(version),
    ...money(options),
  ]
}

/** The states that sequences begin with, by name. */
export const genesisNames = ['default', 'council-of-three', 'root-agenda'] as const
export type GenesisName = (typeof genesisNames)[number]

/**
 * `default`: a council of one, whose motions of threshold 1 execute at once. `council-of-three`: Alice, Bob and Charlie, who
 * have to vote. `root-agenda`: as `default`, and Root has something to do in the first hundreds of blocks; 123's scheduler is
 * not described, so there nothing is on the agenda.
 */
export const genesisNamed = (name: GenesisName, version: number): readonly GenesisEntry[] => [
  ...genesis(version, name === 'council-of-three' ? { council: [actors.alice, actors.bob, actors.charlie] } : {}),
  ...(name === 'root-agenda' && !isOld(version) ? agenda(actors) : []),
]
