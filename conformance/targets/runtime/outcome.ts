import type { Bytes } from '../../../spec/kernel/shape.js'
import { decode } from '../../../src/codec/compile.js'
import type { RuntimeMetadata } from './metadata.js'

/**
 * What became of an extrinsic, or of a block's beginning or end.
 *
 * - `ok`
 * - `error`: dispatched and refused: `Pallet.Error`, or another dispatch error as `BadOrigin`, `Token.FundsUnavailable`
 * - `invalid`: refused before dispatch, as a block builder would drop it: `Payment`, `Future`, `Custom(7)`, `Unknown.CannotLookup`
 * - `panic`: the runtime trapped, with its words
 */
export type Outcome =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'panic'; readonly text: string }

export const ok: Outcome = Object.freeze({ kind: 'ok' })

// Not in V14 metadata. @source Substrate `sp_runtime::transaction_validity`, as of 144
const invalid = [
  'Call',
  'Payment',
  'Future',
  'Stale',
  'BadProof',
  'AncientBirthBlock',
  'ExhaustsResources',
  'Custom',
  'BadMandatory',
  'MandatoryValidation',
  'BadSigner',
]
const unknown = ['CannotLookup', 'NoUnsignedValidator', 'Custom']

interface Variant {
  readonly type: string
  readonly value: unknown
}

/** A decoded `DispatchError` as text. */
export function errorText(metadata: RuntimeMetadata, error: unknown): string {
  const { type, value } = error as Variant
  if (type === 'Module') {
    const { index, error: code } = value as { readonly index: number; readonly error: Bytes }
    return metadata.errorName(index, code.charCodeAt(0))
  }
  return typeof value === 'object' && value !== null && 'type' in value ? `${type}.${(value as Variant).type}` : type
}

/** Reads `ApplyExtrinsicResult`; the few that a chain gives are remembered. */
export class Outcomes {
  private readonly known = new Map<Bytes, Outcome>()
  private readonly metadata: RuntimeMetadata

  constructor(metadata: RuntimeMetadata) {
    this.metadata = metadata
  }

  /** @param result SCALE of `Result<Result<(), DispatchError>, TransactionValidityError>` */
  of(result: Bytes): Outcome {
    let outcome = this.known.get(result)
    if (outcome === undefined) this.known.set(result, (outcome = Object.freeze(this.read(result))))
    return outcome
  }

  private read(result: Bytes): Outcome {
    const byte = (i: number): number => result.charCodeAt(i)
    if (byte(0) === 0) {
      if (byte(1) === 0) return ok
      return { kind: 'error', error: errorText(this.metadata, decode<unknown>(this.metadata.dispatchError, result.slice(2))) }
    }
    const names = byte(1) === 0 ? invalid : unknown
    const name = names[byte(2)] ?? `number ${byte(2)}`
    return { kind: 'invalid', reason: `${byte(1) === 0 ? '' : 'Unknown.'}${name}${name === 'Custom' ? `(${byte(3)})` : ''}` }
  }
}
