import { each, watch, type Invariant } from '../../kernel/invariant.js'
import { pairKey } from '../../kernel/item.js'
import type { World } from '../../kernel/world.js'
import { Farms, Nodes, Twins } from '../tfgrid/items.js'
import { billInvariants } from './bill.invariants.js'
import { nodeContractOf, nodeIdOf } from './contract.state.js'
import {
  ActiveNodeContracts,
  ActiveRentContractForNode,
  BillingFrequency,
  ContractBillingInformationByID,
  ContractID,
  ContractIDByNameRegistration,
  ContractIDByNodeIDAndHash,
  ContractLock,
  Contracts,
  ContractsToBillAt,
  NodeContractResources,
} from './items.js'
import { LOOP_BY_ID } from './releases.js'
import { serviceInvariants } from './service.invariants.js'
import type { Contract } from './types.js'

const isLive = (contract: Contract | undefined): contract is Contract => contract !== undefined && contract.state.type !== 'Deleted'
const nodesOf = (w: World, id: bigint, before: Contract | undefined): readonly number[] =>
  [w.get(Contracts, id), before].flatMap((contract) => (contract === undefined ? [] : [nodeIdOf(contract)]))
/** A touched contract concerns the farm of its node, and the farm that its node may have left. */
const farmsOf = (w: World, id: bigint, before: Contract | undefined): readonly number[] =>
  nodesOf(w, id, before).flatMap((node) => w.get(Nodes, node)?.farmId ?? [])
const contractsOn = (w: World, node: number): readonly bigint[] => w.get(ActiveNodeContracts, node)
const same = (_: World, id: bigint): readonly bigint[] => [id]

/** What holds about grid contracts at any time. */
export const contractInvariants: readonly Invariant[] = [
  each(
    'INV-SC-1',
    'a node lists only contracts that live on it',
    ActiveNodeContracts,
    (w, node, ids) =>
      ids
        .filter((id) => {
          const contract = w.get(Contracts, id)
          return !isLive(contract) || nodeContractOf(contract)?.nodeId !== node
        })
        .map((id) => `node ${node} lists contract ${id}`),
    { also: [watch(Contracts, nodesOf)] },
  ),
  each(
    'INV-SC-2',
    'a live node contract is listed by its node exactly once',
    Contracts,
    (w, id, contract) => {
      const node = nodeContractOf(contract)?.nodeId
      if (node === undefined || contract.state.type === 'Deleted') return null
      const times = w.get(ActiveNodeContracts, node).filter((listed) => listed === id).length
      return times === 1 ? null : `node ${node} lists contract ${id} ${times} times`
    },
    { also: [watch(ActiveNodeContracts, (w, node, before) => [...contractsOn(w, node), ...(before ?? [])])] },
  ),
  each(
    'INV-SC-3',
    'a public IP that names a contract names a node contract that holds it',
    Farms,
    (w, farm, { publicIps }) =>
      publicIps
        .filter(({ contractId, ip }) => {
          if (contractId === 0n) return false
          const contract = w.get(Contracts, contractId)
          const held = contract === undefined ? null : nodeContractOf(contract)
          return held === null || !held.publicIpsList.some((other) => other.ip === ip)
        })
        .map(({ ip, contractId }) => `IP ${ip} of farm ${farm} names contract ${contractId}`),
    { also: [watch(Contracts, farmsOf)], brokenBy: ['Q-NODE-MOVES-WITH-IPS', 'Q-NODE-GONE-LINGERS'] },
  ),
  each(
    'INV-SC-4',
    'a contract reserves as many IPs as it asked for, on the farm of its node',
    Contracts,
    (w, id, contract) => {
      const held = nodeContractOf(contract)
      if (held === null || held.publicIps === 0) return null
      const node = w.get(Nodes, held.nodeId)
      const reserved = node === undefined ? 0 : (w.get(Farms, node.farmId)?.publicIps.filter((ip) => ip.contractId === id).length ?? 0)
      return reserved === held.publicIps && held.publicIpsList.length === held.publicIps
        ? null
        : `contract ${id} asked for ${held.publicIps} IPs, ${reserved} are reserved`
    },
    {
      also: [
        watch(Farms, (w, farm, before) =>
          [...(w.get(Farms, farm)?.publicIps ?? []), ...(before?.publicIps ?? [])].map((ip) => ip.contractId).filter((id) => id > 0n),
        ),
        watch(Nodes, contractsOn),
      ],
      brokenBy: ['Q-FARM-IP-RESET', 'Q-FARM-IP-TWICE', 'Q-NODE-MOVES-WITH-IPS', 'Q-NODE-GONE-LINGERS'],
    },
  ),
  each('INV-SC-5', 'every contract has a lock', Contracts, (w, id) => (w.has(ContractLock, id) ? null : `contract ${id} has no lock`), {
    also: [watch(ContractLock, same)],
  }),
  each(
    'INV-SC-14',
    'a lock goes with its contract',
    ContractLock,
    (w, id) => (w.has(Contracts, id) ? null : `a lock of contract ${id}, which is gone`),
    { also: [watch(Contracts, same)] },
  ),
  each(
    'INV-SC-6',
    'every contract stands in the billing loop once, at the index of its id',
    Contracts,
    (w, id) => {
      const turns = w.get(ContractsToBillAt, id % w.get(BillingFrequency)).filter((listed) => listed === id).length
      return turns === 1 ? null : `contract ${id} stands ${turns} times at its index`
    },
    {
      also: [
        watch(ContractsToBillAt, (w, index, before) => [...w.get(ContractsToBillAt, index), ...(before ?? [])]),
        watch(BillingFrequency, (w) => [...w.entries(Contracts)].map(([id]) => id)),
      ],
      brokenBy: ['Q-FREQUENCY-STRANDS'],
      from: LOOP_BY_ID,
    },
  ),
  each(
    'INV-SC-7',
    'the billing loop holds only contracts',
    ContractsToBillAt,
    (w, index, ids) => ids.filter((id) => !w.has(Contracts, id)).map((id) => `contract ${id} is billed at index ${index} and gone`),
    { also: [watch(Contracts, (w, id) => [id % w.get(BillingFrequency)])], brokenBy: ['Q-FREQUENCY-STRANDS'], from: LOOP_BY_ID },
  ),
  each(
    'INV-SC-8',
    'a registered name belongs to a name contract of that name',
    ContractIDByNameRegistration,
    (w, name, id) => {
      const data = w.get(Contracts, id)?.contractType
      return data?.type === 'NameContract' && data.value.name === name ? null : `name ${name} belongs to ${id}`
    },
    { also: [watch(Contracts, (w, id, before) => namesOf(w.get(Contracts, id), before))] },
  ),
  each(
    'INV-SC-15',
    'a name contract is found by its name',
    Contracts,
    (w, id, { contractType: data }) =>
      data.type !== 'NameContract' || w.get(ContractIDByNameRegistration, data.value.name) === id
        ? null
        : `contract ${id} is not found by its name`,
    { also: [watch(ContractIDByNameRegistration, (w, name, before) => [w.get(ContractIDByNameRegistration, name), before ?? 0n])] },
  ),
  each(
    'INV-SC-9',
    'a node is rented by a live rent contract on it',
    ActiveRentContractForNode,
    (w, node, id) => {
      const contract = w.get(Contracts, id)
      return isLive(contract) && contract.contractType.type === 'RentContract' && contract.contractType.value.nodeId === node
        ? null
        : `node ${node} is rented by ${id}`
    },
    { also: [watch(Contracts, nodesOf)], brokenBy: ['Q-NODE-GONE-LINGERS'] },
  ),
  each(
    'INV-SC-16',
    'a live rent contract is its node’s, so that a node is rented once',
    Contracts,
    (w, id, contract) =>
      contract.contractType.type !== 'RentContract' || w.get(ActiveRentContractForNode, nodeIdOf(contract)) === id
        ? null
        : `contract ${id} rents a node that does not know`,
    { also: [watch(ActiveRentContractForNode, (w, node, before) => [w.get(ActiveRentContractForNode, node) ?? 0n, before ?? 0n])] },
  ),
  each(
    'INV-SC-10',
    'a deployment hash on a node leads to the contract that has it',
    ContractIDByNodeIDAndHash,
    (w, key, id) => {
      const contract = w.get(Contracts, id)
      const held = contract === undefined ? null : nodeContractOf(contract)
      return held !== null && pairKey(held.nodeId, held.deploymentHash) === key ? null : `the hash index leads to contract ${id}`
    },
    { also: [watch(Contracts, (w, id, before) => hashesOf(w.get(Contracts, id), before))] },
  ),
  each(
    'INV-SC-17',
    'a live node contract is found by its node and deployment hash, so that no two have the same',
    Contracts,
    (w, id, contract) => {
      const held = nodeContractOf(contract)
      return held === null || !isLive(contract) || w.get(ContractIDByNodeIDAndHash, pairKey(held.nodeId, held.deploymentHash)) === id
        ? null
        : `contract ${id} is not found by its hash`
    },
    {
      also: [watch(ContractIDByNodeIDAndHash, (w, key, before) => [w.get(ContractIDByNodeIDAndHash, key), before ?? 0n])],
      brokenBy: ['Q-HASH-TAKEN-OVER'],
    },
  ),
  each(
    'INV-SC-11',
    'billing information goes with its contract',
    ContractBillingInformationByID,
    (w, id) => (w.has(Contracts, id) ? null : `billing information of contract ${id}, which is gone`),
    {
      also: [watch(Contracts, same)],
    },
  ),
  each(
    'INV-SC-18',
    'every node contract has billing information',
    Contracts,
    (w, id, contract) =>
      nodeContractOf(contract) === null || w.has(ContractBillingInformationByID, id) ? null : `contract ${id} has no billing information`,
    {
      also: [watch(ContractBillingInformationByID, same)],
    },
  ),
  each(
    'INV-SC-12',
    'used resources go with their contract',
    NodeContractResources,
    (w, id) => (w.has(Contracts, id) ? null : `resources of contract ${id}, which is gone`),
    { also: [watch(Contracts, same)] },
  ),
  each(
    'INV-SC-13',
    'ids of contracts are never above the counter',
    Contracts,
    (w, id) => (id > w.get(ContractID) ? `contract ${id} lies above the counter` : null),
    // Only a counter that fell concerns contracts that are not touched.
    {
      also: [watch(ContractID, (w, _, before) => (w.get(ContractID) < (before ?? 0n) ? [...w.entries(Contracts)].map(([id]) => id) : []))],
    },
  ),
  each(
    'INV-SC-19',
    'a contract that has ended is gone',
    Contracts,
    (_, id, { state }) => (state.type === 'Deleted' ? `contract ${id} has ended and is still there` : null),
    { brokenBy: ['Q-NODE-GONE-LINGERS'] },
  ),
  each(
    'INV-SC-20',
    'a contract’s node exists',
    Contracts,
    (w, id, contract) =>
      contract.contractType.type === 'NameContract' || w.has(Nodes, nodeIdOf(contract))
        ? null
        : `contract ${id} is on node ${nodeIdOf(contract)}, which is gone`,
    { also: [watch(Nodes, contractsOn)], brokenBy: ['Q-NODE-GONE-LINGERS'] },
  ),
  each('INV-SC-21', 'a contract is its owner’s: a twin that exists', Contracts, (w, id, { twinId, contractId }) =>
    w.has(Twins, twinId) && contractId === id ? null : `contract ${id} is of twin ${twinId}`,
  ),
  each(
    'INV-SC-22',
    'node contracts on a rented node are the tenant’s',
    ActiveNodeContracts,
    (w, node, ids) => {
      const rent = w.get(ActiveRentContractForNode, node)
      const tenant = rent === undefined ? undefined : w.get(Contracts, rent)?.twinId
      return tenant === undefined
        ? null
        : ids.filter((id) => w.get(Contracts, id)?.twinId !== tenant).map((id) => `contract ${id} on node ${node} is somebody else’s`)
    },
    { also: [watch(ActiveRentContractForNode, (_, node) => [node])], brokenBy: ['Q-RENT-OVER-OTHERS'] },
  ),
  ...billInvariants,
  ...serviceInvariants,
]

const namesOf = (...contracts: readonly (Contract | undefined)[]) =>
  contracts.flatMap((c) => (c?.contractType.type === 'NameContract' ? [c.contractType.value.name] : []))
function hashesOf(...contracts: readonly (Contract | undefined)[]): readonly string[] {
  return contracts.flatMap((contract) => {
    const held = contract === undefined ? null : nodeContractOf(contract)
    return held === null ? [] : [pairKey(held.nodeId, held.deploymentHash)]
  })
}
