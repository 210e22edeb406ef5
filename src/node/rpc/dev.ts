import { slotMs } from '../../../spec/versions/genesis.js'
import type { Block } from '../chain.js'
import { fromHex, toHex, type Hex } from '../hex.js'
import type { DevNode } from '../node.js'
import type { Sealing } from '../sealer.js'
import { RuntimeTrap } from '../../../conformance/targets/runtime/executor.js'
import { codes, RpcError } from '../rpc-error.js'
import { signingReady } from '../signing.js'
import type { Family, Method } from './method.js'
import { storageWrites } from './storage-values.js'

const bad = (message: string): RpcError => new RpcError(codes.dev, message)

/** Chopsticks' own names; Batch and Instant are the same here, since extrinsics that arrive together share a block. */
const modes: Readonly<Record<string, Sealing>> = { Batch: 'instant', Instant: 'instant', Manual: 'manual', Interval: 'interval' }

/** So that a typing error does not keep the node busy for hours. */
const mostBlocks = 1_000_000

/** `dev_*` under the names and parameters of Chopsticks, and `engine_createBlock` of Substrate's manual seal. */
export const devFamily: Family = (node) => {
  const { chain } = node
  return {
    dev_newBlock: (params) => newBlocks(node, params.get(0)),
    dev_timeTravel: (params) => timeTravel(node, params.get(0), params.get(1)),
    dev_setStorage: async (params) => {
      const block = params.block(1)
      if (block !== chain.head) throw bad('storage can be set in the head alone')
      const writes = await storageWrites(chain, params.get(0)).catch((error: Error) => {
        throw bad(error.message)
      })
      chain.set(writes)
      await signingReady()
      node.rewritten()
      return toHex(chain.head.hash)
    },
    dev_setHead: async (params) => {
      const wanted = params.get(0)
      const block =
        typeof wanted === 'number'
          ? chain.blockAt(wanted > 0 ? wanted : chain.head.header.number + wanted)
          : chain.block(fromHex(wanted) ?? '')
      if (block === undefined) throw bad(`Block not found ${String(wanted)}`)
      await signingReady()
      chain.setHead(block)
      node.rewritten()
      return toHex(block.hash)
    },
    dev_setBlockBuildMode: (params) => {
      const sealing = modes[String(params.get(0))]
      if (sealing === undefined) throw bad(`Invalid mode ${String(params.get(0))}: give ${Object.keys(modes).join(', ')}`)
      node.sealer.set(sealing)
      return null
    },
    engine_createBlock: createBlock(node),
    engine_finalizeBlock: (params) => chain.block(params.hash(0, 'the block hash')) !== undefined,
  }
}

/** ms since 1970; what is too small for that are seconds. */
const milliseconds = (time: number): number => (time < 100_000_000_000 ? time * 1000 : time)

const natural = (value: unknown, name: string): number | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw bad(`${name} is no natural number`)
  return value
}

/**
 * @param given `{ count, to, transactions, unsafeBlockHeight }` as in Chopsticks, and `unixTime`: when the (first) block is
 * @returns the hash of the last block
 */
async function newBlocks(node: DevNode, given: unknown): Promise<Hex> {
  if (given !== undefined && given !== null && typeof given !== 'object') throw bad('the parameters are no object')
  const { count, to, transactions, unsafeBlockHeight, unixTime } = (given ?? {}) as Readonly<Record<string, unknown>>
  const { chain } = node
  const height = natural(unsafeBlockHeight, 'unsafeBlockHeight')
  const { number } = chain.head.header
  if (height !== undefined && height <= number) throw bad('unsafeBlockHeight must be greater than current block height')
  const target = natural(to, 'to')
  const blocks = Math.max(target === undefined ? (natural(count, 'count') ?? 1) : target - number, 1)
  if (blocks > mostBlocks) throw bad(`${blocks} blocks are too many: at most ${mostBlocks}, or give unsafeBlockHeight to skip them`)
  const time = natural(unixTime, 'unixTime')
  if (time !== undefined && milliseconds(time) < chain.earliestMs) throw bad(`the next block can be at ${chain.earliestMs} ms or later`)
  await signingReady()
  if (transactions !== undefined && !Array.isArray(transactions)) throw bad('transactions is no list')
  for (const one of (transactions as readonly unknown[] | undefined) ?? []) {
    const extrinsic = fromHex(one)
    if (extrinsic === undefined) throw bad('a transaction is no hex')
    await node.submit(extrinsic)
  }
  let block: Block = chain.head
  for (let i = 0; i < blocks; i++) {
    const first = i === 0
    block = attempt(() =>
      node.newBlock({
        ...(first && time !== undefined ? { timeMs: milliseconds(time) } : {}),
        ...(first && height !== undefined ? { number: height } : {}),
      }),
    )
    // Others want to be answered too.
    if (i % 50 === 49) await new Promise(setImmediate)
  }
  return toHex(block.hash)
}

function attempt<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof RuntimeTrap) throw bad(error.message)
    throw error
  }
}

/**
 * Moves the chain's time. TFChain counts a grace period in blocks: as many numbers are skipped as slots have passed, so
 * that the next block has the number that it would have on a chain that ran all the time.
 * @param date ms since 1970, or a date as text
 * @param more `{ blocks }`: how many numbers to skip instead; 0 is Chopsticks' own behaviour
 * @returns the time, ms
 */
async function timeTravel(node: DevNode, date: unknown, more: unknown): Promise<number> {
  const time = typeof date === 'string' ? Date.parse(date) : date
  if (typeof time !== 'number' || !Number.isFinite(time)) throw bad('Invalid date')
  const { chain } = node
  const timeMs = Math.floor(time)
  if (timeMs < chain.timeMs) throw bad(`the chain is at ${new Date(chain.timeMs).toISOString()}: its time goes forward only`)
  const { blocks } = (typeof more === 'object' && more !== null ? more : {}) as { readonly blocks?: unknown }
  const skip = natural(blocks, 'blocks') ?? Math.floor((timeMs - chain.timeMs) / slotMs)
  if (chain.head.header.number + skip >= 0xffff_ffff) throw bad('block numbers end at 2^32')
  chain.travel(timeMs, skip)
  await signingReady()
  node.rewritten()
  return timeMs
}

/** `(createEmpty, finalize, parentHash)`; every block is final. */
function createBlock(node: DevNode): Method {
  return async (params) => {
    await signingReady()
    if (params.get(0) !== true && node.pool.ready().length === 0) throw new RpcError(codes.server, 'the transaction pool is empty')
    const block = attempt(() => node.newBlock())
    return {
      hash: toHex(block.hash),
      aux: {
        header_only: false,
        clear_justification_requests: false,
        needs_justification: false,
        bad_justification: false,
        is_new_best: true,
      },
    }
  }
}
