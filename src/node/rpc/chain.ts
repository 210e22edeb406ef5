import type { Bytes } from '../../../spec/kernel/shape.js'
import type { Block } from '../chain.js'
import { headerJson } from '../header.js'
import { toHex, type Hex } from '../hex.js'
import type { DevNode } from '../node.js'
import { badParams } from '../rpc-error.js'
import { unsubscribe, type Family, type Method } from './method.js'

/** `chain_*`: blocks and heads. Every block is final when it is made. */
export const chainFamily: Family = (node) => {
  const { chain } = node
  const hashAt = (number: unknown): Hex | null => {
    const n = typeof number === 'string' && /^0x[0-9a-fA-F]+$/.test(number) ? Number.parseInt(number, 16) : number
    if (typeof n !== 'number' || !Number.isSafeInteger(n) || n < 0) throw badParams('a block number is a natural number or hex')
    if (n === 0) return toHex(chain.genesisHash)
    const hash = chain.blockAt(n)?.hash ?? olderHash(node, n)
    return hash === undefined ? null : toHex(hash)
  }
  const getBlockHash: Method = (params) => {
    if (!params.has(0)) return toHex(chain.head.hash)
    const wanted = params.get(0)
    return Array.isArray(wanted) ? wanted.map(hashAt) : hashAt(wanted)
  }
  // A block that is not known is null here, not an error.
  const found = (params: Parameters<Method>[0]): Block | undefined =>
    params.has(0) ? chain.block(params.hash(0, 'the block hash')) : chain.head
  const heads =
    (method: string): Method =>
    (_, session) =>
      session.subscribe(method, (send) => {
        const tellHead = (block: Block): void => send(headerJson(block.header))
        const listener = { onBlock: tellHead, onRewrite: tellHead }
        tellHead(chain.head)
        node.listeners.add(listener)
        return () => node.listeners.delete(listener)
      })
  const finalizedHead: Method = () => toHex(chain.head.hash)
  return {
    chain_getBlockHash: getBlockHash,
    chain_getHead: getBlockHash,
    chain_getFinalizedHead: finalizedHead,
    chain_getFinalisedHead: finalizedHead,
    chain_getHeader: (params) => {
      const block = found(params)
      return block === undefined ? null : headerJson(block.header)
    },
    chain_getBlock: (params) => {
      const block = found(params)
      if (block === undefined) return null
      return { block: { header: headerJson(block.header), extrinsics: block.extrinsics.map(toHex) }, justifications: null }
    },
    chain_subscribeNewHeads: heads('chain_newHead'),
    chain_subscribeNewHead: heads('chain_newHead'),
    subscribe_newHead: heads('chain_newHead'),
    chain_subscribeAllHeads: heads('chain_allHead'),
    chain_subscribeFinalizedHeads: heads('chain_finalizedHead'),
    chain_subscribeFinalisedHeads: heads('chain_finalizedHead'),
    chain_unsubscribeNewHeads: unsubscribe,
    chain_unsubscribeNewHead: unsubscribe,
    unsubscribe_newHead: unsubscribe,
    chain_unsubscribeAllHeads: unsubscribe,
    chain_unsubscribeFinalizedHeads: unsubscribe,
    chain_unsubscribeFinalisedHeads: unsubscribe,
  }
}

/** Of a forked chain the runtime itself remembers the last hashes. */
function olderHash({ chain }: DevNode, number: number): Bytes | undefined {
  if (number >= chain.blocks[0]!.header.number) return undefined
  return chain.storageAt(chain.blocks[0]!, chain.state.metadata.key('System', 'BlockHash', number))
}
