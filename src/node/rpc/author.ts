import { blake2_256 } from '../../../spec/kernel/hashes.js'
import { fromHex, toHex, type Hex } from '../hex.js'
import { tell } from '../pool.js'
import { badParams, RpcError } from '../rpc-error.js'
import { ownAuthorities } from '../worker.js'
import { unsubscribe, type Family, type Method } from './method.js'

/** `author_*`: submitting, watching, the pool, the keystore. */
export const authorFamily: Family = (node) => {
  const keystoreIsFixed: Method = () => {
    throw new RpcError(1301, 'the keystore of this node holds the development keys alone')
  }
  /** By hash, or by the extrinsic itself, as a node takes them. */
  const removeExtrinsic: Method = (params) => {
    const wanted = params.get(0)
    if (!Array.isArray(wanted)) throw badParams('a list of {"hash"} or {"extrinsic"} is missing')
    return (wanted as readonly unknown[]).flatMap((one): Hex[] => {
      const { hash, extrinsic } = (typeof one === 'object' && one !== null ? one : {}) as { hash?: unknown; extrinsic?: unknown }
      const bytes = fromHex(extrinsic)
      const entry = node.pool.get(bytes === undefined ? (fromHex(hash) ?? '') : blake2_256(bytes))
      if (entry === undefined) return []
      node.pool.remove(entry.hash)
      tell(entry, 'invalid')
      return [toHex(entry.hash)]
    })
  }
  return {
    author_submitExtrinsic: async (params) => toHex((await node.submit(params.bytes(0, 'the extrinsic'))).hash),
    author_submitAndWatchExtrinsic: async (params, session) => {
      const extrinsic = params.bytes(0, 'the extrinsic')
      // The subscription exists before the extrinsic is in the pool: no status is missed; it is refused: no subscription stays.
      let end = (): void => undefined
      let send: ((status: unknown) => void) | undefined
      const id = session.subscribe('author_extrinsicUpdate', (given) => {
        send = given
        return () => end()
      })
      const watch = (status: unknown): void => send?.(status)
      try {
        const entry = await node.submit(extrinsic, watch)
        end = () => entry.watchers.delete(watch)
        return id
      } catch (error) {
        session.unsubscribe(id)
        throw error
      }
    },
    author_unwatchExtrinsic: unsubscribe,
    author_pendingExtrinsics: () => node.pool.ready().map(({ extrinsic }) => toHex(extrinsic)),
    author_removeExtrinsic: removeExtrinsic,
    author_hasKey: (params) => {
      const key = params.bytes(0, 'the public key')
      return params.text(1, 'the key type') === 'aura' && ownAuthorities(node.chain).some((own) => own === key)
    },
    author_hasSessionKeys: (params) => {
      const keys = params.bytes(0, 'the session keys')
      return keys.length % 32 === 0 && ownAuthorities(node.chain).some((own) => keys.startsWith(own))
    },
    author_insertKey: keystoreIsFixed,
    author_rotateKeys: keystoreIsFixed,
  }
}
