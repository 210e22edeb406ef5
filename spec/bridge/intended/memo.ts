import type { AccountId } from '../../kernel/shape.js'
import type { World } from '../../kernel/world.js'
import { receiverOf } from '../receiver.js'

/** The account that a memo names: `twin_7`, `farm_7`, `node_7`, `entity_7`, with a canonical id of 32 bits. */
export function receiverOfMemo(w: World, memo: string): AccountId | undefined {
  const match = /^(twin|farm|node|entity)_(0|[1-9]\d{0,9})$/.exec(memo)
  if (match === null || Number(match[2]) >= 2 ** 32) return undefined
  return receiverOf(w, match[1]!, Number(match[2]))
}
