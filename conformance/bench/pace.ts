import { Defect } from '../../spec/kernel/defect.js'
import type { World } from '../../spec/kernel/world.js'
import { blockNumber } from '../../spec/pallets/system/clock.js'
import { Now } from '../../spec/pallets/system/items.js'
import { acceptable } from '../../model/advance.js'
import { mixSeed } from '../../model/draw.js'
import { Guide, type Proposal } from '../../model/guide.js'
import { makers } from '../../model/makers.js'
import { advanceStep, callStep } from '../../model/proposal.js'
import type { Step } from '../../model/step.js'
import type { Reference } from '../../src/reference/reference.js'
import { actorList } from '../run/case.js'

/** Blocks divisible by this have no room for signed extrinsics. */
const sessionLength = 600

/**
 * The generator with blocks of one size: it proposes what the guide does, and advances after exactly so many calls, as far
 * as the guide wanted last, or by one block.
 */
export class Pace {
  private readonly guide: Guide
  private readonly w: World
  private readonly callsInBlock: number
  private wanted: Proposal | undefined
  private calls = 0

  constructor(seed: number, w: World, callsInBlock: number) {
    this.guide = new Guide(seed, w, actorList, makers)
    this.w = w
    this.callsInBlock = callsInBlock
  }

  next(): Proposal {
    if (this.calls === this.callsInBlock) {
      this.calls = 0
      const advance = this.wanted ?? this.oneBlock()
      this.wanted = undefined
      return advance
    }
    let proposal = this.guide.next()
    while (proposal.type === 'advance') {
      this.wanted = proposal
      proposal = this.guide.next()
    }
    this.calls++
    return proposal
  }

  private oneBlock(): Proposal {
    const blocks = (blockNumber(this.w) + 1) % sessionLength === 0 ? 2 : 1
    return { type: 'advance', blocks, seconds: acceptable(this.w.get(Now), 6 * blocks) }
  }
}

/** Calls in a sequence, as in the runs of the suite on average. */
export const callsOfSequence = 70

/** Steps as the generator makes them, recorded by carrying them out on the reference. The first block is open when they begin. */
export function record(reference: Reference, seed: number, sequences: number, callsInBlock: number): readonly (readonly Step[])[] {
  return Array.from({ length: sequences }, (_, n) => {
    const { w } = reference
    reference.reset()
    reference.open(1, 6)
    const pace = new Pace(mixSeed(seed, n), w, callsInBlock)
    const steps: Step[] = []
    for (let calls = 0; calls < callsOfSequence;) {
      const proposal = pace.next()
      const id = steps.length
      if (proposal.type === 'advance') {
        reference.advance(proposal.blocks, proposal.seconds)
        steps.push(advanceStep(proposal, id))
      } else {
        calls++
        const mark = w.mark()
        try {
          reference.call(proposal.call, proposal.args, proposal.who)
          steps.push(callStep(proposal, id))
        } catch (error) {
          // What the spec cannot decide yet is no part of a measurement.
          if (!(error instanceof Defect)) throw error
          w.rollback(mark)
        }
      }
    }
    return steps
  })
}
