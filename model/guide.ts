import type { CallType } from '../spec/kernel/call.js'
import type { AccountId } from '../spec/kernel/shape.js'
import { inSpan, type SpecVersion } from '../spec/kernel/version.js'
import type { World } from '../spec/kernel/world.js'
import { transfer, transferAllowDeath } from '../spec/pallets/balances/calls.js'
import { landing, leap } from './advance.js'
import { Builder } from './build.js'
import { Draw } from './draw.js'
import type { Maker } from './maker.js'
import { isBroke, payment, refill } from './money.js'
import { plans, type Plan } from './plans.js'
import { asks, motion, type Proposal } from './proposal.js'

export type { Proposal } from './proposal.js'

/** A proposal as a version knows it, undefined for a call that the spec does not describe there. */
function describedAt(version: SpecVersion, proposal: Proposal): Proposal | undefined {
  if (proposal.type === 'advance' || inSpan(version, proposal.call)) return proposal
  return proposal.call === (transferAllowDeath as unknown as CallType) ? { ...proposal, call: transfer as unknown as CallType } : undefined
}

/** Calls in a block, on average: from one call a block to crowded blocks. */
const paces = [1, 3, 10, 10, 25]

/**
 * Proposes the steps of one case, one after the other, looking at the world as it has become.
 *
 * Swarm: every case draws how much it favours each pallet and each call, and which it leaves out, so that rare calls are
 * not drowned in every case alike. A call whose world is not ready is proposed seldom, to be refused. Most cases first
 * populate the world (build.ts), and now and then a plan is followed (plans.ts), with other steps in between.
 */
export class Guide {
  private readonly d: Draw
  private readonly makers: readonly Maker[]
  private readonly byCall: ReadonlyMap<CallType, Maker>
  private readonly weights: readonly number[]
  private readonly sums: number[]
  private readonly pace: number
  private readonly plans: readonly Plan[]
  private readonly builder: Builder
  private plan: Generator<Proposal, void> | undefined

  constructor(seed: number, w: World, actors: readonly AccountId[], makers: readonly Maker[]) {
    const few = new Draw(seed, w, actors)
    // A few actors per case meet each other more often than all of them.
    this.d = new Draw(seed + 1, w, few.chance(80) ? actors.slice(0, few.int(3, Math.min(6, actors.length))) : actors)
    this.makers = makers.filter(({ call }) => inSpan(w.version, call))
    // Of several makers of a call the last one makes what fits, the others make edges.
    this.byCall = new Map(this.makers.map((m) => [m.call, m]))
    const swarm = few.chance(85)
    const pallets = new Map<string, number>()
    for (const { call } of this.makers)
      if (!pallets.has(call.pallet)) pallets.set(call.pallet, swarm ? few.pick([0.1, 0.3, 1, 1, 2, 5]) : 1)
    this.weights = this.makers.map((m) => m.weight * pallets.get(m.call.pallet)! * (swarm ? few.pick([0, 0.5, 1, 1, 2, 4]) : 1))
    this.sums = this.makers.map(() => 0)
    this.pace = few.pick(paces)
    this.plans = Object.entries(plans).flatMap(([pallet, list]) => ((pallets.get(pallet) ?? 0) > few.pick([0.2, 0.5]) ? list : []))
    this.builder = new Builder(this.d)
  }

  next(): Proposal {
    const { d } = this
    // Who has nothing left is a payer in grace perhaps: mostly somebody else is asked, and money comes back only sometimes.
    for (let tries = 0; tries < 3; tries++) {
      const proposal = this.candidate()
      if (proposal.type === 'advance') {
        const { blocks, seconds } = proposal.exact === true ? proposal : landing(d, proposal)
        return { type: 'advance', blocks, seconds }
      }
      if (d.chance(8) || !isBroke(d.w, proposal.who)) return proposal
      if (d.chance(30)) return this.lend(proposal.who)
    }
    return { type: 'advance', ...leap(d) }
  }

  private candidate(): Proposal {
    const { d } = this
    const planned = this.plan !== undefined && d.chance(88) ? this.plan.next() : undefined
    const step = planned === undefined || planned.done === true ? undefined : describedAt(d.w.version, planned.value)
    if (step !== undefined) return step
    if (planned !== undefined) this.plan = undefined
    if (d.int(0, this.pace) === 0) return { type: 'advance', ...leap(d) }
    const need = d.chance(80) ? this.builder.next() : undefined
    if (need !== undefined) {
      const m = this.byCall.get(need.call)
      if (m !== undefined) return this.made(m, d.chance(90) ? need.who : undefined)
    } else if (this.plan === undefined && this.plans.length > 0 && d.chance(18)) this.plan = d.pick(this.plans)(d)
    return this.made(this.choose())
  }

  private lend(to: AccountId): Proposal {
    const { who, args } = refill(this.d, to)
    return asks(who, payment(this.d.w), args)
  }

  /** A call as its maker makes it up; a restricted one comes as a motion of the council, or is refused to who signs it. */
  private made(m: Maker, by?: AccountId): Proposal {
    const { d } = this
    const { who, args } = m.make(d)
    if (m.call.origin === 'restricted' ? d.chance(88) : m.call.origin === 'any' && d.chance(40)) return motion(d.w, m.call, args)
    return { type: 'call', call: m.call, who: by ?? who, args }
  }

  private choose(): Maker {
    const { sums, makers, weights, d } = this
    let total = 0
    for (let i = 0; i < makers.length; i++) {
      const { ready } = makers[i]!
      sums[i] = total += weights[i]! * (ready === undefined || ready(d.w) ? 1 : 0.04)
    }
    if (total === 0) return d.pick(makers)
    const at = (d.int(0, 0x3fffffff) / 0x40000000) * total
    let i = 0
    while (sums[i]! <= at) i++
    return makers[i]!
  }
}
