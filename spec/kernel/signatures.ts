/**
 * Signatures of accounts over texts that the chain itself verifies, beside those of extrinsics.
 *
 * An account id is taken for a public key of both schemes; a signature of either counts.
 * @source pallet-tfgrid/src/twin.rs `verify_signature` @439e6919; sp_io::crypto `ed25519_verify`, `sr25519_verify`
 */
import type * as UtilCrypto from '@polkadot/util-crypto'
import type { AccountId, Bytes } from './shape.js'

export type Scheme = 'ed25519' | 'sr25519'
/** True when the key's owner signed the message. 64 bytes of signature, 32 of key. */
export type Verify = (scheme: Scheme, signature: Bytes, message: Bytes, key: Bytes) => boolean

type Crypto = typeof UtilCrypto
let crypto: Crypto | undefined
/**
 * Loaded when a signature is first verified: it takes a quarter of a second, and most runs never need it. `require`, since a
 * guard cannot wait, and by way of `process`, since the spec imports nothing of Node's. The library warns where somebody else
 * has imported it as a module; it is the same version.
 */
function loadCrypto(): Crypto {
  process.env['POLKADOTJS_DISABLE_ESM_CJS_WARNING'] ??= '1'
  return process.getBuiltinModule('node:module').createRequire(import.meta.url)('@polkadot/util-crypto') as Crypto
}

const raw = (bytes: Bytes): Uint8Array => Uint8Array.from(Buffer.from(bytes, 'latin1'))

/** Verdicts that were given: verifying takes a millisecond, and sequences repeat their signatures. */
const verdicts = new Map<string, boolean>()
const MOST_VERDICTS = 10_000

/** The real verification, with @polkadot/util-crypto. What is malformed is nobody's signature. */
export const verifyReally: Verify = (scheme, signature, message, key) => {
  const question = `${scheme}${key}${signature}${message}`
  let verdict = verdicts.get(question)
  if (verdict === undefined) {
    const { ed25519Verify, sr25519Verify } = (crypto ??= loadCrypto())
    try {
      verdict = (scheme === 'ed25519' ? ed25519Verify : sr25519Verify)(raw(message), raw(signature), raw(key))
    } catch {
      verdict = false // no point on the curve, no marker
    }
    if (verdicts.size >= MOST_VERDICTS) verdicts.clear()
    verdicts.set(question, verdict)
  }
  return verdict
}

let verify: Verify = verifyReally
/** Replaces the verification, for tests without keys; without an argument the real one returns. */
export function useVerification(replacement: Verify = verifyReally): void {
  verify = replacement
}

/** A signature, as text in hexadecimal digits of either case: 64 bytes, or null when the text is anything else. */
export const parseSignature = (text: Bytes): Bytes | null =>
  /^[0-9a-fA-F]{128}$/.test(text) ? Buffer.from(text, 'hex').toString('latin1') : null

/** True when the account signed the message, with ed25519 or with sr25519. `signature` is text; what is no signature never counts. */
export function signedBy(account: AccountId, signature: Bytes, message: Bytes): boolean {
  const bytes = parseSignature(signature)
  return bytes !== null && (verify('ed25519', bytes, message, account) || verify('sr25519', bytes, message, account))
}
