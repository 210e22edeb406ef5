import { twox128 } from '../../../spec/kernel/hashes.js'
import { bytes } from '../../../spec/kernel/shape.js'
import { genesis, genesisTimeMs, type GenesisEntry } from '../../../spec/versions/genesis.js'
import { decode, encodeToString } from '../../../src/codec/compile.js'
import { Executor, type ExecutorOptions } from './executor.js'
import { RuntimeMetadata } from './metadata.js'
import type { Store } from './store.js'
import { readVersion, type RuntimeVersion } from './version.js'

/** A place to return to; valid until the chain returns to an earlier one. */
export interface ChainMark {
  readonly log: number
  readonly number: number
  readonly timeMs: number
  readonly open: boolean
}

/** A booted runtime and its storage, read and written through the metadata's types. */
export class ChainState {
  readonly executor: Executor
  readonly store: Store
  readonly version: RuntimeVersion
  readonly metadata: RuntimeMetadata
  /** Number of the block that is open or was last finalized. */
  number = 0
  /** Its time, ms since 1970. */
  timeMs = genesisTimeMs
  /** True between `openBlock` and `finalize`. */
  open = false
  private genesisMark = 0

  /**
   * Boots a runtime and loads the default genesis of its version.
   * @param code plain or compressed wasm
   * @throws RuntimeFileError when it is no runtime · UnsupportedMetadata below V14
   */
  constructor(code: Uint8Array, options: ExecutorOptions = {}) {
    this.executor = new Executor(code, options)
    this.store = this.executor.store
    this.version = readVersion(this.executor.call('Core_version'))
    this.metadata = new RuntimeMetadata(Buffer.from(decode(bytes, this.executor.call('Metadata_metadata')), 'latin1'))
    this.load(genesis(this.version.specVersion))
  }

  /** Empties the chain and writes a genesis; `reset` comes back here. */
  load(entries: readonly GenesisEntry[]): void {
    this.store.revert(0)
    for (const entry of entries) this.write(entry)
    this.genesisMark = this.store.mark()
    this.reset()
  }

  /** Back to the genesis, by undoing. */
  reset(): void {
    this.restore({ log: this.genesisMark, number: 0, timeMs: genesisTimeMs, open: false })
  }

  mark(): ChainMark {
    return { log: this.store.mark(), number: this.number, timeMs: this.timeMs, open: this.open }
  }
  restore({ log, number, timeMs, open }: ChainMark): void {
    this.store.revert(log)
    this.number = number
    this.timeMs = timeMs
    this.open = open
  }

  /** Writes an entry past the runtime. */
  write({ pallet, item, args, value, hidden }: GenesisEntry): void {
    if (hidden !== undefined) return this.store.set(twox128(pallet) + twox128(item), encodeToString<unknown>(hidden, value))
    this.store.set(this.metadata.key(pallet, item, ...args), encodeToString<unknown>(this.metadata.item(pallet, item).value, value))
  }

  /** The stored value in memory form; where the key is absent, `undefined` for an optional item and its default otherwise. */
  read(pallet: string, item: string, ...args: readonly unknown[]): unknown {
    const { value, optional, orElse } = this.metadata.item(pallet, item)
    const stored = this.store.get(this.metadata.key(pallet, item, ...args))
    if (stored === undefined && optional) return undefined
    return decode<unknown>(value, stored ?? orElse)
  }
}
