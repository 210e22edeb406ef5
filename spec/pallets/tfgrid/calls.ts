/**
 * The calls of users and farmers, and those about farms that the council makes. The calls about nodes and policies are in
 * `calls-node.ts`.
 *
 * An id that is given out is the last one plus one, as a u32: after 2^32 - 1 comes 0.
 * @source pallet-tfgrid/src/lib.rs `#[pallet::call]` @439e6919
 */
import { call, type CallType } from '../../kernel/call.js'
import type { Item } from '../../kernel/item.js'
import { account, bool, bytes, changed, option, struct, u32, unit, vec } from '../../kernel/shape.js'
import type { World } from '../../kernel/world.js'
import { entityOf, nothing, signer, twinOf } from './callers.js'
import { EntityID, FarmID, Nodes, TwinID } from './items.js'
import { FarmCertification, FarmingPolicyLimit, Ip4, RELAYS } from './types.js'

const pallet = 'TfgridModule'
const signed = 'signed' as const
const restricted = 'restricted' as const

/** A call's arguments. */
export type ArgsOf<C> = C extends CallType<infer A> ? A : never

const nextOf = (machine: string, last: Item<undefined, number, number>) => (w: World) => ({ machine, key: (w.get(last) + 1) >>> 0 })
const twinById = (_: World, { twinId }: { readonly twinId: number }) => ({ machine: 'twin', key: twinId })
const farmById = (_: World, { farmId }: { readonly farmId: number }) => ({ machine: 'farm', key: farmId })

/** The first version that names a farm by `farmId` in the calls about its IPs; before it, by `id`. */
export const FARM_IDS = 142
interface FarmOfIp {
  readonly farmId?: number | undefined
  readonly id?: number | undefined
}
const farmByEitherName = (_: World, { farmId, id }: FarmOfIp) => ({ machine: 'farm', key: farmId ?? id })

/** Consents to a document. Creating a twin needs it. */
export const userAcceptTc = call(pallet, 'userAcceptTc', struct({ documentLink: bytes, documentHash: bytes }), {
  from: 123,
  origin: signed,
  subject: (_w, _args, origin) => ({ machine: 'terms', key: signer(origin) }),
})

/** Creates the caller's twin. `relay`: where it is reached; `pk`: its key on the message bus, unchecked; `ip`: its IPv6 address. */
export const createTwin = call(
  pallet,
  'createTwin',
  changed(struct({ ip: bytes }), RELAYS, struct({ relay: option(bytes), pk: option(bytes) })),
  {
    from: 123,
    origin: signed,
    subject: nextOf('twin', TwinID),
  },
)
/** Replaces relay and key of the caller's twin; what is not given is removed. */
export const updateTwin = call(pallet, 'updateTwin', struct({ relay: option(bytes), pk: option(bytes) }), {
  origin: signed,
  subject: (w, _args, origin) => ({ machine: 'twin', key: twinOf(w, origin) }),
})
/** Adds an entity's proof to the caller's twin. `signature`: 128 hexadecimal digits, over both ids as four bytes each, big endian. */
export const addTwinEntity = call(pallet, 'addTwinEntity', struct({ twinId: u32, entityId: u32, signature: bytes }), {
  origin: signed,
  subject: twinById,
})
/** Removes the first proof of an entity from the caller's twin. */
export const deleteTwinEntity = call(pallet, 'deleteTwinEntity', struct({ twinId: u32, entityId: u32 }), {
  origin: signed,
  subject: twinById,
})
/** Bonds the caller's account to somebody else's twin, in place of the one bonded before. */
export const bondTwinAccount = call(pallet, 'bondTwinAccount', struct({ twinId: u32 }), { origin: signed, subject: twinById })

/** Creates the entity of `target`. Anybody may: `target` agreed by `signature`, over name, country and city in one. */
export const createEntity = call(
  pallet,
  'createEntity',
  struct({ target: account, name: bytes, country: bytes, city: bytes, signature: bytes }),
  { origin: signed, subject: nextOf('entity', EntityID) },
)
/** Replaces name, country and city of the caller's entity. */
export const updateEntity = call(pallet, 'updateEntity', struct({ name: bytes, country: bytes, city: bytes }), {
  origin: signed,
  subject: (w, _args, origin) => ({ machine: 'entity', key: entityOf(w, origin) }),
})
/** Deletes the caller's entity. */
export const deleteEntity = call(pallet, 'deleteEntity', unit, {
  origin: signed,
  subject: (w, _args, origin) => ({ machine: 'entity', key: entityOf(w, origin) }),
})

/** Creates a farm of the caller's twin. */
export const createFarm = call(pallet, 'createFarm', struct({ name: bytes, publicIps: vec(Ip4) }), {
  from: 123,
  origin: signed,
  subject: nextOf('farm', FarmID),
})
/** Renames a farm of the caller's. */
export const updateFarm = call(pallet, 'updateFarm', struct({ farmId: u32, name: bytes }), { origin: signed, subject: farmById })
/** Sets where a farm's rewards go. */
export const addStellarPayoutV2address = call(pallet, 'addStellarPayoutV2address', struct({ farmId: u32, stellarAddress: bytes }), {
  origin: signed,
  subject: farmById,
})
/** Adds a public IP to a farm of the caller's. */
export const addFarmIp = call(
  pallet,
  'addFarmIp',
  changed(struct({ id: u32, ip: bytes, gw: bytes }), FARM_IDS, struct({ farmId: u32, ip: bytes, gw: bytes })),
  {
    from: 123,
    origin: signed,
    subject: farmByEitherName,
  },
)
/** Removes a public IP that is free from a farm of the caller's. */
export const removeFarmIp = call(
  pallet,
  'removeFarmIp',
  changed(struct({ id: u32, ip: bytes }), FARM_IDS, struct({ farmId: u32, ip: bytes })),
  {
    from: 123,
    origin: signed,
    subject: farmByEitherName,
  },
)
/** Deletes a node as its farmer. The farm decides: that of the node. */
export const deleteNodeFarm = call(pallet, 'deleteNodeFarm', struct({ nodeId: u32 }), {
  origin: signed,
  subject: (w, { nodeId }) => ({ machine: 'farm', key: w.get(Nodes, nodeId)?.farmId ?? nothing }),
})

/** Certifies a farm, or takes its certificate. */
export const setFarmCertification = call(pallet, 'setFarmCertification', struct({ farmId: u32, certification: FarmCertification }), {
  origin: restricted,
  subject: farmById,
})
/** Makes a farm's nodes available as a whole only, or shares them. */
export const setFarmDedicated = call(pallet, 'setFarmDedicated', struct({ farmId: u32, dedicated: bool }), {
  origin: restricted,
  subject: farmById,
})
/** Frees a public IP of a farm, whoever has reserved it. */
export const forceResetFarmIp = call(pallet, 'forceResetFarmIp', struct({ farmId: u32, ip: bytes }), {
  origin: restricted,
  subject: farmById,
})
/** Attaches a farming policy to a farm and to those of its nodes that carry a default one. Without limits nothing happens. */
export const attachPolicyToFarm = call(pallet, 'attachPolicyToFarm', struct({ farmId: u32, limits: option(FarmingPolicyLimit) }), {
  origin: restricted,
  subject: farmById,
})

/**
 * The longest arguments that decode: bytes of a text, elements of a list; `[]` names the elements. An extrinsic with a longer
 * one never enters (the runtime traps: «Bad input data provided to apply_extrinsic: Codec error»).
 * @source pallet-tfgrid/src/types.rs, terms_cond.rs, node.rs; support/src/types.rs; runtime/src/lib.rs @439e6919
 */
export const argumentLimits: Readonly<Record<string, number>> = {
  'TfgridModule.userAcceptTc.documentLink': 2048,
  'TfgridModule.userAcceptTc.documentHash': 50,
  'TfgridModule.createTwin.relay': 1024,
  'TfgridModule.createTwin.pk': 128,
  'TfgridModule.createTwin.ip': 39,
  'TfgridModule.updateTwin.relay': 1024,
  'TfgridModule.updateTwin.pk': 128,
  'TfgridModule.createEntity.country': 56,
  'TfgridModule.createEntity.city': 58,
  'TfgridModule.updateEntity.country': 56,
  'TfgridModule.updateEntity.city': 58,
  'TfgridModule.createFarm.name': 40,
  'TfgridModule.createFarm.publicIps': 512,
  'TfgridModule.createFarm.publicIps[].ip': 18,
  'TfgridModule.createFarm.publicIps[].gw': 15,
  'TfgridModule.updateFarm.name': 40,
  'TfgridModule.addFarmIp.ip': 18,
  'TfgridModule.addFarmIp.gw': 15,
  'TfgridModule.removeFarmIp.ip': 18,
  'TfgridModule.forceResetFarmIp.ip': 18,
}
