import type { AccountId, Bytes, Shape, ShapeDef } from '../../../spec/kernel/shape.js'
import type { CallValue } from '../../../spec/pallets/system/runtime-call.js'
import { blake2_256 } from '../../../spec/kernel/hashes.js'
import { codecOf, decode } from '../../../src/codec/compile.js'
import { toPlain } from '../../../src/codec/plain.js'
import { Reader } from '../../../src/codec/stream.js'
import type { PlainEvent } from '../../../src/fixtures/format.js'
import type { LiveConnection } from './connection.js'
import { bytesOfHex, valuesAt } from './state.js'

/** An extrinsic as a block holds it. */
export interface LiveExtrinsic {
  /** BLAKE2b-256 of its bytes. */
  readonly hash: Bytes
  readonly length: number
  /** Absent for one without a signature, or of a form that is not known here. */
  readonly signed?: { readonly who: AccountId; readonly nonce: number; readonly tip: bigint }
  readonly call: CallValue | undefined
}

/** A block, read and decoded. */
export interface LiveBlock {
  readonly number: number
  readonly hash: string
  readonly parent: string
  readonly timeMs: bigint
  readonly extrinsics: readonly LiveExtrinsic[]
  readonly events: {
    readonly initialization: readonly PlainEvent[]
    readonly finalization: readonly PlainEvent[]
    readonly extrinsic: readonly (readonly PlainEvent[])[]
  }
}

interface RpcHeader {
  readonly number: string
  readonly parentHash: string
}

export const headerAt = async (
  connection: LiveConnection,
  hash?: string,
): Promise<{ readonly number: number; readonly parent: string }> => {
  const header = await connection.send<RpcHeader>('chain_getHeader', hash === undefined ? [] : [hash])
  return { number: Number(header.number), parent: header.parentHash }
}

/** Reads a block with its events. */
export async function readBlock(connection: LiveConnection, hash: string): Promise<LiveBlock> {
  const { metadata } = connection
  const eventsKey = metadata.key('System', 'Events')
  const nowKey = metadata.key('Timestamp', 'Now')
  const [{ block }, values] = await Promise.all([
    connection.send<{ readonly block: { readonly header: RpcHeader; readonly extrinsics: readonly string[] } }>('chain_getBlock', [hash]),
    valuesAt(connection, [eventsKey, nowKey], hash),
  ])
  const extrinsics = block.extrinsics.map((hex) => readExtrinsic(connection, bytesOfHex(hex)))
  const now = decode<unknown>(metadata.item('Timestamp', 'Now').value, values.get(nowKey) ?? '\0'.repeat(8)) as bigint
  return {
    number: Number(block.header.number),
    hash,
    parent: block.header.parentHash,
    timeMs: now,
    extrinsics,
    events: readEvents(connection, values.get(eventsKey) ?? '\0', extrinsics.length),
  }
}

const signedV4 = 0x84
/** A public key alone, of `MultiAddress`; and an sr25519 signature, of `MultiSignature`. */
const [addressId, sr25519, ed25519] = [0, 1, 0]

function readExtrinsic({ metadata }: LiveConnection, bytes: Bytes): LiveExtrinsic {
  const known = { hash: blake2_256(bytes), length: bytes.length }
  try {
    const reader = new Reader(Buffer.from(bytes, 'latin1'))
    reader.compact()
    const version = reader.u8()
    let signed: LiveExtrinsic['signed']
    if (version === signedV4) {
      if (reader.u8() !== addressId) return { ...known, call: undefined }
      const who = reader.fixed(32) as AccountId
      if (![sr25519, ed25519].includes(reader.u8())) return { ...known, call: undefined }
      reader.fixed(64)
      // An era of 0 never expires and is one byte long; any other one has two.
      if (reader.u8() !== 0) reader.u8()
      const nonce = Number(reader.compact())
      signed = { who, nonce, tip: BigInt(reader.compact()) }
    } else if (version !== (signedV4 & 0x7f)) return { ...known, call: undefined }
    const call = codecOf(metadata.call as Shape<CallValue>).decodeFrom(reader)
    return { ...known, ...(signed === undefined ? {} : { signed }), call }
  } catch {
    return { ...known, call: undefined }
  }
}

interface EventRecord {
  readonly phase: { readonly type: string; readonly value?: number }
  readonly event: { readonly type: string; readonly value: { readonly type: string; readonly value: unknown } }
}

function readEvents({ metadata }: LiveConnection, bytes: Bytes, extrinsics: number): LiveBlock['events'] {
  const initialization: PlainEvent[] = []
  const finalization: PlainEvent[] = []
  const extrinsic = Array.from({ length: extrinsics }, (): PlainEvent[] => [])
  const shapes = new Map(
    metadata.pallets.flatMap(({ events }) => events.map((e): [string, ShapeDef] => [`${e.pallet}.${e.name}`, e.shape])),
  )
  const reader = new Reader(Buffer.from(bytes, 'latin1'))
  const codec = codecOf(metadata.eventRecord as Shape<EventRecord>)
  for (let left = reader.compact(); left > 0; left--) {
    const { phase, event } = codec.decodeFrom(reader)
    const name = `${event.type}.${event.value.type}`
    const plain = { event: name, value: toPlain<unknown>(shapes.get(name)!, event.value.value) }
    if (phase.type === 'Initialization') initialization.push(plain)
    else if (phase.type === 'Finalization') finalization.push(plain)
    else extrinsic[phase.value!]?.push(plain)
  }
  return { initialization, finalization, extrinsic }
}
