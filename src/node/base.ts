import type { ChainState } from '../../conformance/targets/runtime/chain-state.js'
import { bytesOf } from '../../conformance/targets/runtime/store.js'
import { twox128 } from '../../spec/kernel/hashes.js'
import { fixed, u64, vec, type AccountId, type Bytes } from '../../spec/kernel/shape.js'
import { genesis, slotMs, type GenesisEntry } from '../../spec/versions/genesis.js'
import { encodeToString } from '../codec/compile.js'
import { devAccounts, devAuthor } from './dev-accounts.js'
import type { Storage } from './storage-file.js'

/** Where the chain begins. */
export type BaseSource =
  | { readonly kind: 'dev'; readonly timeMs: number }
  /** A genesis as it is. */
  | { readonly kind: 'genesis'; readonly storage: Storage; readonly file?: string }
  /** The state of another chain: the development author takes over, and the development accounts can act. */
  | { readonly kind: 'fork'; readonly storage: Storage; readonly file?: string }
  /** As it was kept: nothing is added. */
  | { readonly kind: 'kept'; readonly storage: Storage }

const million = 1_000_000n * 10_000_000n
const codeKey = ':code'
const council = [devAccounts.get('//Alice')!, devAccounts.get('//Bob')!]
/** As on a development chain of TFChain; 600 in production. */
const billingFrequency = 10n
const twox = (pallet: string, item: string): Bytes => twox128(pallet) + twox128(item)

/** Fills the chain's storage. @param code plain wasm, which clients may read under `:code` */
export function fill(state: ChainState, source: BaseSource, code: Uint8Array): void {
  const { store } = state
  if (source.kind === 'dev') {
    state.load(genesis(state.version.specVersion, { council, billingFrequency }))
    // The first block can be made at once, at the present time.
    const slot = Math.floor(source.timeMs / slotMs) - 1
    store.set(twox('Timestamp', 'Now'), encodeToString(u64, BigInt(slot * slotMs)))
    store.set(twox('Aura', 'CurrentSlot'), encodeToString(u64, BigInt(slot)))
    fund(state)
  } else {
    state.load([])
    for (const [key, value] of source.storage) store.set(key, value)
    if (source.kind === 'fork') adopt(state)
  }
  if (!store.has(codeKey)) store.set(codeKey, Buffer.from(code).latin1Slice())
}

const entry = (pallet: string, item: string, args: readonly unknown[], value: unknown): GenesisEntry => ({ pallet, item, args, value })

interface Account {
  readonly providers: number
  readonly data: { readonly free: bigint }
}

/** Tops the development accounts up to a million TFT. */
function fund(state: ChainState): void {
  let issued = state.read('Balances', 'TotalIssuance') as bigint
  for (const who of devAccounts.values()) {
    const held = state.read('System', 'Account', who) as Account
    if (held.data.free >= million) continue
    issued += million - held.data.free
    const data = { ...held.data, free: million }
    state.write(entry('System', 'Account', [who], { ...held, providers: Math.max(held.providers, 1), data }))
  }
  state.write(entry('Balances', 'TotalIssuance', [], issued))
}

/** Makes somebody else's chain one of ours: the author, the council, the purses. Contracts, twins and prices stay. */
function adopt(state: ChainState): void {
  const author = [devAuthor]
  const keys = { aura: devAuthor, grandpa: devAuthor }
  const sorted = (accounts: readonly AccountId[]): readonly AccountId[] => [...accounts].sort()
  fund(state)
  state.store.set(twox('Aura', 'Authorities'), encodeToString(vec(fixed(32)), author))
  for (const one of [
    entry('Session', 'Validators', [], author),
    entry('Session', 'QueuedKeys', [], [[devAuthor, keys]]),
    entry('Session', 'NextKeys', [devAuthor], keys),
    entry('ValidatorSet', 'Validators', [], author),
    entry('ValidatorSet', 'ApprovedValidators', [], author),
    entry('Council', 'Members', [], sorted(council)),
    entry('CouncilMembership', 'Members', [], sorted(council)),
  ])
    if (state.metadata.findItem(one.pallet, one.item) !== undefined) state.write(one)
}

/** The base as it will be kept; the code is found by its hash again. */
export function storageOf(state: ChainState): Storage {
  return new Map([...state.store.entries()].filter(([key]) => key !== codeKey).map(([key, value]) => [key, bytesOf(value)]))
}
