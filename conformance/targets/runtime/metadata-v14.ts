import { Reader } from '../../../src/codec/stream.js'
import type { StorageHasher } from '../../../src/codec/storage-key.js'

/** Metadata of a version that this reader does not know. */
export class UnsupportedMetadata extends Error {
  readonly version: number
  constructor(version: number) {
    super(
      `metadata V${version} is not read by the fast codec, which knows V14` +
        (version < 14
          ? `; types of V${version} are names without a definition: @polkadot/types with TFChain's hand-written types would be the way`
          : ''),
    )
    this.name = 'UnsupportedMetadata'
    this.version = version
  }
}

export interface Field {
  readonly name: string | undefined
  readonly type: number
}
export interface Variant {
  readonly name: string
  readonly fields: readonly Field[]
  readonly index: number
}
export type TypeDef =
  | { readonly kind: 'composite'; readonly fields: readonly Field[] }
  | { readonly kind: 'variant'; readonly variants: readonly Variant[] }
  | { readonly kind: 'sequence'; readonly of: number }
  | { readonly kind: 'array'; readonly length: number; readonly of: number }
  | { readonly kind: 'tuple'; readonly of: readonly number[] }
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'compact'; readonly of: number }
  | { readonly kind: 'bits' }
export interface PortableType {
  readonly path: readonly string[]
  readonly params: readonly { readonly name: string; readonly type: number | undefined }[]
  readonly def: TypeDef
}
export interface RawItem {
  readonly name: string
  readonly optional: boolean
  readonly hashers: readonly StorageHasher[]
  readonly key: number | undefined
  readonly value: number
  readonly orElse: string
}
export interface RawPallet {
  readonly name: string
  readonly prefix: string | undefined
  readonly items: readonly RawItem[]
  readonly calls: number | undefined
  readonly events: number | undefined
  readonly constants: readonly { readonly name: string; readonly type: number; readonly value: string }[]
  readonly errors: number | undefined
  readonly index: number
}
export interface RawMetadata {
  readonly types: readonly PortableType[]
  readonly pallets: readonly RawPallet[]
  readonly extrinsic: { readonly type: number; readonly version: number; readonly extensions: readonly string[] }
}

const primitives = ['bool', 'char', 'str', 'u8', 'u16', 'u32', 'u64', 'u128', 'u256', 'i8', 'i16', 'i32', 'i64', 'i128', 'i256']
const hashers: readonly StorageHasher[] = ['Blake2_128', 'Blake2_256', 'Blake2_128Concat', 'Twox128', 'Twox256', 'Twox64Concat', 'Identity']
/** `meta`, little endian. */
const magic = 0x6174656d

/**
 * Reads V14 metadata as it is, without its documentation.
 * @param bytes what `Metadata_metadata` returns, without the length before it
 * @throws UnsupportedMetadata for another version
 */
export function readMetadata(bytes: Uint8Array): RawMetadata {
  const reader = new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (reader.u32() !== magic) throw new Error('this is no metadata: it does not begin with "meta"')
  const version = reader.u8()
  if (version !== 14) throw new UnsupportedMetadata(version)

  const compact = (): number => reader.compact()
  const text = (): string => Buffer.from(reader.string(), 'latin1').toString()
  const list = <T>(read: () => T): T[] => Array.from({ length: compact() }, read)
  const maybe = <T>(read: () => T): T | undefined => (reader.bool() ? read() : undefined)
  const skipTexts = (): void => {
    for (let left = compact(); left > 0; left--) {
      // Not `at += compact()`: the left side would be read before the right side moves it.
      const length = compact()
      reader.at += length
    }
  }
  const field = (): Field => {
    const name = maybe(text)
    const type = compact()
    maybe(text)
    skipTexts()
    return { name, type }
  }
  const variant = (): Variant => {
    const name = text()
    const fields = list(field)
    const index = reader.u8()
    skipTexts()
    return { name, fields, index }
  }
  const definition = (): TypeDef => {
    const kind = reader.u8()
    switch (kind) {
      case 0:
        return { kind: 'composite', fields: list(field) }
      case 1:
        return { kind: 'variant', variants: list(variant) }
      case 2:
        return { kind: 'sequence', of: compact() }
      case 3:
        return { kind: 'array', length: reader.u32(), of: compact() }
      case 4:
        return { kind: 'tuple', of: list(compact) }
      case 5:
        return { kind: 'primitive', name: primitives[reader.u8()] ?? 'unknown' }
      case 6:
        return { kind: 'compact', of: compact() }
      case 7:
        compact()
        compact()
        return { kind: 'bits' }
      default:
        throw new Error(`the metadata has a type definition of unknown kind ${kind}`)
    }
  }
  const portableType = (): PortableType => {
    compact() // the id, which is the position
    const path = list(text)
    const params = list(() => ({ name: text(), type: maybe(compact) }))
    const def = definition()
    skipTexts()
    return { path, params, def }
  }
  const item = (): RawItem => {
    const name = text()
    const optional = reader.u8() === 0
    const isMap = reader.u8() === 1
    const partHashers = isMap ? list(() => hashers[reader.u8()]!) : []
    const key = isMap ? compact() : undefined
    const value = compact()
    const orElse = reader.string()
    skipTexts()
    return { name, optional, hashers: partHashers, key, value, orElse }
  }
  const pallet = (): RawPallet => {
    const name = text()
    const storage = maybe(() => ({ prefix: text(), items: list(item) }))
    const calls = maybe(compact)
    const events = maybe(compact)
    const constants = list(() => {
      const constant = { name: text(), type: compact(), value: reader.string() }
      skipTexts()
      return constant
    })
    return {
      name,
      prefix: storage?.prefix,
      items: storage?.items ?? [],
      calls,
      events,
      constants,
      errors: maybe(compact),
      index: reader.u8(),
    }
  }

  const types = list(portableType)
  const pallets = list(pallet)
  const type = compact()
  const extrinsicVersion = reader.u8()
  const extensions = list(() => {
    const name = text()
    compact()
    compact()
    return name
  })
  return { types, pallets, extrinsic: { type, version: extrinsicVersion, extensions } }
}
