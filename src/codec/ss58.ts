import { blake2b } from '@noble/hashes/blake2.js'
import type { AccountId } from '../../spec/kernel/shape.js'

/** TFChain's address prefix: Substrate's generic one. */
const prefix = 42
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const checksumBytes = 2

function checksum(body: Uint8Array): Uint8Array {
  return blake2b(Buffer.concat([Buffer.from('SS58PRE'), body]), { dkLen: 64 }).subarray(0, checksumBytes)
}

const written = new Map<AccountId, string>()

/** The address of an account, prefix 42: `5Grwva…`. */
export function ss58Encode(account: AccountId): string {
  let address = written.get(account)
  if (address === undefined) {
    const body = Buffer.concat([Buffer.of(prefix), Buffer.from(account, 'latin1')])
    address = base58(Buffer.concat([body, checksum(body)]))
    if (written.size > 10_000) written.clear()
    written.set(account, address)
  }
  return address
}

/**
 * The account behind an address.
 * @returns the account, or what is wrong with the address
 */
export function ss58Decode(address: string): AccountId | { readonly problem: string } {
  const bytes = unBase58(address)
  if (bytes === undefined) return { problem: 'not base58' }
  if (bytes.length !== 35) return { problem: `an address has 35 bytes, this one ${bytes.length}` }
  if (bytes[0] !== prefix) return { problem: `prefix ${bytes[0]} instead of ${prefix}` }
  const body = bytes.subarray(0, -checksumBytes)
  if (Buffer.compare(checksum(body), bytes.subarray(-checksumBytes)) !== 0) return { problem: 'its checksum is wrong: mistyped?' }
  return body.subarray(1).toString('latin1') as AccountId
}

function base58(bytes: Buffer): string {
  let number = BigInt(`0x${bytes.toString('hex')}`)
  let out = ''
  for (; number > 0n; number /= 58n) out = alphabet[Number(number % 58n)]! + out
  // Leading zero bytes vanish in a number.
  for (let i = 0; i < bytes.length && bytes[i] === 0; i++) out = `1${out}`
  return out
}

function unBase58(text: string): Buffer | undefined {
  let number = 0n
  for (const letter of text) {
    const digit = alphabet.indexOf(letter)
    if (digit < 0) return undefined
    number = number * 58n + BigInt(digit)
  }
  const hex = number.toString(16)
  const body = number === 0n ? Buffer.alloc(0) : Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  const zeros = text.length - text.replace(/^1+/, '').length
  return Buffer.concat([Buffer.alloc(zeros), body])
}
