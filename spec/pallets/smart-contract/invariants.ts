import { invariant, type Invariant } from '../../kernel/invariant.js'
import { pairKey } from '../../kernel/item.js'
import { Farms, Nodes } from '../tfgrid/items.js'
import { nodeContractOf } from './contract.state.js'
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

/** What holds about grid contracts at any time. */
export const contractInvariants: readonly Invariant[] = [
  invariant('INV-SC-1', 'a node lists only contracts that live on it', [ActiveNodeContracts, Contracts], (w) =>
    [...w.entries(ActiveNodeContracts)].flatMap(([node, ids]) =>
      ids.filter((id) => {
        const contract = w.get(Contracts, id)
        return contract === undefined || contract.state.type === 'Deleted' || nodeContractOf(contract)?.nodeId !== node
      }).map((id) => `node ${node} lists contract ${id}`),
    ),
  ),
  invariant('INV-SC-2', 'a live node contract is listed by its node exactly once', [ActiveNodeContracts, Contracts], (w) =>
    [...w.entries(Contracts)].flatMap(([id, contract]) => {
      const node = nodeContractOf(contract)?.nodeId
      if (node === undefined || contract.state.type === 'Deleted') return []
      const times = w.get(ActiveNodeContracts, node).filter((listed) => listed === id).length
      return times === 1 ? [] : [`node ${node} lists contract ${id} ${times} times`]
    }),
  ),
  invariant('INV-SC-3', 'a public IP that names a contract names a node contract that holds it', [Farms, Contracts], (w) =>
    [...w.entries(Farms)].flatMap(([farm, { publicIps }]) =>
      publicIps
        .filter(({ contractId, ip }) => {
          if (contractId === 0n) return false
          const contract = w.get(Contracts, contractId)
          const held = contract === undefined ? undefined : nodeContractOf(contract)
          return held === undefined || held === null || !held.publicIpsList.some((other) => other.ip === ip)
        })
        .map(({ ip, contractId }) => `IP ${ip} of farm ${farm} names contract ${contractId}`),
    ),
  ),
  invariant('INV-SC-4', 'a contract reserves as many IPs as it asked for, on the farm of its node', [Farms, Contracts, Nodes], (w) =>
    [...w.entries(Contracts)].flatMap(([id, contract]) => {
      const held = nodeContractOf(contract)
      if (held === null || held.publicIps === 0) return []
      const node = w.get(Nodes, held.nodeId)
      const reserved = node === undefined ? 0 : (w.get(Farms, node.farmId)?.publicIps.filter((ip) => ip.contractId === id).length ?? 0)
      return reserved === held.publicIps && held.publicIpsList.length === held.publicIps ? [] : [`contract ${id} asked for ${held.publicIps} IPs, ${reserved} are reserved`]
    }),
  ),
  invariant('INV-SC-5', 'every contract has a lock, and only contracts have', [Contracts, ContractLock], (w) => [
    ...[...w.entries(Contracts)].filter(([id]) => !w.has(ContractLock, id)).map(([id]) => `contract ${id} has no lock`),
    ...[...w.entries(ContractLock)].filter(([id]) => !w.has(Contracts, id)).map(([id]) => `a lock of contract ${id}, which is gone`),
  ]),
  invariant(
    'INV-SC-6',
    'every contract stands in the billing loop once, at the index of its id',
    [Contracts, ContractsToBillAt, BillingFrequency],
    (w) =>
      [...w.entries(Contracts)].flatMap(([id]) => {
        const turns = w.get(ContractsToBillAt, id % w.get(BillingFrequency)).filter((listed) => listed === id).length
        return turns === 1 ? [] : [`contract ${id} stands ${turns} times at its index`]
      }),
    [],
    { from: LOOP_BY_ID },
  ),
  invariant(
    'INV-SC-7',
    'the billing loop holds only contracts',
    [Contracts, ContractsToBillAt],
    (w) =>
      [...w.entries(ContractsToBillAt)].flatMap(([index, ids]) =>
        ids.filter((id) => !w.has(Contracts, id)).map((id) => `contract ${id} is billed at index ${index} and gone`),
      ),
    [],
    { from: LOOP_BY_ID },
  ),
  invariant('INV-SC-8', 'a registered name belongs to a name contract of that name', [Contracts, ContractIDByNameRegistration], (w) =>
    [...w.entries(ContractIDByNameRegistration)].flatMap(([name, id]) => {
      const data = w.get(Contracts, id)?.contractType
      return data?.type === 'NameContract' && data.value.name === name ? [] : [`name ${name} belongs to ${id}`]
    }),
  ),
  invariant('INV-SC-9', 'a node is rented by a live rent contract on it', [Contracts, ActiveRentContractForNode], (w) =>
    [...w.entries(ActiveRentContractForNode)].flatMap(([node, id]) => {
      const data = w.get(Contracts, id)?.contractType
      return data?.type === 'RentContract' && data.value.nodeId === node ? [] : [`node ${node} is rented by ${id}`]
    }),
  ),
  invariant('INV-SC-10', 'a deployment hash on a node leads to the contract that has it', [Contracts, ContractIDByNodeIDAndHash], (w) =>
    [...w.entries(ContractIDByNodeIDAndHash)].flatMap(([key, id]) => {
      const contract = w.get(Contracts, id)
      const held = contract === undefined ? null : nodeContractOf(contract)
      return held !== null && pairKey(held.nodeId, held.deploymentHash) === key ? [] : [`the hash index leads to contract ${id}`]
    }),
  ),
  invariant('INV-SC-11', 'what a contract leaves behind goes with it: billing information', [Contracts, ContractBillingInformationByID], (w) =>
    [...w.entries(ContractBillingInformationByID)].filter(([id]) => !w.has(Contracts, id)).map(([id]) => `billing information of contract ${id}, which is gone`),
  ),
  invariant('INV-SC-12', 'what a contract leaves behind goes with it: used resources', [Contracts, NodeContractResources], (w) =>
    [...w.entries(NodeContractResources)].filter(([id]) => !w.has(Contracts, id)).map(([id]) => `resources of contract ${id}, which is gone`),
  ),
  invariant('INV-SC-13', 'ids of contracts are never above the counter', [Contracts, ContractID], (w) =>
    [...w.entries(Contracts)].filter(([id]) => id > w.get(ContractID)).map(([id]) => `contract ${id} lies above the counter`),
  ),
]
