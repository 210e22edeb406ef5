import type { Bytes } from '../../spec/kernel/shape.js'
import { toHex, type Hex } from './hex.js'
import { codes, RpcError } from './rpc-error.js'
import type { ValidTransaction } from './validity.js'

/** As `author_extrinsicUpdate` tells it. */
export type TransactionStatus =
  'future' | 'ready' | 'dropped' | 'invalid' | { readonly inBlock: Hex } | { readonly finalized: Hex } | { readonly usurped: Hex }

export type Watch = (status: TransactionStatus) => void

export interface Pooled {
  readonly hash: Bytes
  readonly extrinsic: Bytes
  readonly provides: readonly Bytes[]
  readonly priority: bigint
  /** Tags that no block has provided yet. */
  readonly missing: Set<Bytes>
  readonly watchers: Set<Watch>
  /** Told to those who watch. */
  ready: boolean
}

/** Beyond so many a node drops what is submitted; Substrate's default. */
const limit = 8192

/**
 * Extrinsics that wait for a block. Those whose tags are provided (by a block, or by others before them) are ready, in the
 * order of their arrival; the others wait for a nonce to be filled in.
 */
export class Pool {
  private readonly entries = new Map<Bytes, Pooled>()
  private readonly providers = new Map<Bytes, Pooled>()

  get size(): number {
    return this.entries.size
  }
  has(hash: Bytes): boolean {
    return this.entries.has(hash)
  }
  get(hash: Bytes): Pooled | undefined {
    return this.entries.get(hash)
  }
  all(): readonly Pooled[] {
    return [...this.entries.values()]
  }
  provides(tag: Bytes): boolean {
    return this.providers.has(tag)
  }

  /** @throws RpcError 1013 for an extrinsic that waits already */
  refuseAgain(hash: Bytes): void {
    if (this.entries.has(hash)) throw new RpcError(codes.alreadyImported, 'Transaction Already Imported', `[${toHex(hash)}]`)
  }

  /** @throws RpcError 1013 for the same extrinsic again, 1014 for another one of a nonce that pays no more, 1016 when full */
  add(hash: Bytes, extrinsic: Bytes, { priority, requires, provides }: ValidTransaction): Pooled {
    this.refuseAgain(hash)
    const rivals = new Set(provides.flatMap((tag) => this.providers.get(tag) ?? []))
    for (const rival of rivals) {
      if (rival.priority >= priority) {
        const data = `The transaction has too low priority to replace another transaction already in the pool.`
        throw new RpcError(codes.tooLowPriority, `Priority is too low: (${rival.priority} vs ${priority})`, data)
      }
    }
    if (this.entries.size >= limit) {
      throw new RpcError(1016, 'Immediately Dropped', "The transaction couldn't enter the pool because of the limit")
    }
    for (const rival of rivals) {
      this.remove(rival.hash)
      tell(rival, { usurped: toHex(hash) })
    }
    const entry: Pooled = { hash, extrinsic, provides, priority, missing: new Set(requires), watchers: new Set(), ready: false }
    this.entries.set(hash, entry)
    for (const tag of provides) this.providers.set(tag, entry)
    return entry
  }

  remove(hash: Bytes): void {
    const entry = this.entries.get(hash)
    if (entry === undefined) return
    this.entries.delete(hash)
    for (const tag of entry.provides) if (this.providers.get(tag) === entry) this.providers.delete(tag)
  }

  /** A block contains them: what waited for their tags waits no longer. */
  included(entries: readonly Pooled[]): void {
    const provided = new Set<Bytes>()
    for (const entry of entries) {
      this.remove(entry.hash)
      for (const tag of entry.provides) provided.add(tag)
    }
    for (const { missing } of this.entries.values()) for (const tag of missing) if (provided.has(tag)) missing.delete(tag)
  }

  /** The ready ones in an order in which each comes after those it needs. */
  ready(): readonly Pooled[] {
    const out: Pooled[] = []
    const provided = new Set<Bytes>()
    const waiting = new Map<Bytes, Pooled[]>()
    const queue = [...this.entries.values()]
    // Grows while it is walked: whoever waited for a tag is looked at again once it is provided.
    for (const entry of queue) {
      const lacks = [...entry.missing].find((tag) => !provided.has(tag))
      if (lacks !== undefined) {
        const others = waiting.get(lacks)
        if (others === undefined) waiting.set(lacks, [entry])
        else others.push(entry)
        continue
      }
      out.push(entry)
      for (const tag of entry.provides) {
        provided.add(tag)
        queue.push(...(waiting.get(tag) ?? []))
        waiting.delete(tag)
      }
    }
    return out
  }

  /** Tells those who watch what has become ready, and `future` to those who watch one that is not. */
  announce(fresh?: Pooled): void {
    for (const entry of this.ready()) {
      if (entry.ready) continue
      entry.ready = true
      tell(entry, 'ready')
    }
    if (fresh !== undefined && !fresh.ready) tell(fresh, 'future')
  }
}

export function tell(entry: Pooled, status: TransactionStatus): void {
  for (const watch of entry.watchers) watch(status)
}
