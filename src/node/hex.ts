import type { Bytes } from '../../spec/kernel/shape.js'

export type Hex = `0x${string}`

/** As JSON-RPC writes bytes. */
export const toHex = (bytes: Bytes): Hex => `0x${Buffer.from(bytes, 'latin1').toString('hex')}`

/** Bytes of `0x…`, or undefined for anything else. */
export function fromHex(text: unknown): Bytes | undefined {
  if (typeof text !== 'string' || !/^0x(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined
  return Buffer.from(text.slice(2), 'hex').toString('latin1')
}

/** Bytes of hex that this program has written itself. */
export const ownHex = (text: string): Bytes => Buffer.from(text.slice(2), 'hex').toString('latin1')
