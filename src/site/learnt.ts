import { eventTypes } from '../../spec/kernel/event.js'
import type { Machine } from '../../spec/kernel/machine.js'
import type { Stage } from '../../spec/kernel/stage.js'

/**
 * What replays of the fixtures showed about names that a machine holds: which events an effect deposits, which items it
 * writes, where a route leads, and between which states a rule moves. Pages show it beside what the config says.
 */
export interface Learnt {
  readonly emits: (effect: string, code: string) => readonly string[]
  readonly writes: (effect: string) => readonly string[]
  readonly receivers: (route: string) => readonly string[]
  /** Where an effect moved its entity, and where a rule did with all that followed from it; staying counts with the rule. */
  readonly ownMoves: (effect: string) => readonly Move[]
  readonly moves: (rule: string) => readonly Move[]
}
export interface Move {
  readonly from: string
  readonly to: string
}

/** The events that a function's text names as `emit(Name`: no replay needed, but blind to helpers. */
function emitsIn(code: string): readonly string[] {
  const names = [...code.matchAll(/\bemit\(\s*(?:[\w$]+\.)?([A-Z]\w+)/g)].map(([, name]) => name!)
  return [...eventTypes.values()].filter(({ name }) => names.includes(name)).map(({ fullName }) => fullName)
}

export const noLearnt: Learnt = {
  emits: (_, code) => emitsIn(code),
  writes: () => [],
  receivers: () => [],
  ownMoves: () => [],
  moves: () => [],
}

class Sets {
  private readonly sets = new Map<string, Set<string>>()
  add(key: string, value: string): void {
    const set = this.sets.get(key)
    if (set === undefined) this.sets.set(key, new Set([value]))
    else set.add(value)
  }
  get(key: string): readonly string[] {
    return [...(this.sets.get(key) ?? [])].sort()
  }
}

const asMove = (text: string): Move => {
  const [from, to] = text.split(' ') as [string, string]
  return { from, to }
}

/** Gathers what replays show. The machines that it hands out do the same as the spec's, and are watched. */
export class Lessons implements Learnt {
  private readonly emitted = new Sets()
  private readonly written = new Sets()
  private readonly received = new Sets()
  private readonly ownMoved = new Sets()
  private readonly moved = new Sets()

  watched(machines: readonly Machine[]): readonly Machine[] {
    return machines.map((m) => ({
      ...m,
      effects: mapValues(m.effects, (effect, name) => (s: Stage<never, never>) => this.effect(m, name, s, () => effect(s))),
      ...(m.routes === undefined
        ? {}
        : {
            routes: mapValues(m.routes, (route, name) => (s: Stage<never, never>) => {
              const to = route(s)
              for (const { machine } of to) this.received.add(`${m.id} ${name}`, machine)
              return to
            }),
          }),
    }))
  }

  private effect(m: Machine, name: string, s: Stage, carryOut: () => void): void {
    const { w } = s
    const key = `${m.id} ${name}`
    const before = w.mark()
    const from = m.state(w, s.key as never)
    carryOut()
    for (const { type } of w.events.slice(before.events)) this.emitted.add(key, type.fullName)
    for (let i = before.journal; i < w.journalItems.length; i++)
      this.written.add(key, `${w.journalItems[i]!.pallet}.${w.journalItems[i]!.name}`)
    const to = m.state(w, s.key as never)
    if (from !== to) this.ownMoved.add(key, `${from} ${to}`)
  }

  /** A rule was carried out, with all that followed from it. */
  note(rule: string, from: string, to: string): void {
    this.moved.add(rule, `${from} ${to}`)
  }

  emits(effect: string, code: string): readonly string[] {
    return [...new Set([...this.emitted.get(effect), ...emitsIn(code)])].sort()
  }
  writes(effect: string): readonly string[] {
    return this.written.get(effect)
  }
  receivers(route: string): readonly string[] {
    return this.received.get(route)
  }
  ownMoves(effect: string): readonly Move[] {
    return this.ownMoved.get(effect).map(asMove)
  }
  moves(rule: string): readonly Move[] {
    return this.moved.get(rule).map(asMove)
  }
}

const mapValues = <T, U>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => U): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
