import type { Bytes, ShapeDef } from '../../../spec/kernel/shape.js'
import { itemPrefix, storageKey, type StorageKeyPart } from '../../../src/codec/storage-key.js'
import { camelCase, Shapes } from './metadata-shapes.js'
import { readMetadata, type RawItem, type RawPallet } from './metadata-v14.js'

export interface StorageMetadata {
  readonly pallet: string
  /** As in the metadata: `ActiveNodeContracts`. */
  readonly name: string
  /** The 32 bytes all its keys begin with. */
  readonly prefix: Bytes
  readonly keys: readonly StorageKeyPart[]
  readonly value: ShapeDef
  /** True for an OptionQuery: an absent key reads as none, not as the default. */
  readonly optional: boolean
  /** SCALE of what an absent key reads as. */
  readonly orElse: Bytes
}

export interface CallMetadata {
  readonly pallet: string
  /** camelCase: `createNodeContract`. */
  readonly name: string
  /** As in the metadata: `create_node_contract`. */
  readonly snake: string
  readonly palletIndex: number
  readonly index: number
  readonly args: readonly (readonly [name: string, shape: ShapeDef])[]
  /** The arguments together: a struct, or a unit for a call without any. */
  readonly shape: ShapeDef
}

export interface EventMetadata {
  readonly pallet: string
  readonly name: string
  readonly palletIndex: number
  readonly index: number
  /** One unnamed field: that field; several: a tuple; named ones: a struct; none: a unit. */
  readonly shape: ShapeDef
}

export interface ErrorMetadata {
  readonly pallet: string
  readonly name: string
  readonly index: number
}

export interface ConstantMetadata {
  readonly pallet: string
  readonly name: string
  readonly shape: ShapeDef
  readonly bytes: Bytes
}

export interface PalletMetadata {
  readonly name: string
  readonly index: number
  readonly items: readonly StorageMetadata[]
  readonly calls: readonly CallMetadata[]
  readonly events: readonly EventMetadata[]
  readonly errors: readonly ErrorMetadata[]
  readonly constants: readonly ConstantMetadata[]
}

/** What a runtime tells about itself, as shapes. */
export class RuntimeMetadata {
  readonly pallets: readonly PalletMetadata[]
  /** `RuntimeCall`: an enum of pallets, each an enum of calls in camelCase. */
  readonly call: ShapeDef
  /** `EventRecord`: phase, event (an enum of pallets, each an enum of events), topics. */
  readonly eventRecord: ShapeDef
  readonly dispatchError: ShapeDef
  /** Names of the signed extensions, in order. */
  readonly signedExtensions: readonly string[]
  private readonly byName: ReadonlyMap<string, PalletMetadata>
  private readonly itemsByPrefix: ReadonlyMap<Bytes, StorageMetadata>
  private readonly itemsByName: ReadonlyMap<string, StorageMetadata>
  private readonly callsByName: ReadonlyMap<string, CallMetadata>

  /** @throws UnsupportedMetadata unless it is V14 */
  constructor(bytes: Uint8Array) {
    const raw = readMetadata(bytes)
    const shapes = new Shapes(raw.types)
    const callType = shapes.type(raw.extrinsic.type).params.find(({ name }) => name === 'Call')?.type
    if (callType === undefined) throw new Error('the metadata does not tell the type of calls')
    // First of all, so that calls in calls (batches, motions) refer to RuntimeCall and to nothing in its middle.
    this.call = shapes.of(callType)
    this.pallets = raw.pallets.map((pallet) => describe(pallet, shapes))
    this.byName = new Map(this.pallets.map((pallet) => [pallet.name, pallet]))
    const items = this.pallets.flatMap((pallet) => pallet.items)
    this.itemsByPrefix = new Map(items.map((item) => [item.prefix, item]))
    this.itemsByName = new Map(items.map((item) => [`${item.pallet}.${item.name}`, item]))
    this.callsByName = new Map(
      this.pallets
        .flatMap(({ calls }) => calls)
        .flatMap((call) => [
          [`${call.pallet}.${call.name}`, call],
          [`${call.pallet}.${call.snake}`, call],
        ]),
    )
    const events = this.item('System', 'Events').value
    if (events.kind !== 'vec') throw new Error('System.Events is no vector')
    this.eventRecord = events.of
    const dispatchError = raw.types.findIndex(({ path }) => path.join('::') === 'sp_runtime::DispatchError')
    this.dispatchError = shapes.of(dispatchError)
    this.signedExtensions = raw.extrinsic.extensions
  }

  /** @throws Error when there is none of this name; so do the others */
  pallet(name: string): PalletMetadata {
    return this.byName.get(name) ?? missing('pallet', name, [...this.byName.keys()])
  }
  findItem(pallet: string, name: string): StorageMetadata | undefined {
    return this.itemsByName.get(`${pallet}.${name}`)
  }
  item(pallet: string, name: string): StorageMetadata {
    return (
      this.findItem(pallet, name) ??
      missing('storage item', `${pallet}.${name}`, this.byName.get(pallet)?.items.map((item) => item.name) ?? [...this.byName.keys()])
    )
  }
  /** The item whose entry this key is, if any. */
  itemOfKey(key: Bytes): StorageMetadata | undefined {
    return this.itemsByPrefix.get(key.slice(0, 32))
  }
  /** The key of an entry. */
  key(pallet: string, name: string, ...args: readonly unknown[]): Bytes {
    const item = this.item(pallet, name)
    return storageKey(item.prefix, item.keys, args)
  }
  /** By camelCase or snake_case name. */
  callNamed(pallet: string, name: string): CallMetadata {
    return (
      this.callsByName.get(`${pallet}.${name}`) ??
      missing('call', `${pallet}.${name}`, this.byName.get(pallet)?.calls.map((call) => call.name) ?? [...this.byName.keys()])
    )
  }
  /** `Pallet.Error` of a module error. */
  errorName(palletIndex: number, index: number): string {
    const pallet = this.pallets.find((candidate) => candidate.index === palletIndex)
    const error = pallet?.errors.find((candidate) => candidate.index === index)
    if (pallet === undefined || error === undefined) throw new Error(`no error ${index} of a pallet with index ${palletIndex}`)
    return `${pallet.name}.${error.name}`
  }
}

const missing = (what: string, name: string, known: readonly string[]): never => {
  throw new Error(`the runtime has no ${what} ${name}; there are ${known.join(', ')}`)
}

function describe(raw: RawPallet, shapes: Shapes): PalletMetadata {
  const { name: pallet, index: palletIndex } = raw
  return {
    name: pallet,
    index: palletIndex,
    items: raw.items.map((item) => storageItem(raw, item, shapes)),
    calls: shapes.variants(raw.calls).map(({ name: snake, index, fields }) => {
      const shape = shapes.fields(fields)
      return { pallet, name: camelCase(snake), snake, palletIndex, index, args: shape.kind === 'struct' ? shape.fields : [], shape }
    }),
    events: shapes
      .variants(raw.events)
      .map(({ name, index, fields }) => ({ pallet, name, palletIndex, index, shape: shapes.fields(fields) })),
    errors: shapes.variants(raw.errors).map(({ name, index }) => ({ pallet, name, index })),
    constants: raw.constants.map(({ name, type, value }) => ({ pallet, name, shape: shapes.of(type), bytes: value })),
  }
}

function storageItem(pallet: RawPallet, item: RawItem, shapes: Shapes): StorageMetadata {
  return {
    pallet: pallet.name,
    name: item.name,
    prefix: itemPrefix(pallet.prefix!, item.name),
    keys: keyParts(item, shapes),
    value: shapes.of(item.value),
    optional: item.optional,
    orElse: item.orElse,
  }
}

/** One hasher: the key is one part, whatever its type. Several: it is a tuple of as many. */
function keyParts({ key, hashers }: RawItem, shapes: Shapes): readonly StorageKeyPart[] {
  if (key === undefined) return []
  if (hashers.length === 1) return [{ hasher: hashers[0]!, shape: shapes.of(key) }]
  const shape = shapes.of(key)
  if (shape.kind !== 'tuple' || shape.of.length !== hashers.length) throw new Error('a storage key has more hashers than parts')
  return hashers.map((hasher, i) => ({ hasher, shape: shape.of[i]! }))
}
