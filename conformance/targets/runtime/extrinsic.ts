import type { AccountId, Bytes } from '../../../spec/kernel/shape.js'
import { Writer } from '../../../src/codec/stream.js'
import { dummySignature } from './signatures.js'

export interface SignOptions {
  /** 1e-7 TFT. */
  readonly tip?: bigint
  /** The account's current nonce where none is given. */
  readonly nonce?: number
}

/** What each signed extension puts into the extrinsic: [nonce and tip as they are]. Immortal, without a metadata hash. */
const extensionFields: Readonly<Record<string, (writer: Writer, nonce: number, tip: bigint) => void>> = {
  CheckNonZeroSender: () => undefined,
  CheckSpecVersion: () => undefined,
  CheckTxVersion: () => undefined,
  CheckGenesis: () => undefined,
  CheckMortality: (writer) => writer.u8(0),
  CheckEra: (writer) => writer.u8(0),
  CheckNonce: (writer, nonce) => writer.compact(nonce),
  CheckWeight: () => undefined,
  ChargeTransactionPayment: (writer, _nonce, tip) => writer.bigCompact(tip),
  CheckMetadataHash: (writer) => writer.u8(0),
}

const signedV4 = '\x84'
const bareV4 = '\x04'
const addressId = '\0'
const sr25519 = '\x01'
const signaturePart = sr25519 + dummySignature

const writer = new Writer()

/** Puts a byte string's compact length before it. */
function withLength(body: Bytes): Bytes {
  writer.at = 0
  writer.string(body)
  return writer.slice()
}

/** Builds extrinsics of format 4 for a runtime's signed extensions. */
export class ExtrinsicFormat {
  private readonly fields: readonly ((writer: Writer, nonce: number, tip: bigint) => void)[]

  /** @param extensions their names, from the metadata */
  constructor(extensions: readonly string[]) {
    this.fields = extensions.map((name) => {
      const field = extensionFields[name]
      if (field === undefined) throw new Error(`the runtime has a signed extension ${name}, whose fields this driver does not know`)
      return field
    })
  }

  /** Signed with the driver's dummy signature. */
  signed(account: AccountId, call: Bytes, nonce: number, tip: bigint): Bytes {
    writer.at = 0
    for (const field of this.fields) field(writer, nonce, tip)
    return withLength(signedV4 + addressId + account + signaturePart + writer.slice() + call)
  }

  /** Without a signature: inherents. */
  bare(call: Bytes): Bytes {
    return withLength(bareV4 + call)
  }
}

/** A hash that says its block's number: nothing reads hashes, but they must differ. */
const fakeHash = (number: number): Bytes => {
  const bytes = Buffer.alloc(32)
  bytes.writeUInt32LE(number)
  return bytes.latin1Slice()
}

const preRuntime = '\x06'

/**
 * A header as `Core_initialize_block` wants it: any number, and Aura's slot in the digest.
 * @param slot ms since 1970 divided by the length of a slot
 */
export function header(number: number, slot: number): Bytes {
  writer.at = 0
  writer.raw(fakeHash(number - 1))
  writer.compact(number)
  writer.raw('\0'.repeat(64)) // state root, extrinsics root
  writer.compact(1)
  writer.raw(`${preRuntime}aura`)
  writer.compact(8)
  writer.u64(BigInt(slot))
  return writer.slice()
}
