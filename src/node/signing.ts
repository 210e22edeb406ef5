import { createRequire } from 'node:module'
import { dummySignature, verifySignature, type Verify } from '../../conformance/targets/runtime/signatures.js'
import type { AccountId, Bytes } from '../../spec/kernel/shape.js'
import { devPhrase, uriOf } from './dev-accounts.js'

/** What the node uses of sr25519 in wasm: eight times as fast as the same in JavaScript, and verifying is most of a block's time. */
interface WasmCrypto {
  readonly waitReady: () => Promise<boolean>
  readonly bip39ToMiniSecret: (phrase: string, password: string) => Uint8Array
  readonly sr25519KeypairFromSeed: (seed: Uint8Array) => Uint8Array
  readonly sr25519DeriveKeypairHard: (pair: Uint8Array, chainCode: Uint8Array) => Uint8Array
  readonly sr25519Sign: (publicKey: Uint8Array, secret: Uint8Array, message: Uint8Array) => Uint8Array
  readonly sr25519Verify: (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean
}

let loaded: WasmCrypto | undefined
let loading: Promise<void> | undefined

/**
 * Loads the library once. It takes a moment that the start of the node does not wait for: whoever is about to verify or to
 * sign waits for this.
 */
export function signingReady(): Promise<void> {
  return (loading ??= (async () => {
    process.env['POLKADOTJS_DISABLE_ESM_CJS_WARNING'] ??= '1'
    const here = createRequire(import.meta.url)
    // The package that util-crypto itself uses, from where it sees it.
    const library = createRequire(here.resolve('@polkadot/util-crypto'))('@polkadot/wasm-crypto') as WasmCrypto
    await library.waitReady()
    loaded = library
  })())
}

const crypto = (): WasmCrypto => {
  if (loaded === undefined) throw new Error('the node verifies or signs before `signingReady`')
  return loaded
}

const dummy = Buffer.from(dummySignature, 'latin1')
/** Signatures found to be good: an extrinsic's is looked at when it is submitted and when it is applied. */
const good = new Set<Bytes>()
const mostRemembered = 20_000

/** Verifies truly: the driver's dummy signature counts for nothing here. */
export const verifyTruly: Verify = (kind, signature, message, publicKey) => {
  if (dummy.equals(signature)) return false
  if (kind !== 'sr25519') return verifySignature(kind, signature, message, publicKey)
  const key = [signature, publicKey, message].map((bytes) => Buffer.from(bytes).latin1Slice()).join('')
  if (good.has(key)) return true
  let valid: boolean
  try {
    valid = crypto().sr25519Verify(Uint8Array.from(signature), Uint8Array.from(message), Uint8Array.from(publicKey))
  } catch (error) {
    if (loaded === undefined) throw error
    return false // no point on the curve, no marker
  }
  if (valid) {
    if (good.size >= mostRemembered) good.clear()
    good.add(key)
  }
  return valid
}

const pairs = new Map<AccountId, Uint8Array>()

/** The pair of a development account from hard derivations alone. @returns 64 bytes of secret, 32 of public key */
function pairOf(account: AccountId): Uint8Array {
  let pair = pairs.get(account)
  if (pair !== undefined) return pair
  const uri = uriOf(account)
  if (uri === undefined) throw new Error('the node holds no key of this account')
  const { bip39ToMiniSecret, sr25519KeypairFromSeed, sr25519DeriveKeypairHard } = crypto()
  pair = sr25519KeypairFromSeed(bip39ToMiniSecret(devPhrase, ''))
  for (const junction of uri.split('//').slice(1)) {
    // A junction is SCALE of its text, filled up to 32 bytes.
    const chainCode = Buffer.alloc(32)
    chainCode[0] = junction.length << 2
    chainCode.write(junction, 1)
    pair = sr25519DeriveKeypairHard(pair, chainCode)
  }
  pairs.set(account, pair)
  return pair
}

/** The public key that a development account's own derivation gives. */
export const derivedKey = (account: AccountId): Bytes => Buffer.from(pairOf(account).subarray(64)).latin1Slice()

/** An sr25519 signature by a development account. */
export function signAs(account: AccountId, message: Bytes): Bytes {
  const pair = pairOf(account)
  const signature = crypto().sr25519Sign(pair.slice(64), pair.slice(0, 64), Uint8Array.from(Buffer.from(message, 'latin1')))
  return Buffer.from(signature).latin1Slice()
}
