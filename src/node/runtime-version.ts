import type { Bytes } from '../../spec/kernel/shape.js'
import { Reader } from '../codec/stream.js'
import { toHex, type Hex } from './hex.js'

/** A runtime's version in full, as `state_getRuntimeVersion` gives it. */
export interface ChainVersion {
  readonly specName: string
  readonly implName: string
  readonly authoringVersion: number
  readonly specVersion: number
  readonly implVersion: number
  readonly apis: readonly (readonly [id: Hex, version: number])[]
  readonly transactionVersion: number
  readonly stateVersion: number
}

/** @param encoded what `Core_version` returns */
export function readChainVersion(encoded: Bytes): ChainVersion {
  const reader = new Reader(Buffer.from(encoded, 'latin1'))
  const text = (): string => Buffer.from(reader.string(), 'latin1').toString()
  const named = { specName: text(), implName: text(), authoringVersion: reader.u32(), specVersion: reader.u32(), implVersion: reader.u32() }
  const apis = Array.from({ length: reader.compact() }, () => [toHex(reader.fixed(8)), reader.u32()] as const)
  // Older runtimes end here.
  const rest = (orElse: number, read: () => number): number => (reader.at < reader.bytes.length ? read() : orElse)
  return { ...named, apis, transactionVersion: rest(1, () => reader.u32()), stateVersion: rest(0, () => reader.u8()) }
}
