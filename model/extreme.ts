import { callTypes, type CallType } from '../spec/kernel/call.js'
import type { ShapeDef } from '../spec/kernel/shape.js'
import type { Draw } from './draw.js'
import { propose } from '../spec/pallets/council/calls.js'
import type { Made, Maker } from './maker.js'
import { motion } from './proposal.js'

/** Numbers of each width that are worth trying, and nothing between them. */
const small = { u8: 0xff, u16: 0xffff, u32: 0xffff_ffff } as const
const U64_MAX = (1n << 64n) - 1n
const U128_MAX = (1n << 128n) - 1n
/** Lengths around the bounds that the pallets set, and far beyond them. */
const lengths = [0, 0, 1, 2, 3, 15, 17, 18, 19, 20, 21, 32, 39, 40, 41, 50, 51, 64, 65, 128, 129, 512, 513, 3000]

/** An extreme value of a shape: 0, 1, the greatest and the one below it; empty, full and over-long bytes; few elements. */
export function extreme(d: Draw, shape: ShapeDef, depth = 0): unknown {
  switch (shape.kind) {
    case 'u8':
    case 'u16':
    case 'u32':
      return d.pick([0, 1, small[shape.kind] - 1, small[shape.kind]])
    case 'i32':
      return d.pick([0, 1, -1, 0x7fffffff, -0x80000000])
    case 'u64':
      return d.pick([0n, 1n, U64_MAX - 1n, U64_MAX])
    case 'i64':
      return d.pick([0n, 1n, -1n, U64_MAX >> 1n])
    case 'u128':
      return d.pick([0n, 1n, U64_MAX, U64_MAX + 1n, U128_MAX - 1n, U128_MAX])
    case 'compact':
      return shape.big ? d.pick([0n, 1n, 63n, 64n, U64_MAX, U128_MAX - 1n, U128_MAX]) : d.pick([0, 1, 63, 64, 0xffff_fffe, 0xffff_ffff])
    case 'bool':
      return d.chance(50)
    case 'unit':
      return undefined
    case 'bytes':
      return String.fromCharCode(d.pick([0, 0x2e, 0x61, 0xff])).repeat(d.pick(lengths))
    case 'fixed':
      return String.fromCharCode(d.pick([0, 1, 0xff])).repeat(shape.length)
    case 'account':
      return d.chance(60) ? d.actor() : String.fromCharCode(d.pick([0, 1, 0xff])).repeat(32)
    case 'option':
      return d.chance(50) ? undefined : extreme(d, shape.of, depth)
    case 'vec':
      return Array.from({ length: depth > 2 ? 0 : d.pick([0, 0, 1, 2, 3]) }, () => extreme(d, shape.of, depth + 1))
    case 'array':
      return Array.from({ length: shape.length }, () => extreme(d, shape.of, depth + 1))
    case 'tuple':
      return shape.of.map((of) => extreme(d, of, depth + 1))
    case 'struct':
      return Object.fromEntries(shape.fields.map(([name, of]) => [name, extreme(d, of, depth + 1)]))
    case 'enum': {
      const [type, , of] = d.pick(shape.variants)
      return { type, value: extreme(d, of, depth + 1) }
    }
    case 'ref':
      return extreme(d, shape.get(), depth)
  }
}

/**
 * Makers of every declared call with extreme arguments only; calls that carry other calls are left to their own makers.
 * A restricted call comes as a motion of the council every other time: else it would only ever be refused.
 */
export const extremeMakers = (leaveOut: (call: CallType) => boolean): readonly Maker[] =>
  [...callTypes.values()]
    .filter((call) => !leaveOut(call))
    .flatMap((call): Maker[] => {
      const asked: Maker = { call, weight: 1, make: (d) => ({ who: d.actor(), args: extreme(d, call.argsAt(d.w.version)) }) }
      return call.origin === 'signed'
        ? [asked]
        : [asked, { call: propose as unknown as CallType, weight: 1, make: (d) => inMotion(d, call) }]
    })

function inMotion(d: Draw, call: CallType): Made<unknown> {
  const proposed = motion(d.w, call, extreme(d, call.argsAt(d.w.version)))
  if (proposed.type !== 'call') throw new Error('a motion is a call')
  return { who: proposed.who, args: proposed.args }
}
