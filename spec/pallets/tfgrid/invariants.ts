import { invariant, type Invariant } from '../../kernel/invariant.js'
import { FarmID, FarmIdByName, Farms, NodeID, NodeIdByTwinID, Nodes, NodesByFarmID, TwinID, TwinIdByAccountID, Twins } from './items.js'

/** What holds about twins, farms and nodes at any time. */
export const gridInvariants: readonly Invariant[] = [
  invariant('INV-TG-1', 'an account has one twin, and the twin has that account', [Twins, TwinIdByAccountID], (w) => [
    ...[...w.entries(TwinIdByAccountID)].filter(([who, id]) => w.get(Twins, id)?.accountId !== who).map(([, id]) => `twin ${id} is indexed under another account`),
    ...[...w.entries(Twins)].filter(([id, { accountId }]) => w.get(TwinIdByAccountID, accountId) !== id).map(([id]) => `twin ${id} is not indexed`),
  ]),
  invariant('INV-TG-2', 'a farm is found by its name, and a name leads to the farm that has it', [Farms, FarmIdByName], (w) => [
    ...[...w.entries(FarmIdByName)].filter(([name, id]) => w.get(Farms, id)?.name !== name).map(([name, id]) => `${name} leads to farm ${id}`),
    ...[...w.entries(Farms)].filter(([id, { name }]) => w.get(FarmIdByName, name) !== id).map(([id, { name }]) => `farm ${id} is not found as ${name}`),
  ]),
  invariant('INV-TG-3', 'a farm lists its nodes, and no others', [Nodes, NodesByFarmID], (w) => [
    ...[...w.entries(NodesByFarmID)].flatMap(([farm, ids]) => ids.filter((id) => w.get(Nodes, id)?.farmId !== farm).map((id) => `farm ${farm} lists node ${id}`)),
    ...[...w.entries(Nodes)].filter(([id, { farmId }]) => w.get(NodesByFarmID, farmId).filter((listed) => listed === id).length !== 1).map(([id, { farmId }]) => `farm ${farmId} does not list node ${id} once`),
  ]),
  invariant('INV-TG-4', 'a node is found by its twin', [Nodes, NodeIdByTwinID], (w) =>
    [...w.entries(Nodes)].filter(([id, { twinId }]) => w.get(NodeIdByTwinID, twinId) !== id).map(([id, { twinId }]) => `twin ${twinId} does not lead to node ${id}`),
  ),
  invariant('INV-TG-5', 'a farm has an address once', [Farms], (w) =>
    [...w.entries(Farms)].flatMap(([farm, { publicIps }]) => {
      const ips = publicIps.map(({ ip }) => ip)
      return ips.filter((ip, i) => ips.indexOf(ip) !== i).map((ip) => `farm ${farm} has ${ip} twice`)
    }),
  ),
  invariant('INV-TG-6', 'no id lies above its counter', [Twins, TwinID, Farms, FarmID, Nodes, NodeID], (w) => [
    ...[...w.entries(Twins)].filter(([id]) => id > w.get(TwinID)).map(([id]) => `twin ${id}`),
    ...[...w.entries(Farms)].filter(([id]) => id > w.get(FarmID)).map(([id]) => `farm ${id}`),
    ...[...w.entries(Nodes)].filter(([id]) => id > w.get(NodeID)).map(([id]) => `node ${id}`),
  ]),
]
