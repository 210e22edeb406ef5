import { ss58Encode } from '../codec/ss58.js'
import { devAccounts } from './dev-accounts.js'
import { toHex } from './hex.js'
import type { ServedNode } from './serve.js'

/** The startup message for programs. */
export function startupJson({ node, endpoint }: ServedNode, startMs: number): unknown {
  const { chain, version, sealer } = node
  return {
    endpoint,
    http: endpoint.replace(/^ws/, 'http'),
    startMs,
    specName: version.specName,
    specVersion: version.specVersion,
    genesisHash: toHex(chain.genesisHash),
    head: { number: chain.head.header.number, hash: toHex(chain.head.hash) },
    sealing: sealer.sealing,
    council: ['//Alice', '//Bob'],
    accounts: [...devAccounts].map(([uri, who]) => ({ uri, address: ss58Encode(who) })),
  }
}

/** The startup message for people. */
export function startupText({ node, endpoint }: ServedNode, startMs: number): string {
  const { chain, version, sealer } = node
  const accounts = [...devAccounts].map(([uri, who]) => `  ${uri.padEnd(16)} ${ss58Encode(who)}`)
  return [
    `TFChain ${version.specVersion} on ${endpoint}, and http on the same port (${startMs} ms)`,
    `  genesis ${toHex(chain.genesisHash)}`,
    `  head    #${chain.head.header.number} ${toHex(chain.head.hash)}, blocks ${sealer.sealing}`,
    'Accounts of the development phrase, a million TFT each; the council is //Alice and //Bob, the author //Validator:',
    ...accounts,
    'Ctrl-C ends it.',
    '',
  ].join('\n')
}
