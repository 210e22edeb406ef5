import type { Bytes } from '../../../spec/kernel/shape.js'
import { Reader } from '../../../src/codec/stream.js'

/** What a runtime says of itself; the runtime APIs and what follows them left out. */
export interface RuntimeVersion {
  readonly specName: string
  readonly implName: string
  readonly authoringVersion: number
  readonly specVersion: number
  readonly implVersion: number
}

/** @param bytes what `Core_version` returns */
export function readVersion(bytes: Bytes): RuntimeVersion {
  const reader = new Reader(Buffer.from(bytes, 'latin1'))
  const text = (): string => Buffer.from(reader.string(), 'latin1').toString()
  return { specName: text(), implName: text(), authoringVersion: reader.u32(), specVersion: reader.u32(), implVersion: reader.u32() }
}
