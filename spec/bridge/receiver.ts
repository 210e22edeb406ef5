import type { AccountId } from '../kernel/shape.js'
import type { World } from '../kernel/world.js'
import { Entities, Farms, Nodes, Twins } from '../pallets/tfgrid/items.js'

/** The account behind a twin, a farm, a node or an entity; undefined for any other kind, and where there is none. */
export function receiverOf(w: World, kind: string, id: number): AccountId | undefined {
  const twin = (of: number | undefined): AccountId | undefined => (of === undefined ? undefined : w.get(Twins, of)?.accountId)
  switch (kind) {
    case 'twin':
      return twin(id)
    case 'farm':
      return twin(w.get(Farms, id)?.twinId)
    case 'node':
      return twin(w.get(Nodes, id)?.twinId)
    case 'entity':
      return w.get(Entities, id)?.accountId
    default:
      return undefined
  }
}
