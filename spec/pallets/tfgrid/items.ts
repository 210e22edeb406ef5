/**
 * The storage of pallet-tfgrid.
 * @source pallet-tfgrid/src/lib.rs `#[pallet::storage]` @439e6919
 */
import { map, single } from '../../kernel/item.js'
import { account, bool, bytes, u32, vec, type AccountId, type Bytes } from '../../kernel/shape.js'
import {
  Entity,
  Farm,
  FarmingPolicy,
  Node,
  NodePower as PowerOfNode,
  PricingPolicy,
  StorageVersion,
  TermsAndConditions,
  Twin,
} from './types.js'

const pallet = 'TfgridModule'
const counter = (name: string) => single(pallet, name, u32, { orElse: 0 })
const idByName = (name: string) => map<Bytes, number>(pallet, name, bytes, u32, { orElse: 0 })
const idByAccount = (name: string) => map<AccountId, number>(pallet, name, account, u32)

/** What reading a farming policy that does not exist gives: every field its type's default. */
export const noFarmingPolicy: FarmingPolicy = {
  version: 0,
  id: 0,
  name: '',
  cu: 0,
  su: 0,
  nu: 0,
  ipv4: 0,
  minimalUptime: 0,
  policyCreated: 0,
  policyEnd: 0,
  immutable: false,
  default: false,
  nodeCertification: { type: 'Diy' },
  farmCertification: { type: 'NotCertified' },
}
/** What reading the power of a node that never changed it gives. */
export const poweredUp: PowerOfNode = { state: { type: 'Up' }, target: { type: 'Up' } }

/** Farms by id. */
export const Farms = map(pallet, 'Farms', u32, Farm)
/** The ids of a farm's nodes in the order in which they came, so not always ascending. An empty list stays. */
export const NodesByFarmID = map(pallet, 'NodesByFarmID', u32, vec(u32), { orElse: [] })
/** A farm's id by its name; 0 when no farm has it. */
export const FarmIdByName = idByName('FarmIdByName')
/** Where a farm's rewards go: a Stellar address as text, unchecked; empty when none. */
export const FarmPayoutV2AddressByFarmID = map(pallet, 'FarmPayoutV2AddressByFarmID', u32, bytes, { orElse: '' })

/** Nodes by id. */
export const Nodes = map(pallet, 'Nodes', u32, Node)
/** A node's id by the id of its twin; 0 when the twin has no node. */
export const NodeIdByTwinID = map(pallet, 'NodeIdByTwinID', u32, u32, { orElse: 0 })
/** A node's power by the node's id. */
export const NodePower = map(pallet, 'NodePower', u32, PowerOfNode, { orElse: poweredUp })
/** Whether a node has a GPU, by the node's id. */
export const NodeGpuStatus = map(pallet, 'NodeGpuStatus', u32, bool, { orElse: false })

/** Entities by id. */
export const Entities = map(pallet, 'Entities', u32, Entity)
/** An entity's id by the account it stands for. */
export const EntityIdByAccountID = idByAccount('EntityIdByAccountID')
/** An entity's id by its name; 0 when no entity has it. */
export const EntityIdByName = idByName('EntityIdByName')

/** Twins by id. */
export const Twins = map(pallet, 'Twins', u32, Twin)
/** A twin's id by its account. */
export const TwinIdByAccountID = idByAccount('TwinIdByAccountID')
/** The account that a twin is bonded to. */
export const TwinBoundedAccountID = map(pallet, 'TwinBoundedAccountID', u32, account)

/** Pricing policies by id. */
export const PricingPolicies = map(pallet, 'PricingPolicies', u32, PricingPolicy)
/** A pricing policy's id by its name; 0 when no policy has it. */
export const PricingPolicyIdByName = idByName('PricingPolicyIdByName')
/** Farming policies by id. Reading an absent one gives `noFarmingPolicy`. */
export const FarmingPoliciesMap = map(pallet, 'FarmingPoliciesMap', u32, FarmingPolicy, { orElse: noFarmingPolicy })

/** What each account has consented to, oldest first; it may repeat. */
export const UsersTermsAndConditions = map(pallet, 'UsersTermsAndConditions', account, vec(TermsAndConditions))
/** Accounts that may certify nodes beside the council. */
export const AllowedNodeCertifiers = single(pallet, 'AllowedNodeCertifiers', vec(account))
/** The connection price that new nodes get, mUSD a month. */
export const ConnectionPrice = single(pallet, 'ConnectionPrice', u32, { orElse: 0 })

/** The newest ids given out; 0 before the first. */
export const FarmID = counter('FarmID')
export const NodeID = counter('NodeID')
export const EntityID = counter('EntityID')
export const TwinID = counter('TwinID')
export const PricingPolicyID = counter('PricingPolicyID')
export const FarmingPolicyID = counter('FarmingPolicyID')

/** The layout of the pallet's storage. */
export const PalletVersion = single(pallet, 'PalletVersion', StorageVersion, { orElse: { type: 'V14Struct' } })
/** The version of Zero-OS that nodes shall run. */
export const ZosVersion = single(pallet, 'ZosVersion', bytes, { orElse: '' })
