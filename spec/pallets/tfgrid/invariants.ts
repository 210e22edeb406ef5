import { each, invariant, watch, type Invariant } from '../../kernel/invariant.js'
import type { Item } from '../../kernel/item.js'
import { FarmWeight } from '../dao/items.js'
import { gridStepInvariants } from './step.invariants.js'
import {
  AllowedNodeCertifiers,
  Entities,
  EntityID,
  EntityIdByAccountID,
  EntityIdByName,
  FarmID,
  FarmIdByName,
  FarmingPoliciesMap,
  FarmingPolicyID,
  Farms,
  NodeID,
  NodeIdByTwinID,
  Nodes,
  NodesByFarmID,
  PricingPolicies,
  PricingPolicyID,
  PricingPolicyIdByName,
  TwinBoundedAccountID,
  TwinID,
  TwinIdByAccountID,
  Twins,
  UsersTermsAndConditions,
} from './items.js'
import { weightOf } from './resources.js'
import { faultOfIp4 } from './validation/ip4.js'

/** What has ids, and who gives them out. */
const counted: readonly (readonly [name: string, entities: Item<number>, counter: Item<undefined, number, number>])[] = [
  ['twin', Twins, TwinID],
  ['farm', Farms, FarmID],
  ['node', Nodes, NodeID],
  ['entity', Entities, EntityID],
]

/** What holds about twins, farms and nodes at any time. */
export const gridInvariants: readonly Invariant[] = [
  each(
    'INV-TG-1',
    'an account has one twin, and the twin has that account',
    TwinIdByAccountID,
    (w, who, id) => (w.get(Twins, id)?.accountId === who ? null : `twin ${id} is indexed under another account`),
    {
      also: [watch(Twins, (w, id, before) => [w.get(Twins, id)?.accountId, before?.accountId].filter((who) => who !== undefined))],
    },
  ),
  each(
    'INV-TG-7',
    'a twin is found by its account',
    Twins,
    (w, id, { accountId }) => (w.get(TwinIdByAccountID, accountId) === id ? null : `twin ${id} is not indexed`),
    {
      also: [watch(TwinIdByAccountID, (w, who, before) => [w.get(TwinIdByAccountID, who), before].filter((id) => id !== undefined))],
    },
  ),
  each(
    'INV-TG-2',
    'a farm is found by its name, and by no other',
    Farms,
    (w, id, { name }) => (w.get(FarmIdByName, name) === id ? null : `farm ${id} is not found as ${name}`),
    { also: [watch(FarmIdByName, (w, name, before) => [w.get(FarmIdByName, name), before].filter((id) => id !== undefined))] },
  ),
  each(
    'INV-TG-8',
    'a name leads to the farm that has it',
    FarmIdByName,
    (w, name, id) => (w.get(Farms, id)?.name === name ? null : `${name} leads to farm ${id}`),
    {
      also: [watch(Farms, (w, id, before) => [w.get(Farms, id)?.name, before?.name].filter((name) => name !== undefined))],
    },
  ),
  each(
    'INV-TG-3',
    'a farm lists its nodes, each once, and no others',
    NodesByFarmID,
    (w, farm, ids) =>
      ids.filter((id, i) => w.get(Nodes, id)?.farmId !== farm || ids.indexOf(id) !== i).map((id) => `farm ${farm} lists node ${id}`),
    {
      also: [watch(Nodes, (w, id, before) => [w.get(Nodes, id)?.farmId, before?.farmId].filter((farm) => farm !== undefined))],
      brokenBy: ['Q-NODE-LIST-UNSORTED'],
    },
  ),
  each(
    'INV-TG-9',
    'a node is listed by its farm',
    Nodes,
    (w, id, { farmId }) => (w.get(NodesByFarmID, farmId).includes(id) ? null : `farm ${farmId} does not list node ${id}`),
    {
      also: [watch(NodesByFarmID, (w, farm, before) => [...w.get(NodesByFarmID, farm), ...(before ?? [])])],
    },
  ),
  each(
    'INV-TG-4',
    'a node is found by its twin',
    Nodes,
    (w, id, { twinId }) => (w.get(NodeIdByTwinID, twinId) === id ? null : `twin ${twinId} does not lead to node ${id}`),
    {
      also: [watch(NodeIdByTwinID, (w, twin, before) => [w.get(NodeIdByTwinID, twin), before ?? 0])],
    },
  ),
  each(
    'INV-TG-10',
    'a twin leads to a node only while it is one: who deleted a node may register again',
    NodeIdByTwinID,
    (w, twin, id) => (w.get(Nodes, id)?.twinId === twin ? null : `twin ${twin} leads to node ${id}, which is not its own`),
    {
      also: [watch(Nodes, (w, id, before) => [w.get(Nodes, id)?.twinId, before?.twinId].filter((twin) => twin !== undefined))],
      brokenBy: ['Q-NODE-TWIN-LINGERS'],
    },
  ),
  each(
    'INV-TG-5',
    'a farm has an address once',
    Farms,
    (_, farm, { publicIps }) => {
      const ips = new Set(publicIps.map(({ ip }) => ip))
      return ips.size === publicIps.length ? null : `farm ${farm} has an address twice`
    },
    { brokenBy: ['Q-FARM-IP-TWICE'] },
  ),
  each(
    'INV-TG-11',
    'a public IP is an IPv4 network with a gateway in it',
    Farms,
    (_, farm, { publicIps }) =>
      publicIps.filter(({ ip, gateway }) => faultOfIp4({ ip, gw: gateway }) !== null).map(({ ip }) => `farm ${farm} has ${ip}`),
    { brokenBy: ['Q-FARM-IP-UNCHECKED'] },
  ),
  {
    ...invariant('INV-TG-6', 'no id of a twin, farm, node or entity lies above its counter', [TwinID, FarmID, NodeID, EntityID], (w) =>
      counted.flatMap(([name, entities, counter]) =>
        [...w.entries(entities)].filter(([id]) => id > w.get(counter)).map(([id]) => `${name} ${id}`),
      ),
    ),
    reads: counted.flatMap(([, entities, counter]) => [entities, counter]),
    // Only a counter that fell concerns entities that are not touched.
    brokenIn: (step) =>
      counted.flatMap(([name, entities, counter]) => {
        const ids =
          step.w.get(counter) < step.before(counter) ? [...step.w.entries(entities)].map(([id]) => id) : [...step.touched(entities).keys()]
        return ids.filter((id) => step.w.has(entities, id) && id > step.w.get(counter)).map((id) => `${name} ${id}`)
      }),
  },
  invariant(
    'INV-TG-12',
    'no policy’s id lies above the counter: the next policy is a new one',
    [PricingPolicies, PricingPolicyID, FarmingPoliciesMap, FarmingPolicyID],
    (w) => [
      ...[...w.entries(PricingPolicies)].filter(([id]) => id > w.get(PricingPolicyID)).map(([id]) => `pricing policy ${id}`),
      ...[...w.entries(FarmingPoliciesMap)].filter(([id]) => id > w.get(FarmingPolicyID)).map(([id]) => `farming policy ${id}`),
    ],
    ['Q-PRICING-POLICY-REWINDS'],
  ),
  each(
    'INV-TG-13',
    'the name of a pricing policy leads to the policy that has it',
    PricingPolicyIdByName,
    (w, name, id) => (w.get(PricingPolicies, id)?.name === name ? null : `${name} leads to pricing policy ${id}`),
    {
      also: [
        watch(PricingPolicies, (w, id, before) => [w.get(PricingPolicies, id)?.name, before?.name].filter((name) => name !== undefined)),
      ],
      brokenBy: ['Q-PRICING-POLICY-REWINDS'],
    },
  ),
  each(
    'INV-TG-14',
    'an entity is found by its account',
    Entities,
    (w, id, { accountId }) => (w.get(EntityIdByAccountID, accountId) === id ? null : `entity ${id} is not found by its account`),
    {
      also: [watch(EntityIdByAccountID, (w, who, before) => [w.get(EntityIdByAccountID, who), before].filter((id) => id !== undefined))],
    },
  ),
  each(
    'INV-TG-15',
    'an account of an entity, or its name, leads to an entity that is there',
    EntityIdByAccountID,
    (w, who, id) => (w.get(Entities, id)?.accountId === who ? null : `an account leads to entity ${id}`),
    {
      also: [watch(Entities, (w, id, before) => [w.get(Entities, id)?.accountId, before?.accountId].filter((who) => who !== undefined))],
    },
  ),
  each(
    'INV-TG-16',
    'an entity is found by its name',
    Entities,
    (w, id, { name }) => (w.get(EntityIdByName, name) === id ? null : `entity ${id} is not found as ${name}`),
    {
      also: [watch(EntityIdByName, (w, name, before) => [w.get(EntityIdByName, name), before].filter((id) => id !== undefined))],
    },
  ),
  each(
    'INV-TG-17',
    'a name that leads to an entity is its name',
    EntityIdByName,
    (w, name, id) => (w.get(Entities, id)?.name === name ? null : `${name} leads to entity ${id}`),
    {
      also: [watch(Entities, (w, id, before) => [w.get(Entities, id)?.name, before?.name].filter((name) => name !== undefined))],
    },
  ),
  each(
    'INV-TG-18',
    'a farm’s limits are of a farming policy that exists',
    Farms,
    (w, farm, { farmingPolicyLimits: limits }) =>
      limits === undefined || w.has(FarmingPoliciesMap, limits.farmingPolicyId)
        ? null
        : `farm ${farm} has limits of policy ${limits.farmingPolicyId}`,
    { brokenBy: ['Q-FARM-POLICY-MISSING'] },
  ),
  each('INV-TG-19', 'whoever has a twin has consented to the terms', Twins, (w, id, { accountId }) =>
    w.has(UsersTermsAndConditions, accountId) ? null : `twin ${id} consented to nothing`,
  ),
  each('INV-TG-20', 'a node belongs to a farm and a twin that exist', Nodes, (w, id, { farmId, twinId }) =>
    w.has(Farms, farmId) && w.has(Twins, twinId) ? null : `node ${id} is of farm ${farmId} and twin ${twinId}`,
  ),
  each('INV-TG-21', 'a farm belongs to a twin that exists', Farms, (w, id, { twinId }) =>
    w.has(Twins, twinId) ? null : `farm ${id} is of twin ${twinId}`,
  ),
  each('INV-TG-22', 'a twin is never bonded to itself', TwinBoundedAccountID, (w, id, who) =>
    w.has(Twins, id) && w.get(Twins, id)!.accountId !== who ? null : `twin ${id} is bonded to itself`,
  ),
  invariant('INV-TG-23', 'the certifiers are listed once each, in the order of their bytes', [AllowedNodeCertifiers], (w) => {
    const list = w.get(AllowedNodeCertifiers) ?? []
    return list.every((who, i) => i === 0 || list[i - 1]! < who) ? [] : ['the certifiers are not in order']
  }),
  each(
    'INV-TG-24',
    'a farm’s weight in votes is that of its nodes',
    NodesByFarmID,
    (w, farm, ids) => {
      const sum = ids.reduce((weight, id) => weight + (w.has(Nodes, id) ? weightOf(w.get(Nodes, id)!.resources) : 0n), 0n)
      return BigInt.asUintN(64, sum) === w.get(FarmWeight, farm) ? null : `farm ${farm} weighs ${w.get(FarmWeight, farm)}, its nodes ${sum}`
    },
    {
      also: [
        watch(FarmWeight, (_, farm) => [farm]),
        watch(Nodes, (w, id, before) => [w.get(Nodes, id)?.farmId, before?.farmId].filter((farm) => farm !== undefined)),
      ],
      brokenBy: ['Q-NODE-LIST-UNSORTED'],
    },
  ),
  ...gridStepInvariants,
]
