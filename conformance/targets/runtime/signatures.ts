import { createRequire } from 'node:module'
import type * as UtilCrypto from '@polkadot/util-crypto'
import type { Bytes } from '../../../spec/kernel/shape.js'
import { verifyReally } from '../../../spec/kernel/signatures.js'

/** What the driver signs with. No key can have made it, so accepting it accepts nothing that a real chain would. */
export const dummySignature: Bytes = 'tfspec: signed by the driver of the runtime target, not by a key'.padEnd(64).slice(0, 64)

export type KeyKind = 'sr25519' | 'ed25519'

/** True when the key signed the message. */
export type Verify = (kind: KeyKind, signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean

type Crypto = typeof UtilCrypto
let crypto: Crypto | undefined
/** Loaded when a call first brings a signature of its own (it takes 0.2 s); `require`, since a host function cannot wait. */
function loadCrypto(): Crypto {
  // Beside the copy that others `import`, which the library warns of on every package: functions without state do not mind.
  process.env['POLKADOTJS_DISABLE_ESM_CJS_WARNING'] ??= '1'
  return (crypto ??= createRequire(import.meta.url)('@polkadot/util-crypto') as Crypto)
}

const dummy = Buffer.from(dummySignature, 'latin1')

/** Accepts the driver's dummy signature and verifies every other one. */
export const verifySignature: Verify = (kind, signature, message, publicKey) => {
  if (dummy.equals(signature)) return true
  return verifyReally(kind, latin1(signature), latin1(message), latin1(publicKey))
}

const latin1 = (bytes: Uint8Array): Bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).latin1Slice()

/**
 * The compressed secp256k1 key (33 bytes) that made a recoverable signature (65 bytes) over a message hash (32 bytes).
 * @returns undefined when there is none
 */
export function recoverSecp256k1(signature: Uint8Array, hash: Uint8Array): Uint8Array | undefined {
  const v = signature[64]!
  try {
    return loadCrypto().secp256k1Recover(Uint8Array.from(hash), Uint8Array.from(signature.subarray(0, 64)), v > 26 ? v - 27 : v, 'blake2')
  } catch {
    return undefined
  }
}
