import type { Act } from '../../spec/kernel/step-view.js'
import type { Mark } from '../../spec/kernel/world.js'
import { promisedAt } from '../../spec/kernel/invariant.js'
import type { CallType } from '../../spec/kernel/call.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import { invariants } from '../../spec/invariants.js'
import { transferKeepAlive } from '../../spec/pallets/balances/calls.js'
import {
  addNruReports,
  billContractForBlock,
  cancelContract,
  createNodeContract,
  reportContractResources,
} from '../../spec/pallets/smart-contract/calls.js'
import { ContractID, Contracts } from '../../spec/pallets/smart-contract/items.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import { createNode } from '../../spec/pallets/tfgrid/calls-node.js'
import { createFarm, createTwin, userAcceptTc } from '../../spec/pallets/tfgrid/calls.js'
import { editionAt } from '../../spec/versions/editions.js'
import { actors, genesis } from '../../spec/versions/genesis.js'
import { Checker } from '../../src/reference/checker.js'
import { Reference } from '../../src/reference/reference.js'
import { forAbout, type Contender } from './measure.js'

const contractsOnNode = 50
const nodesOfFarm = 20
const gigabyte = 1n << 30n
const resources = { hru: 1024n * gigabyte, sru: 512n * gigabyte, cru: 8n, mru: 16n * gigabyte }
const used = { hru: 0n, sru: 20n * gigabyte, cru: 2n, mru: 4n * gigabyte }
const location = { city: 'Ghent', country: 'Belgium', latitude: '51.049999', longitude: '3.733333' }
const owners: readonly AccountId[] = Object.values(actors).slice(0, 8)
const nodeAccount = (n: number): AccountId => `node ${n}`.padEnd(32) as AccountId
const hash = (n: number): string => String(n).padStart(32, '0')
/** As in production: bills of all contracts are spread over so many lists. */
const billingFrequency = 600n

/** A world with so many node contracts, made by calls. */
class Town {
  readonly reference: Reference
  private readonly contracts: number

  constructor(version: number, contracts: number) {
    this.reference = new Reference(editionAt(version), genesis(version, { billingFrequency }))
    this.contracts = contracts
    this.reference.reset()
    this.reference.open(1, 6)
    for (const who of owners) this.settle(who)
    const nodes = Math.ceil(contracts / contractsOnNode)
    for (let node = 0; node < nodes; node++) this.addNode(node)
    for (let n = 0; n < contracts; n++) this.deploy(1 + (n % nodes), n)
    const { w } = this.reference
    // The town is where everything begins: what it took to build it is not to be undone.
    for (const log of [w.journalItems, w.journalKeys, w.journalBefore, w.events]) log.length = 0
    if (w.count(Contracts) !== contracts) throw new Error(`the world has ${w.count(Contracts)} contracts, not ${contracts}`)
  }

  private call<A>(who: AccountId, type: CallType<A>, args: A): Act {
    const { outcome } = this.reference.call(type as unknown as CallType, args, who)
    if (outcome.type !== 'ok') throw new Error(`${type.pallet}.${type.name}: ${JSON.stringify(outcome)}`)
    return { who, call: type, args, outcome }
  }
  private settle(who: AccountId): void {
    this.call(who, userAcceptTc, { documentLink: 'https://example.org/terms', documentHash: '5e4f0c' })
    this.call(who, createTwin, { relay: undefined, pk: undefined })
  }
  private addNode(node: number): void {
    const who = nodeAccount(node)
    const farmId = 1 + Math.floor(node / nodesOfFarm)
    if (node % nodesOfFarm === 0) this.call(owners[0]!, createFarm, { name: `farm-${farmId}`, publicIps: [] })
    this.call(owners[node % owners.length]!, transferKeepAlive, { dest: { type: 'Id', value: who }, value: 10_000_000n })
    this.settle(who)
    this.call(who, createNode, {
      farmId,
      resources,
      location,
      interfaces: [],
      secureBoot: false,
      virtualized: false,
      serialNumber: undefined,
    })
  }
  private deploy(nodeId: number, n: number): Act {
    const who = owners[n % owners.length]!
    return this.call(who, createNodeContract, {
      nodeId,
      deploymentHash: hash(n),
      deploymentData: '',
      publicIps: 0,
      solutionProviderId: undefined,
    })
  }

  /** The life of a contract among all the others, and the bill of one of them; then everything as before. @returns how many calls */
  round(turn: number, afterStep?: (from: Mark, act: Act) => void): number {
    const { reference, contracts } = this
    const { w } = reference
    const mark = w.mark()
    const node = turn % Math.ceil(contracts / contractsOnNode)
    const who = owners[turn % owners.length]!
    // A key that is added and undone over and over leaves a hole in its map each time, all in one chain: no chain has that.
    const n = contracts + turn + 1
    const id = BigInt(n)
    w.set(ContractID, id - 1n)
    const step = (run: () => Act): void => {
      const from = w.mark()
      const act = run()
      afterStep?.(from, act)
    }
    step(() => this.deploy(1 + node, n))
    const owner = owners[n % owners.length]!
    step(() => this.call(nodeAccount(node), reportContractResources, { contractResources: [{ contractId: id, used }] }))
    reference.advance(601, 3606)
    step(() =>
      this.call(nodeAccount(node), addNruReports, { reports: [{ contractId: id, timestamp: seconds(w), window: 3600n, nru: gigabyte }] }),
    )
    step(() => this.call(who, billContractForBlock, { contractId: id }))
    step(() => this.call(who, billContractForBlock, { contractId: BigInt(1 + (turn % contracts)) }))
    step(() => this.call(who, transferKeepAlive, { dest: { type: 'Id', value: owners[0]! }, value: 1n }))
    step(() => this.call(owner, cancelContract, { contractId: id }))
    w.rollback(mark)
    return 7
  }
}

/** How the time of a call grows with the number of contracts in the world, without and with invariants. */
export function growthRows(version: number, sizes: readonly number[]): readonly Contender[] {
  const edition = editionAt(version)
  const checker = new Checker(invariants.filter((invariant) => promisedAt(edition, invariant)))
  return sizes.flatMap((size) => {
    const town = new Town(version, size)
    const { w } = town.reference
    const contracts = size.toLocaleString('en')
    const check = ({ journal, events }: Mark, act: Act): void => {
      const broken = checker.afterStep(w, journal, { eventsFrom: events, act })
      if (broken !== undefined) throw new Error(`${broken.invariant}: ${broken.witnesses.join('; ')}`)
    }
    return [
      { id: `growth-${size}`, what: `reference, ${contracts} contracts`, run: (millis) => forAbout(millis, (turn) => town.round(turn)) },
      {
        id: `growth-invariants-${size}`,
        what: `reference with all invariants, ${contracts} contracts`,
        run: (millis) => forAbout(millis, (turn) => town.round(turn, check)),
      },
    ] satisfies Contender[]
  })
}
