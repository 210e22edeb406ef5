import { formAt, newestForm, type Shape, type Versioned } from './shape.js'
import type { SpecVersion } from './version.js'

/**
 * An event that a pallet can deposit. One unnamed field is the value itself, several are a tuple, named ones a struct.
 */
export interface EventType<V = unknown> {
  readonly pallet: string
  readonly name: string
  /** `Pallet.Name`. */
  readonly fullName: string
  /** The newest form; a version's own is `shapeAt`. */
  readonly shape: Shape<V>
  readonly shapeAt: (version: SpecVersion) => Shape<V>
}

/** Every declared event, by `Pallet.Name`. */
export const eventTypes = new Map<string, EventType>()

export function event<V>(pallet: string, name: string, shape: Versioned<V>): EventType<V> {
  const type: EventType<V> = {
    pallet,
    name,
    fullName: `${pallet}.${name}`,
    shape: newestForm(shape),
    shapeAt: (version) => formAt(shape, version),
  }
  eventTypes.set(type.fullName, type)
  return type
}
