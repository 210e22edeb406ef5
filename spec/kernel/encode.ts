/**
 * SCALE bytes of a value, from its shape alone. For what the spec itself hashes (a motion's hash is that of its bytes);
 * the fast codec that a test compares with a runtime's metadata is src/codec.
 */
import { Defect } from './defect.js'
import type { Bytes, ShapeDef } from './shape.js'

const little = (n: number | bigint, bytes: number): Bytes => {
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

export function encode(shape: ShapeDef, value: unknown): Bytes {
  switch (shape.kind) {
    case 'unit':
      return ''
    case 'bool':
      return value === true ? '\x01' : '\0'
    case 'account':
    case 'fixed':
      return value as Bytes
    case 'bytes':
      return encodeCompact((value as Bytes).length) + (value as Bytes)
    case 'compact':
      return encodeCompact(value as number | bigint)
    case 'option':
      return value === undefined ? '\0' : `\x01${encode(shape.of, value)}`
    case 'vec':
      return encodeCompact((value as unknown[]).length) + (value as unknown[]).map((v) => encode(shape.of, v)).join('')
    case 'array':
      return (value as unknown[]).map((v) => encode(shape.of, v)).join('')
    case 'tuple':
      return shape.of.map((of, i) => encode(of, (value as unknown[])[i])).join('')
    case 'struct':
      return shape.fields.map(([name, of]) => encode(of, (value as Record<string, unknown>)[name])).join('')
    case 'enum': {
      const { type, value: content } = value as { type: string; value?: unknown }
      const variant = shape.variants.find(([name]) => name === type)
      if (variant === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no variant ${type}`)
      return String.fromCharCode(variant[1]) + encode(variant[2], content)
    }
    case 'ref':
      return encode(shape.get(), value)
    default:
      return little(value as number | bigint, widths[shape.kind])
  }
}
