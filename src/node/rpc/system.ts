import { RuntimeTrap } from '../../../conformance/targets/runtime/executor.js'
import { u32, type AccountId, type Bytes } from '../../../spec/kernel/shape.js'
import { decode, encodeToString } from '../../codec/compile.js'
import { toHex } from '../hex.js'
import type { DevNode } from '../node.js'
import { codes, RpcError } from '../rpc-error.js'
import { signingReady } from '../signing.js'
import type { Family, Method } from './method.js'
import { runtimeCall } from './runtime-call.js'

/** A libp2p id in form, of nobody: the node has no network. */
const peerId = '12D3KooWtfspecNodeHasNoNetworkAndThereforeNoPeers111'

/** The account's next nonce, what waits in the pool counted. */
export function nextIndex(node: DevNode, account: AccountId): number {
  let nonce = decode(u32, runtimeCall(node, node.chain.head, 'AccountNonceApi_account_nonce', account))
  // The tag that CheckNonce provides.
  while (node.pool.provides(account + encodeToString(u32, nonce))) nonce++
  return nonce
}

/** `system_*`: who the node is, and nonces. */
export const systemFamily: (info: { readonly version: string; readonly listen: string }) => Family = (info) => (node) => {
  const { chain } = node
  const accountNextIndex: Method = (params) => nextIndex(node, params.account(0, 'the account'))
  const dryRun: Method = async (params) => {
    const extrinsic = params.bytes(0, 'the extrinsic')
    const block = params.block(1)
    if (block !== chain.head) throw new RpcError(codes.server, 'dry runs are possible on the head alone')
    await signingReady()
    return toHex(dryRunOnHead(node, extrinsic))
  }
  return {
    system_name: () => 'tfspec node',
    system_version: () => info.version,
    system_chain: () => `TFChain ${node.version.specVersion} (tfspec)`,
    system_chainType: () => 'Development',
    system_properties: () => ({ ss58Format: 42, tokenDecimals: 7, tokenSymbol: 'TFT' }),
    system_health: () => ({ peers: 0, isSyncing: false, shouldHavePeers: false }),
    system_peers: () => [],
    system_localPeerId: () => peerId,
    system_localListenAddresses: () => [info.listen],
    system_nodeRoles: () => ['Authority'],
    system_reservedPeers: () => [],
    system_syncState: () => {
      const { number } = chain.head.header
      return { startingBlock: chain.blocks[0]!.header.number, currentBlock: number, highestBlock: number }
    },
    system_accountNextIndex: accountNextIndex,
    account_nextIndex: accountNextIndex,
    system_dryRun: dryRun,
    system_dryRunAt: dryRun,
  }
}

/** `ApplyExtrinsicResult` of an extrinsic alone in the next block. */
function dryRunOnHead({ chain }: DevNode, extrinsic: Bytes): Bytes {
  const { executor } = chain.state
  try {
    return chain.inState(chain.head, () => {
      executor.call('Core_initialize_block', chain.nextHeader())
      return executor.call('BlockBuilder_apply_extrinsic', extrinsic)
    })
  } catch (error) {
    if (error instanceof RuntimeTrap) throw new RpcError(8000, `Unable to dry run extrinsic: ${error.text}`)
    throw error
  }
}
