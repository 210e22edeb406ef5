import type { ShapeDef } from '../../spec/kernel/shape.js'

/** What does not fit, and where. */
export interface Problem {
  readonly path: string
  readonly message: string
}

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  u8: [0n, 0xffn],
  u16: [0n, 0xffffn],
  u32: [0n, 0xffffffffn],
  i32: [-0x80000000n, 0x7fffffffn],
  u64: [0n, (1n << 64n) - 1n],
  u128: [0n, (1n << 128n) - 1n],
  i64: [-(1n << 63n), (1n << 63n) - 1n],
}

const bigKinds = new Set(['u64', 'u128', 'i64'])

/** `undefined` when the integer fits its kind. Small kinds are numbers, the others bigints. */
export function integerProblem(kind: string, value: unknown): string | undefined {
  const [low, high] = ranges[kind]!
  if (bigKinds.has(kind)) {
    if (typeof value !== 'bigint') return `expected a bigint (${kind}), found ${show(value)}`
  } else if (typeof value !== 'number' || !Number.isInteger(value)) {
    return `expected an integer (${kind}), found ${show(value)}`
  }
  const exact = BigInt(value)
  return exact < low || exact > high ? `${value} is no ${kind}` : undefined
}

/** A value in a message: short, and never a failure of its own. */
export function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object' && value !== null) return `an object with ${Object.keys(value).join(', ') || 'no field'}`
  return String(value)
}

export const child = (path: string, name: string | number): string =>
  typeof name === 'number' ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`

/**
 * Walks a value in memory form against its shape, slowly, and tells the first part that does not fit: what an encoder,
 * which only throws, cannot tell.
 */
export function firstProblem(shape: ShapeDef, value: unknown, path = ''): Problem | undefined {
  const wrong = (message: string): Problem => ({ path, message })
  const all = (parts: readonly (readonly [name: string | number, of: ShapeDef, part: unknown])[]): Problem | undefined => {
    for (const [name, of, part] of parts) {
      const problem = firstProblem(of, part, child(path, name))
      if (problem !== undefined) return problem
    }
    return undefined
  }
  const bytes = (length?: number): Problem | undefined => {
    if (typeof value !== 'string') return wrong(`expected bytes as a latin1 string, found ${show(value)}`)
    if (length !== undefined && value.length !== length) return wrong(`expected ${length} bytes, found ${value.length}`)

    return /^[\0-\xff]*$/.test(value) ? undefined : wrong('a byte string has a character above 255: encode it as UTF-8 first')
  }
  switch (shape.kind) {
    case 'ref':
      return firstProblem(shape.get(), value, path)
    case 'bool':
      return typeof value === 'boolean' ? undefined : wrong(`expected a boolean, found ${show(value)}`)
    case 'unit':
      return value === undefined ? undefined : wrong(`expected nothing, found ${show(value)}`)
    case 'bytes':
      return bytes()
    case 'account':
      return bytes(32)
    case 'fixed':
      return bytes(shape.length)
    case 'option':
      return value === undefined ? undefined : firstProblem(shape.of, value, path)
    case 'vec':
    case 'array':
    case 'tuple': {
      if (!Array.isArray(value)) return wrong(`expected an array, found ${show(value)}`)
      const expected = shape.kind === 'vec' ? value.length : shape.kind === 'array' ? shape.length : shape.of.length
      if (value.length !== expected) return wrong(`expected ${expected} elements, found ${value.length}`)
      return all(value.map((part, i) => [i, shape.kind === 'tuple' ? shape.of[i]! : shape.of, part]))
    }
    case 'struct': {
      if (typeof value !== 'object' || value === null) return wrong(`expected an object, found ${show(value)}`)
      return all(shape.fields.map(([name, of]) => [name, of, (value as Record<string, unknown>)[name]]))
    }
    case 'enum': {
      if (typeof value !== 'object' || value === null || !('type' in value)) return wrong(`expected { type, value }, found ${show(value)}`)
      const variant = shape.variants.find(([name]) => name === value.type)
      if (variant === undefined)
        return wrong(`no variant ${show(value.type)}; there are ${shape.variants.map(([name]) => name).join(', ')}`)
      return firstProblem(variant[2], 'value' in value ? value.value : undefined, child(path, variant[0]))
    }
    case 'compact': {
      const problem = integerProblem(shape.big ? 'u128' : 'u32', value)
      return problem === undefined ? undefined : wrong(problem)
    }
    default: {
      const problem = integerProblem(shape.kind, value)
      return problem === undefined ? undefined : wrong(problem)
    }
  }
}
