import type { entityKinds } from '../../model/entity.js'
import { actors } from '../../spec/versions/genesis.js'
import { ss58Encode } from '../codec/ss58.js'
import type { Fixture, FixtureStep } from '../fixtures/fixture.js'
import { callExpression, personOf, plainArgs, sectionOf } from './value.js'

/** Where the chain counts what it gives ids to, for `api.query`. */
const counters: Readonly<Record<(typeof entityKinds)[number], string>> = {
  twin: 'tfgridModule.twinID',
  entity: 'tfgridModule.entityID',
  farm: 'tfgridModule.farmID',
  node: 'tfgridModule.nodeID',
  'pricing-policy': 'tfgridModule.pricingPolicyID',
  'farming-policy': 'tfgridModule.farmingPolicyID',
  contract: 'smartContractModule.contractID',
  'solution-provider': 'smartContractModule.solutionProviderID',
  'service-contract': 'smartContractModule.serviceContractID',
  burn: 'tftBridgeModule.burnTransactionID',
}

/** Events of the envelope and of purses depend on what a chain was before. */
const envelope = /^(System|Balances|TransactionPayment)\./

/**
 * A case as a script for Node with nothing but `@polkadot/api`: signs as the development accounts, tells what comes of each
 * step, and fails where an outcome is not the recorded one. Ids are the chain's own: handles are looked up.
 */
export function polkadotJsOf({ info, genesis, steps }: Fixture): string {
  const names = Object.keys(actors).map((name) => `${name} = person('${name[0]!.toUpperCase()}${name.slice(1)}')`)
  return `// ${info.rule ?? info.rules[0] ?? 'case'}: ${info.what.replace(/\s+/g, ' ')}
// Exported by ${info.tool} from a case that was recorded on spec_version ${info.specVersion} with the genesis “${genesis}”.
//
//   npm install @polkadot/api && node case.mjs ws://127.0.0.1:9944
//
// It submits extrinsics: run it against a development node, such as \`tfspec node\`. Each call waits for a block of its own here:
// a case that was recorded with many in one block, and drains an account to the last unit or counts every second, can end
// otherwise. \`tfspec export --as genesis\` and \`tfspec node --genesis … --offchain-worker never\` bring the node nearest to it.
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api'

const provider = new WsProvider(process.argv[2] ?? 'ws://127.0.0.1:9944')
const api = await ApiPromise.create({ provider, noInitWarn: true })
const chain = (await api.rpc.system.chain()).toString()
if (/main/i.test(chain)) throw new Error(\`\${chain}: not on main net\`)
const keyring = new Keyring({ type: 'sr25519' })
const person = (name) => keyring.addFromUri(\`//\${name}\`)
const ${names.join(', ')}

const counters = ${JSON.stringify(counters)}
const ids = new Map()
/** What the chain has given ids to so far, by kind. */
const counts = async () => {
  const queries = Object.values(counters).map((name) => api.query[name.split('.')[0]][name.split('.')[1]])
  const values = await api.queryMulti(queries)
  return new Map(Object.keys(counters).map((kind, i) => [kind, BigInt(values[i].toString())]))
}
/** The id that a step created; one that never exists when it created none. */
const created = (kind, step) => ids.get(\`\${kind} \${step}\`) ?? 0xfffffff0
let failures = 0

/** Signs, submits, waits until it is in a block, and compares. */
async function call(step, who, what, expected, expectedEvents) {
  const before = await counts()
  const { outcome, events } = await new Promise((resolve) => {
    what
      .signAndSend(who, { nonce: -1, era: 0 }, ({ status, events, dispatchError }) => {
        if (!status.isInBlock && !status.isFinalized) return
        const told = events.map(({ event }) => \`\${event.section}.\${event.method}\`)
        if (dispatchError === undefined) return resolve({ outcome: 'ok', events: told })
        const { type, value } = dispatchError
        // \`Token.Frozen\`, \`Arithmetic.Overflow\`, or \`BadOrigin\` alone.
        if (!dispatchError.isModule) return resolve({ outcome: value?.type === undefined ? type : \`\${type}.\${value.type}\`, events: told })
        const { section, name } = api.registry.findMetaError(dispatchError.asModule)
        resolve({ outcome: \`\${section}.\${name}\`, events: told })
      })
      .catch((error) => resolve({ outcome: \`refused: \${error.message}\`, events: [] }))
  })
  for (const [kind, now] of await counts()) if (now > before.get(kind)) ids.set(\`\${kind} \${step}\`, now)
  const missing = expectedEvents.filter((event) => !events.includes(event))
  // A step without a record is only carried out.
  const same = expected === null || outcome === expected || (expected === 'refused' && outcome.startsWith('refused'))
  if (!same || missing.length > 0) failures++
  const problem = same ? (missing.length === 0 ? '' : \`: without the event \${missing.join(', ')}\`) : \`: expected \${expected}\`
  console.log(\`\${same && missing.length === 0 ? 'ok  ' : 'FAIL'} step \${step} \${what.method.section}.\${what.method.method}: \${outcome}\${problem}\`)
}

/** Goes on by blocks and seconds: at once where the node lets its clients do that, otherwise by waiting. */
async function advance(blocks, seconds) {
  const head = (await api.rpc.chain.getHeader()).number.toNumber()
  try {
    const now = Number((await api.query.timestamp.now()).toString())
    await provider.send('dev_timeTravel', [now + seconds * 1000, { blocks: 0 }])
    await provider.send('dev_newBlock', [{ count: 1, ...(blocks > 1 ? { unsafeBlockHeight: head + blocks } : {}) }])
  } catch (error) {
    if (blocks > 20) throw new Error(\`this node cannot jump \${blocks} blocks: use one with dev_timeTravel and dev_newBlock\`, { cause: error })
    while ((await api.rpc.chain.getHeader()).number.toNumber() < head + blocks) await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

${steps.map(stepText).join('\n')}

await api.disconnect()
console.log(failures === 0 ? 'all as recorded' : \`\${failures} steps not as recorded\`)
process.exitCode = failures === 0 ? 0 : 1
`
}

function stepText({ step, expect }: FixtureStep): string {
  if (step.type === 'advance') return `await advance(${step.blocks}, ${step.seconds})`
  const { pallet, name } = step.call
  const shape = step.call.argsLike(step.args)
  const what = callExpression(pallet, name, shape, plainArgs(shape, step.args), step.refs)
  const signer = personOf(ss58Encode(step.who))
  if (signer === undefined) return `// step ${step.id}: ${pallet}.${name} is signed by somebody who has no development key`
  const { outcome } = expect ?? {}
  // A panic is dropped by whoever builds the block, and nothing tells.
  if (outcome?.type === 'panic')
    return `// step ${step.id}: ${pallet}.${name} makes the runtime panic: ${what.slice(0, 200).replace(/\n/g, ' ')}`
  const expected =
    outcome === undefined ? null : outcome.type === 'ok' ? 'ok' : outcome.type === 'error' ? sectioned(outcome.error) : 'refused'
  const events = [...new Set((expect?.events ?? []).map(({ event }) => event))].filter((event) => !envelope.test(event)).map(sectioned)
  return `await call(${step.id}, ${signer}, ${what}, ${JSON.stringify(expected)}, ${JSON.stringify(events)})`
}

/** Errors that no pallet declares. */
const foreign: ReadonlySet<string> = new Set(['Token', 'Arithmetic', 'Transactional'])

/** `TfgridModule.TwinExists` as polkadot-js says it. */
function sectioned(name: string): string {
  const [pallet = '', ...rest] = name.split('.')
  return rest.length === 0 || foreign.has(pallet) ? name : `${sectionOf(pallet)}.${rest.join('.')}`
}
