import { readDispatchInfo } from '../../../conformance/targets/runtime/dispatch-info.js'
import { u32, type Bytes } from '../../../spec/kernel/shape.js'
import { encodeToString } from '../../codec/compile.js'
import { Reader } from '../../codec/stream.js'
import type { Hex } from '../hex.js'
import type { Family } from './method.js'
import { runtimeCall } from './runtime-call.js'

const withLength = (extrinsic: Bytes): Bytes => extrinsic + encodeToString(u32, extrinsic.length)
const hexNumber = (value: bigint): Hex => `0x${value.toString(16)}`

/** `payment_*`: fees. */
export const paymentFamily: Family = (node) => ({
  payment_queryInfo: (params) => {
    const answer = runtimeCall(node, params.block(1), 'TransactionPaymentApi_query_info', withLength(params.bytes(0, 'the extrinsic')))
    const info = readDispatchInfo(node.chain.state.metadata, answer)
    return { weight: weightJson(info.weight), class: info.class.toLowerCase(), partialFee: info.partialFee.toString() }
  },
  payment_queryFeeDetails: (params) => {
    const entry = 'TransactionPaymentApi_query_fee_details'
    const answer = runtimeCall(node, params.block(1), entry, withLength(params.bytes(0, 'the extrinsic')))
    const reader = new Reader(Buffer.from(answer, 'latin1'))
    if (reader.u8() === 0) return { inclusionFee: null }
    const [baseFee, lenFee, adjustedWeightFee] = [reader.u128(), reader.u128(), reader.u128()].map(hexNumber)
    return { inclusionFee: { baseFee, lenFee, adjustedWeightFee } }
  },
})

/** As a node writes it: `{ ref_time, proof_size }`, or one number before weights had two parts. */
function weightJson(weight: unknown): unknown {
  if (typeof weight !== 'object' || weight === null) return Number(weight)
  const { refTime, proofSize } = weight as { readonly refTime: bigint | number; readonly proofSize: bigint | number }
  return { ref_time: Number(refTime), proof_size: Number(proofSize) }
}
