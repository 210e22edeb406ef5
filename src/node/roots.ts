import { createHash } from 'node:crypto'
import { blake2_256 } from '../../spec/kernel/hashes.js'
import type { Bytes } from '../../spec/kernel/shape.js'

/** A key and what it holds from now on; undefined: nothing. */
export type Write = readonly [key: Bytes, value: Bytes | undefined]

/** The root of a trie without entries, as every Substrate chain's genesis has it for its extrinsics. */
export const emptyTrieRoot: Bytes = Buffer.from('03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314', 'hex').toString(
  'latin1',
)

/**
 * Stands for the state root: a hash chain over what the blocks wrote (keys in order), so that equal chains have equal
 * roots and different ones different. It is no Merkle root: there are no proofs, and light clients cannot follow.
 */
export function rootOfStorage(parent: Bytes, writes: readonly Write[]): Bytes {
  const hash = createHash('blake2b512').update(parent, 'latin1')
  const length = Buffer.alloc(8)
  for (const [key, value] of [...writes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    length.writeUInt32LE(key.length)
    length.writeInt32LE(value === undefined ? -1 : value.length, 4)
    hash.update(length).update(key, 'latin1')
    if (value !== undefined) hash.update(value, 'latin1')
  }
  return hash.digest().subarray(0, 32).toString('latin1')
}

/** Stands for the extrinsics root: a hash over the extrinsics' hashes. */
export const rootOfExtrinsics = (extrinsics: readonly Bytes[]): Bytes => blake2_256(extrinsics.map((one) => blake2_256(one)).join(''))
