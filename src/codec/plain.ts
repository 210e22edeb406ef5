/**
 * Memory form ↔ plain form: JSON that people and other languages read, in fixtures, reports and `stdio`.
 *
 * Field names camelCase, pallets and variants as in the metadata, enums `{ "type", "value" }` (no `value` for a unit
 * variant), u64, u128 and i64 decimal strings, smaller integers numbers, bytes `0x…`, accounts SS58 with prefix 42,
 * an absent option `null`.
 */
import type { AccountId, Shape, ShapeDef } from '../../spec/kernel/shape.js'
import { child, integerProblem, show } from './check.js'
import { ss58Decode, ss58Encode } from './ss58.js'
import { CodecError } from './stream.js'

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [field: string]: Plain }

/**
 * Writes a value plainly. The value is trusted to fit its shape.
 */
export function toPlain<T>(shape: Shape<T>, value: T): Plain {
  return write(shape, value)
}

/**
 * Reads a plain value.
 * @param path what its top is called in messages
 * @throws CodecError CODEC-PLAIN with the path of the first part that does not fit; unknown fields do not fit
 */
export function fromPlain<T>(shape: Shape<T>, plain: unknown, path = ''): T {
  return read(shape, plain, path) as T
}

function write(shape: ShapeDef, value: unknown): Plain {
  switch (shape.kind) {
    case 'ref':
      return write(shape.get(), value)
    case 'unit':
      return null
    case 'bytes':
    case 'fixed':
      return `0x${Buffer.from(value as string, 'latin1').toString('hex')}`
    case 'account':
      return ss58Encode(value as AccountId)
    case 'option':
      return value === undefined ? null : write(shape.of, value)
    case 'vec':
    case 'array':
      return (value as readonly unknown[]).map((part) => write(shape.of, part))
    case 'tuple':
      return shape.of.map((of, i) => write(of, (value as readonly unknown[])[i]))
    case 'struct':
      return Object.fromEntries(shape.fields.map(([name, of]) => [name, write(of, (value as Record<string, unknown>)[name])]))
    case 'enum': {
      const { type, value: content } = value as { readonly type: string; readonly value?: unknown }
      const variant = shape.variants.find(([name]) => name === type)
      if (variant === undefined) throw new CodecError('CODEC-VALUE', `no variant ${show(type)}`)
      return variant[2].kind === 'unit' ? { type } : { type, value: write(variant[2], content) }
    }
    default:
      return typeof value === 'bigint' ? value.toString() : (value as number | boolean)
  }
}

function read(shape: ShapeDef, plain: unknown, path: string): unknown {
  const wrong = (message: string): never => {
    throw new CodecError('CODEC-PLAIN', message, path)
  }
  const hex = (length?: number): string => {
    if (typeof plain !== 'string' || !/^0x([0-9a-f]{2})*$/i.test(plain))
      return wrong(`expected bytes as "0x" and hex digits, found ${show(plain)}`)
    const bytes = Buffer.from(plain.slice(2), 'hex')
    if (length !== undefined && bytes.length !== length) return wrong(`expected ${length} bytes, found ${bytes.length}`)
    return bytes.latin1Slice()
  }
  const integer = (kind: string, big: boolean): number | bigint => {
    if (big && (typeof plain !== 'string' || !/^(0|-?[1-9][0-9]*)$/.test(plain)))
      return wrong(`expected a decimal string (${kind}), found ${show(plain)}`)
    const value = big ? BigInt(plain as string) : plain
    const problem = integerProblem(kind, value)
    return problem === undefined ? (value as number | bigint) : wrong(problem)
  }
  switch (shape.kind) {
    case 'ref':
      return read(shape.get(), plain, path)
    case 'unit':
      return plain === null || plain === undefined ? undefined : wrong(`expected null, found ${show(plain)}`)
    case 'bool':
      return typeof plain === 'boolean' ? plain : wrong(`expected true or false, found ${show(plain)}`)
    case 'bytes':
      return hex()
    case 'fixed':
      return hex(shape.length)
    case 'account': {
      if (typeof plain !== 'string') return wrong(`expected an SS58 address, found ${show(plain)}`)
      const account = ss58Decode(plain)
      return typeof account === 'string' ? account : wrong(`${show(plain)} is no SS58 address with prefix 42: ${account.problem}`)
    }
    case 'option':
      return plain === null ? undefined : read(shape.of, plain, path)
    case 'vec':
    case 'array':
    case 'tuple': {
      if (!Array.isArray(plain)) return wrong(`expected an array, found ${show(plain)}`)
      const length = shape.kind === 'vec' ? plain.length : shape.kind === 'array' ? shape.length : shape.of.length
      if (plain.length !== length) return wrong(`expected ${length} elements, found ${plain.length}`)
      return plain.map((part, i) => read(shape.kind === 'tuple' ? shape.of[i]! : shape.of, part, child(path, i)))
    }
    case 'struct': {
      const fields = record(
        shape.fields.map(([name]) => name),
        shape.fields.map(([name]) => name),
        plain,
        wrong,
      )
      return Object.fromEntries(shape.fields.map(([name, of]) => [name, read(of, fields[name], child(path, name))]))
    }
    case 'enum': {
      const { type, value } = record(['type', 'value'], ['type'], plain, wrong)
      const variant = shape.variants.find(([name]) => name === type)
      if (variant === undefined) return wrong(`no variant ${show(type)}; there are ${shape.variants.map(([name]) => name).join(', ')}`)
      return { type, value: read(variant[2], value, child(path, variant[0])) }
    }
    case 'compact':
      return integer(shape.big ? 'u128' : 'u32', shape.big)
    default:
      return integer(shape.kind, shape.kind === 'u64' || shape.kind === 'u128' || shape.kind === 'i64')
  }
}

/** An object with no other fields than the known ones and none of the needed missing. */
function record(
  known: readonly string[],
  needed: readonly string[],
  plain: unknown,
  wrong: (message: string) => never,
): Readonly<Record<string, unknown>> {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    return wrong(`expected an object with ${known.join(', ')}, found ${show(plain)}`)
  const unknown = Object.keys(plain).find((name) => !known.includes(name))
  if (unknown !== undefined) return wrong(`unknown field ${show(unknown)}; known are ${known.join(', ')}`)
  const missing = needed.find((name) => !(name in plain))
  return missing === undefined ? (plain as Readonly<Record<string, unknown>>) : wrong(`the field ${show(missing)} is missing`)
}
