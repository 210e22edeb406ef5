/**
 * Signatures of accounts over texts that the chain itself verifies, beside those of extrinsics.
 *
 * An account id is taken for a public key of both schemes; a signature of either counts.
 * @source pallet-tfgrid/src/twin.rs `verify_signature` @439e6919; sp_io::crypto `ed25519_verify` (ed25519-zebra: ZIP 215),
 *   `sr25519_verify` @polkadot-v0.9.42
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

const nodeCrypto = () => process.getBuiltinModule('node:crypto')
let node: ReturnType<typeof nodeCrypto> | undefined
/** What stands before an ed25519 key in a SubjectPublicKeyInfo. @source RFC 8410 */
const SPKI = '302a300506032b6570032100'

/**
 * True when OpenSSL accepts an ed25519 signature: it is thirty times as fast as JavaScript. It asks more than the chain does,
 * which multiplies the equation by the cofactor and takes encodings that are not canonical (ZIP 215), so its yes is the
 * chain's, and its no has to be asked again.
 */
function isStrictlySigned(signature: Bytes, message: Bytes, key: Bytes): boolean {
  const { createPublicKey, verify: isSigned } = (node ??= nodeCrypto())
  const spki = Buffer.from(SPKI + Buffer.from(key, 'latin1').toString('hex'), 'hex')
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  return isSigned(null, Buffer.from(message, 'latin1'), publicKey, Buffer.from(signature, 'latin1'))
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
    try {
      verdict = scheme === 'ed25519' && isStrictlySigned(signature, message, key)
      if (!verdict) {
        const { ed25519Verify, sr25519Verify } = (crypto ??= loadCrypto())
        const asked = [raw(message), raw(signature), raw(key)] as const
        // In JavaScript: the library's other way is strict, and comes into use whenever its wasm happens to be ready.
        verdict = scheme === 'ed25519' ? ed25519Verify(...asked, true) : sr25519Verify(...asked)
      }
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
