import { RuntimeTrap } from '../../conformance/targets/runtime/executor.js'
import { blake2_256 } from '../../spec/kernel/hashes.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { Reader } from '../codec/stream.js'
import { fill, storageOf, type BaseSource } from './base.js'
import { DevChain, type Block } from './chain.js'
import { toHex } from './hex.js'
import { Pool, tell, type Pooled, type Watch } from './pool.js'
import { codes, RpcError } from './rpc-error.js'
import { readChainVersion, type ChainVersion } from './runtime-version.js'
import { signingReady } from './signing.js'
import { StateFile, type StateRecord } from './state-file.js'
import { NodeInputError } from './storage-file.js'
import { readValidity } from './validity.js'
import { runWorker } from './worker.js'

/** When blocks are made: as soon as something is submitted, every 6 s, or on `dev_newBlock`. */
export type Sealing = 'instant' | 'interval' | 'manual'

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
  /** Between `inBlock` and `finalized`. */
  readonly finalityLagMs?: number
}

export interface NodeListener {
  /** A new head; all are final at once. */
  readonly onBlock?: (block: Block) => void
  /** The head's state was changed past the runtime, or an earlier block became the head. */
  readonly onRewrite?: (head: Block) => void
  /** A block could not be made. */
  readonly onTrouble?: (error: Error) => void
  /** Something that ends the node. */
  readonly onFatal?: (error: Error) => void
}

/**
 * A block is final at once, but it is told a little later: polkadot-js fetches the block before it tells `inBlock`, and
 * never tells it when `finalized` has come by then.
 */
const finalityLagMs = 250

/** Where the submitted come from. @source `sp_runtime::transaction_validity::TransactionSource` */
const source = { local: '\x01', external: '\x02' } as const

/** The node behind its RPC: chain, pool, sealing, off-chain worker, and what is kept on disk. */
export class DevNode {
  readonly chain: DevChain
  readonly version: ChainVersion
  readonly pool = new Pool()
  readonly listeners = new Set<NodeListener>()
  sealing: Sealing
  private readonly options: NodeOptions
  private readonly state: StateFile | undefined
  private timer: NodeJS.Timeout | undefined
  private sealRequested = false
  /** What waited in the pool when the state was kept. */
  private readonly resumed: ReadonlySet<Bytes>
  private closed = false
  private readonly finalizing = new Map<NodeJS.Timeout, () => void>()

  /** @throws RuntimeFileError, NodeInputError */
  constructor(options: NodeOptions) {
    const { code, codeHash, place, stateFile } = options
    this.options = options
    this.sealing = options.sealing
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
    const waiting = new Set<Bytes>()
    for (const [i, record] of (kept?.records ?? []).entries()) {
      try {
        if (record.kind === 'pool') waiting.add(record.extrinsic)
        else this.chain.replay(record)
      } catch (cause) {
        throw new NodeInputError('unusable', `${stateFile}: line ${i + 2} cannot be repeated (${(cause as Error).message})`, { cause })
      }
    }
    if (stateFile !== undefined) {
      const opened = StateFile.open(stateFile, kept === undefined ? { specVersion: state.version.specVersion, codeHash, base } : undefined)
      this.state = opened
      this.chain.keep = (record) => this.keep(opened, record)
    }
    for (const block of this.chain.blocks) for (const extrinsic of block.extrinsics) waiting.delete(extrinsic)
    this.resumed = waiting
  }

  /** Takes up what waited in the pool before, and begins to seal. */
  async start(): Promise<void> {
    if (this.resumed.size > 0) {
      await signingReady()
      // What has become invalid since is gone, as it would be on any node.
      for (const extrinsic of this.resumed) this.tryAdd(extrinsic, source.external)
      this.requestSeal()
    }
    if (this.sealing === 'interval') this.schedule()
  }

  /** Ends sealing; the state is on disk. */
  close(): void {
    this.closed = true
    clearTimeout(this.timer)
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

  setSealing(sealing: Sealing): void {
    this.sealing = sealing
    clearTimeout(this.timer)
    if (sealing === 'interval') this.schedule()
    this.requestSeal()
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
    this.requestSeal()
    return entry
  }

  private add(extrinsic: Bytes, from: Bytes): Pooled {
    checkLength(extrinsic)
    const { chain } = this
    const hash = blake2_256(extrinsic)
    if (this.pool.has(hash)) throw new RpcError(codes.alreadyImported, 'Transaction Already Imported', `[${toHex(hash)}]`)
    let answer: Bytes
    try {
      answer = chain.callAt(chain.head, 'TaggedTransactionQueue_validate_transaction', from + extrinsic + chain.head.hash)
    } catch (error) {
      if (!(error instanceof RuntimeTrap)) throw error
      throw new RpcError(codes.verification, `Verification Error: Runtime error: Execution failed: ${error.text}`, error.message)
    }
    const validity = readValidity(answer)
    if (validity instanceof RpcError) throw validity
    return this.pool.add(hash, extrinsic, validity)
  }

  private tryAdd(extrinsic: Bytes, from: Bytes): void {
    try {
      this.add(extrinsic, from)
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
    }
  }

  // — blocks —

  /** Instant sealing: everything that arrives before the event loop turns shares a block. */
  private requestSeal(): void {
    if (this.sealing !== 'instant' || this.sealRequested || this.closed) return
    this.sealRequested = true
    setImmediate(() => {
      this.sealRequested = false
      if (this.closed || this.sealing !== 'instant') return
      const ready = this.pool.ready()
      if (ready.length === 0) return
      this.attempt(() => {
        const { extrinsics } = this.newBlock()
        // A full block leaves some behind: the next one takes them.
        if (extrinsics.length > 1 && ready.some(({ hash }) => this.pool.has(hash))) this.requestSeal()
      })
    })
  }

  private schedule(): void {
    const interval = this.options.intervalMs ?? 6000
    // On the slots' edges, as the authors of a real chain.
    this.timer = setTimeout(
      () => {
        this.attempt(() => this.newBlock())
        if (!this.closed && this.sealing === 'interval') this.schedule()
      },
      interval - (this.now() % interval),
    )
  }

  /** Without a caller who could be told: those who listen are. */
  private attempt(run: () => void): void {
    try {
      run()
    } catch (error) {
      for (const { onTrouble } of this.listeners) onTrouble?.(error as Error)
    }
  }

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

  private finalizeLater(run: () => void): void {
    const timer = setTimeout(() => {
      this.finalizing.delete(timer)
      run()
    }, this.options.finalityLagMs ?? finalityLagMs)
    this.finalizing.set(timer, run)
  }

  /** What the worker submits waits for the next block. It asks for none itself, or instant sealing would never rest. */
  private work(): void {
    for (const extrinsic of runWorker(this.chain, this.version)) this.tryAdd(extrinsic, source.local)
    for (const entry of this.pool.ready()) entry.ready = true
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

/** An extrinsic is a vector of bytes: its length comes first and must be that of the rest. */
function checkLength(extrinsic: Bytes): void {
  const reader = new Reader(Buffer.from(extrinsic, 'latin1'))
  let problem = extrinsic === '' ? 'Not enough data to fill buffer' : ''
  try {
    const length = reader.compact()
    if (reader.at + length !== extrinsic.length) problem = `its length says ${length} bytes, there are ${extrinsic.length - reader.at}`
  } catch (error) {
    problem = (error as Error).message
  }
  if (problem !== '') throw new RpcError(codes.badFormat, `Extrinsic has invalid format: ${problem}`, problem)
}
