import type { World } from '../../spec/kernel/world.js'
import { errorName, type DispatchResult } from '../../spec/pallets/system/dispatch-error.js'
import type { CallValue } from '../../spec/pallets/system/runtime-call.js'
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
  /** How often a rule decided in a state, by `machine state rule`; those that never did are left out. */
  readonly states: Record<string, number> = {}

  called({ call: { pallet, fullName }, args }: CallStep, { outcome }: Receipt, w: World, eventsFrom: number): void {
    this.calls++
    this.count(
      fullName,
      outcome.type === 'ok'
        ? null
        : outcome.type === 'error'
          ? outcome.error
          : outcome.type === 'invalid'
            ? `invalid: ${outcome.reason}`
            : `panic: ${outcome.message}`,
    )
    if (pallet === 'Council' && outcome.type === 'ok') this.countMotion(args, w, eventsFrom)
    this.eventsFrom(w, eventsFrom)
  }

  private count(call: string, refusal: string | null): void {
    const entry = (this.perCall[call] ??= { accepted: 0, refused: {} })
    if (refusal === null) entry.accepted++
    else entry.refused[refusal] = (entry.refused[refusal] ?? 0) + 1
  }

  /** A motion that was carried out counts for the call that it carries. */
  private countMotion(args: unknown, w: World, from: number): void {
    const { proposal } = args as { readonly proposal?: unknown }
    if (typeof proposal !== 'object' || proposal === null) return
    const { type, value } = proposal as CallValue
    for (let i = from; i < w.events.length; i++) {
      const { type: event, value: fields } = w.events[i]!
      if (event.name !== 'Executed' || event.pallet !== 'Council') continue
      const { result } = fields as { readonly result: DispatchResult }
      this.count(`${type}.${value.type}`, result.type === 'Ok' ? null : errorName(result.value))
    }
  }

  /** @param eventsFrom where the events of the blocks' edges begin */
  advanced(_: AdvanceStep, w: World, eventsFrom: number): void {
    this.blocks++
    this.eventsFrom(w, eventsFrom)
  }

  eventsFrom(w: World, from: number): void {
    for (let i = from; i < w.events.length; i++) {
      const key = w.events[i]!.type.fullName
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
    add(this.states, other.states)
  }
}

/** The same fields, by name. */
export const sortedFields = <V>(fields: Readonly<Record<string, V>>): Readonly<Record<string, V>> =>
  Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)))

function add(into: Record<string, number>, from: Readonly<Record<string, number>>): void {
  for (const [key, n] of Object.entries(from)) into[key] = (into[key] ?? 0) + n
}
