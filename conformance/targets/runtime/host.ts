import { blake2_128, blake2_256, keccak256, twox128, twox256, twox64 } from '../../../spec/kernel/hashes.js'
import type { Bytes } from '../../../spec/kernel/shape.js'
import type { Guest } from './guest.js'
import { Intern } from './intern.js'
import type { OffchainWorker } from './offchain.js'
import { dummySignature, recoverSecp256k1, type KeyKind, type Verify } from './signatures.js'
import type { Store } from './store.js'

/** Levels of `ext_logging_log`: 0 error, 1 warn, 2 info, 3 debug, 4 trace. */
export type Log = (level: number, target: string, message: string) => void

/** What the host functions work on. The executor owns it and replaces `guest` when it instantiates anew. */
export interface HostState {
  guest: Guest
  readonly store: Store
  readonly verify: Verify
  /** The last message at level 0: how a panic tells its reason. */
  lastError: string | undefined
  /** How much the runtime logs: 0 nothing, 1 errors, … 5 everything. */
  readonly logLevel: number
  readonly log: Log | undefined
  /** Set while an off-chain worker runs. */
  offchain: OffchainWorker | undefined
}

/** The suite lacks a host function: a defect of ours, never an outcome of the chain. */
export class HostFunctionMissing extends Error {
  constructor(name: string) {
    super(`the runtime calls the host function ${name}, which this suite does not provide`)
    this.name = 'HostFunctionMissing'
  }
}

/** Any of the functions a runtime imports: i32 as number, i64 as bigint. */
type HostFunction = (...args: never[]) => number | bigint | void

/** A root that nothing checks when blocks are driven from outside. */
const noRoot: Bytes = '\0'.repeat(32)
const none: Bytes = '\0'
const u32 = (value: number): Bytes => String.fromCharCode(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24)

/**
 * The host functions that TFChain's runtimes import, spec_version 9 to 144.
 * @source Substrate `sp_io` at the versions those runtimes were built with
 */
export function hostFunctions(state: HostState): Readonly<Record<string, HostFunction>> {
  return { ...storage(state), ...hashing(state), ...crypto(state), ...offchain(state), ...misc(state) }
}

function storage(state: HostState): Record<string, HostFunction> {
  const { store } = state
  const intern = interns(state)
  const key = (span: bigint): Bytes => intern.strings[intern.number(span)]!
  const clearPrefix = (prefix: bigint, limit = Infinity) => store.clearPrefix(state.guest.string(prefix), limit)
  return {
    ext_storage_get_version_1: (k: bigint) => state.guest.giveOption(store.get(key(k))),
    ext_storage_set_version_1: (k: bigint, v: bigint) => store.set(key(k), state.guest.string(v)),
    ext_storage_clear_version_1: (k: bigint) => store.delete(key(k)),
    ext_storage_exists_version_1: (k: bigint) => (store.has(key(k)) ? 1 : 0),
    ext_storage_append_version_1: (k: bigint, v: bigint) => {
      const name = key(k)
      store.append(name, state.guest.slice(v))
    },
    /** `Option<u32>`: how many bytes there are from the offset on; as many as fit go into the buffer. */
    ext_storage_read_version_1: (k: bigint, out: bigint, offset: number) => {
      const { guest } = state
      const value = store.get(key(k))
      if (value === undefined) return guest.give(none)
      const rest = value.slice(offset)
      guest.span(out)
      guest.write(guest.pointer, rest.slice(0, guest.length))
      return guest.give(`\x01${u32(rest.length)}`)
    },
    ext_storage_next_key_version_1: (k: bigint) => state.guest.giveOption(store.nextKey(key(k))),
    ext_storage_clear_prefix_version_1: (prefix: bigint) => {
      clearPrefix(prefix)
    },
    ext_storage_clear_prefix_version_2: (prefix: bigint, limit: bigint) => {
      const most = state.guest.slice(limit)
      const { deleted, more } = clearPrefix(prefix, most[0] === 1 ? most.readUInt32LE(1) : Infinity)
      return state.guest.give((more ? '\x01' : '\x00') + u32(deleted))
    },
    ext_storage_root_version_1: () => state.guest.give(noRoot),
    ext_storage_root_version_2: () => state.guest.give(noRoot),
    ext_storage_changes_root_version_1: () => state.guest.give(none),
    ext_storage_start_transaction_version_1: () => store.begin(),
    ext_storage_commit_transaction_version_1: () => store.commit(),
    ext_storage_rollback_transaction_version_1: () => store.rollback(),
    ext_trie_blake2_256_ordered_root_version_1: () => state.guest.put(noRoot),
    ext_trie_blake2_256_ordered_root_version_2: () => state.guest.put(noRoot),
  }
}

/** Strings and digests by number, for one executor. */
class Interns extends Intern {
  private readonly state: HostState
  constructor(state: HostState) {
    super()
    this.state = state
  }
  number(span: bigint): number {
    const { guest } = this.state
    guest.span(span)
    return this.find(guest.bytes, guest.view, guest.pointer, guest.length)
  }
}
const allInterns = new WeakMap<HostState, Interns>()
function interns(state: HostState): Interns {
  let found = allInterns.get(state)
  if (found === undefined) allInterns.set(state, (found = new Interns(state)))
  return found
}

function hashing(state: HostState): Record<string, HostFunction> {
  const intern = interns(state)
  const plain = (hash: (data: Bytes) => Bytes) => (data: bigint) => state.guest.put(hash(state.guest.string(data)))
  /** The two hashes of storage keys, remembered beside the interned bytes. Longer inputs (extrinsics) would only fill the table. */
  const interned = (memory: 'blake2' | 'twox64', hash: (data: Bytes) => Bytes) => (data: bigint) => {
    state.guest.span(data)
    if (state.guest.length > 128) return state.guest.put(hash(state.guest.string(data)))
    const number = intern.number(data)
    return state.guest.put((intern[memory][number] ??= hash(intern.strings[number]!)))
  }
  return {
    ext_hashing_twox_64_version_1: interned('twox64', twox64),
    ext_hashing_twox_128_version_1: plain(twox128),
    ext_hashing_twox_256_version_1: plain(twox256),
    ext_hashing_blake2_128_version_1: interned('blake2', blake2_128),
    ext_hashing_blake2_256_version_1: plain(blake2_256),
    ext_hashing_keccak_256_version_1: plain(keccak256),
  }
}

function crypto(state: HostState): Record<string, HostFunction> {
  const verify = (kind: KeyKind) => (signature: number, message: bigint, publicKey: number) => {
    const { bytes } = state.guest
    return state.verify(
      kind,
      bytes.subarray(signature, signature + 64),
      state.guest.slice(message),
      bytes.subarray(publicKey, publicKey + 32),
    )
      ? 1
      : 0
  }
  /** `Result<[u8; 33], EcdsaVerifyError>`. */
  const recover = (signature: number, hash: number) => {
    const { bytes } = state.guest
    const key = recoverSecp256k1(bytes.subarray(signature, signature + 65), bytes.subarray(hash, hash + 32))
    return state.guest.give(key === undefined ? '\x01\x02' : `\x00${Buffer.from(key).latin1Slice()}`)
  }
  const generate = (name: string) => () => {
    throw new HostFunctionMissing(name)
  }
  return {
    ext_crypto_sr25519_verify_version_2: verify('sr25519'),
    ext_crypto_ed25519_verify_version_1: verify('ed25519'),
    // Each signature of a batch is verified as it comes: a bad one has been refused before the batch ends.
    ext_crypto_start_batch_verify_version_1: () => undefined,
    ext_crypto_finish_batch_verify_version_1: () => 1,
    ext_crypto_secp256k1_ecdsa_recover_compressed_version_1: recover,
    ext_crypto_secp256k1_ecdsa_recover_compressed_version_2: recover,
    ext_crypto_sr25519_generate_version_1: generate('ext_crypto_sr25519_generate'),
    ext_crypto_ed25519_generate_version_1: generate('ext_crypto_ed25519_generate'),
  }
}

/** The keystore and the web exist only while an off-chain worker runs. */
function offchain(state: HostState): Record<string, HostFunction> {
  const worker = (): OffchainWorker => {
    if (state.offchain === undefined) throw new Error('the runtime asked for an off-chain service while executing a block')
    return state.offchain
  }
  const text = (span: bigint): string => state.guest.slice(span).toString()
  return {
    ext_crypto_sr25519_public_keys_version_1: (type: number) => {
      const keys = worker().keys(state.guest.bytes.latin1Slice(type, type + 4))
      return state.guest.give(String.fromCharCode(keys.length << 2) + keys.join(''))
    },
    ext_crypto_sr25519_sign_version_1: (_type: number, _key: number, _message: bigint) => state.guest.give(`\x01${dummySignature}`),
    ext_offchain_timestamp_version_1: () => BigInt(worker().nowMs),
    ext_offchain_submit_transaction_version_1: (extrinsic: bigint) => {
      worker().submitted.push(state.guest.string(extrinsic))
      return state.guest.give('\0')
    },
    ext_offchain_http_request_start_version_1: (method: bigint, uri: bigint) => state.guest.give(worker().request(text(method), text(uri))),
    ext_offchain_http_request_add_header_version_1: (id: number) => state.guest.give(worker().write(id)),
    ext_offchain_http_request_write_body_version_1: (id: number) => state.guest.give(worker().write(id)),
    ext_offchain_http_response_wait_version_1: (ids: bigint) => state.guest.give(worker().wait(state.guest.slice(ids))),
    ext_offchain_http_response_read_body_version_1: (id: number, into: bigint) =>
      state.guest.give(worker().read(id, state.guest.slice(into))),
  }
}

function misc(state: HostState): Record<string, HostFunction> {
  return {
    ext_logging_max_level_version_1: () => state.logLevel,
    ext_logging_log_version_1: (level: number, target: bigint, message: bigint) => {
      if (level > 0 && (state.log === undefined || level >= state.logLevel)) return
      const text = state.guest.slice(message).toString()
      if (level === 0) state.lastError = text
      if (level < state.logLevel) state.log?.(level, state.guest.slice(target).toString(), text)
    },
    ext_misc_print_utf8_version_1: (message: bigint) => state.log?.(2, 'print', state.guest.slice(message).toString()),
    ext_misc_print_hex_version_1: (bytes: bigint) => state.log?.(2, 'print', state.guest.slice(bytes).toString('hex')),
    ext_misc_print_num_version_1: (number: bigint) => state.log?.(2, 'print', String(BigInt.asUintN(64, number))),
    // `Option<Vec<u8>>`: none, as for a blob that is no runtime. Only an upgrade asks.
    ext_misc_runtime_version_version_1: () => state.guest.give(none),
  }
}
