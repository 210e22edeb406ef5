import type { KeyringPair } from '@polkadot/keyring/types'
import type { Bytes } from '../../../spec/kernel/shape.js'
import { Account, Now } from '../../../spec/pallets/system/items.js'
import { blake2_256 } from '../../../spec/kernel/hashes.js'
import { encodeToString } from '../../../src/codec/compile.js'
import type { CallStep } from '../../../model/step.js'
import type { Outcome } from '../../../src/reference/extrinsic.js'
import { headerAt } from './block.js'
import { pause, refusalOf, type LiveConnection } from './connection.js'
import { LiveError } from './endpoint.js'
import type { Followed, Follower } from './follower.js'
import type { Signers } from './signers.js'
import { bytesOfHex, hexOf } from './state.js'

/** A step of ours that is on its way into a block. */
export interface Pending {
  readonly step: CallStep
  readonly hash: Bytes
  readonly bytes: Bytes
}

/** What became of a submission. */
export type Submitted =
  | { readonly type: 'pending'; readonly pending: Pending }
  /** Refused by the pool, as the reference said. */
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'left-out'; readonly why: string }
  /**
   * Valid behind those on their way and not without them, or the other way round: a pool does not look at them. Nothing is
   * submitted before they are in a block.
   */
  | { readonly type: 'too-early' }
  | { readonly type: 'differs'; readonly expected: Outcome; readonly actual: string }

/** How a node words the reasons for which it does not take an extrinsic. @source sp_runtime::transaction_validity */
const words: readonly (readonly [reason: string, text: RegExp])[] = [
  ['Payment', /Inability to pay/],
  ['Stale', /outdated/],
  ['Future', /in the future/],
  ['BadProof', /bad signature/],
  ['ExhaustsResources', /exhaust the block limits/],
  ['BadSigner', /Invalid signing address/],
]
/** The pool has it already: as after a connection that was lost right when it was sent. */
const alreadyThere = new Set([1012, 1013])
const pollMs = 20
/** So long without a block, an extrinsic that is not in the pool either was dropped; longer where blocks take longer. */
const leastQuietMs = 1500
/** So many blocks without any of ours tell the same. */
const mostWithout = 2
const slotMs = 6000n

export interface PilotOptions {
  /** How long an extrinsic may take into a block, ms. */
  readonly inclusionMs: number
  /** Follow final blocks only. */
  readonly finalized: boolean
}

/** Submits what the people sign, and follows the chain. */
export class Pilot {
  readonly follower: Follower
  readonly signers: Signers
  private readonly connection: LiveConnection
  private readonly options: PilotOptions
  /** How often the chain changed its mind about its last blocks. */
  reorganisations = 0
  /** The longest wait for a block so far, ms. */
  private slowestMs = 0

  constructor(follower: Follower, signers: Signers, options: PilotOptions) {
    this.follower = follower
    this.connection = follower.connection
    this.signers = signers
    this.options = options
  }

  /** Begins with the chain's state as it is. */
  async begin(): Promise<void> {
    const hash = await this.head()
    await this.follower.take(hash, (await headerAt(this.connection, hash)).number)
  }

  private head(): Promise<string> {
    return this.connection.send<string>(this.options.finalized ? 'chain_getFinalizedHead' : 'chain_getBlockHash', [])
  }

  /**
   * Says what the next block will do with a call, and submits it.
   * @param before what is on its way already
   */
  async submit(step: CallStep, before: readonly Pending[]): Promise<Submitted> {
    const pair = this.signers.get(step.who)
    if (pair === undefined) return { type: 'left-out', why: 'signed by somebody whose key is not here' }
    const { expected, nonce } = this.foretell(step, before)
    const name = `${step.call.pallet}.${step.call.name}`
    if (expected.type === 'panic') return { type: 'left-out', why: `${name}, where the runtime panics` }
    // The pool keeps it, and a later block takes it.
    if (expected.type === 'invalid' && expected.reason === 'ExhaustsResources')
      return { type: 'left-out', why: 'a block that ends a session' }
    if (expected.type === 'invalid' && before.length > 0) return { type: 'too-early' }
    const bytes = this.signed(step, pair, nonce)
    try {
      await this.connection.send<string>('author_submitExtrinsic', [hexOf(bytes)])
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === undefined) throw error
      const { code, message, data } = refusal
      if (!alreadyThere.has(code)) {
        const text = `${message} ${data}`
        const reason = words.find(([, pattern]) => pattern.test(text))?.[0] ?? text
        // Valid behind those on their way, as when one of them brings the fee: the pool sees the state without them.
        if (expected.type !== 'invalid' && before.length > 0) return { type: 'too-early' }
        return expected.type === 'invalid' && expected.reason === reason
          ? { type: 'refused', reason }
          : { type: 'differs', expected, actual: text }
      }
    }
    if (expected.type === 'invalid') return { type: 'differs', expected, actual: 'the pool took it' }
    return { type: 'pending', pending: { step, hash: blake2_256(bytes), bytes } }
  }

  /** What the reference expects of a call in the next block, behind those that are on their way. */
  private foretell(step: CallStep, before: readonly Pending[]): { readonly expected: Outcome; readonly nonce: number } {
    const { reference } = this.follower
    const { w } = reference
    const mark = w.mark()
    try {
      this.follower.foretell((w.get(Now) / slotMs + 1n) * slotMs)
      for (const { step: earlier } of before) reference.call(earlier.call, earlier.args, earlier.who)
      const { nonce } = w.get(Account, step.who)
      return { expected: reference.call(step.call, step.args, step.who).outcome, nonce }
    } finally {
      w.rollback(mark)
      reference.interpreter.trace.length = 0
    }
  }

  /** Why a call that was dropped could not be in the next block, as far as the reference can tell. */
  reasonNow(step: CallStep): string {
    const { expected } = this.foretell(step, [])
    return expected.type === 'invalid' ? expected.reason : 'the reference does not know why'
  }

  private signed(step: CallStep, pair: KeyringPair, nonce: number): Bytes {
    const { api, metadata } = this.connection
    const { palletIndex, index, shape } = metadata.callNamed(step.call.pallet, step.call.name)
    const call = String.fromCharCode(palletIndex, index) + encodeToString<unknown>(shape, step.args)
    const extrinsic = api.registry.createType('Extrinsic', { method: api.registry.createType('Call', hexOf(call)) }, { version: 4 })
    // Without an era it never expires: a chain that skips a thousand blocks takes it all the same.
    const { genesisHash, runtimeVersion } = api
    return bytesOfHex(extrinsic.sign(pair, { blockHash: genesisHash, genesisHash, runtimeVersion, nonce }).toHex())
  }

  /**
   * Follows what blocks there are, and waits until all of ours are in one and `blocks` have passed.
   * @param onBlock is told every block
   * @returns those that the pool dropped, since they had become invalid behind others
   * @throws LiveError when they do not come in time
   */
  async settle(pending: readonly Pending[], blocks: number, onBlock: (followed: Followed) => void): Promise<readonly Pending[]> {
    const waiting = new Set(pending.map(({ hash }) => hash))
    const dropped = new Set<Bytes>()
    let left = blocks
    let last = performance.now()
    let without = 0
    for (;;) {
      const hashes = await this.newBlocks()
      for (const hash of hashes) {
        const followed = await this.follower.follow(hash)
        left--
        without++
        for (const { hash: ours } of followed.block.extrinsics) if (waiting.delete(ours)) without = 0
        onBlock(followed)
        this.slowestMs = Math.max(this.slowestMs, performance.now() - last)
        last = performance.now()
      }
      // Chopsticks takes extrinsics out of its pool before it makes their block: what is in neither may still come.
      const quietMs = performance.now() - last
      if (waiting.size > 0 && (without >= mostWithout || quietMs > Math.max(leastQuietMs, 2 * this.slowestMs))) {
        const there = await this.inPool()
        if ((await this.head()) === this.follower.hash) for (const hash of waiting) if (!there.has(hash)) dropped.add(hash)
        for (const hash of dropped) waiting.delete(hash)
      }
      if (waiting.size === 0 && left <= 0) return pending.filter(({ hash }) => dropped.has(hash))
      if (quietMs > this.options.inclusionMs) {
        const what = waiting.size === 0 ? 'no new block' : `${waiting.size} of ${pending.length} extrinsics in no block`
        throw new LiveError(
          `${what} within ${this.options.inclusionMs / 1000} s after block ${this.follower.number}: does ${this.connection.endpoint} make blocks? A node with manual sealing needs dev_newBlock`,
        )
      }
      if (hashes.length === 0) await pause(pollMs)
    }
  }

  private async inPool(): Promise<ReadonlySet<Bytes>> {
    const waiting = await this.connection.send<readonly string[]>('author_pendingExtrinsics', [])
    return new Set(waiting.map((extrinsic) => blake2_256(bytesOfHex(extrinsic))))
  }

  /** The blocks after the last one that was followed, oldest first. When that one is no longer on the chain, the state is taken anew. */
  private async newBlocks(): Promise<readonly string[]> {
    const { follower } = this
    const hashes: string[] = []
    let hash = await this.head()
    if (hash === follower.hash) return []
    for (;;) {
      const { number, parent } = await headerAt(this.connection, hash)
      if (number <= follower.number) {
        this.reorganisations++
        await follower.take(parent, number - 1)
      }
      hashes.unshift(hash)
      if (parent === follower.hash) return hashes
      hash = parent
    }
  }
}
