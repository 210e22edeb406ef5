// All items are declared with the machines.
import '../../spec/machines.js'
import { findItem, type Hasher } from '../../spec/kernel/item.js'
import { account, bool, bytes, compact32, fixed, struct, tuple, u32, u64, vec, type Bytes, type ShapeDef } from '../../spec/kernel/shape.js'
import { genesisNamed, type GenesisEntry, type GenesisName } from '../../spec/versions/genesis.js'
import { encodeToString } from '../codec/compile.js'
import { itemPrefix, storageKey, type StorageKeyPart } from '../codec/storage-key.js'

const sessionKeys = struct({ aura: fixed(32), grandpa: fixed(32) })
const part = (hasher: Hasher, shape: ShapeDef): StorageKeyPart => ({ hasher, shape })

/** What a genesis holds and the spec does not model: block building and consensus. A test holds it against the runtime's metadata. */
const beyondTheSpec: Readonly<Record<string, { readonly keys?: readonly StorageKeyPart[]; readonly value: ShapeDef }>> = {
  'System.LastRuntimeUpgrade': { value: struct({ specVersion: compact32, specName: bytes }) },
  'System.UpgradedToU32RefCount': { value: bool },
  'System.UpgradedToTripleRefCount': { value: bool },
  'System.BlockHash': { keys: [part('Twox64Concat', u32)], value: fixed(32) },
  'System.ParentHash': { value: fixed(32) },
  'ValidatorSet.Validators': { value: vec(account) },
  'ValidatorSet.ApprovedValidators': { value: vec(account) },
  'Session.NextKeys': { keys: [part('Twox64Concat', account)], value: sessionKeys },
  'Session.KeyOwner': { keys: [part('Twox64Concat', tuple(fixed(4), bytes))], value: account },
  'Aura.Authorities': { value: vec(fixed(32)) },
  'Aura.CurrentSlot': { value: u64 },
  'CouncilMembership.Members': { value: vec(account) },
  'Sudo.Key': { value: account },
}

function stored({ pallet, item: name, args, value, hidden }: GenesisEntry, version: number): readonly [key: Bytes, value: Bytes] {
  const item = findItem(pallet, name)
  const beyond = beyondTheSpec[`${pallet}.${name}`]
  const keys = item?.keys ?? beyond?.keys ?? []
  const shape = hidden ?? item?.valueAt(version) ?? beyond?.value
  if (shape === undefined) throw new Error(`${pallet}.${name} has no form here`)
  return [storageKey(itemPrefix(pallet, name), keys, args), encodeToString<unknown>(shape, value)]
}

/** A genesis as storage, as a node's chain spec would hold it, without a runtime's metadata at hand. */
export const genesisStorage = (name: GenesisName, version: number): readonly (readonly [key: Bytes, value: Bytes])[] =>
  genesisNamed(name, version).map((entry) => stored(entry, version))

const hex = (bytes: Bytes): string => `0x${Buffer.from(bytes, 'latin1').toString('hex')}`

/** The same as JSON, `{"0xKEY": "0xVALUE"}` in byte order: for `tfspec node --genesis`, or `genesis.raw.top` of a chain spec. */
export function genesisJson(name: GenesisName, version: number): string {
  const lines = genesisStorage(name, version).map(([key, value]) => ` "${hex(key)}": "${hex(value)}"`)
  return `{\n${lines.sort().join(',\n')}\n}\n`
}
