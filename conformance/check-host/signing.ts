import { Keyring } from '@polkadot/keyring'
import { cryptoWaitReady } from '@polkadot/util-crypto'
import { blake2_256 } from '../../spec/kernel/hashes.js'
import type { AccountId, Bytes } from '../../spec/kernel/shape.js'
import { Writer } from '../../src/codec/stream.js'
import type { RuntimeChain } from '../targets/runtime/driver.js'
import { dummySignature, verifySignature, type Verify } from '../targets/runtime/signatures.js'

/** What Chopsticks' mock takes for anybody's signature: it begins with deadbeef and goes on with cd. */
export const mockSignature: Bytes = '\xde\xad\xbe\xef'.padEnd(64, '\xcd')
const mock = Buffer.from(mockSignature, 'latin1')

/** Accepts the mock signature, as Chopsticks does, and verifies every other one, as Chopsticks does. */
export const verifyLikeChopsticks: Verify = (kind, signature, message, publicKey) =>
  mock.equals(signature) ||
  (!Buffer.from(dummySignature, 'latin1').equals(signature) && verifySignature(kind, signature, message, publicKey))

/** An extrinsic of the driver with another signature of 64 bytes in the place of its dummy. */
export const withSignature = (extrinsic: Bytes, signature: Bytes): Bytes => extrinsic.replace(dummySignature, () => signature)

export type Scheme = 'ed25519' | 'sr25519' | 'ecdsa'
/** `MultiSignature`'s variants. */
const variants: Readonly<Record<Scheme, Bytes>> = { ed25519: '\0', sr25519: '\x01', ecdsa: '\x02' }
const latin1 = (bytes: Uint8Array): Bytes => Buffer.from(bytes).latin1Slice()

/** A development key (//Alice, …) that really signs. */
export interface Signer {
  readonly scheme: Scheme
  readonly account: AccountId
  readonly sign: (message: Bytes) => Bytes
}

/** Makes development keys. */
export async function signers(): Promise<(scheme: Scheme, name: string) => Signer> {
  await cryptoWaitReady()
  const keyrings = {
    ed25519: new Keyring({ type: 'ed25519' }),
    sr25519: new Keyring({ type: 'sr25519' }),
    ecdsa: new Keyring({ type: 'ecdsa' }),
  }
  return (scheme, name) => {
    const pair = keyrings[scheme].addFromUri(`//${name}`)
    return { scheme, account: latin1(pair.addressRaw) as AccountId, sign: (message) => latin1(pair.sign(Buffer.from(message, 'latin1'))) }
  }
}

/** Longer payloads are hashed before they are signed. @source sp-runtime/src/generic/unchecked_extrinsic.rs `SignedPayload::using_encoded` */
const longestPayload = 256

/**
 * An extrinsic with a real signature, immortal, for a runtime with the signed extensions of 123 and 144: version, transaction
 * version and genesis hash (twice: for CheckGenesis and for an immortal CheckMortality) are signed, not sent.
 */
export function reallySigned(chain: RuntimeChain, signer: Signer, call: Bytes): Bytes {
  const writer = new Writer()
  writer.u8(0) // immortal
  writer.compact(chain.nonce(signer.account))
  writer.compact(0) // tip
  const extra = writer.slice()
  writer.at = 0
  writer.u32(chain.version.specVersion)
  const genesisHash = chain.read('System', 'BlockHash', 0) as Bytes
  const payload = call + extra + writer.slice() + transactionVersion(chain) + genesisHash + genesisHash
  const signature = signer.sign(payload.length > longestPayload ? blake2_256(payload) : payload)
  writer.at = 0
  writer.string(`\x84\0${signer.account}${variants[signer.scheme]}${signature}${extra}${call}`)
  return writer.slice()
}

/** SCALE of the transaction version: the last field but one (a byte) of what the runtime says of itself. */
const transactionVersion = (chain: RuntimeChain): Bytes => chain.executor.call('Core_version').slice(-5, -1)
