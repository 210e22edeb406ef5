import type { EventRecord } from '../../spec/kernel/world.js'
import type { Bytes, ShapeDef } from '../../spec/kernel/shape.js'
import { encodeToString } from '../../src/codec/compile.js'
import type { RuntimeMetadata } from '../targets/runtime/metadata.js'

/** The phase of a block in which events were deposited, as SCALE. */
export const phases = {
  extrinsic: (index: number): Bytes =>
    `\0${String.fromCharCode(index & 255, (index >> 8) & 255, (index >> 16) & 255, (index >> 24) & 255)}`,
  finalization: '\x01',
  initialization: '\x02',
}
const noTopics = '\0'

/** Encodes the reference's events as the runtime stores them, by the runtime's own metadata. */
export class EventBytes {
  private readonly known = new Map<string, { readonly head: Bytes; readonly shape: ShapeDef }>()

  constructor(metadata: RuntimeMetadata) {
    for (const { events } of metadata.pallets)
      for (const e of events) this.known.set(`${e.pallet}.${e.name}`, { head: String.fromCharCode(e.palletIndex, e.index), shape: e.shape })
  }

  /** The runtime's own description of an event's fields. */
  shapeOf(pallet: string, name: string): ShapeDef {
    return this.known.get(`${pallet}.${name}`)!.shape
  }

  /** @throws Error when the runtime has no such event or its fields do not fit */
  encode(records: readonly EventRecord[], from: number, to: number, phase: Bytes): Bytes {
    let out = ''
    for (let i = from; i < to; i++) {
      const { type, value } = records[i]!
      const known = this.known.get(type.fullName)
      if (known === undefined) throw new Error(`the runtime has no event ${type.fullName}`)
      out += phase + known.head + encodeToString<unknown>(known.shape, value) + noTopics
    }
    return out
  }
}
