import type { AccountId } from '../spec/kernel/shape.js'
import type { World } from '../spec/kernel/world.js'
import { billContractForBlock } from '../spec/pallets/smart-contract/calls.js'
import { Contracts } from '../spec/pallets/smart-contract/items.js'
import { leap } from './advance.js'
import { Draw } from './draw.js'
import type { Maker } from './maker.js'
import type { AdvanceStep, CallStep } from './step.js'

/** A step before it has its place in a sequence. */
export type Proposal = Omit<CallStep, 'id' | 'refs'> | Omit<AdvanceStep, 'id'>

/** Calls in a block, on average: from one call a block to crowded blocks. */
const paces = [1, 3, 10, 10, 25]

/**
 * Proposes the steps of one case, one after the other, looking at the world as it has become.
 *
 * Swarm: every case draws which calls it leaves out and how much it favours the others, so that rare calls are not
 * drowned in every case alike. A call whose world is not ready is proposed seldom, to be refused.
 */
export class Guide {
  private readonly d: Draw
  private readonly makers: readonly Maker[]
  private readonly weights: readonly number[]
  private readonly pace: number
  private readonly queue: Proposal[] = []

  constructor(seed: number, w: World, actors: readonly AccountId[], makers: readonly Maker[]) {
    const few = new Draw(seed, w, actors)
    // A few actors per case meet each other more often than all of them.
    this.d = new Draw(seed + 1, w, few.chance(70) ? actors.slice(0, few.int(2, Math.min(5, actors.length))) : actors)
    this.makers = makers
    const swarm = few.chance(80)
    this.weights = makers.map((m) => m.weight * (swarm ? few.pick([0, 0.5, 1, 1, 2, 4]) : 1))
    this.pace = few.pick(paces)
  }

  next(): Proposal {
    const queued = this.queue.shift()
    if (queued !== undefined) return queued
    if (this.d.int(0, this.pace) === 0) return { type: 'advance', ...leap(this.d) }
    if (this.d.chance(2)) this.queueBillingRounds()
    const m = this.choose()
    return { type: 'call', call: m.call, ...m.make(this.d) }
  }

  private choose(): Maker {
    let total = 0
    const now = this.makers.map((m, i) => (total += this.weights[i]! * (m.ready === undefined || m.ready(this.d.w) ? 1 : 0.04)))
    if (total === 0) return this.d.pick(this.makers)
    const at = (this.d.int(0, 0x3fffffff) / 0x40000000) * total
    let i = 0
    while (now[i]! <= at) i++
    return this.makers[i]!
  }

  /** Bills a few contracts cycle after cycle: a payout comes with the 24th bill, which single steps never reach. */
  private queueBillingRounds(): void {
    const ids = [...new Set(Array.from({ length: 3 }, () => this.d.keyOf(Contracts)))].filter((id) => id !== undefined)
    if (ids.length === 0) return
    const rounds = this.d.pick([2, 6, 25])
    // Six seconds or more reach a later slot of Aura from anywhere.
    const seconds = this.d.chance(80) ? 3600 : this.d.int(6, 10_000)
    for (let i = 0; i < rounds; i++) {
      this.queue.push({ type: 'advance', blocks: 601, seconds })
      for (const contractId of ids) this.queue.push({ type: 'call', call: billContractForBlock as never, who: this.d.actor(), args: { contractId } })
    }
  }
}
