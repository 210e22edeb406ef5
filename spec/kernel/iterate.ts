import { Defect } from './defect.js'
import { blake2_128, twox64 } from './hashes.js'
import { keyArguments, type Hasher, type Item, type Key } from './item.js'
import type { Bytes, ShapeDef } from './shape.js'
import type { World } from './world.js'

/**
 * The entries of a storage map in the order in which the runtime's `iter()` visits them: the order of the hashed keys.
 *
 * FRAME walks with `next_key`: from the key it stands on to the next larger one that is stored then, and only there reads the
 * value. Hence, while a loop's body writes:
 * - a key written again stays where it is, so it is not visited twice and nothing after it is skipped;
 * - a key not yet visited shows its new value when its turn comes: let the receiver read the world, not this list's value;
 * - a new key is visited if its hash lies ahead, a key removed ahead is not visited. This list, a snapshot, shows neither:
 *   it serves loops whose body inserts and removes nothing but the key it stands on (`drain` included).
 * @source frame/support/src/storage/mod.rs `PrefixIterator::next`, storage/generator/map.rs `iter`, `drain` @polkadot-v0.9.42
 */
export function iterate<K extends Key, V, R>(item: Item<K, V, R>, w: World): readonly (readonly [key: K, value: V])[] {
  const entries = [...w.entries(item)]
  if (entries.length < 2) return entries
  const places = new Map(entries.map(([key]) => [key, hashedKey(item as unknown as Item, key)]))
  return entries.sort(([a], [b]) => (places.get(a)! < places.get(b)! ? -1 : 1))
}

/** What follows the item's prefix in the raw storage key: each argument's hash and, where the hasher keeps it, the argument itself. */
export function hashedKey(item: Item, key: Key): Bytes {
  const values = keyArguments(item, key)
  return item.keys.map(({ hasher, shape }, i) => hashers[hasher](encodedKey(shape, values[i]))).join('')
}

const hashers: Readonly<Record<Hasher, (data: Bytes) => Bytes>> = {
  Blake2_128Concat: (data) => blake2_128(data) + data,
  Twox64Concat: (data) => twox64(data) + data,
  Identity: (data) => data,
}

/** The SCALE bytes of a key's argument. @throws Defect SPEC-UNKNOWN-NAME for a shape that no map uses as a key */
function encodedKey(shape: ShapeDef, value: unknown): Bytes {
  switch (shape.kind) {
    case 'u8':
      return littleEndian(value as number, 1)
    case 'u16':
      return littleEndian(value as number, 2)
    case 'u32':
      return littleEndian(value as number, 4)
    case 'u64':
      return littleEndian(value as bigint, 8)
    case 'u128':
      return littleEndian(value as bigint, 16)
    case 'account':
    case 'fixed':
      return value as Bytes
    case 'bytes':
      return compact((value as Bytes).length) + (value as Bytes)
    default:
      throw new Defect('SPEC-UNKNOWN-NAME', `no storage map has a key of shape ${shape.kind}`)
  }
}

function littleEndian(value: number | bigint, length: number): Bytes {
  let out = ''
  for (let rest = BigInt(value), i = 0; i < length; i++, rest >>= 8n) out += String.fromCharCode(Number(rest & 0xffn))
  return out
}

/** A compact length; a key's is below 2^30. */
const compact = (n: number): Bytes =>
  n < 64 ? littleEndian(n * 4, 1) : n < 16384 ? littleEndian(n * 4 + 1, 2) : littleEndian(n * 4 + 2, 4)
