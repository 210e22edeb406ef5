import { itemNamed, type Item } from '../spec/kernel/item.js'
import type { World } from '../spec/kernel/world.js'
import '../spec/machines.js'

/** What a step can create and a later one can name. Ids are given out by counters on the chain. */
export const entityKinds = [
  'twin',
  'entity',
  'farm',
  'node',
  'pricing-policy',
  'farming-policy',
  'contract',
  'solution-provider',
  'service-contract',
  'burn',
] as const
export type EntityKind = (typeof entityKinds)[number]

const counterNames: Readonly<Record<EntityKind, readonly [pallet: string, item: string]>> = {
  twin: ['TfgridModule', 'TwinID'],
  entity: ['TfgridModule', 'EntityID'],
  farm: ['TfgridModule', 'FarmID'],
  node: ['TfgridModule', 'NodeID'],
  'pricing-policy': ['TfgridModule', 'PricingPolicyID'],
  'farming-policy': ['TfgridModule', 'FarmingPolicyID'],
  contract: ['SmartContractModule', 'ContractID'],
  'solution-provider': ['SmartContractModule', 'SolutionProviderID'],
  'service-contract': ['SmartContractModule', 'ServiceContractID'],
  burn: ['TFTBridgeModule', 'BurnTransactionID'],
}

const counters = entityKinds.map((kind) => itemNamed(...counterNames[kind]) as Item<undefined, number | bigint, number | bigint>)
const kindByItem = new Map(counters.map((item, i) => [item.index, entityKinds[i]!]))

/** An id that no counter reaches. */
export const neverExists = (like: number | bigint): number | bigint => (typeof like === 'bigint' ? 0xffff_ffff_ffff_fff0n : 0xffff_fff0)

/** Remembers which step created which entity, by watching the counters in the journal. */
export class Creations {
  private readonly steps = entityKinds.map(() => new Map<bigint, number>())
  private readonly ids = entityKinds.map(() => new Map<number, number | bigint>())

  clear(): void {
    for (const map of [...this.steps, ...this.ids]) map.clear()
  }

  /** Takes note of what a step created: call it after each step with the journal's length before it. */
  note(w: World, from: number, step: number): void {
    for (let i = from; i < w.journalItems.length; i++) {
      const item = w.journalItems[i]!
      const kind = kindByItem.get(item.index)
      if (kind === undefined) continue
      const id = w.stored(item, undefined) as number | bigint | undefined
      if (id === undefined) continue
      const at = entityKinds.indexOf(kind)
      this.steps[at]!.set(BigInt(id), step)
      this.ids[at]!.set(step, id)
    }
  }

  /** The step that created an entity, undefined for what the genesis holds or nobody created. */
  creatorOf(kind: EntityKind, id: number | bigint): number | undefined {
    return this.steps[entityKinds.indexOf(kind)]!.get(BigInt(id))
  }

  /** The id that a step created, undefined when it created none of this kind. */
  createdBy(kind: EntityKind, step: number): number | bigint | undefined {
    return this.ids[entityKinds.indexOf(kind)]!.get(step)
  }
}
