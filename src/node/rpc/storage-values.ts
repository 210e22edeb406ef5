import type { StorageEntry } from '@polkadot/types/primitive/types'
import type { DevChain } from '../chain.js'
import { fromHex } from '../hex.js'
import type { Bytes } from '../../../spec/kernel/shape.js'
import { bytes } from '../../../spec/kernel/shape.js'
import { decode } from '../../codec/compile.js'
import type { Write } from '../roots.js'

type Query = Readonly<Record<string, Readonly<Record<string, StorageEntry>>>>

const latin1 = (data: Uint8Array): Bytes => Buffer.from(data).latin1Slice()
const camel = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1)

/**
 * What `dev_setStorage` writes, in Chopsticks' two forms: `[[key, value or null], …]` in hex, or
 * `{ Pallet: { Item: value, Map: [[[key, …], value], …], $removePrefix: ['Map'] } }` with values as polkadot-js writes them.
 * @throws Error that says which entry does not fit
 */
export async function storageWrites(chain: DevChain, values: unknown): Promise<readonly Write[]> {
  if (Array.isArray(values)) {
    return (values as readonly unknown[]).map((pair, i): Write => {
      const [name, content] = Array.isArray(pair) ? (pair as readonly unknown[]) : []
      const key = fromHex(name)
      const value = content === null || content === undefined ? undefined : fromHex(content)
      if (key === undefined) throw new Error(`entry ${i}: the key is no hex`)
      if (value === undefined && content !== null && content !== undefined) throw new Error(`entry ${i}: the value is neither hex nor null`)
      return [key, value]
    })
  }
  if (typeof values !== 'object' || values === null) throw new Error('the values are neither a list nor an object')
  return new ByName(chain, await decorated(chain)).writes(values as Readonly<Record<string, unknown>>)
}

const queries = new WeakMap<DevChain, Query>()

/** The metadata as polkadot-js has it; loaded when somebody first writes by name, since it takes a while. */
async function decorated(chain: DevChain): Promise<Query> {
  let query = queries.get(chain)
  if (query !== undefined) return query
  const { expandMetadata, Metadata, TypeRegistry } = await import('@polkadot/types')
  const registry = new TypeRegistry()
  const metadata = new Metadata(
    registry,
    Uint8Array.from(Buffer.from(decode(bytes, chain.state.executor.call('Metadata_metadata')), 'latin1')),
  )
  registry.setMetadata(metadata)
  query = expandMetadata(registry, metadata).query
  queries.set(chain, query)
  return query
}

class ByName {
  private readonly out: Write[] = []
  private readonly chain: DevChain
  private readonly query: Query
  constructor(chain: DevChain, query: Query) {
    this.chain = chain
    this.query = query
  }

  writes(values: Readonly<Record<string, unknown>>): readonly Write[] {
    for (const [pallet, items] of Object.entries(values)) {
      if (typeof items !== 'object' || items === null) throw new Error(`${pallet} is no object of items`)
      for (const [item, value] of Object.entries(items as Readonly<Record<string, unknown>>)) this.item(pallet, item, value)
    }
    return this.out
  }

  private item(pallet: string, item: string, value: unknown): void {
    if (item === '$removePrefix') {
      for (const name of this.list(value, `${pallet}.$removePrefix`)) {
        const prefix = latin1(this.entry(pallet, String(name)).keyPrefix())
        for (const key of this.chain.keysAt(this.chain.head, prefix)) this.out.push([key, undefined])
      }
      return
    }
    const entry = this.entry(pallet, item)
    if (entry.meta.type.isPlain) return this.put(entry, [], value)
    for (const pair of this.list(value, `${pallet}.${item}`)) {
      const [keys, content] = this.list(pair, `an entry of ${pallet}.${item}`)
      this.put(entry, this.list(keys, `the keys of an entry of ${pallet}.${item}`), content)
    }
  }

  private put(entry: StorageEntry, keys: readonly unknown[], value: unknown): void {
    const { registry } = entry.meta
    // The key comes with its length before it.
    const key = latin1(entry(...keys)).slice(compactLength(entry(...keys)))
    const raw = fromHex(value)
    if (value === null || value === undefined) this.out.push([key, undefined])
    else if (raw !== undefined) this.out.push([key, raw])
    else {
      const { type } = entry.meta
      const id = type.isPlain ? type.asPlain : type.asMap.value
      this.out.push([key, latin1(registry.createType(registry.createLookupType(id), value).toU8a())])
    }
  }

  private entry(pallet: string, item: string): StorageEntry {
    const items = this.query[camel(pallet)]
    if (items === undefined) throw new Error(`Cannot find pallet ${pallet}`)
    const entry = items[camel(item)]
    if (entry === undefined) throw new Error(`Cannot find storage ${item} in pallet ${pallet}`)
    return entry
  }
  private list(value: unknown, what: string): readonly unknown[] {
    if (!Array.isArray(value)) throw new Error(`${what} is no list`)
    return value as readonly unknown[]
  }
}

/** How long the compact length at the beginning is. */
const compactLength = (data: Uint8Array): number => [1, 2, 4, 5][data[0]! & 3]!
