import type { Shape } from './shape.js'

/**
 * An event that a pallet can deposit. One unnamed field is the value itself, several are a tuple, named ones a struct.
 */
export interface EventType<V = unknown> {
  readonly pallet: string
  readonly name: string
  readonly shape: Shape<V>
}

/** Every declared event, by `Pallet.Name`. */
export const eventTypes = new Map<string, EventType>()

export function event<V>(pallet: string, name: string, shape: Shape<V>): EventType<V> {
  const type: EventType<V> = { pallet, name, shape }
  eventTypes.set(`${pallet}.${name}`, type as EventType)
  return type
}
