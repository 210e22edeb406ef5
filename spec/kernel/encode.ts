/**
 * SCALE bytes of a value, from its shape alone. For what the spec itself hashes (a motion's hash is that of its bytes);
 * the fast codec that a test compares with a runtime's metadata is src/codec.
 */
import { Defect } from './defect.js'
import type { Bytes, ShapeDef } from './shape.js'

const little = (n: number | bigint, bytes: number): Bytes => {
  if (typeof n === 'number' && bytes === 1) return String.fromCharCode(n & 255)
  if (typeof n === 'number' && bytes === 4) return String.fromCharCode(n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255)
  let rest = BigInt.asUintN(bytes * 8, BigInt(n))
  let out = ''
  for (let i = 0; i < bytes; i++, rest >>= 8n) out += String.fromCharCode(Number(rest & 255n))
  return out
}

/** A compact integer: the two low bits tell how many bytes follow. */
export function encodeCompact(value: number | bigint): Bytes {
  if (value < 64) return String.fromCharCode(Number(value) << 2)
  const n = BigInt(value)
  if (n < 1n << 6n) return little(n << 2n, 1)
  if (n < 1n << 14n) return little((n << 2n) | 1n, 2)
  if (n < 1n << 30n) return little((n << 2n) | 2n, 4)
  let bytes = 4
  while (n >> BigInt(bytes * 8) > 0n) bytes++
  return little(((bytes - 4) << 2) | 3, 1) + little(n, bytes)
}

const widths = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8, i64: 8, u128: 16 } as const

type Encoder = (value: never) => Bytes

/** Every motion is encoded and hashed, so a shape is turned into functions once. */
const encoders = new WeakMap<ShapeDef, Encoder>()

export const encode = (shape: ShapeDef, value: unknown): Bytes => encoderOf(shape)(value as never)

function encoderOf(shape: ShapeDef): Encoder {
  let encoder = encoders.get(shape)
  if (encoder === undefined) encoders.set(shape, (encoder = compile(shape)))
  return encoder
}

function compile(shape: ShapeDef): Encoder {
  switch (shape.kind) {
    case 'unit':
      return () => ''
    case 'bool':
      return (value: boolean) => (value ? '\x01' : '\0')
    case 'account':
    case 'fixed':
      return (value: Bytes) => value
    case 'bytes':
      return (value: Bytes) => encodeCompact(value.length) + value
    case 'compact':
      return encodeCompact
    case 'option': {
      const of = encoderOf(shape.of)
      return (value: unknown) => (value === undefined ? '\0' : `\x01${of(value as never)}`)
    }
    case 'vec': {
      const elements = joined(encoderOf(shape.of))
      return (values: readonly never[]) => encodeCompact(values.length) + elements(values)
    }
    case 'array':
      return joined(encoderOf(shape.of))
    case 'tuple':
      return parts(shape.of.map((of, i) => [String(i), encoderOf(of)]))
    case 'struct':
      return parts(shape.fields.map(([name, of]) => [name, encoderOf(of)]))
    case 'enum': {
      const variants = new Map(shape.variants.map(([name, index, of]) => [name, { index: String.fromCharCode(index), of: encoderOf(of) }]))
      return ({ type, value }: { readonly type: string; readonly value?: unknown }) => {
        const variant = variants.get(type)
        if (variant === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no variant ${type}`)
        return variant.index + variant.of(value as never)
      }
    }
    case 'ref':
      // A type that contains itself: what it refers to may not be there yet.
      return (value: unknown) => encode(shape.get(), value)
    default: {
      const width = widths[shape.kind]
      return (value: number | bigint) => little(value, width)
    }
  }
}

const joined =
  (of: Encoder) =>
  (values: readonly never[]): Bytes => {
    let out = ''
    for (let i = 0; i < values.length; i++) out += of(values[i]!)
    return out
  }

const parts =
  (list: readonly (readonly [at: string, of: Encoder])[]) =>
  (value: Readonly<Record<string, never>>): Bytes => {
    let out = ''
    for (let i = 0; i < list.length; i++) {
      const [at, of] = list[i]!
      out += of(value[at]!)
    }
    return out
  }
