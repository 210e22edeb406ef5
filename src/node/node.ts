import { blake2_256 } from '../../spec/kernel/hashes.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { slotMs } from '../../spec/versions/genesis.js'
import { fill, storageOf, type BaseSource } from './base.js'
import { DevChain, type Block } from './chain.js'
import { toHex } from './hex.js'
import { Pool, tell, type Pooled, type Watch } from './pool.js'
import { RpcError } from './rpc-error.js'
import { readChainVersion, type ChainVersion } from './runtime-version.js'
import { Sealer, type Sealing } from './sealer.js'
import { signingReady } from './signing.js'
import { StateFile, type StateRecord } from './state-file.js'
import { NodeInputError } from './storage-file.js'
import { source, validate } from './validation.js'
import { runWorker } from './worker.js'

export interface NodeOptions {
  /** Plain wasm. */
  readonly code: Uint8Array
  readonly codeHash: string
  /** Where it comes from, for messages. */
  readonly place: string
  readonly base: BaseSource
  readonly sealing: Sealing
  /** Kept and resumed. */
  readonly stateFile?: string
  /** Present time, ms since 1970; `Date.now` by default. */
  readonly clock?: () => number
  readonly intervalMs?: number
  /** False: nobody bills but those who ask for it; true by default. */
  readonly offchainWorker?: boolean
  /** Between `inBlock` and `finalized`. */
  readonly finalityLagMs?: number
}

export interface NodeListener {
  /** A new head; all are final at once. */
  readonly onBlock?: (block: Block) => void
  /** The head's state was changed past the runtime, or an earlier block became the head. */
  readonly onRewrite?: (head: Block) => void
  /** A block could not be made, or the off-chain worker failed. */
  readonly onTrouble?: (error: Error) => void
  /** Something that ends the node. */
  readonly onFatal?: (error: Error) => void
}

/**
 * A block is final at once, but it is told a little later: polkadot-js fetches the block before it tells `inBlock`, and
 * never tells it when `finalized` has come by then.
 */
const finalityLagMs = 2000

/** Every 600th block, which ends a session, takes nothing; more than that in a row and instant sealing waits for somebody. */
const mostBarren = 3

/** The node behind its RPC: chain, pool, sealing, off-chain worker, and what is kept on disk. */
export class DevNode {
  readonly chain: DevChain
  readonly version: ChainVersion
  readonly pool = new Pool()
  readonly listeners = new Set<NodeListener>()
  readonly sealer: Sealer
  private readonly options: NodeOptions
  private readonly state: StateFile | undefined
  /** What waited in the pool when the state was kept. */
  private readonly resumed: ReadonlySet<Bytes>
  private readonly finalizing = new Map<NodeJS.Timeout, () => void>()
  /** Blocks in a row that took nothing of what was ready. */
  private barren = 0

  /** @throws RuntimeFileError, NodeInputError */
  constructor(options: NodeOptions) {
    const { code, codeHash, place, stateFile } = options
    this.options = options
    this.sealer = new Sealer({
      now: () => this.now(),
      intervalMs: options.intervalMs ?? slotMs,
      make: () => void this.newBlock(),
      makeOfReady: () => this.makeOfReady(),
      onTrouble: (error) => this.trouble(error),
    })
    this.chain = new DevChain(code, place)
    const kept = stateFile === undefined ? undefined : StateFile.read(stateFile)
    if (kept !== undefined && kept.head.codeHash !== codeHash) {
      const of = `${kept.head.specVersion}@${kept.head.codeHash}`
      throw new NodeInputError('usage', `${stateFile}: this chain was made by runtime:${of}. Give --runtime ${of} or another --state`)
    }
    const { state } = this.chain
    fill(state, kept === undefined ? options.base : { kind: 'kept', storage: kept.head.base }, code)
    const base = storageOf(state)
    this.chain.begin()
    this.version = readChainVersion(state.executor.call('Core_version'))
    if (kept === undefined) this.rehearse(options.base)
    const waiting = new Set<Bytes>()
    for (const [i, record] of (kept?.records ?? []).entries()) {
      try {
        if (record.kind === 'pool') waiting.add(record.extrinsic)
        else this.chain.replay(record)
        if (record.kind === 'block') for (const extrinsic of record.extrinsics) waiting.delete(extrinsic)
      } catch (cause) {
        throw new NodeInputError('unusable', `${stateFile}: line ${i + 2} cannot be repeated (${(cause as Error).message})`, { cause })
      }
    }
    if (stateFile !== undefined) {
      const opened = StateFile.open(stateFile, kept === undefined ? { specVersion: state.version.specVersion, codeHash, base } : undefined)
      this.state = opened
      this.chain.keep = (record) => this.keep(opened, record)
    }
    this.resumed = waiting
  }

  /** Somebody else's storage may be no chain: better told now than at the first block. */
  private rehearse(base: BaseSource): void {
    if (base.kind !== 'genesis' && base.kind !== 'fork') return
    try {
      this.chain.rehearse(this.now())
    } catch (cause) {
      const { message } = cause as Error
      const fix = `It has to be of a runtime that this one takes over from, with System.LastRuntimeUpgrade, Aura.Authorities and Session.Validators`
      throw new NodeInputError('usage', `${base.file ?? 'the storage'}: no block can be made on it (${message}). ${fix}`, { cause })
    }
  }

  /** Takes up what waited in the pool before, and begins to seal. */
  async start(): Promise<void> {
    if (this.resumed.size > 0) {
      await signingReady()
      // What has become invalid since is gone, as it would be on any node.
      for (const extrinsic of this.resumed) this.tryAdd(extrinsic, source.external)
    }
    this.sealer.set(this.options.sealing)
  }

  /** Ends sealing; the state is on disk. */
  close(): void {
    this.sealer.set('manual')
    for (const [timer, run] of this.finalizing) {
      clearTimeout(timer)
      run()
    }
    this.finalizing.clear()
    this.state?.close()
  }

  now(): number {
    return (this.options.clock ?? Date.now)()
  }

  // — the pool —

  /**
   * Takes an extrinsic into the pool when the runtime finds it valid.
   * @returns its place there
   * @throws RpcError with the code and the words of a Substrate node
   */
  async submit(extrinsic: Bytes, watch?: Watch): Promise<Pooled> {
    await signingReady()
    const entry = this.add(extrinsic, source.external)
    try {
      if (this.state !== undefined) this.keep(this.state, { kind: 'pool', extrinsic })
    } catch (error) {
      this.pool.remove(entry.hash)
      throw error
    }
    if (watch !== undefined) entry.watchers.add(watch)
    this.pool.announce(entry)
    this.sealer.request()
    return entry
  }

  private add(extrinsic: Bytes, from: Bytes): Pooled {
    const hash = blake2_256(extrinsic)
    this.pool.refuseAgain(hash)
    return this.pool.add(hash, extrinsic, validate(this.chain, extrinsic, from))
  }

  private tryAdd(extrinsic: Bytes, from: Bytes): void {
    try {
      this.add(extrinsic, from)
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
    }
  }

  // — blocks —

  /** A chain that cannot be kept must not go on: nothing that was answered may be lost. */
  private keep(file: StateFile, record: StateRecord): void {
    try {
      file.append(record)
    } catch (error) {
      for (const { onFatal } of this.listeners) onFatal?.(error as Error)
      throw error
    }
  }

  /** Makes a block of what is ready, tells everybody, and runs the off-chain worker on it. */
  newBlock({ timeMs = this.now(), number }: { readonly timeMs?: number; readonly number?: number } = {}): Block {
    const ready = this.pool.ready()
    for (const entry of ready) entry.ready = true
    const { block, dropped } = this.chain.make(ready, timeMs, number)
    const included = new Set(block.extrinsics)
    const inside = ready.filter(({ extrinsic }) => included.has(extrinsic))
    for (const { hash } of dropped) {
      const entry = this.pool.get(hash)
      this.pool.remove(hash)
      if (entry !== undefined) tell(entry, 'invalid')
    }
    this.pool.included(inside)
    for (const { onBlock } of this.listeners) onBlock?.(block)
    const hash = toHex(block.hash)
    for (const entry of inside) tell(entry, { inBlock: hash })
    this.finalizeLater(() => {
      for (const entry of inside) tell(entry, { finalized: hash })
    })
    this.pool.announce()
    this.work()
    return block
  }

  private makeOfReady(): boolean {
    const ready = this.pool.ready()
    if (ready.length === 0) return false
    const { extrinsics } = this.newBlock()
    this.barren = extrinsics.length > 1 ? 0 : this.barren + 1
    return this.barren < mostBarren && ready.some(({ hash }) => this.pool.has(hash))
  }

  private finalizeLater(run: () => void): void {
    const timer = setTimeout(() => {
      this.finalizing.delete(timer)
      run()
    }, this.options.finalityLagMs ?? finalityLagMs)
    this.finalizing.set(timer, run)
  }

  /** What the worker submits waits for the next block. It asks for none itself, or instant sealing would never rest. */
  private work(): void {
    if (this.options.offchainWorker === false) return
    try {
      for (const extrinsic of runWorker(this.chain, this.version)) this.tryAdd(extrinsic, source.local)
    } catch (error) {
      // The block is made: what is wrong with the worker is not the caller's.
      this.trouble(error as Error)
    }
    for (const entry of this.pool.ready()) entry.ready = true
  }

  private trouble(error: Error): void {
    for (const { onTrouble } of this.listeners) onTrouble?.(error)
  }

  /** After the head's state or the head itself was changed: the pool is judged anew. */
  rewritten(): void {
    const waiting = this.pool.all()
    for (const entry of waiting) this.pool.remove(entry.hash)
    for (const old of waiting) {
      this.tryAdd(old.extrinsic, source.external)
      const entry = this.pool.get(old.hash)
      if (entry === undefined) tell(old, 'invalid')
      else for (const watch of old.watchers) entry.watchers.add(watch)
    }
    this.pool.announce()
    for (const { onRewrite } of this.listeners) onRewrite?.(this.chain.head)
  }
}
