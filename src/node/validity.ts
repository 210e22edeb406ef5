import type { Bytes } from '../../spec/kernel/shape.js'
import { Reader } from '../codec/stream.js'
import { codes, RpcError } from './rpc-error.js'

/** What the runtime says of an extrinsic that it would take. */
export interface ValidTransaction {
  readonly priority: bigint
  /** Tags that must be provided before: the same account's nonce before this one. */
  readonly requires: readonly Bytes[]
  readonly provides: readonly Bytes[]
}

// In the words of `sp_runtime::transaction_validity`, since clients show and match them.
const invalid = [
  'Transaction call is not expected',
  'Inability to pay some fees (e.g. account balance too low)',
  'Transaction will be valid in the future',
  'Transaction is outdated',
  'Transaction has a bad signature',
  'Transaction has an ancient birth block',
  'Transaction would exhaust the block limits',
  'Custom error: ',
  'A call was labelled as mandatory, but resulted in an Error.',
  'Transaction dispatch is mandatory; transactions must not be validated.',
  'Invalid signing address',
]
const custom = 7
const unknown = [
  'Could not lookup information required to validate the transaction',
  'Could not find an unsigned validator for the unsigned transaction',
  'Custom error: ',
]
const unknownCustom = 2

/** Reads `TransactionValidity`. @returns the refusal as a node words it */
export function readValidity(encoded: Bytes): ValidTransaction | RpcError {
  const reader = new Reader(Buffer.from(encoded, 'latin1'))
  if (reader.u8() === 0) {
    const tags = (): readonly Bytes[] => Array.from({ length: reader.compact() }, () => reader.string())
    return { priority: reader.u64(), requires: tags(), provides: tags() }
  }
  if (reader.u8() === 0) {
    const kind = reader.u8()
    const text = invalid[kind] ?? `Invalid transaction ${kind}`
    return new RpcError(codes.invalid, 'Invalid Transaction', kind === custom ? `${text}${reader.u8()}` : text)
  }
  const kind = reader.u8()
  const text = unknown[kind] ?? `Unknown validity ${kind}`
  return new RpcError(codes.unknownValidity, 'Unknown Transaction Validity', kind === unknownCustom ? `${text}${reader.u8()}` : text)
}
