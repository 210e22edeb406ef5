import type { Bytes } from '../../../spec/kernel/shape.js'
import { Guest } from './guest.js'
import { HostFunctionMissing, hostFunctions, type HostState, type Log } from './host.js'
import type { OffchainWorker } from './offchain.js'
import { verifySignature, type Verify } from './signatures.js'
import { Store } from './store.js'
import { layoutOf, plainWasm, RuntimeFileError, type WasmLayout } from './wasm-file.js'

/** The runtime panicked. Its storage is as before the call; the instance is new. */
export class RuntimeTrap extends Error {
  readonly entry: string
  /** The panic's own words, or V8's where the runtime said none. */
  readonly text: string
  constructor(entry: string, text: string, options?: ErrorOptions) {
    super(`${entry} trapped: ${text}`, options)
    this.name = 'RuntimeTrap'
    this.entry = entry
    this.text = text
  }
}

export interface ExecutorOptions {
  /** Where the wasm comes from, for messages. */
  readonly place?: string
  readonly log?: Log
  /** 0 (default) nothing, 1 errors, … 5 everything. */
  readonly logLevel?: number
  readonly verify?: Verify
}

type Entry = (pointer: number, length: number) => bigint

/** 4 MiB: enough for a block of a hundred extrinsics. */
const initialPages = 64

/**
 * A Substrate runtime on V8's own WebAssembly, with storage in a map. Synchronous, one call at a time.
 */
export class Executor {
  readonly store = new Store()
  private readonly module: WebAssembly.Module
  private readonly layout: WasmLayout
  private readonly imported: WebAssembly.Memory | undefined
  private readonly state: HostState
  private readonly host: Readonly<Record<string, (...args: never[]) => number | bigint | void>>
  private entries!: Readonly<Record<string, Entry>>

  /**
   * @param code plain or compressed wasm
   * @throws RuntimeFileError when it is no Substrate runtime
   */
  constructor(code: Uint8Array, options: ExecutorOptions = {}) {
    const place = options.place ?? 'runtime'
    const wasm = plainWasm(code, place)
    this.layout = layoutOf(wasm, place)
    try {
      this.module = new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>)
    } catch (cause) {
      throw new RuntimeFileError(
        'RUNTIME-TRUNCATED',
        place,
        `V8 does not accept this wasm (${(cause as Error).message})`,
        'Fetch the file again',
        { cause },
      )
    }
    const exported = new Set(WebAssembly.Module.exports(this.module).map(({ name }) => name))
    const missing = ['Core_version', 'Core_initialize_block', 'BlockBuilder_apply_extrinsic', '__heap_base'].filter(
      (name) => !exported.has(name),
    )
    if (missing.length > 0) {
      throw new RuntimeFileError(
        'RUNTIME-NOT-SUBSTRATE',
        place,
        `wasm, but no Substrate runtime: it does not export ${missing.join(', ')}`,
        'Give the runtime of a Substrate chain',
      )
    }
    const { importedPages } = this.layout
    this.imported = importedPages === undefined ? undefined : new WebAssembly.Memory({ initial: Math.max(importedPages, initialPages) })
    this.state = {
      // Set by `instantiate`, before any host function can run.
      guest: undefined as unknown as Guest,
      store: this.store,
      verify: options.verify ?? verifySignature,
      lastError: undefined,
      logLevel: options.logLevel ?? 0,
      log: options.log,
      offchain: undefined,
    }
    this.host = hostFunctions(this.state)
    this.instantiate()
  }

  private instantiate(): void {
    // A memory of ours survives; so does the guest on it, with the shim's cache of hashed literals.
    if (this.imported !== undefined) this.state.guest ??= this.makeGuest(this.imported)
    const env: Record<string, WebAssembly.ImportValue> = {}
    for (const { kind, name } of WebAssembly.Module.imports(this.module)) {
      env[name] = kind === 'memory' ? this.imported! : this.importOf(name)
    }
    const { exports } = new WebAssembly.Instance(this.module, { env })
    if (this.imported === undefined) this.state.guest = this.makeGuest(exports['memory'] as WebAssembly.Memory)
    this.entries = exports as unknown as Readonly<Record<string, Entry>>
  }

  private makeGuest(memory: WebAssembly.Memory): Guest {
    return new Guest(
      memory,
      this.layout.heapBase,
      this.layout.rodata,
      this.host['ext_hashing_twox_128_version_1'] as unknown as (span: bigint) => number,
    )
  }

  private importOf(name: string): (...args: never[]) => number | bigint | void {
    const { state } = this
    const shim = this.imported === undefined ? undefined : state.guest.shim
    switch (name) {
      // With a memory of the module's own the shim comes to life after the module: call it through JavaScript.
      case 'ext_allocator_malloc_version_1':
        return shim?.malloc ?? ((size: number) => state.guest.shim.malloc(size))
      case 'ext_allocator_free_version_1':
        return shim?.free ?? ((pointer: number) => state.guest.shim.free(pointer))
      case 'ext_hashing_twox_128_version_1':
        return shim?.twox128 ?? ((span: bigint) => state.guest.shim.twox128(span))
      default:
        return (
          this.host[name] ??
          (() => {
            throw new HostFunctionMissing(name)
          })
        )
    }
  }

  has(entry: string): boolean {
    return typeof this.entries[entry] === 'function'
  }

  /**
   * Calls a runtime entry point.
   * @param args SCALE of its arguments, one after the other
   * @returns SCALE of its result
   * @throws RuntimeTrap when the runtime panics
   */
  call(entry: string, args: Bytes = ''): Bytes {
    const { guest } = this.state
    // Statics keep pointers into a heap that is about to be forgotten.
    guest.reset()
    guest.bytes.set(this.layout.data, this.layout.dataStart)
    this.state.lastError = undefined
    const depth = this.store.depth
    const mark = this.store.mark()
    try {
      const call = this.entries[entry]
      if (call === undefined) throw new Error(`the runtime has no entry point ${entry}`)
      return guest.string(call(guest.put(args), args.length))
    } catch (error) {
      this.store.closeTransactions(depth)
      this.store.revert(mark)
      // The stack pointer is a global that no one else can put back.
      this.instantiate()
      if (!(error instanceof WebAssembly.RuntimeError) && !(error instanceof RangeError)) throw error
      throw new RuntimeTrap(entry, this.state.lastError ?? error.message, { cause: error })
    }
  }

  /** Calls an entry point with the services of an off-chain worker. */
  callOffchain(entry: string, args: Bytes, worker: OffchainWorker): Bytes {
    this.state.offchain = worker
    try {
      return this.call(entry, args)
    } finally {
      this.state.offchain = undefined
    }
  }
}
