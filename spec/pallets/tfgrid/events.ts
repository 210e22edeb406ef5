/**
 * The events of pallet-tfgrid.
 * @source pallet-tfgrid/src/lib.rs `Event` @439e6919
 */
import { event } from '../../kernel/event.js'
import { account, bool, bytes, option, struct, tuple, u32, u64 } from '../../kernel/shape.js'
import {
  Entity,
  Farm,
  FarmCertification,
  FarmingPolicy,
  FarmingPolicyLimit,
  Node,
  NodeCertification,
  Power,
  PowerState,
  PricingPolicy,
  PublicConfig,
  Twin,
} from './types.js'

const pallet = 'TfgridModule'

export const FarmStored = event(pallet, 'FarmStored', Farm)
export const FarmUpdated = event(pallet, 'FarmUpdated', Farm)
/** Never deposited: 144 has no call that deletes a farm. */
export const FarmDeleted = event(pallet, 'FarmDeleted', u32)

export const NodeStored = event(pallet, 'NodeStored', Node)
export const NodeUpdated = event(pallet, 'NodeUpdated', Node)
export const NodeDeleted = event(pallet, 'NodeDeleted', u32)
/** Node, time of the report in seconds since the epoch, uptime in seconds. */
export const NodeUptimeReported = event(pallet, 'NodeUptimeReported', tuple(u32, u64, u64))
export const NodePublicConfigStored = event(pallet, 'NodePublicConfigStored', tuple(u32, option(PublicConfig)))

export const EntityStored = event(pallet, 'EntityStored', Entity)
export const EntityUpdated = event(pallet, 'EntityUpdated', Entity)
export const EntityDeleted = event(pallet, 'EntityDeleted', u32)

export const TwinStored = event(pallet, 'TwinStored', Twin)
export const TwinUpdated = event(pallet, 'TwinUpdated', Twin)
/** Twin, entity, the proof's signature as text. */
export const TwinEntityStored = event(pallet, 'TwinEntityStored', tuple(u32, u32, bytes))
export const TwinEntityRemoved = event(pallet, 'TwinEntityRemoved', tuple(u32, u32))
/** Never deposited: 144 has no call that deletes a twin. */
export const TwinDeleted = event(pallet, 'TwinDeleted', u32)
export const TwinAccountBounded = event(pallet, 'TwinAccountBounded', tuple(u32, account))

export const PricingPolicyStored = event(pallet, 'PricingPolicyStored', PricingPolicy)
export const FarmingPolicyStored = event(pallet, 'FarmingPolicyStored', FarmingPolicy)
export const FarmPayoutV2AddressRegistered = event(pallet, 'FarmPayoutV2AddressRegistered', tuple(u32, bytes))
/** Never deposited: `set_farm_dedicated` deposits `FarmUpdated`. */
export const FarmMarkedAsDedicated = event(pallet, 'FarmMarkedAsDedicated', u32)
export const ConnectionPriceSet = event(pallet, 'ConnectionPriceSet', u32)
export const NodeCertificationSet = event(pallet, 'NodeCertificationSet', tuple(u32, NodeCertification))
export const NodeCertifierAdded = event(pallet, 'NodeCertifierAdded', account)
export const NodeCertifierRemoved = event(pallet, 'NodeCertifierRemoved', account)
export const FarmingPolicyUpdated = event(pallet, 'FarmingPolicyUpdated', FarmingPolicy)
export const FarmingPolicySet = event(pallet, 'FarmingPolicySet', tuple(u32, option(FarmingPolicyLimit)))
export const FarmCertificationSet = event(pallet, 'FarmCertificationSet', tuple(u32, FarmCertification))
export const ZosVersionUpdated = event(pallet, 'ZosVersionUpdated', bytes)

/** Tells a node to change its power. */
export const PowerTargetChanged = event(pallet, 'PowerTargetChanged', struct({ farmId: u32, nodeId: u32, powerTarget: Power }))
/** A node tells that it changed its power. */
export const PowerStateChanged = event(pallet, 'PowerStateChanged', struct({ farmId: u32, nodeId: u32, powerState: PowerState }))
export const NodeGpuStatusChanged = event(pallet, 'NodeGpuStatusChanged', struct({ nodeId: u32, gpuStatus: bool }))
