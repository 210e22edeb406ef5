import type { Call, CallType } from '../../spec/kernel/call.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { addNruReports, createNameContract, createNodeContract, reportContractResources } from '../../spec/pallets/smart-contract/calls.js'
import { createNode } from '../../spec/pallets/tfgrid/calls-node.js'
import { createFarm, createTwin, userAcceptTc } from '../../spec/pallets/tfgrid/calls.js'
import { actors, genesisTimeMs } from '../../spec/versions/genesis.js'

/** A call and who signs it. */
export interface SignedCall {
  readonly call: Call
  readonly who: AccountId
}

const signed = <A>(who: AccountId, type: CallType<A>, args: A): SignedCall => ({ call: { type: type as unknown as CallType, args }, who })

const gigabyte = 1n << 30n
const resources = { hru: 1024n * gigabyte, sru: 512n * gigabyte, cru: 8n, mru: 16n * gigabyte }
const used = { hru: 0n, sru: 20n * gigabyte, cru: 2n, mru: 4n * gigabyte }
const location = { city: 'Ghent', country: 'Belgium', latitude: '51.049999', longitude: '3.733333' }
const hourAfterGenesis = BigInt(genesisTimeMs / 1000 + 3600)

/**
 * The calls that every sequence begins with: a farm with public IPs, a node, and contracts of which one has an IP and usage to
 * be billed. Generation reaches these states too, but not in each of a few short sequences.
 */
export const prelude: readonly SignedCall[] = [
  ...[actors.alice, actors.bob, actors.charlie].flatMap((who) => [
    signed(who, userAcceptTc, { documentLink: 'https://example.org/terms', documentHash: '5e4f0c' }),
    signed(who, createTwin, { relay: 'relay.example.org', pk: undefined }),
  ]),
  signed(actors.alice, createFarm, {
    name: 'prelude',
    publicIps: [1, 2, 3].map((n) => ({ ip: `185.208.1.${n}/24`, gw: '185.208.1.254' })),
  }),
  signed(actors.bob, createNode, {
    farmId: 1,
    resources,
    location,
    interfaces: [],
    secureBoot: true,
    virtualized: false,
    serialNumber: undefined,
  }),
  signed(actors.charlie, createNodeContract, {
    nodeId: 1,
    deploymentHash: 'd'.repeat(32),
    deploymentData: 'prelude',
    publicIps: 1,
    solutionProviderId: undefined,
  }),
  signed(actors.charlie, createNameContract, { name: 'prelude' }),
  signed(actors.bob, reportContractResources, { contractResources: [{ contractId: 1n, used }] }),
  signed(actors.bob, addNruReports, { reports: [{ contractId: 1n, timestamp: hourAfterGenesis, window: 3600n, nru: 5n * gigabyte }] }),
]
