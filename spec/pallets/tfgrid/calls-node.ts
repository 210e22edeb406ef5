/**
 * Calls about nodes, policies and the grid's settings.
 * @source pallet-tfgrid/src/lib.rs `#[pallet::call]` @439e6919
 */
import { U32 } from '../../kernel/arithmetic/integers.js'
import { call } from '../../kernel/call.js'
import type { Item } from '../../kernel/item.js'
import { account, bool, bytes, option, struct, u16, u32, u64, u8, vec } from '../../kernel/shape.js'
import type { Origin } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { FarmingPolicyID, NodeID, PricingPolicyID } from './items.js'
import { node } from './node.machine.js'
import { callingNode } from './node.state.js'
import { farmingPolicy } from './farming-policy.machine.js'
import { nodeCertifier } from './node-certifier.machine.js'
import { pricingPolicy } from './pricing-policy.machine.js'
import { tfgrid } from './tfgrid.machine.js'
import {
  FarmCertification,
  Interface,
  Location,
  NodeCertification,
  Policy,
  Power,
  PublicConfig,
  Resources,
  StorageVersion,
} from './types.js'

const TG = 'TfgridModule'
const signed = 'signed' as const
const restricted = 'restricted' as const

/** The entity that a counter's next id will name. */
const next = (machine: { readonly id: string }, counter: Item<undefined, number, number>) => (w: World) => ({
  machine: machine.id,
  key: U32.wrappingAdd(w.get(counter), 1),
})
const nodeById = (_: World, { nodeId }: { readonly nodeId: number }) => ({ machine: node.id, key: nodeId })
const nodeOfCaller = (w: World, _: unknown, origin: Origin) => ({ machine: node.id, key: callingNode(w, origin) })
const certifier = (_: World, { certifier }: { readonly certifier: string }) => ({ machine: nodeCertifier.id, key: certifier })
const settings = () => ({ machine: tfgrid.id, key: undefined })

const details = {
  farmId: u32,
  resources: Resources,
  location: Location,
  interfaces: vec(Interface),
  secureBoot: bool,
  virtualized: bool,
  serialNumber: option(bytes),
}
/** Registers the caller's twin as a node of a farm. */
export const createNode = call(TG, 'createNode', struct(details), { from: 123, origin: signed, subject: next(node, NodeID) })
/** The node replaces what it told about itself, and may change its farm. Free of charge. */
export const updateNode = call(TG, 'updateNode', struct({ nodeId: u32, ...details }), { origin: signed, subject: nodeById })
/** The node deletes itself. */
export const deleteNode = call(TG, 'deleteNode', struct({ nodeId: u32 }), { origin: signed, subject: nodeById })
/** Root and the council certify, and so does any signed account on the list of certifiers: the machine decides about those. */
export const setNodeCertification = call(TG, 'setNodeCertification', struct({ nodeId: u32, nodeCertification: NodeCertification }), {
  origin: 'any',
  subject: nodeById,
})
/** The farmer sets a node's public config; without one it is taken away. */
export const addNodePublicConfig = call(
  TG,
  'addNodePublicConfig',
  struct({ farmId: u32, nodeId: u32, publicConfig: option(PublicConfig) }),
  {
    origin: signed,
    subject: nodeById,
  },
)
/** The caller's node tells how long it has been up, seconds. Free of charge. */
export const reportUptime = call(TG, 'reportUptime', struct({ uptime: u64 }), { origin: signed, subject: nodeOfCaller })
/** The same, with the time by its own clock, in seconds since the epoch. */
export const reportUptimeV2 = call(TG, 'reportUptimeV2', struct({ uptime: u64, timestampHint: u64 }), {
  origin: signed,
  subject: nodeOfCaller,
})
/** The caller's node tells that it goes down or came up. Free of charge. */
export const changePowerState = call(TG, 'changePowerState', struct({ powerState: Power }), { origin: signed, subject: nodeOfCaller })
/** The farmer tells a node to go down or to come up. */
export const changePowerTarget = call(TG, 'changePowerTarget', struct({ nodeId: u32, powerTarget: Power }), {
  origin: signed,
  subject: nodeById,
})
/** The caller's node tells whether it has a GPU. Free of charge. */
export const setNodeGpuStatus = call(TG, 'setNodeGpuStatus', struct({ gpuStatus: bool }), { origin: signed, subject: nodeOfCaller })

/** Allows an account to certify nodes. */
export const addNodeCertifier = call(TG, 'addNodeCertifier', struct({ certifier: account }), { origin: restricted, subject: certifier })
/** Allows it no more. */
export const removeNodeCertifier = call(TG, 'removeNodeCertifier', struct({ certifier: account }), {
  origin: restricted,
  subject: certifier,
})

const pricing = {
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
}
/** Creates a pricing policy under a name that no other has. */
export const createPricingPolicy = call(TG, 'createPricingPolicy', struct(pricing), {
  origin: restricted,
  subject: next(pricingPolicy, PricingPolicyID),
})
/** Replaces all of a pricing policy but its id and version. */
export const updatePricingPolicy = call(TG, 'updatePricingPolicy', struct({ pricingPolicyId: u32, ...pricing }), {
  origin: restricted,
  subject: (_, { pricingPolicyId }) => ({ machine: pricingPolicy.id, key: pricingPolicyId }),
})

const rewards = { name: bytes, su: u32, cu: u32, nu: u32, ipv4: u32, minimalUptime: u16, policyEnd: u32 }
const eligibility = { default: bool, nodeCertification: NodeCertification, farmCertification: FarmCertification }
/** Creates a farming policy. `policyEnd`: a number of blocks from now, 0 for never. */
export const createFarmingPolicy = call(TG, 'createFarmingPolicy', struct({ ...rewards, immutable: bool, ...eligibility }), {
  origin: restricted,
  subject: next(farmingPolicy, FarmingPolicyID),
})
/** Replaces the terms of a farming policy. */
export const updateFarmingPolicy = call(TG, 'updateFarmingPolicy', struct({ farmingPolicyId: u32, ...rewards, ...eligibility }), {
  origin: restricted,
  subject: (_, { farmingPolicyId }) => ({ machine: farmingPolicy.id, key: farmingPolicyId }),
})

/** Sets the connection price that new nodes get, mUSD a month. */
export const setConnectionPrice = call(TG, 'setConnectionPrice', struct({ price: u32 }), { origin: restricted, subject: settings })
/** Sets the version of Zero-OS that nodes shall run. */
export const setZosVersion = call(TG, 'setZosVersion', struct({ zosVersion: bytes }), { origin: restricted, subject: settings })
/** Sets the layout that the pallet's storage claims to have. */
export const setStorageVersion = call(TG, 'setStorageVersion', struct({ version: StorageVersion }), {
  origin: restricted,
  subject: settings,
})

/** The machines that these calls address. */
export const tfgridNodeMachines = [node, pricingPolicy, farmingPolicy, nodeCertifier, tfgrid]

/**
 * Longest arguments that decode, in elements or bytes; a longer one makes the block builder's call trap. `[]` names the elements.
 * @source lib.rs type aliases, interface.rs, node.rs; support/src/types.rs; runtime/src/lib.rs @439e6919
 */
const detailLimits: Readonly<Record<string, number>> = {
  'location.city': 58,
  'location.country': 56,
  'location.latitude': 50,
  'location.longitude': 50,
  interfaces: 10,
  'interfaces[].name': 20,
  'interfaces[].mac': 17,
  'interfaces[].ips': 10,
  'interfaces[].ips[]': 42,
  serialNumber: 128,
}
export const nodeArgumentLimits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ['createNode', 'updateNode'].flatMap((name) => Object.entries(detailLimits).map(([arg, max]) => [`${TG}.${name}.${arg}`, max])),
  ),
  'TfgridModule.addNodePublicConfig.publicConfig.ip4.ip': 18,
  'TfgridModule.addNodePublicConfig.publicConfig.ip4.gw': 15,
  'TfgridModule.addNodePublicConfig.publicConfig.ip6.ip': 43,
  'TfgridModule.addNodePublicConfig.publicConfig.ip6.gw': 39,
  'TfgridModule.addNodePublicConfig.publicConfig.domain': 128,
}
/** What was bounded otherwise before 128. @source pallet-tfgrid/src/node.rs `MAX_SERIAL_NUMBER_LENGTH` @a3e802fe */
export const nodeArgumentLimitsBefore128: Readonly<Record<string, number>> = {
  'TfgridModule.createNode.serialNumber': 50,
  'TfgridModule.updateNode.serialNumber': 50,
}
