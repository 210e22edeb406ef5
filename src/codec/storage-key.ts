import { blake2_128, blake2_256, twox128, twox256, twox64 } from '../../spec/kernel/hashes.js'
import type { Bytes, ShapeDef } from '../../spec/kernel/shape.js'
import { codecOf, encodeToString } from './compile.js'
import { CodecError, Reader } from './stream.js'

/** How a key's part is hashed; `Concat` and `Identity` keep the part itself readable. Named as in the metadata. */
export type StorageHasher = 'Blake2_128' | 'Blake2_256' | 'Blake2_128Concat' | 'Twox128' | 'Twox256' | 'Twox64Concat' | 'Identity'

export interface StorageKeyPart {
  readonly hasher: StorageHasher
  readonly shape: ShapeDef
}

const hashers: Readonly<Record<StorageHasher, (part: Bytes) => Bytes>> = {
  Blake2_128: blake2_128,
  Blake2_256: blake2_256,
  Blake2_128Concat: (part) => blake2_128(part) + part,
  Twox128: twox128,
  Twox256: twox256,
  Twox64Concat: (part) => twox64(part) + part,
  Identity: (part) => part,
}

/** Bytes of hash before the readable part; `undefined` where the part cannot be read back. */
const hashLength: Readonly<Record<StorageHasher, number | undefined>> = {
  Blake2_128: undefined,
  Blake2_256: undefined,
  Blake2_128Concat: 16,
  Twox128: undefined,
  Twox256: undefined,
  Twox64Concat: 8,
  Identity: 0,
}

/** The 32 bytes all keys of an item begin with. @param palletPrefix the pallet's storage prefix, mostly its name */
export const itemPrefix = (palletPrefix: string, item: string): Bytes => twox128(palletPrefix) + twox128(item)

/** The key of an entry. @param args one value in memory form a part */
export function storageKey(prefix: Bytes, parts: readonly StorageKeyPart[], args: readonly unknown[]): Bytes {
  if (args.length !== parts.length) throw new CodecError('CODEC-VALUE', `the key takes ${parts.length} arguments, ${args.length} given`)
  let key = prefix
  for (let i = 0; i < parts.length; i++) key += hashers[parts[i]!.hasher](encodeToString(parts[i]!.shape, args[i]))
  return key
}

/**
 * The arguments of a key below `itemPrefix`.
 * @returns undefined when a part's hasher keeps only the hash
 * @throws CodecError CODEC-BYTES when the key does not fit the parts, or its hashes do not fit its arguments
 */
export function decodeStorageKey(prefix: Bytes, parts: readonly StorageKeyPart[], key: Bytes): readonly unknown[] | undefined {
  const reader = new Reader(Buffer.from(key, 'latin1'), prefix.length)
  const args: unknown[] = []
  for (const { hasher, shape } of parts) {
    const skip = hashLength[hasher]
    if (skip === undefined) return undefined
    reader.at += skip
    try {
      args.push(codecOf(shape).decodeFrom(reader))
    } catch (error) {
      throw new CodecError('CODEC-BYTES', (error as Error).message, '', { cause: error })
    }
  }
  if (reader.at !== key.length || storageKey(prefix, parts, args) !== key) throw new CodecError('CODEC-BYTES', 'not a key of this item')
  return args
}
