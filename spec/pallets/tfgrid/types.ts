/**
 * The values that pallet-tfgrid stores, as shapes.
 *
 * `FarmName`, `CityName`, `CountryName`, `InterfaceName`, `InterfaceMac`, `InterfaceIp` and `SerialNumber` wrap one
 * unnamed `BoundedVec<u8, _>`: in memory they are its bytes.
 *
 * @source pallet-tfgrid/src/types.rs, node.rs, terms_cond.rs; support/src/types.rs, resources.rs @439e6919
 */
import {
  account,
  bool,
  bytes,
  changed,
  enumeration,
  option,
  struct,
  u16,
  u32,
  u64,
  u8,
  unit,
  vec,
  type ValueOf,
} from '../../kernel/shape.js'

/** The layout that the pallet's storage claims to have. @source pallet-tfgrid/src/types.rs `StorageVersion` */
export const StorageVersion = enumeration({
  V1Struct: unit,
  V2Struct: unit,
  V3Struct: unit,
  V4Struct: unit,
  V5Struct: unit,
  V6Struct: unit,
  V7Struct: unit,
  V8Struct: unit,
  V9Struct: unit,
  V10Struct: unit,
  V11Struct: unit,
  V12Struct: unit,
  V13Struct: unit,
  V14Struct: unit,
  V15Struct: unit,
})
export type StorageVersion = ValueOf<typeof StorageVersion>

/** Whether a node's hardware is certified. @source support/src/types.rs `NodeCertification` */
export const NodeCertification = enumeration({ Diy: unit, Certified: unit })
export type NodeCertification = ValueOf<typeof NodeCertification>

/** A farm's certification level. @source support/src/types.rs `FarmCertification` */
export const FarmCertification = enumeration({ NotCertified: unit, Gold: unit })
export type FarmCertification = ValueOf<typeof FarmCertification>

/** Capacity: `hru`, `sru`, `mru` in bytes, `cru` in virtual cores. @source support/src/resources.rs `Resources` */
export const Resources = struct({ hru: u64, sru: u64, cru: u64, mru: u64 })
export type Resources = ValueOf<typeof Resources>

/** A proof that an entity stands behind a twin. `signature`: 128 hexadecimal characters as text. @source types.rs `EntityProof` */
export const EntityProof = struct({ entityId: u32, signature: bytes })
export type EntityProof = ValueOf<typeof EntityProof>

/** The first version whose twins are reached through a relay; before it they have an IP of the planetary network. */
export const RELAYS = 124

/** A digital twin: an account with an address on the message bus. @source types.rs `Twin` */
export const Twin = changed(
  struct({ version: u32, id: u32, accountId: account, ip: bytes, entities: vec(EntityProof) }),
  RELAYS,
  struct({ id: u32, accountId: account, relay: option(bytes), entities: vec(EntityProof), pk: option(bytes) }),
)
export type Twin = ValueOf<typeof Twin>

/** A person or a company. @source types.rs `Entity` */
export const Entity = struct({ version: u32, id: u32, name: bytes, accountId: account, country: bytes, city: bytes })
export type Entity = ValueOf<typeof Entity>

/** A public IPv4 address of a farm, as text; `contractId` is the contract that has reserved it, 0 when free. @source support/src/types.rs `PublicIP` */
export const PublicIp = struct({ ip: bytes, gateway: bytes, contractId: u64 })
export type PublicIp = ValueOf<typeof PublicIp>

/**
 * What a farm may draw from a farming policy: `cu` and `su` in the policy's units, `end` in seconds since the epoch,
 * `nodeCertification` true for certified nodes only. Absent means unlimited.
 * @source support/src/types.rs `FarmingPolicyLimit`
 */
export const FarmingPolicyLimit = struct({
  farmingPolicyId: u32,
  cu: option(u64),
  su: option(u64),
  end: option(u64),
  nodeCount: option(u32),
  nodeCertification: bool,
})
export type FarmingPolicyLimit = ValueOf<typeof FarmingPolicyLimit>

/** A farm: nodes and public IPs of one farmer. @source support/src/types.rs `Farm` */
export const Farm = struct({
  version: u32,
  id: u32,
  name: bytes,
  twinId: u32,
  pricingPolicyId: u32,
  certification: FarmCertification,
  publicIps: vec(PublicIp),
  dedicatedFarm: bool,
  farmingPolicyLimits: option(FarmingPolicyLimit),
})
export type Farm = ValueOf<typeof Farm>

/** An IPv4 network and its gateway, as text. @source support/src/types.rs `IP4` */
export const Ip4 = struct({ ip: bytes, gw: bytes })
export type Ip4 = ValueOf<typeof Ip4>

/** An IPv6 network and its gateway, as text. @source support/src/types.rs `IP6` */
export const Ip6 = struct({ ip: bytes, gw: bytes })
export type Ip6 = ValueOf<typeof Ip6>

/** How a node is reached from the internet. @source support/src/types.rs `PublicConfig` */
export const PublicConfig = struct({ ip4: Ip4, ip6: option(Ip6), domain: option(bytes) })
export type PublicConfig = ValueOf<typeof PublicConfig>

/** A network interface of a node. @source support/src/types.rs `Interface` */
export const Interface = struct({ name: bytes, mac: bytes, ips: vec(bytes) })
export type Interface = ValueOf<typeof Interface>

/** Where a node stands, as text. @source pallet-tfgrid/src/node.rs `Location` */
export const Location = struct({ city: bytes, country: bytes, latitude: bytes, longitude: bytes })
export type Location = ValueOf<typeof Location>

/** A node. `created` in seconds since the epoch, `connectionPrice` in mUSD a month. @source support/src/types.rs `Node` */
export const Node = struct({
  version: u32,
  id: u32,
  farmId: u32,
  twinId: u32,
  resources: Resources,
  location: Location,
  publicConfig: option(PublicConfig),
  created: u64,
  farmingPolicyId: u32,
  interfaces: vec(Interface),
  certification: NodeCertification,
  secureBoot: bool,
  virtualized: bool,
  serialNumber: option(bytes),
  connectionPrice: u32,
})
export type Node = ValueOf<typeof Node>

/** What a node is asked to be. @source support/src/types.rs `Power` */
export const Power = enumeration({ Up: unit, Down: unit })
export type Power = ValueOf<typeof Power>

/** What a node says it is; `Down` holds the block in which it went down. @source support/src/types.rs `PowerState` */
export const PowerState = enumeration({ Up: unit, Down: u32 })
export type PowerState = ValueOf<typeof PowerState>

/** @source support/src/types.rs `NodePower` */
export const NodePower = struct({ state: PowerState, target: Power })
export type NodePower = ValueOf<typeof NodePower>

/** The unit that a price counts. @source types.rs `Unit` */
export const Unit = enumeration({ Bytes: unit, Kilobytes: unit, Megabytes: unit, Gigabytes: unit, Terrabytes: unit })
export type Unit = ValueOf<typeof Unit>

/** A price: `value` in 1e-7 USD per `unit` and hour. @source types.rs `Policy` */
export const Policy = struct({ value: u32, unit: Unit })
export type Policy = ValueOf<typeof Policy>

/** What users pay. `discountForDedicationNodes` in percent. @source types.rs `PricingPolicy` */
export const PricingPolicy = struct({
  version: u32,
  id: u32,
  name: bytes,
  su: Policy,
  cu: Policy,
  nu: Policy,
  ipu: Policy,
  uniqueName: Policy,
  domainName: Policy,
  foundationAccount: account,
  certifiedSalesAccount: account,
  discountForDedicationNodes: u8,
})
export type PricingPolicy = ValueOf<typeof PricingPolicy>

/** What farmers earn. `policyCreated` is a block, `policyEnd` a number of blocks after it (0: never ends). @source types.rs `FarmingPolicy` */
export const FarmingPolicy = struct({
  version: u32,
  id: u32,
  name: bytes,
  cu: u32,
  su: u32,
  nu: u32,
  ipv4: u32,
  minimalUptime: u16,
  policyCreated: u32,
  policyEnd: u32,
  immutable: bool,
  default: bool,
  nodeCertification: NodeCertification,
  farmCertification: FarmCertification,
})
export type FarmingPolicy = ValueOf<typeof FarmingPolicy>

/** A user's consent to a document. `timestamp` in seconds since the epoch. @source terms_cond.rs `TermsAndConditions` */
export const TermsAndConditions = struct({ accountId: account, timestamp: u64, documentLink: bytes, documentHash: bytes })
export type TermsAndConditions = ValueOf<typeof TermsAndConditions>
