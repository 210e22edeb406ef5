/** The value of SCALE bytes, from a shape alone: the inverse of `encode`. For calls that storage holds as bytes. */
import { Defect } from './defect.js'
import type { Bytes, ShapeDef } from './shape.js'

interface Reader {
  readonly bytes: Bytes
  at: number
}

/** @throws Defect SPEC-UNKNOWN-NAME when the bytes are not a value of the shape, or more follow */
export function decode(shape: ShapeDef, bytes: Bytes): unknown {
  const reader = { bytes, at: 0 }
  const value = read(shape, reader)
  if (reader.at !== bytes.length) throw new Defect('SPEC-UNKNOWN-NAME', `${bytes.length - reader.at} bytes follow the value`)
  return value
}

function take(r: Reader, length: number): Bytes {
  const end = r.at + length
  if (end > r.bytes.length) throw new Defect('SPEC-UNKNOWN-NAME', `the bytes end ${end - r.bytes.length} too early`)
  const out = r.bytes.slice(r.at, end)
  r.at = end
  return out
}

const little = (bytes: Bytes): bigint => [...bytes].reduceRight((n, c) => (n << 8n) | BigInt(c.charCodeAt(0)), 0n)

function compact(r: Reader): bigint {
  const first = r.bytes.charCodeAt(r.at)
  if ((first & 3) === 3) {
    r.at++
    return little(take(r, (first >> 2) + 4))
  }
  return little(take(r, 1 << (first & 3))) >> 2n
}

const list = (of: ShapeDef, length: number, r: Reader): unknown[] => Array.from({ length }, () => read(of, r))

function read(shape: ShapeDef, r: Reader): unknown {
  switch (shape.kind) {
    case 'unit':
      return undefined
    case 'bool':
      return take(r, 1) !== '\0'
    case 'u8':
      return Number(little(take(r, 1)))
    case 'u16':
      return Number(little(take(r, 2)))
    case 'u32':
      return Number(little(take(r, 4)))
    case 'i32':
      return Number(BigInt.asIntN(32, little(take(r, 4))))
    case 'u64':
      return little(take(r, 8))
    case 'i64':
      return BigInt.asIntN(64, little(take(r, 8)))
    case 'u128':
      return little(take(r, 16))
    case 'account':
      return take(r, 32)
    case 'fixed':
      return take(r, shape.length)
    case 'bytes':
      return take(r, Number(compact(r)))
    case 'compact':
      return shape.big ? compact(r) : Number(compact(r))
    case 'option':
      return take(r, 1) === '\0' ? undefined : read(shape.of, r)
    case 'vec':
      return list(shape.of, Number(compact(r)), r)
    case 'array':
      return list(shape.of, shape.length, r)
    case 'tuple':
      return shape.of.map((of) => read(of, r))
    case 'struct':
      return Object.fromEntries(shape.fields.map(([name, of]) => [name, read(of, r)]))
    case 'enum': {
      const index = take(r, 1).charCodeAt(0)
      const variant = shape.variants.find(([, i]) => i === index)
      if (variant === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no variant has the index ${index}`)
      return { type: variant[0], value: read(variant[2], r) }
    }
    case 'ref':
      return read(shape.get(), r)
  }
}
