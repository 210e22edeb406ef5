import { RuntimeTrap } from '../../../conformance/targets/runtime/executor.js'
import type { Bytes } from '../../../spec/kernel/shape.js'
import type { Block } from '../chain.js'
import type { DevNode } from '../node.js'
import { codes, RpcError } from '../rpc-error.js'

/**
 * Calls an entry point of the runtime for a client.
 * @throws RpcError in the words of a node when there is none of this name, or when it panics
 */
export function runtimeCall(node: DevNode, block: Block, entry: string, args: Bytes): Bytes {
  const failed = (why: string): RpcError => new RpcError(codes.unknownBlock, `Client error: Execution failed: ${why}`)
  if (!/^[A-Za-z]\w*_\w+$/.test(entry) || !node.chain.state.executor.has(entry))
    throw failed(`Other: Exported method ${entry} is not found`)
  try {
    return node.chain.callAt(block, entry, args)
  } catch (error) {
    if (error instanceof RuntimeTrap) throw failed(`Execution aborted due to trap: ${error.text}`)
    throw error
  }
}
