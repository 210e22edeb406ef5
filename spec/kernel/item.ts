import { Defect } from './defect.js'
import { formAt, newestForm, type Shape, type Versioned } from './shape.js'
import type { SpecVersion } from './version.js'

/** A key of a storage map in memory: one argument as it is, several joined by `pairKey`. */
export type Key = string | number | bigint | undefined
export type Hasher = 'Blake2_128Concat' | 'Twox64Concat' | 'Identity'
export interface KeyPart {
  readonly hasher: Hasher
  readonly shape: Shape<unknown>
}

/**
 * A storage item of the chain: `K` its key in memory, `V` its value, `R` what reading an absent key gives
 * (`undefined` for an OptionQuery, the default for a ValueQuery).
 */
export interface Item<K extends Key = Key, V = unknown, R = V | undefined> {
  /** Position in the world's tables. */
  readonly index: number
  readonly pallet: string
  readonly name: string
  readonly keys: readonly KeyPart[]
  /** The newest form; a version's own is `valueAt`. */
  readonly value: Shape<V>
  readonly valueAt: (version: SpecVersion) => Shape<V>
  /** What reading an absent key gives, in the newest form; `orElseHistory`, where given, tells it by version. */
  readonly orElse: R
  readonly orElseHistory?: readonly (readonly [from: SpecVersion, value: R])[]
  /** The first version that has the item, and the first that no longer has it. */
  readonly from: SpecVersion
  readonly until: SpecVersion
  readonly _key?: K
}

/** All items in the order of their declaration; `Item.index` points here. */
export const items: Item[] = []
const byName = new Map<string, Item>()

interface Options<R> {
  readonly orElse?: R
  readonly orElseHistory?: readonly (readonly [from: SpecVersion, value: R])[]
  readonly from?: SpecVersion
  readonly until?: SpecVersion
}

function declare(pallet: string, name: string, keys: readonly KeyPart[], value: Versioned<unknown>, options: Options<unknown>): Item {
  const item: Item = {
    index: items.length,
    pallet,
    name,
    keys,
    value: newestForm(value),
    valueAt: (version) => formAt(value, version),
    orElse: options.orElse,
    ...(options.orElseHistory === undefined ? {} : { orElseHistory: options.orElseHistory }),
    from: options.from ?? 0,
    until: options.until ?? Infinity,
  }
  if (byName.has(`${pallet}.${name}`)) throw new Defect('SPEC-UNKNOWN-NAME', `storage item ${pallet}.${name} is declared twice`)
  items.push(item)
  byName.set(`${pallet}.${name}`, item)
  return item
}

/** A storage value. */
export function single<V>(
  pallet: string,
  name: string,
  value: Versioned<V>,
  options: Options<V> & { readonly orElse: V },
): Item<undefined, V, V>
export function single<V>(pallet: string, name: string, value: Versioned<V>, options?: Options<undefined>): Item<undefined, V>
export function single(
  pallet: string,
  name: string,
  value: Versioned<unknown>,
  options: Options<unknown> = {},
): Item<undefined, never, never> {
  return declare(pallet, name, [], value, options) as Item<undefined, never, never>
}

/** A storage map with one key. */
export function map<K extends Key, V>(
  pallet: string,
  name: string,
  key: Shape<K>,
  value: Versioned<V>,
  options: Options<V> & { readonly orElse: V; readonly hasher?: Hasher },
): Item<K, V, V>
export function map<K extends Key, V>(
  pallet: string,
  name: string,
  key: Shape<K>,
  value: Versioned<V>,
  options?: Options<undefined> & { readonly hasher?: Hasher },
): Item<K, V>
export function map(
  pallet: string,
  name: string,
  key: Shape<unknown>,
  value: Versioned<unknown>,
  options: Options<unknown> & { readonly hasher?: Hasher } = {},
): Item<never, never, never> {
  return declare(pallet, name, [{ hasher: options.hasher ?? 'Blake2_128Concat', shape: key }], value, options) as Item<never, never, never>
}

/** A storage double map; its key in memory is `pairKey(first, second)`. */
export function doubleMap<V>(
  pallet: string,
  name: string,
  first: Shape<unknown>,
  second: Shape<unknown>,
  value: Versioned<V>,
  options: Options<V> & { readonly orElse: V },
): Item<string, V, V>
export function doubleMap<V>(
  pallet: string,
  name: string,
  first: Shape<unknown>,
  second: Shape<unknown>,
  value: Versioned<V>,
  options?: Options<undefined>,
): Item<string, V>
export function doubleMap(
  pallet: string,
  name: string,
  first: Shape<unknown>,
  second: Shape<unknown>,
  value: Versioned<unknown>,
  options: Options<unknown> = {},
): Item<never, never, never> {
  const parts = [first, second].map((shape) => ({ hasher: 'Blake2_128Concat' as const, shape }))
  return declare(pallet, name, parts, value, options) as Item<never, never, never>
}

/** The key in memory of a double map. The first part never contains a slash: it is a number, or of fixed length and given first. */
export const pairKey = (first: number | bigint | string, second: number | bigint | string): string => `${first}/${second}`

/** The arguments of a key in memory, as the codec takes them: the inverse of `pairKey`, or the key itself. */
export function keyArguments(item: Item, key: Key): readonly unknown[] {
  if (item.keys.length === 0) return []
  if (item.keys.length === 1) return [key]
  const text = String(key)
  const slash = text.indexOf('/')
  return [text.slice(0, slash), text.slice(slash + 1)].map((part, i) => fromText(item.keys[i]!.shape, part))
}

const fromText = (shape: Shape<unknown>, text: string): unknown =>
  shape.kind === 'u64' || shape.kind === 'u128'
    ? BigInt(text)
    : shape.kind === 'u32' || shape.kind === 'u16' || shape.kind === 'u8'
      ? Number(text)
      : text

/** @throws Defect SPEC-UNKNOWN-NAME when no item has this name */
export function itemNamed(pallet: string, name: string): Item {
  const item = byName.get(`${pallet}.${name}`)
  if (item === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no storage item ${pallet}.${name} is declared`)
  return item
}
export const findItem = (pallet: string, name: string): Item | undefined => byName.get(`${pallet}.${name}`)
