import { encodedLength } from '../spec/kernel/call.js'
import { propose } from '../spec/pallets/council/calls.js'
import { Members } from '../spec/pallets/council/items.js'
import { fromCall, runtimeCall } from '../spec/pallets/system/runtime-call.js'
import type { Draw } from './draw.js'
import { maker, type Maker } from './maker.js'

/**
 * Restricted calls as motions of the council. It has one member, so a motion executes at once; whether the call was accepted
 * stands in the event `Council.Executed`. One maker a call, so that a case can favour a single one.
 */
export const byCouncil = (restricted: readonly Maker[]): readonly Maker[] => restricted.map(motion)

const motion = ({ call, weight, ready, make }: Maker): Maker =>
  maker({
    call: propose,
    weight,
    ...(ready === undefined ? {} : { ready }),
    make: (d) => {
      const proposal = fromCall({ type: call, args: make(d).args })
      return { who: member(d), args: { threshold: d.int(0, 1), proposal, lengthBound: encodedLength(runtimeCall, proposal) } }
    },
  })

const member = (d: Draw) => {
  const members = d.w.get(Members)
  return members.length > 0 && d.chance(98) ? d.pick(members) : d.actor()
}

/** The same calls signed by anybody, to be refused. */
export const byAnybody = (restricted: readonly Maker[]): readonly Maker[] =>
  restricted.map((m) => maker({ call: m.call, weight: 0.05, make: (d) => ({ who: d.actor(), args: m.make(d).args }) }))
