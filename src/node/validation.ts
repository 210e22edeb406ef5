import { RuntimeTrap } from '../../conformance/targets/runtime/executor.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { Reader } from '../codec/stream.js'
import type { DevChain } from './chain.js'
import { codes, RpcError } from './rpc-error.js'
import { readValidity, type ValidTransaction } from './validity.js'

/** Where the submitted come from. @source `sp_runtime::transaction_validity::TransactionSource` */
export const source = { local: '\x01', external: '\x02' } as const

/**
 * Asks the runtime whether the next block could take an extrinsic: signature, nonce, fee.
 * @throws RpcError with the code and the words of a Substrate node
 */
export function validate(chain: DevChain, extrinsic: Bytes, from: Bytes): ValidTransaction {
  checkLength(extrinsic)
  let answer: Bytes
  try {
    answer = chain.callAt(chain.head, 'TaggedTransactionQueue_validate_transaction', from + extrinsic + chain.head.hash)
  } catch (error) {
    if (!(error instanceof RuntimeTrap)) throw error
    throw new RpcError(codes.verification, `Verification Error: Runtime error: Execution failed: ${error.text}`, error.message)
  }
  const validity = readValidity(answer)
  if (validity instanceof RpcError) throw validity
  return validity
}

/** An extrinsic is a vector of bytes: its length comes first and must be that of the rest. */
function checkLength(extrinsic: Bytes): void {
  const reader = new Reader(Buffer.from(extrinsic, 'latin1'))
  let problem = extrinsic === '' ? 'Not enough data to fill buffer' : ''
  try {
    const length = reader.compact()
    if (reader.at + length !== extrinsic.length) problem = `its length says ${length} bytes, there are ${extrinsic.length - reader.at}`
  } catch (error) {
    problem = (error as Error).message
  }
  if (problem !== '') throw new RpcError(codes.badFormat, `Extrinsic has invalid format: ${problem}`, problem)
}
