import type { AdvanceStep } from '../../../model/step.js'
import { refusalOf, type LiveConnection } from './connection.js'
import type { Follower } from './follower.js'
import { Now } from '../../../spec/pallets/system/items.js'

/** Blocks that are waited for on a chain whose time nobody can move. */
const mostWaited = 2

/** True when the node lets its clients make blocks and move time, under the names that Chopsticks gave these methods. */
export const canTravel = ({ methods }: LiveConnection): boolean => methods.has('dev_newBlock') && methods.has('dev_timeTravel')

/**
 * Moves the chain as far as wanted, or begins to wait.
 * @returns how many blocks there will be at least, undefined when the chain cannot go there
 */
export async function move(follower: Follower, { blocks, seconds }: Pick<AdvanceStep, 'blocks' | 'seconds'>): Promise<number | undefined> {
  const { connection, reference, number } = follower
  if (!canTravel(connection)) return blocks <= mostWaited ? blocks : undefined
  const now = reference.w.get(Now)
  try {
    await connection.send('dev_timeTravel', [Number(now) + seconds * 1000, { blocks: 0 }])
    const head = await connection.send<string>('dev_newBlock', [
      { count: 1, ...(blocks > 1 ? { unsafeBlockHeight: number + blocks } : {}) },
    ])
    // Chopsticks answers with the old head when the runtime panicked.
    return head === follower.hash ? undefined : 1
  } catch (error) {
    if (refusalOf(error) === undefined) throw error
    return undefined
  }
}
