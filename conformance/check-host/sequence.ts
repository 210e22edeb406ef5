import { Defect } from '../../spec/kernel/defect.js'
import { actors } from '../../spec/versions/genesis.js'
import { acceptable } from '../../model/advance.js'
import { mixSeed } from '../../model/draw.js'
import { Guide, type Proposal } from '../../model/guide.js'
import { makers } from '../../model/makers.js'
import { Now, SystemNumber } from '../../spec/pallets/system/items.js'
import type { Reference } from '../../src/reference/reference.js'
import { prelude, type SignedCall } from './prelude.js'

/** How far the next block is. */
export interface Leap {
  readonly blocks: number
  readonly seconds: number
}

/** Calls in a block: few blocks are to show much, and Chopsticks takes its time. */
const leastCalls = 5
const mostCalls = 12
/** Blocks after which another swarm of calls is drawn. */
const blocksOfGuide = 8
/** One block of a sequence falls onto the end of a session, where signed extrinsics find no room. */
const blockAtSessionEnd = 12
const sessionLength = 600

/**
 * Chooses the steps of a sequence: the generator of the conformance suite looks at the reference's world, which follows the same
 * steps. The reference only helps to choose well; it judges nothing here, and where it and the runtime part, choices get worse.
 */
export class Sequence {
  private readonly reference: Reference
  private readonly seed: number
  private guide: Guide
  /** Fills blocks that the guide would end early. */
  private filler: Guide
  private block = 0
  private leapWanted: Leap | undefined
  private calls = 0

  constructor(reference: Reference, seed: number) {
    this.reference = reference
    this.seed = seed
    this.guide = this.newGuide(0)
    this.filler = this.newGuide(1)
    reference.reset()
  }

  /** Opens the next block in the reference's world and tells how far it is. */
  open(): Leap {
    const { reference } = this
    const leap = this.nextLeap()
    if (this.block === 0) reference.open(leap.blocks, leap.seconds)
    else reference.advance(leap.blocks, leap.seconds)
    if (++this.block % blocksOfGuide === 0) {
      this.guide = this.newGuide(0)
      this.filler = this.newGuide(1)
    }
    this.leapWanted = undefined
    this.calls = 0
    return leap
  }

  /** The block's next call, carried out in the reference's world; undefined at the block's end. */
  next(): SignedCall | undefined {
    const scripted = this.block === 1 ? prelude[this.calls] : undefined
    if (scripted !== undefined) {
      this.calls++
      return this.follow(scripted)
    }
    const call = this.proposed()
    return call === undefined ? undefined : this.follow(call)
  }

  private proposed(): SignedCall | undefined {
    if (this.calls >= mostCalls) return undefined
    let proposal: Proposal = this.leapWanted === undefined ? this.guide.next() : this.filler.next()
    while (proposal.type === 'advance') {
      this.leapWanted ??= proposal
      if (this.calls >= leastCalls) return undefined
      proposal = this.filler.next()
    }
    if (this.leapWanted !== undefined && this.calls >= leastCalls) return undefined
    this.calls++
    const { call: type, args, who } = proposal
    return { call: { type, args }, who }
  }

  private follow(signed: SignedCall): SignedCall {
    const { w } = this.reference
    const mark = w.mark()
    try {
      this.reference.call(signed.call.type, signed.call.args, signed.who)
    } catch (error) {
      if (!(error instanceof Defect)) throw error
      w.rollback(mark)
    }
    return signed
  }

  private nextLeap(): Leap {
    const now = this.reference.w.get(SystemNumber)
    if (this.block === blockAtSessionEnd) {
      const blocks = sessionLength - (now % sessionLength)
      return { blocks, seconds: acceptable(this.reference.w.get(Now), blocks * 6) }
    }
    return this.leapWanted ?? { blocks: 1, seconds: acceptable(this.reference.w.get(Now), 6) }
  }

  private newGuide(n: number): Guide {
    return new Guide(mixSeed(this.seed, 2 * this.block + n), this.reference.w, Object.values(actors), makers)
  }
}
