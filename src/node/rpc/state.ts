import { blake2_256 } from '../../../spec/kernel/hashes.js'
import { bytes, type Bytes } from '../../../spec/kernel/shape.js'
import { decode } from '../../codec/compile.js'
import type { Block } from '../chain.js'
import { toHex, type Hex } from '../hex.js'
import type { DevNode } from '../node.js'
import { badParams, RpcError } from '../rpc-error.js'
import { unsubscribe, type Family, type Method } from './method.js'
import { runtimeCall } from './runtime-call.js'

const orNull = (value: Bytes | undefined): Hex | null => (value === undefined ? null : toHex(value))
/** As on a node. */
const largestPage = 1000

interface StorageChanges {
  readonly block: Hex
  readonly changes: readonly (readonly [Hex, Hex | null])[]
}

/** `state_*` and `childstate_*`: storage, keys, metadata, calls. */
export const stateFamily: Family = (node) => {
  const { chain } = node
  const getStorage: Method = (params) => orNull(chain.storageAt(params.block(1), params.bytes(0, 'the key')))
  const call: Method = (params) => toHex(runtimeCall(node, params.block(2), params.text(0, 'the name'), params.bytes(1, 'the arguments')))
  const keysPaged: Method = (params) => {
    const count = params.natural(1, 'the count')
    if (count > largestPage) throw new RpcError(4002, `count exceeds maximum value. value: ${count}, max: ${largestPage}`)
    const after = params.optionalBytes(2, 'the start key')
    const keys = chain.keysAt(params.block(3), params.optionalBytes(0, 'the prefix') ?? '')
    const from = after === undefined ? 0 : firstAbove(keys, after)
    return keys.slice(from, from + count).map(toHex)
  }
  const keysUnder = (block: Block, prefix: Bytes): readonly Bytes[] => chain.keysAt(block, prefix)
  const version: Method = (params) => {
    params.block(0)
    return node.version
  }
  let metadata: Hex | undefined
  const changesAt = (block: Block, keys: Iterable<Bytes>): StorageChanges => ({
    block: toHex(block.hash),
    changes: [...keys].map((key) => [toHex(key), orNull(chain.storageAt(block, key))] as const),
  })
  const subscribeVersion: Method = (_, session) =>
    session.subscribe('state_runtimeVersion', (send) => {
      send(node.version)
      return () => undefined
    })
  return {
    state_getStorage: getStorage,
    state_getStorageAt: getStorage,
    state_getStorageHash: (params) => {
      const value = chain.storageAt(params.block(1), params.bytes(0, 'the key'))
      return value === undefined ? null : toHex(blake2_256(value))
    },
    state_getStorageSize: (params) => chain.storageAt(params.block(1), params.bytes(0, 'the key'))?.length ?? null,
    state_getKeys: (params) => keysUnder(params.block(1), params.bytes(0, 'the prefix')).map(toHex),
    state_getPairs: (params) => {
      const block = params.block(1)
      return keysUnder(block, params.bytes(0, 'the prefix')).map((key) => [toHex(key), orNull(chain.storageAt(block, key))])
    },
    state_getKeysPaged: keysPaged,
    state_getKeysPagedAt: keysPaged,
    state_queryStorageAt: (params) => [changesAt(params.block(1), params.keys(0, 'the keys'))],
    state_queryStorage: (params) => queryRange(node, params.keys(0, 'the keys'), params.block(1), params.block(2), changesAt),
    state_getMetadata: (params) => {
      params.block(0)
      return (metadata ??= toHex(decode(bytes, chain.state.executor.call('Metadata_metadata'))))
    },
    state_getRuntimeVersion: version,
    chain_getRuntimeVersion: version,
    state_call: call,
    state_callAt: call,
    state_subscribeRuntimeVersion: subscribeVersion,
    chain_subscribeRuntimeVersion: subscribeVersion,
    state_unsubscribeRuntimeVersion: unsubscribe,
    chain_unsubscribeRuntimeVersion: unsubscribe,
    state_subscribeStorage: (params, session) => {
      // Without keys: everything that changes.
      const keys = params.has(0) ? params.keys(0, 'the keys') : undefined
      return session.subscribe('state_storage', (send) => watchStorage(node, keys, changesAt, send))
    },
    state_unsubscribeStorage: unsubscribe,
    // TFChain keeps no child tries.
    childstate_getKeys: () => [],
    childstate_getKeysPaged: () => [],
    childstate_getStorage: () => null,
    childstate_getStorageHash: () => null,
    childstate_getStorageSize: () => null,
  }
}

type ChangesAt = (block: Block, keys: Iterable<Bytes>) => StorageChanges

/** All keys at first, then those that a block writes: as on a node, also where the value is the same again (two blocks with equal events). */
function watchStorage(
  node: DevNode,
  keys: readonly Bytes[] | undefined,
  changesAt: ChangesAt,
  send: (changes: StorageChanges) => void,
): () => void {
  const { chain } = node
  const wanted = keys === undefined ? undefined : new Set(keys)
  // For changes past the runtime, which no block tells of.
  let known: ReadonlyMap<Bytes, Bytes | undefined> = new Map()
  const remember = (block: Block): void => {
    if (wanted !== undefined) known = new Map([...wanted].map((key) => [key, chain.storageAt(block, key)]))
  }
  const tellOf = (block: Block, changed: readonly Bytes[]): void => {
    if (changed.length === 0) return
    remember(block)
    send(changesAt(block, changed))
  }
  const listener = {
    onBlock: (block: Block) => {
      const written = chain.history.writtenAt(block.position)
      tellOf(
        block,
        [...(wanted ?? written)].filter((key) => written.has(key)),
      )
    },
    onRewrite: (block: Block) =>
      tellOf(
        block,
        [...known].filter(([key, value]) => chain.storageAt(block, key) !== value).map(([key]) => key),
      ),
  }
  tellOf(chain.head, [...(wanted ?? [])])
  node.listeners.add(listener)
  return () => node.listeners.delete(listener)
}

/** The values in the first block, then what each later one changed. */
function queryRange(node: DevNode, keys: readonly Bytes[], from: Block, to: Block, changesAt: ChangesAt): readonly StorageChanges[] {
  if (from.position > to.position) throw badParams('the first block comes after the last one')
  const { chain } = node
  const out = [changesAt(from, keys)]
  for (let position = from.position + 1; position <= to.position; position++) {
    const [before, block] = [chain.blocks[position - 1]!, chain.blocks[position]!]
    const changed = keys.filter((key) => chain.storageAt(block, key) !== chain.storageAt(before, key))
    if (changed.length > 0) out.push(changesAt(block, changed))
  }
  return out
}

/** Index of the first element greater than the key in a sorted list. */
function firstAbove(sorted: readonly Bytes[], key: Bytes): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= key) low = middle + 1
    else high = middle
  }
  return low
}
