import type { AccountId, Bytes } from '../../spec/kernel/shape.js'
import { actors } from '../../spec/versions/genesis.js'
import { Writer } from '../../src/codec/stream.js'
import type { RuntimeChain } from '../targets/runtime/driver.js'
import { mockSignature, reallySigned, signers, withSignature, type Scheme, type Signer } from './signing.js'

/** An extrinsic made up right before it is applied. */
export interface Extra {
  readonly name: string
  /** @param round 0, 1, 2, …: how often this one came before */
  readonly make: (chain: RuntimeChain, round: number) => Bytes
}

const names = ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie', 'Grace', 'Heidi'] as const
const nameOf = (round: number): string => names[round % names.length]!
const schemes: readonly Scheme[] = ['sr25519', 'ed25519', 'ecdsa']
const tft = 10_000_000n
/** One byte more than the call takes: it does not decode, and the runtime panics. */
const fatalHash = 'a'.repeat(51)
const garbage = '\x07'.repeat(64)
const hex = (bytes: Bytes): Bytes => Buffer.from(bytes, 'latin1').toString('hex')
const id = (value: AccountId) => ({ type: 'Id', value })

/** Signed by Chopsticks' mock signature. */
export const mockSigned = (chain: RuntimeChain, who: AccountId, call: Bytes, nonce?: number): Bytes =>
  withSignature(chain.signed(who, call, nonce === undefined ? {} : { nonce }), mockSignature)

const transfer = (chain: RuntimeChain, to: AccountId, value: bigint): Bytes =>
  chain.call('Balances', 'transferAllowDeath', { dest: id(to), value })
const accept = (chain: RuntimeChain, documentHash: Bytes): Bytes =>
  chain.call('TfgridModule', 'userAcceptTc', { documentLink: 'https://example.org/terms', documentHash })

/** `Utility.batch` or `batchAll`. */
function batch(chain: RuntimeChain, name: 'batch' | 'batchAll', calls: readonly Bytes[]): Bytes {
  const { palletIndex, index } = chain.metadata.callNamed('Utility', name)
  const writer = new Writer()
  writer.u8(palletIndex)
  writer.u8(index)
  writer.compact(calls.length)
  for (const call of calls) writer.raw(call)
  return writer.slice()
}

/** `create_entity` with the target's signature over name, country and city. @param sign gives it as text */
function entity(chain: RuntimeChain, target: AccountId, name: Bytes, sign: (message: Bytes) => Bytes): Bytes {
  const [country, city] = ['Belgium', 'Ghent']
  return mockSigned(
    chain,
    actors.niaj,
    chain.call('TfgridModule', 'createEntity', { target, name, country, city, signature: sign(name + country + city) }),
  )
}

/**
 * Extrinsics that reach host functions which the generated calls do not: every signature scheme with true and false signatures,
 * storage transactions that roll back at several depths, refusals before dispatch, traps.
 */
export async function extras(): Promise<readonly Extra[]> {
  const keyOf = await signers()
  const known = new Map<string, Signer>()
  const signer = (scheme: Scheme, name: string): Signer => {
    const found = known.get(scheme + name) ?? keyOf(scheme, name)
    known.set(scheme + name, found)
    return found
  }
  return [
    { name: 'a call that does not decode', make: (chain) => mockSigned(chain, actors.judy, accept(chain, fatalHash)) },
    {
      name: 'money for keys of all schemes',
      make: (chain) =>
        mockSigned(
          chain,
          actors.mallory,
          batch(
            chain,
            'batch',
            schemes.map((scheme) => transfer(chain, signer(scheme, 'Trudy').account, 10n * tft)),
          ),
        ),
    },
    ...schemes.map((scheme) => ({
      name: `a transfer truly signed with ${scheme}`,
      make: (chain: RuntimeChain) => reallySigned(chain, signer(scheme, 'Trudy'), transfer(chain, actors.judy, tft)),
    })),
    ...schemes.map((scheme) => ({
      name: `a transfer falsely signed with ${scheme}`,
      make: (chain: RuntimeChain) => {
        const { account, sign } = signer(scheme, 'Trudy')
        return reallySigned(chain, { scheme, account, sign: (message) => sign(`${message}.`) }, transfer(chain, actors.judy, tft))
      },
    })),
    {
      name: 'a signature that is none',
      make: (chain) => withSignature(chain.signed(actors.judy, transfer(chain, actors.ivan, tft)), garbage),
    },
    ...(['sr25519', 'ed25519'] as const).map((scheme) => ({
      name: `an entity that signed with ${scheme}`,
      make: (chain: RuntimeChain, round: number) => {
        const { account, sign } = signer(scheme, nameOf(round))
        return entity(chain, account, `${scheme}-${round}`, (message) => hex(sign(message)))
      },
    })),
    {
      name: 'an entity that did not sign',
      make: (chain, round) => entity(chain, signer('sr25519', `Nobody ${round}`).account, `unsigned-${round}`, () => hex(garbage)),
    },
    {
      name: 'a panic in a call',
      make: (chain, round) => entity(chain, signer('sr25519', `Nobody ${round}`).account, `panic-${round}`, () => 'z'.repeat(128)),
    },
    {
      name: 'a batch rolled back as a whole',
      make: (chain) =>
        mockSigned(
          chain,
          actors.judy,
          batch(chain, 'batchAll', [transfer(chain, actors.ivan, tft), transfer(chain, actors.ivan, 1n << 100n)]),
        ),
    },
    {
      name: 'a batch in a batch, rolled back in part',
      make: (chain) => {
        const inner = batch(chain, 'batchAll', [
          transfer(chain, actors.ivan, 2n * tft),
          accept(chain, ''),
          transfer(chain, actors.ivan, 1n << 100n),
        ])
        return mockSigned(
          chain,
          actors.judy,
          batch(chain, 'batch', [transfer(chain, actors.ivan, tft), inner, transfer(chain, actors.ivan, tft)]),
        )
      },
    },
    {
      name: 'a motion that succeeds',
      make: (chain, round) =>
        mockSigned(chain, actors.alice, chain.motion(chain.call('TfgridModule', 'setConnectionPrice', { price: 80 + round }))),
    },
    {
      name: 'a motion that fails',
      make: (chain) =>
        mockSigned(chain, actors.alice, chain.motion(chain.call('TfgridModule', 'createFarm', { name: 'motion', publicIps: [] }))),
    },
    { name: 'a nonce that was', make: (chain) => mockSigned(chain, actors.mallory, transfer(chain, actors.judy, tft), 0) },
    { name: 'a nonce to come', make: (chain) => mockSigned(chain, actors.judy, transfer(chain, actors.ivan, tft), 999_999) },
    { name: 'nothing to pay with', make: (chain) => mockSigned(chain, strangerWithNothing, transfer(chain, actors.ivan, tft)) },
    { name: 'bytes that are no extrinsic', make: () => '\x08\x84\xff' },
  ]
}

const strangerWithNothing = 'nobody, who holds nothing at all'.padEnd(32).slice(0, 32) as AccountId

/**
 * Calls of Root, dispatched by the scheduler when a block opens: they reach `clear_prefix` over several keys, and write keys that
 * no pallet has, an empty value among them. (144 hands `clear_prefix` no limit here, whatever `subkeys` says.)
 */
export const rootCalls: readonly ((chain: RuntimeChain) => Bytes)[] = [
  (chain) => chain.call('System', 'setStorage', { items: Array.from({ length: 5 }, (_, i) => [`check-host/${i}`, `value ${i}`]) }),
  (chain) => chain.call('System', 'killStorage', { keys: ['check-host/3', 'check-host/none'] }),
  (chain) => chain.call('System', 'killPrefix', { prefix: 'check-host/', subkeys: 2 }),
  (chain) =>
    chain.call('System', 'setStorage', {
      items: [
        ['check-host/0', ''],
        ['check-host/10', 'x'.repeat(40)],
      ],
    }),
  (chain) => chain.call('System', 'killPrefix', { prefix: 'check-host/', subkeys: 100 }),
]
