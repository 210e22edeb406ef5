import type { AccountId, Bytes } from '../spec/kernel/shape.js'

/** Somebody with an ed25519 key, whose account id is the public key. */
export interface Signer {
  readonly account: AccountId
  /** The signature of a message, 128 hexadecimal digits. The same message has the same signature in every run. */
  readonly sign: (message: Bytes) => Bytes
}

/** What stands before 32 bytes of seed in a private key's PKCS #8 form. @source RFC 8410, section 10.3 */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Makes a key pair. Node's own code signs, reached as the spec reaches its verification: the model imports nothing of Node's. */
export function signerOf(seed: number): Signer {
  const { createPrivateKey, createPublicKey, sign } = process.getBuiltinModule('node:crypto')
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  const known = new Map<Bytes, Bytes>()
  return {
    account: publicKey.toString('latin1') as AccountId,
    sign: (message) => {
      const signature = known.get(message) ?? sign(null, Buffer.from(message, 'latin1'), key).toString('hex')
      known.set(message, signature)
      return signature
    },
  }
}
