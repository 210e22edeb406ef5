import { items, type Item } from '../../../spec/kernel/item.js'
import type { Bytes } from '../../../spec/kernel/shape.js'
import type { GenesisEntry } from '../../../spec/versions/genesis.js'
import { decode } from '../../../src/codec/compile.js'
import { decodeStorageKey } from '../../../src/codec/storage-key.js'
import type { LiveConnection } from './connection.js'
import { LiveError } from './endpoint.js'

/** More than this is no chain to follow by reading all of it. */
const mostEntries = 200_000
const pageSize = 1000

export const hexOf = (bytes: Bytes): string => `0x${Buffer.from(bytes, 'latin1').toString('hex')}`
export const bytesOfHex = (hex: string): Bytes => Buffer.from(hex.slice(2), 'hex').toString('latin1')

/** The chain's storage as far as the spec knows it, after one block. */
export interface LiveState {
  readonly entries: readonly GenesisEntry[]
  /** Items that the chain has in another form than the spec. */
  readonly unreadable: readonly string[]
}

/** Values of keys after a block; absent ones are left out. */
export async function valuesAt(connection: LiveConnection, keys: readonly Bytes[], hash: string): Promise<ReadonlyMap<Bytes, Bytes>> {
  const values = new Map<Bytes, Bytes>()
  for (let i = 0; i < keys.length; i += pageSize) {
    const page = keys.slice(i, i + pageSize).map(hexOf)
    const answer = await connection.send<readonly { readonly changes: readonly (readonly [string, string | null])[] }[]>(
      'state_queryStorageAt',
      [page, hash],
    )
    for (const { changes } of answer) for (const [key, value] of changes) if (value !== null) values.set(bytesOfHex(key), bytesOfHex(value))
  }
  return values
}

async function keysOf(connection: LiveConnection, prefix: Bytes, hash: string): Promise<readonly Bytes[]> {
  const keys: Bytes[] = []
  for (let start: string | null = null; ;) {
    const page: readonly string[] = await connection.send('state_getKeysPaged', [hexOf(prefix), pageSize, start, hash])
    keys.push(...page.map(bytesOfHex))
    if (page.length < pageSize) return keys
    start = page.at(-1)!
  }
}

/**
 * Reads everything that the spec models: the chain need not be empty, nor anybody else be quiet.
 * @throws LiveError when that is too much
 */
export async function readState(connection: LiveConnection, hash: string, version: number): Promise<LiveState> {
  const unreadable: string[] = []
  const known = items.flatMap((item) => {
    const found = item.from <= version && version < item.until ? connection.metadata.findItem(item.pallet, item.name) : undefined
    return found === undefined ? [] : [{ item, found }]
  })
  const keys = await Promise.all(
    known.map(({ found }) => (found.keys.length === 0 ? Promise.resolve([found.prefix]) : keysOf(connection, found.prefix, hash))),
  )
  const total = keys.reduce((sum, list) => sum + list.length, 0)
  if (total > mostEntries)
    throw new LiveError(`the chain holds ${total} entries of what the spec models: more than ${mostEntries} are not followed`)
  const values = await valuesAt(connection, keys.flat(), hash)
  const entries: GenesisEntry[] = []
  for (const [i, { item, found }] of known.entries()) {
    try {
      for (const key of keys[i]!) {
        const value = values.get(key)
        const args = decodeStorageKey(found.prefix, found.keys, key)
        if (value === undefined) continue
        if (args === undefined) throw new Error('another key')
        entries.push({ pallet: item.pallet, item: item.name, args, value: decode<unknown>(item.valueAt(version), value) })
      }
    } catch {
      unreadable.push(nameOf(item))
    }
  }
  return { entries: entries.filter(({ pallet, item }) => !unreadable.includes(`${pallet}.${item}`)), unreadable }
}

export const nameOf = (item: Pick<Item, 'pallet' | 'name'>): string => `${item.pallet}.${item.name}`
