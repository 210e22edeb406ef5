import type { ChainState } from '../../conformance/targets/runtime/chain-state.js'
import { RuntimeTrap } from '../../conformance/targets/runtime/executor.js'
import { ExtrinsicFormat } from '../../conformance/targets/runtime/extrinsic.js'
import { Outcomes } from '../../conformance/targets/runtime/outcome.js'
import { bytesOf } from '../../conformance/targets/runtime/store.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { slotMs } from '../../spec/versions/genesis.js'
import { encodeToString } from '../codec/compile.js'
import type { Block } from './chain.js'
import { auraDigest, decodeHeader, encodeHeader, noHash, type Header } from './header.js'
import { rootOfExtrinsics, rootOfStorage, type Write } from './roots.js'

/** An extrinsic that wants into the block. */
export interface Candidate {
  readonly hash: Bytes
  readonly extrinsic: Bytes
}

/** A candidate that no block will ever take, with the runtime's reason. */
export interface Dropped {
  readonly hash: Bytes
  readonly reason: string
}

export interface Made {
  readonly header: Header
  /** The timestamp first. */
  readonly extrinsics: readonly Bytes[]
  readonly writes: readonly Write[]
  readonly dropped: readonly Dropped[]
}

export interface BlockPlan {
  readonly parent: Block
  readonly number: number
  readonly timeMs: number
}

/** Makes blocks as a node's author does: initialize, the timestamp, as many candidates as fit, finalize. */
export class BlockMaker {
  private readonly format: ExtrinsicFormat
  private readonly outcomes: Outcomes
  private readonly state: ChainState

  constructor(state: ChainState) {
    this.state = state
    this.format = new ExtrinsicFormat(state.metadata.signedExtensions)
    this.outcomes = new Outcomes(state.metadata)
  }

  /** Leaves the block's writes in the store; when it throws, some of them: the caller undoes. */
  make(candidates: Iterable<Candidate>, { parent, number, timeMs }: BlockPlan): Made {
    const { executor, store } = this.state
    const mark = store.mark()
    const logs = [auraDigest(Math.floor(timeMs / slotMs))]
    const open = encodeHeader({ parentHash: parent.hash, number, stateRoot: noHash, extrinsicsRoot: noHash, logs })
    executor.call('Core_initialize_block', open)
    const timestamp = this.timestamp(timeMs)
    const first = this.apply(timestamp)
    if (first !== 'in') throw new Error(`the runtime refuses the time ${new Date(timeMs).toISOString()} (${first})`)
    const extrinsics = [timestamp]
    const dropped: Dropped[] = []
    for (const { hash, extrinsic } of candidates) {
      const fate = this.apply(extrinsic)
      if (fate === 'in') extrinsics.push(extrinsic)
      // The block is full (one that ends a session has no room from the beginning): the rest waits for the next one.
      else if (fate === 'ExhaustsResources') break
      else if (fate !== 'Future') dropped.push({ hash, reason: fate })
    }
    const closed = decodeHeader(executor.call('BlockBuilder_finalize_block'))
    const writes: Write[] = []
    store.touched(mark, (key, before, after) => {
      if (before !== after) writes.push([key, bytesOf(after)])
    })
    const stateRoot = rootOfStorage(parent.header.stateRoot, writes)
    return { header: { ...closed, stateRoot, extrinsicsRoot: rootOfExtrinsics(extrinsics) }, extrinsics, writes, dropped }
  }

  private timestamp(timeMs: number): Bytes {
    const { palletIndex, index, shape } = this.state.metadata.callNamed('Timestamp', 'set')
    return this.format.bare(String.fromCharCode(palletIndex, index) + encodeToString<unknown>(shape, { now: BigInt(timeMs) }))
  }

  /** @returns `in`, or why it is not in the block; then it has left no trace */
  private apply(extrinsic: Bytes): string {
    const { executor, store } = this.state
    const mark = store.mark()
    try {
      const outcome = this.outcomes.of(executor.call('BlockBuilder_apply_extrinsic', extrinsic))
      if (outcome.kind !== 'invalid') return 'in'
      store.revert(mark)
      return outcome.reason
    } catch (error) {
      if (error instanceof RuntimeTrap) return `the runtime panicked: ${error.text}`
      throw error
    }
  }
}
