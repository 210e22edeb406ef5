import fc from 'fast-check'
import type { Bytes } from '../../spec/kernel/shape.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import { Farms, Nodes, TwinIdByAccountID } from '../../spec/pallets/tfgrid/items.js'
import {
  addNruReports,
  argumentLimits,
  billContractForBlock,
  cancelContract,
  createNameContract,
  createNodeContract,
  createRentContract,
  reportContractResources,
  updateNodeContract,
} from '../../spec/pallets/smart-contract/calls.js'
import { ActiveRentContractForNode, ContractBillingInformationByID, Contracts } from '../../spec/pallets/smart-contract/items.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { contractId, contractOf, contractOwner, emptyNode, nodeId, ownerOfTwin, solutionProvider, twinOwner, workingNode } from '../pick.js'
import { anyBytes, resources, text, u32, u64 } from '../values.js'

/** Deployment data: short mostly, full now and then. */
const data = (d: Draw): Bytes => (d.chance(80) ? '' : d.chance(90) ? d.of(smallData) : 'd'.repeat(MAX_DATA_LENGTH))
const smallData = anyBytes(6)
const MAX_DATA_LENGTH = argumentLimits['SmartContractModule.createNodeContract.deploymentData']!
/** Few enough hashes that two contracts meet in one now and then. */
const deploymentHash = (d: Draw): Bytes => hashes[d.chance(25) ? d.int(0, 2) : d.int(0, hashes.length - 1)]!
const hashes = Array.from({ length: 60 }, (_, n) => String.fromCharCode(n).repeat(32))
const name = fc.oneof(
  { weight: 6, arbitrary: text('abc-_9', 3, 4) },
  { weight: 1, arbitrary: text('aB c', 0, 4) },
  { weight: 1, arbitrary: fc.constantFrom('ab', 'a'.repeat(64), 'a'.repeat(65)) },
)
/** Few enough names that two people want the same. */
const names = ['abc', 'my-name', 'x_1', 'a'.repeat(64)]
const nru = fc.oneof({ weight: 5, arbitrary: fc.bigInt(0n, 1n << 40n) }, { weight: 1, arbitrary: u64 })
const window = fc.oneof({ weight: 5, arbitrary: fc.bigInt(0n, 7200n) }, { weight: 1, arbitrary: u64 })
const typicalResources = fc.record({
  hru: fc.constantFrom(0n, 1n << 30n, 1n << 40n),
  sru: fc.constantFrom(0n, 1n << 30n, 1n << 37n),
  cru: fc.constantFrom(0n, 1n, 2n, 8n, 64n),
  mru: fc.constantFrom(0n, 1n << 30n, 1n << 34n),
})
const hasNode = (w: Draw['w']) => w.count(Nodes) > 0
const hasContract = (w: Draw['w']) => w.count(Contracts) > 0

/** None, or about as many as the farm has free. */
function publicIps(d: Draw, node: number): number {
  if (d.chance(45)) return 0
  let free = 0
  for (const ip of d.w.get(Farms, d.w.get(Nodes, node)?.farmId ?? 0)?.publicIps ?? []) if (ip.contractId === 0n) free++
  return d.chance(85) ? d.int(Math.min(1, free), free) : d.chance(85) ? free + d.int(1, 2) : d.of(u32)
}

/** Who may deploy on a node: the one who rents it, if anybody does. */
function deployer(d: Draw, node: number) {
  const rent = d.w.get(ActiveRentContractForNode, node)
  return rent !== undefined && d.chance(80) ? ownerOfTwin(d, d.w.get(Contracts, rent)?.twinId) : twinOwner(d)
}

export const contractMakers = [
  maker({
    call: createNodeContract,
    weight: 10,
    ready: hasNode,
    make: (d) => {
      const node = nodeId(d)
      return {
        who: deployer(d, node),
        args: {
          nodeId: node,
          deploymentHash: deploymentHash(d),
          deploymentData: data(d),
          publicIps: publicIps(d, node),
          solutionProviderId: solutionProvider(d),
        },
      }
    },
  }),
  maker({
    call: updateNodeContract,
    weight: 4,
    ready: hasContract,
    make: (d) => {
      const id = (d.chance(70) ? contractOf(d, 'NodeContract') : undefined) ?? contractId(d)
      return { who: contractOwner(d, id), args: { contractId: id, deploymentHash: deploymentHash(d), deploymentData: data(d) } }
    },
  }),
  maker({
    call: cancelContract,
    weight: 4,
    ready: hasContract,
    make: (d) => {
      const id = contractId(d)
      return { who: contractOwner(d, id), args: { contractId: id } }
    },
  }),
  maker({
    call: createNameContract,
    weight: 3,
    ready: (w) => w.count(TwinIdByAccountID) > 0,
    make: (d) => ({ who: twinOwner(d), args: { name: d.chance(40) ? d.pick(names) : d.of(name) } }),
  }),
  maker({
    call: createRentContract,
    weight: 3,
    ready: hasNode,
    make: (d) => ({
      who: twinOwner(d),
      args: { nodeId: (d.chance(80) ? emptyNode(d) : undefined) ?? nodeId(d), solutionProviderId: solutionProvider(d) },
    }),
  }),
  maker({
    call: reportContractResources,
    weight: 8,
    ready: hasContract,
    make: (d) => {
      const node = d.chance(92) ? workingNode(d) : undefined
      const pick = () => (node !== undefined && d.chance(92) ? d.pick(node.contracts) : contractId(d))
      const contractResources = Array.from({ length: d.chance(80) ? 1 : d.int(0, 3) }, () => ({
        contractId: pick(),
        used: d.of(d.chance(75) ? typicalResources : resources),
      }))
      return { who: node?.who ?? twinOwner(d), args: { contractResources } }
    },
  }),
  maker({
    call: addNruReports,
    weight: 6,
    ready: hasContract,
    make: (d) => {
      const node = d.chance(92) ? workingNode(d) : undefined
      const pick = () => (node !== undefined && d.chance(92) ? d.pick(node.contracts) : contractId(d))
      const reports = Array.from({ length: d.chance(80) ? 1 : d.int(0, 3) }, () => {
        const id = pick()
        const last = d.w.get(ContractBillingInformationByID, id).lastUpdated
        return {
          contractId: id,
          timestamp: d.pick([seconds(d.w), last, BigInt.asUintN(64, last + 1n), last > 0n ? last - 1n : 0n, d.of(u64)]),
          window: d.of(window),
          nru: d.of(nru),
        }
      })
      return { who: node?.who ?? twinOwner(d), args: { reports } }
    },
  }),
  maker({
    call: billContractForBlock,
    weight: 10,
    ready: hasContract,
    make: (d) => ({ who: d.actor(), args: { contractId: contractId(d) } }),
  }),
]
