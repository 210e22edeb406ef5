import type { Bytes } from '../../kernel/shape.js'
import type { World } from '../../kernel/world.js'
import { blockNumber } from '../system/clock.js'
import type { StellarSignature } from './types.js'
import { majority } from './validators.js'

/** What burns and refunds have in common: both wait for the signatures of a majority, and expire. */

/** A signature, and the sequence number of the Stellar account that it was made for. */
export interface Signing {
  readonly signature: Bytes
  readonly stellarPubKey: Bytes
  readonly sequenceNumber: bigint
}
interface Signed {
  readonly block: number
  readonly signatures: readonly StellarSignature[]
  readonly sequenceNumber: bigint
}

/** `signing`: signatures are missing; `ready`: a majority of today's validators has signed, and Stellar can be told. */
export type SigningLife = 'absent' | 'signing' | 'ready' | 'executed'
export const progress = (w: World, tx: Signed): 'signing' | 'ready' => (tx.signatures.length < majority(w) ? 'signing' : 'ready')

export const keyHasSigned = (tx: Signed, { stellarPubKey }: Signing): boolean =>
  tx.signatures.some((s) => s.stellarPubKey === stellarPubKey)
export const signatureIsThere = (tx: Signed, { signature }: Signing): boolean => tx.signatures.some((s) => s.signature === signature)

/** True when one more signature reaches the majority. */
export const signatureCompletes = (w: World, tx: Signed): boolean => tx.signatures.length + 1 >= majority(w)
/** The pallet's own test compares with `==`: once validators left, more than enough is not enough. */
export const hasExactlyEnough = (w: World, tx: Signed): boolean => tx.signatures.length === majority(w)

export const signatureOf = ({ signature, stellarPubKey }: Signing): StellarSignature => ({ signature, stellarPubKey })
/** The transaction with one more signature. The last sequence number counts, also for those who signed another one. */
export const withSignature = <T extends Signed>(tx: T, by: Signing): T => ({
  ...tx,
  sequenceNumber: by.sequenceNumber,
  signatures: [...tx.signatures, signatureOf(by)],
})

/** Blocks after which an unsettled burn or refund has to be signed anew. @source runtime/src/lib.rs `RetryInterval` @439e6919 */
export const RETRY_INTERVAL = 20

/** Signatures do not prolong a transaction's time: `block` is that of its creation or last expiry. A block that lies ahead wraps: expired. */
export function isExpired(w: World, { block }: Signed): boolean {
  const age = blockNumber(w) - block
  return age >= RETRY_INTERVAL || age < 0
}

/** The transaction as an expiry leaves it: to be signed anew. */
export const expired = <T extends Signed>(w: World, tx: T): T => ({ ...tx, block: blockNumber(w), signatures: [], sequenceNumber: 0n })
