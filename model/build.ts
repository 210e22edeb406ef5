import type { CallType } from '../spec/kernel/call.js'
import type { AccountId } from '../spec/kernel/shape.js'
import { inSpan } from '../spec/kernel/version.js'
import {
  createNameContract,
  createNodeContract,
  createRentContract,
  reportContractResources,
} from '../spec/pallets/smart-contract/calls.js'
import { approveSolutionProvider, createSolutionProvider, setDedicatedNodeExtraFee } from '../spec/pallets/smart-contract/calls-service.js'
import { Contracts, NodeContractResources, SolutionProviders } from '../spec/pallets/smart-contract/items.js'
import { addFarmIp, createFarm, createTwin, userAcceptTc } from '../spec/pallets/tfgrid/calls.js'
import { createNode } from '../spec/pallets/tfgrid/calls-node.js'
import { Farms, NodeIdByTwinID, Nodes, TwinIdByAccountID, UsersTermsAndConditions } from '../spec/pallets/tfgrid/items.js'
import type { Draw } from './draw.js'

/** How many of each a case wants to have before it plays with them. */
interface Ambition {
  readonly users: number
  readonly farms: number
  readonly ips: number
  readonly nodes: number
  readonly providers: number
  readonly fees: boolean
  readonly contracts: number
}

/** A call that brings the world closer to what is wanted, and who had better make it. */
export interface Need {
  readonly call: CallType
  readonly who?: AccountId
}
const need = <A>(call: CallType<A>, who?: AccountId): Need => ({ call: call as unknown as CallType, ...(who === undefined ? {} : { who }) })

/** The steps that a case spends on building at most: some calls can never succeed. */
const PATIENCE = 70

/** Drives a case towards a populated world: people, farms with public IPs, nodes, solution providers, contracts of all kinds. */
export class Builder {
  private readonly d: Draw
  private readonly ambition: Ambition
  private patience = PATIENCE
  private feeSet = false

  constructor(d: Draw) {
    this.d = d
    const far = d.chance(75)
    this.ambition = {
      users: d.int(1, d.actors.length),
      farms: far ? d.int(1, 3) : d.int(0, 1),
      ips: d.int(0, 5),
      nodes: far ? d.int(1, 3) : d.int(0, 1),
      providers: d.chance(40) && inSpan(d.w.version, createSolutionProvider) ? d.int(1, 2) : 0,
      fees: d.chance(30),
      contracts: far ? d.int(2, 8) : d.int(0, 2),
    }
  }

  /** The call that is wanted next, undefined once the world is as wanted. */
  next(): Need | undefined {
    if (this.patience <= 0) return undefined
    this.patience--
    const found = this.people() ?? this.grid() ?? this.solutions() ?? this.deployments()
    if (found === undefined) this.patience = 0
    return found
  }

  private people(): Need | undefined {
    const { w, actors } = this.d
    const users = actors.slice(0, this.ambition.users)
    const stranger = users.find((who) => !w.has(TwinIdByAccountID, who) && !w.has(UsersTermsAndConditions, who))
    if (stranger !== undefined) return need(userAcceptTc, stranger)
    const twinless = users.find((who) => !w.has(TwinIdByAccountID, who))
    return twinless === undefined ? undefined : need(createTwin, twinless)
  }

  private grid(): Need | undefined {
    const { w } = this.d
    const { farms, nodes, ips, fees } = this.ambition
    if (w.count(Farms) < farms) return need(createFarm)
    if (w.count(Nodes) < nodes && w.count(Farms) > 0) {
      const host = this.d.actors.find((who) => w.has(TwinIdByAccountID, who) && !w.has(NodeIdByTwinID, w.get(TwinIdByAccountID, who)!))
      if (host !== undefined) return need(createNode, host)
    }
    let free = 0
    for (const [, farm] of w.entries(Farms)) free += farm.publicIps.length
    if (free < ips && w.count(Farms) > 0) return need(addFarmIp)
    if (!fees || this.feeSet || w.count(Nodes) === 0) return undefined
    this.feeSet = true
    return need(setDedicatedNodeExtraFee)
  }

  private solutions(): Need | undefined {
    const { w } = this.d
    if (w.count(SolutionProviders) < this.ambition.providers) return need(createSolutionProvider)
    for (const [, provider] of w.entries(SolutionProviders))
      if (!provider.approved && this.d.chance(60)) return need(approveSolutionProvider)
    return undefined
  }

  private deployments(): Need | undefined {
    const { w } = this.d
    if (w.count(Contracts) < this.ambition.contracts)
      return this.d.chance(15) || w.count(Nodes) === 0
        ? need(createNameContract)
        : this.d.chance(25)
          ? need(createRentContract)
          : need(createNodeContract)
    for (const [id, { contractType }] of w.entries(Contracts))
      if (contractType.type === 'NodeContract' && !w.has(NodeContractResources, id) && this.d.chance(70))
        return need(reportContractResources)
    return undefined
  }
}
