import { readFileSync } from 'node:fs'
import type { Bytes } from '../../spec/kernel/shape.js'
import { fromHex } from './hex.js'

export type Storage = ReadonlyMap<Bytes, Bytes>

/** A file or an option that the node cannot start with. The command line knows the exit code. */
export class NodeInputError extends Error {
  readonly kind: 'usage' | 'unusable'
  constructor(kind: NodeInputError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NodeInputError'
    this.kind = kind
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>)[name] : undefined

/**
 * Storage from a file: a raw chain spec (`genesis.raw.top`), or JSON of keys and values in hex: an object, or a list of
 * pairs as `state_getPairs` gives it. Null values are absent keys.
 * @throws NodeInputError with the file, the entry and the fix
 */
export function readStorageFile(file: string): Storage {
  const wrong = (problem: string, fix: string, cause?: unknown): NodeInputError =>
    new NodeInputError('usage', `${file}: ${problem}. ${fix}`, { cause })
  const form = 'Give a raw chain spec (genesis.raw.top) or {"0xKEY": "0xVALUE", …}'
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw wrong(`cannot be read (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message})`, 'Give a readable file', cause)
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw wrong(`no JSON (${(cause as Error).message})`, form, cause)
  }
  const specified = field(content, 'genesis')
  const top = specified === undefined ? content : field(field(specified, 'raw'), 'top')
  if (top === undefined) throw wrong('a chain spec that is not raw', 'Make it raw with `tfchain build-spec --raw`')
  if (typeof top !== 'object' || top === null) throw wrong('no storage', form)
  const pairs: readonly unknown[] = Array.isArray(top) ? top : Object.entries(top)
  const storage = new Map<Bytes, Bytes>()
  for (const [i, pair] of pairs.entries()) {
    const [name, content] = Array.isArray(pair) ? (pair as readonly unknown[]) : []
    if (content === null) continue
    const key = fromHex(name)
    const value = fromHex(content)
    if (key === undefined) throw wrong(`entry ${i + 1}: the key ${JSON.stringify(name)} is not "0x" and an even number of hex digits`, form)
    if (value === undefined) throw wrong(`entry ${i + 1}: the value of ${String(name)} is not "0x" and an even number of hex digits`, form)
    storage.set(key, value)
  }
  if (storage.size === 0) throw wrong('it holds no storage', form)
  return storage
}
