import type { AccountId } from '../../kernel/shape.js'
import type { World } from '../../kernel/world.js'
import { Entities, Farms, Nodes, Twins } from '../../pallets/tfgrid/items.js'

/** The account that a memo names: `twin_7`, `farm_7`, `node_7`, `entity_7`, with a canonical id of 32 bits. */
export function receiverOfMemo(w: World, memo: string): AccountId | undefined {
  const match = /^(twin|farm|node|entity)_(0|[1-9]\d{0,9})$/.exec(memo)
  if (match === null || Number(match[2]) >= 2 ** 32) return undefined
  const id = Number(match[2])
  const twin = (of: number | undefined): AccountId | undefined => (of === undefined ? undefined : w.get(Twins, of)?.accountId)
  switch (match[1]) {
    case 'twin':
      return twin(id)
    case 'farm':
      return twin(w.get(Farms, id)?.twinId)
    case 'node':
      return twin(w.get(Nodes, id)?.twinId)
    default:
      return w.get(Entities, id)?.accountId
  }
}
