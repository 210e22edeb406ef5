import type { Item, Key } from '../../spec/kernel/item.js'
import { items, keyArguments } from '../../spec/kernel/item.js'
import type { Bytes, ShapeDef } from '../../spec/kernel/shape.js'
import { decode, encodeToString } from '../../src/codec/compile.js'
import { toPlain, type Plain } from '../../src/codec/plain.js'
import { itemPrefix } from '../../src/codec/storage-key.js'
import type { RuntimeMetadata } from '../targets/runtime/metadata.js'
import { notCompared, type Exception } from './not-compared.js'

/** A declared item beside the runtime's description of it. */
interface Known {
  readonly prefix: Bytes
  readonly value: ShapeDef
  readonly keys: Map<Key, Bytes>
}

/**
 * The runtime's keys and bytes of the reference's items. The runtime's own metadata encodes: a mistake in the spec's
 * shapes shows as a difference.
 */
export class Keys {
  private readonly known: readonly (Known | undefined)[]
  private readonly ignored: Readonly<Record<'extrinsic' | 'block', ReadonlySet<Bytes>>>
  readonly metadata: RuntimeMetadata

  constructor(metadata: RuntimeMetadata) {
    this.metadata = metadata
    this.known = items.map((item) => {
      const found = metadata.findItem(item.pallet, item.name)
      return found === undefined ? undefined : { prefix: found.prefix, value: found.value, keys: new Map() }
    })
    const prefixes = (where: Exception['where']): ReadonlySet<Bytes> =>
      new Set(
        notCompared
          .filter((e) => e.where === 'both' || e.where === where)
          .map(({ what }) => {
            if (what.startsWith(':')) return what
            const [pallet = '', name = ''] = what.split('.')
            // An item may be hidden from the metadata, as Aura's are in 123.
            return itemPrefix(pallet, name)
          }),
      )
    this.ignored = { extrinsic: prefixes('extrinsic'), block: prefixes('block') }
  }

  /** The storage key of an entry, undefined when the runtime has no such item. */
  keyOf(item: Item, key: Key): Bytes | undefined {
    const known = this.known[item.index]
    if (known === undefined) return undefined
    let bytes = known.keys.get(key)
    if (bytes === undefined) known.keys.set(key, (bytes = this.metadata.key(item.pallet, item.name, ...keyArguments(item, key))))
    return bytes
  }

  /** The SCALE bytes of a value; undefined for an absent one. */
  bytesOf(item: Item, value: unknown): Bytes | undefined {
    return value === undefined ? undefined : encodeToString<unknown>(this.known[item.index]!.value, value)
  }

  prefixOf(item: Item): Bytes | undefined {
    return this.known[item.index]?.prefix
  }

  isIgnored(key: Bytes, where: 'extrinsic' | 'block'): boolean {
    const ignored = this.ignored[where]
    return ignored.has(key.length > 32 ? key.slice(0, 32) : key) || ignored.has(key)
  }

  /** A key in words: item and arguments, or its bytes. */
  describe(key: Bytes): string {
    const item = this.metadata.itemOfKey(key)
    return item === undefined
      ? /^[ -~]+$/.test(key)
        ? key
        : `0x${Buffer.from(key, 'latin1').toString('hex')}`
      : `${item.pallet}.${item.name}`
  }

  /** Bytes that differ in plain form, null for an absent key; as hex where they cannot be decoded. */
  decode(key: Bytes, bytes: Bytes | undefined): Plain {
    if (bytes === undefined) return null
    const item = this.metadata.itemOfKey(key)
    const hex = `0x${Buffer.from(bytes, 'latin1').toString('hex')}`
    if (item === undefined) return hex
    try {
      return toPlain(item.value, decode<unknown>(item.value, bytes))
    } catch {
      return `${hex} (cannot be decoded)`
    }
  }
}
