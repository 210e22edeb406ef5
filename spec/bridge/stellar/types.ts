/** What the bridge sees of Stellar. Amounts are in 1e-7 TFT, Stellar's own unit. */

export type Memo = { readonly type: 'none' } | { readonly type: 'text' | 'hash' | 'return'; readonly value: string }

/** One operation of a transaction that pays into the vault. `path`: a path payment, which credits like a payment. */
export interface Operation {
  readonly from: string
  readonly asset: 'TFT' | 'XLM'
  readonly amount: bigint
  readonly path?: boolean
}

/** A transaction as Horizon lists it for the vault's account. */
export interface VaultTx {
  readonly hash: string
  /** Its place in Horizon's order: the paging token. */
  readonly cursor: number
  readonly operations: readonly Operation[]
  /** Operations in the same transaction that are not about the vault: an effects page holds ten records. */
  readonly otherOperations: number
  readonly memo: Memo
}

/** A signature by a vault signer over the hash of a transaction. */
export interface Signature {
  readonly key: string
  readonly over: string
}

/** A transaction out of the vault. */
export interface Payout {
  readonly to: string
  readonly amount: bigint
  readonly sequence: number
  readonly memo: Memo
  /** Creates a claimable balance for `to` instead of paying it. */
  readonly claimable: boolean
}

/**
 * The content decides, signatures do not count: two payouts of the same content are the same transaction.
 * @source Stellar, Transactions: “hash of the transaction's signature base”
 */
export const hashOf = ({ to, amount, sequence, memo, claimable }: Payout): string =>
  `${sequence}>${to}:${amount}${memo.type === 'none' ? '' : `#${memo.type}:${memo.value}`}${claimable ? '!' : ''}`

export interface StellarAccount {
  readonly exists: boolean
  readonly trusts: boolean
  /** What it has more (or less) than at first. */
  readonly tft: bigint
}

/** What the ledger says about a submission. `failed` consumes the sequence number, a refusal does not. */
export type Submitted =
  { readonly type: 'paid' } | { readonly type: 'failed'; readonly reason: string } | { readonly type: 'refused'; readonly reason: string }
