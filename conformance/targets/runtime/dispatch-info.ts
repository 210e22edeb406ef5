import type { Bytes, ShapeDef } from '../../../spec/kernel/shape.js'
import { decode } from '../../../src/codec/compile.js'
import type { RuntimeMetadata } from './metadata.js'

/** What `TransactionPaymentApi_query_info` says of an extrinsic. */
export interface DispatchInfo {
  /** In the form the version has: `{ refTime, proofSize }` in 123 and 144. */
  readonly weight: unknown
  readonly class: 'Normal' | 'Operational' | 'Mandatory'
  /** Withheld during dispatch, without the tip; 1e-7 TFT. */
  readonly partialFee: bigint
}

const unit: ShapeDef = { kind: 'unit' }
const classes = ['Normal', 'Operational', 'Mandatory'].map((name, i) => [name, i, unit] as const)
const shapes = new WeakMap<RuntimeMetadata, ShapeDef>()

/** The answer's type is not in the metadata, but weights are: those of a block, by class. */
function shapeOf(metadata: RuntimeMetadata): ShapeDef {
  const perClass = metadata.item('System', 'BlockWeight').value
  const weight: ShapeDef = perClass.kind === 'struct' ? perClass.fields[0]![1] : { kind: 'u64' }
  return {
    kind: 'struct',
    fields: [
      ['weight', weight],
      ['class', { kind: 'enum', variants: classes }],
      ['partialFee', { kind: 'u128' }],
    ],
  }
}

/** @param result SCALE of `RuntimeDispatchInfo` */
export function readDispatchInfo(metadata: RuntimeMetadata, result: Bytes): DispatchInfo {
  let shape = shapes.get(metadata)
  if (shape === undefined) shapes.set(metadata, (shape = shapeOf(metadata)))
  const info = decode<{ weight: unknown; class: { type: DispatchInfo['class'] }; partialFee: bigint }>(shape, result)
  return { weight: info.weight, class: info.class.type, partialFee: info.partialFee }
}
