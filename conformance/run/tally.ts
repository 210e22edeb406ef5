import type { World } from '../../spec/kernel/world.js'
import type { AdvanceStep, CallStep } from '../../model/step.js'
import type { Receipt } from '../../src/reference/extrinsic.js'

/** What became of a call's attempts. */
export interface PerCall {
  accepted: number
  /** How often, by the error's full name; `invalid: …` and `panic: …` likewise. */
  readonly refused: Record<string, number>
}

/** Counts that a run gathers; plain JSON, so that workers and shards can be merged. Only generated steps count. */
export class Tally {
  calls = 0
  blocks = 0
  cases = 0
  readonly perCall: Record<string, PerCall> = {}
  readonly events: Record<string, number> = {}
  readonly rules: Record<string, number> = {}

  called({ call: { pallet, name } }: CallStep, { outcome }: Receipt, w: World, eventsFrom: number): void {
    this.calls++
    const entry = (this.perCall[`${pallet}.${name}`] ??= { accepted: 0, refused: {} })
    if (outcome.type === 'ok') entry.accepted++
    else {
      const reason = outcome.type === 'error' ? outcome.error : outcome.type === 'invalid' ? `invalid: ${outcome.reason}` : `panic: ${outcome.message}`
      entry.refused[reason] = (entry.refused[reason] ?? 0) + 1
    }
    this.eventsFrom(w, eventsFrom)
  }

  advanced(_: AdvanceStep): void {
    this.blocks++
  }

  eventsFrom(w: World, from: number): void {
    for (let i = from; i < w.events.length; i++) {
      const { pallet, name } = w.events[i]!.type
      const key = `${pallet}.${name}`
      this.events[key] = (this.events[key] ?? 0) + 1
    }
  }

  merge(other: Tally): void {
    this.calls += other.calls
    this.blocks += other.blocks
    this.cases += other.cases
    for (const [call, { accepted, refused }] of Object.entries(other.perCall)) {
      const entry = (this.perCall[call] ??= { accepted: 0, refused: {} })
      entry.accepted += accepted
      add(entry.refused, refused)
    }
    add(this.events, other.events)
    add(this.rules, other.rules)
  }
}

function add(into: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [key, n] of Object.entries(from)) into[key] = (into[key] ?? 0) + n
}
