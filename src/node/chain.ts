import { ChainState } from '../../conformance/targets/runtime/chain-state.js'
import { bytesOf } from '../../conformance/targets/runtime/store.js'
import { twox128 } from '../../spec/kernel/hashes.js'
import { u64, type Bytes } from '../../spec/kernel/shape.js'
import { slotMs } from '../../spec/versions/genesis.js'
import { decode, encodeToString } from '../codec/compile.js'
import { BlockMaker, type Candidate, type Dropped } from './block-maker.js'
import { auraDigest, encodeHeader, headerHash, noHash, type Header } from './header.js'
import { History } from './history.js'
import { emptyTrieRoot, rootOfStorage, type Write } from './roots.js'
import { verifyTruly } from './signing.js'

export interface Block {
  /** Its place in the list of blocks; numbers may have gaps, positions have none. */
  readonly position: number
  readonly hash: Bytes
  readonly header: Header
  readonly extrinsics: readonly Bytes[]
}

/** What happened to the chain, in the order in which it must be told again to get the same chain. */
export type ChainRecord =
  | { readonly kind: 'block'; readonly header: Header; readonly extrinsics: readonly Bytes[]; readonly writes: readonly Write[] }
  | { readonly kind: 'set'; readonly writes: readonly Write[] }
  | { readonly kind: 'travel'; readonly nextNumber: number }
  | { readonly kind: 'head'; readonly hash: Bytes }

/** The minimum between two blocks. @source runtime/src/lib.rs `MinimumPeriod` @439e6919 */
const minimumPeriodMs = 3000
const currentSlotKey = twox128('Aura') + twox128('CurrentSlot')

/**
 * A chain of blocks with real hashes over the real runtime: the store is the state of its head, the history that of every
 * block. Everything is synchronous: nobody ever sees half a block.
 */
export class DevChain {
  readonly state: ChainState
  readonly history = new History()
  readonly blocks: Block[] = []
  genesisHash: Bytes = noHash
  /** Told of each change before it counts; when it throws, the change has not happened. */
  keep: (record: ChainRecord) => void = () => undefined
  private readonly byHash = new Map<Bytes, Block>()
  private readonly byNumber = new Map<number, Block>()
  /** The store's log after each block. */
  private readonly marks: number[] = []
  private readonly maker: BlockMaker
  private nextNumber: number | undefined

  /** @throws RuntimeFileError when the code is no runtime */
  constructor(code: Uint8Array, place: string) {
    this.state = new ChainState(code, { place, verify: verifyTruly })
    this.maker = new BlockMaker(this.state)
  }

  get head(): Block {
    return this.blocks.at(-1)!
  }
  block(hash: Bytes): Block | undefined {
    return this.byHash.get(hash)
  }
  blockAt(number: number): Block | undefined {
    return this.byNumber.get(number)
  }

  /** What the store holds now becomes the first block. */
  begin(): void {
    const { state, history } = this
    const entries = [...state.store.entries()].map(([key, value]) => [key, bytesOf(value)] as const)
    const number = state.read('System', 'Number') as number
    const stateRoot = rootOfStorage(noHash, entries)
    const forked = number > 0
    const parentHash = forked ? (state.read('System', 'ParentHash') as Bytes) : noHash
    const logs = forked ? [auraDigest(this.slot())] : []
    const header: Header = { parentHash, number, stateRoot, extrinsicsRoot: emptyTrieRoot, logs }
    const hash = headerHash(header)
    const known = forked ? (state.read('System', 'BlockHash', 0) as Bytes) : noHash
    this.genesisHash = known === noHash ? hash : known
    // Signatures of immortal extrinsics contain it.
    state.write({ pallet: 'System', item: 'BlockHash', args: [0], value: this.genesisHash })
    for (const [key, value] of state.store.entries()) history.record(0, key, bytesOf(value))
    this.push({ position: 0, hash, header, extrinsics: [] })
  }

  private push(block: Block): void {
    this.blocks.push(block)
    this.byHash.set(block.hash, block)
    this.byNumber.set(block.header.number, block)
    this.marks[block.position] = this.state.store.mark()
  }

  // — time —

  /** Aura's slot of the head. */
  private slot(): number {
    const stored = this.state.store.get(currentSlotKey)
    return stored === undefined ? 0 : Number(decode<bigint>(u64, stored))
  }
  /** The head's time, ms since 1970. */
  get timeMs(): number {
    return Number(this.state.read('Timestamp', 'Now'))
  }
  /** The earliest time the runtime accepts for the next block: its slot must be later, and it must be 3 s later. */
  get earliestMs(): number {
    return Math.max(this.timeMs + minimumPeriodMs, (this.slot() + 1) * slotMs)
  }

  /**
   * Moves the clock forward as `dev_timeTravel` does: the head's time changes, and the next block follows it.
   * @param skip by how many the number of the next block is higher than it would be
   */
  travel(timeMs: number, skip: number): void {
    const slot = Math.floor(timeMs / slotMs)
    this.set([
      [this.state.metadata.key('Timestamp', 'Now'), encodeToString(u64, BigInt(timeMs))],
      [currentSlotKey, encodeToString(u64, BigInt(slot))],
    ])
    if (skip === 0) return
    const nextNumber = (this.nextNumber ?? this.head.header.number + 1) + skip
    this.keep({ kind: 'travel', nextNumber })
    this.nextNumber = nextNumber
  }

  // — changes —

  /**
   * Makes the next block on the head.
   * @param timeMs wanted; a time that is too early becomes the earliest possible one
   * @throws RuntimeTrap when the runtime panics at the block's beginning or end; then nothing has happened
   */
  make(candidates: Iterable<Candidate>, timeMs: number, number?: number): { readonly block: Block; readonly dropped: readonly Dropped[] } {
    const { store } = this.state
    const mark = store.mark()
    try {
      const made = this.maker.make(candidates, {
        parent: this.head,
        number: number ?? this.nextNumber ?? this.head.header.number + 1,
        timeMs: Math.max(timeMs, this.earliestMs),
      })
      this.keep({ kind: 'block', header: made.header, extrinsics: made.extrinsics, writes: made.writes })
      return { block: this.take(made.header, made.extrinsics, made.writes), dropped: made.dropped }
    } catch (error) {
      store.revert(mark)
      throw error
    }
  }

  /** Makes a block and throws it away. @throws RuntimeTrap when none can be made on the head */
  rehearse(timeMs: number): void {
    const { store } = this.state
    const mark = store.mark()
    try {
      const number = this.nextNumber ?? this.head.header.number + 1
      this.maker.make([], { parent: this.head, number, timeMs: Math.max(timeMs, this.earliestMs) })
    } finally {
      store.revert(mark)
    }
  }

  private take(header: Header, extrinsics: readonly Bytes[], writes: readonly Write[]): Block {
    const block: Block = { position: this.blocks.length, hash: headerHash(header), header, extrinsics }
    for (const [key, value] of writes) this.history.record(block.position, key, value)
    this.push(block)
    this.nextNumber = undefined
    return block
  }

  /** Writes into the head's state past the runtime; the head keeps its hash, as in Chopsticks. */
  set(writes: readonly Write[]): void {
    this.keep({ kind: 'set', writes })
    this.write(writes)
    const { position } = this.head
    for (const [key, value] of writes) this.history.record(position, key, value)
    this.marks[position] = this.state.store.mark()
  }

  private write(writes: readonly Write[]): void {
    const { store } = this.state
    for (const [key, value] of writes) {
      if (value === undefined) store.delete(key)
      else store.set(key, value)
    }
  }

  /** Makes an earlier block the head again; those after it are gone. */
  setHead(block: Block): void {
    this.keep({ kind: 'head', hash: block.hash })
    this.state.store.revert(this.marks[block.position]!)
    for (const gone of this.blocks.splice(block.position + 1)) {
      this.byHash.delete(gone.hash)
      this.byNumber.delete(gone.header.number)
    }
    this.marks.length = block.position + 1
    this.history.truncate(block.position)
    this.nextNumber = undefined
  }

  /** Takes a change that was kept earlier. */
  replay(record: ChainRecord): void {
    switch (record.kind) {
      case 'block':
        this.write(record.writes)
        this.take(record.header, record.extrinsics, record.writes)
        return
      case 'set':
        return this.set(record.writes)
      case 'travel':
        this.nextNumber = record.nextNumber
        return
      case 'head': {
        const block = this.block(record.hash)
        if (block === undefined) throw new Error('it returns to a block that it does not contain')
        return this.setHead(block)
      }
    }
  }

  // — questions —

  storageAt({ position }: Block, key: Bytes): Bytes | undefined {
    return this.history.get(position, key)
  }
  keysAt(block: Block, prefix: Bytes): readonly Bytes[] {
    return block === this.head ? this.state.store.keysUnder(prefix) : this.history.keysUnder(block.position, prefix)
  }

  /** Calls the runtime on the state after a block; what it writes is undone. @throws RuntimeTrap */
  callAt(block: Block, entry: string, args: Bytes): Bytes {
    return this.inState(block, () => this.state.executor.call(entry, args))
  }

  /** Runs with the store as it was after a block, and puts everything back. */
  inState<T>({ position }: Block, run: () => T): T {
    const { store } = this.state
    const mark = store.mark()
    try {
      if (position < this.head.position) {
        const keys = [...this.history.writtenSince(position)]
        this.write(keys.map((key) => [key, this.history.get(position, key)]))
      }
      return run()
    } finally {
      store.revert(mark)
    }
  }

  /** The header of the next block, before anything is in it: what dry runs begin with. */
  nextHeader(): Bytes {
    const { hash, header } = this.head
    const slot = Math.floor(this.earliestMs / slotMs)
    return encodeHeader({
      parentHash: hash,
      number: header.number + 1,
      stateRoot: noHash,
      extrinsicsRoot: noHash,
      logs: [auraDigest(slot)],
    })
  }
}
