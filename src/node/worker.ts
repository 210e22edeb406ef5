import { OffchainWorker } from '../../conformance/targets/runtime/offchain.js'
import { dummySignature } from '../../conformance/targets/runtime/signatures.js'
import { blake2_256 } from '../../spec/kernel/hashes.js'
import { u32, type AccountId, type Bytes } from '../../spec/kernel/shape.js'
import { encodeToString } from '../codec/compile.js'
import { Reader } from '../codec/stream.js'
import type { DevChain } from './chain.js'
import { uriOf } from './dev-accounts.js'
import { encodeHeader, noHash } from './header.js'
import type { ChainVersion } from './runtime-version.js'
import { signAs } from './signing.js'

/** The node's keystore: the chain's authorities, as far as they are development accounts. */
export function ownAuthorities(chain: DevChain): readonly AccountId[] {
  const authorities = chain.state.metadata.findItem('Aura', 'Authorities') === undefined ? [] : chain.state.read('Aura', 'Authorities')
  return (authorities as readonly AccountId[]).filter((who) => uriOf(who) !== undefined)
}

/**
 * Runs the runtime's own off-chain worker on the head, with the author's key in its keystore and no web around it.
 * The keystore of the runtime target signs with a dummy; here the author's key signs in its place, over the payload that
 * the runtime will check.
 * @returns what it submits
 */
export function runWorker(chain: DevChain, version: ChainVersion): readonly Bytes[] {
  const keys = ownAuthorities(chain)
  const { executor } = chain.state
  if (keys.length === 0 || !executor.has('OffchainWorkerApi_offchain_worker')) return []
  const worker = new OffchainWorker({ keys: { aura: keys }, nowMs: chain.timeMs })
  chain.inState(chain.head, () => executor.callOffchain('OffchainWorkerApi_offchain_worker', encodeHeader(chain.head.header), worker))
  return worker.submitted.flatMap((extrinsic) => resign(chain, version, extrinsic) ?? [])
}

const signedV4 = '\x84\0'
const sr25519 = '\x01'

/** The extrinsic with a signature of its signer instead of the dummy; undefined when its birth block is not known any more. */
function resign(chain: DevChain, version: ChainVersion, extrinsic: Bytes): Bytes | undefined {
  const reader = new Reader(Buffer.from(extrinsic, 'latin1'))
  const length = extrinsic.slice(0, extrinsic.length - reader.compact())
  const kind = reader.fixed(2)
  const signer = reader.fixed(32) as AccountId
  const signature = reader.fixed(65)
  if (kind !== signedV4 || signature !== sr25519 + dummySignature) return extrinsic
  const start = reader.at
  let additional = ''
  for (const name of chain.state.metadata.signedExtensions) {
    const more = extension(name, reader, chain, version)
    if (more === undefined) return undefined
    additional += more
  }
  const extra = extrinsic.slice(start, reader.at)
  const call = extrinsic.slice(reader.at)
  const payload = call + extra + additional
  const signed = signAs(signer, payload.length > 256 ? blake2_256(payload) : payload)
  return length + kind + signer + sr25519 + signed + extra + call
}

/** Reads over an extension's part of the extrinsic. @returns what is signed beside it */
function extension(name: string, reader: Reader, chain: DevChain, version: ChainVersion): Bytes | undefined {
  switch (name) {
    case 'CheckSpecVersion':
      return encodeToString(u32, version.specVersion)
    case 'CheckTxVersion':
      return encodeToString(u32, version.transactionVersion)
    case 'CheckGenesis':
      return chain.genesisHash
    case 'CheckMortality':
    case 'CheckEra':
      return birthHash(reader, chain)
    case 'CheckNonce':
      reader.compact()
      return ''
    case 'ChargeTransactionPayment':
      reader.bigCompact()
      return ''
    case 'CheckMetadataHash':
      reader.u8()
      return '\0'
    default:
      return ''
  }
}

/** @source `sp_runtime::generic::Era` */
function birthHash(reader: Reader, chain: DevChain): Bytes | undefined {
  const first = reader.u8()
  if (first === 0) return chain.genesisHash
  const era = first | (reader.u8() << 8)
  const period = 2 << (era & 15)
  const phase = (era >> 4) * Math.max(period >> 12, 1)
  const current = chain.head.header.number
  const birth = Math.floor((Math.max(current, phase) - phase) / period) * period + phase
  const hash = chain.blockAt(birth)?.hash ?? (chain.state.read('System', 'BlockHash', birth) as Bytes)
  return hash === noHash ? undefined : hash
}
