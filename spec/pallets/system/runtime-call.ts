/**
 * Calls as values: what a batch, a motion or an agenda carries. In memory and in plain form a call is the runtime's own
 * enum in an enum: `{ type: 'TfgridModule', value: { type: 'createFarm', value: { name, publicIps } } }`.
 */
import { callNamed, callTypes, type Call, type CallType } from '../../kernel/call.js'
import type { Shape, ShapeDef } from '../../kernel/shape.js'
import { CALLS_AT_144 } from '../../versions/weights.js'
import { PALLETS } from './pallets.js'

export interface CallValue {
  readonly type: string
  readonly value: { readonly type: string; readonly value: unknown }
}

/** Pallet → call's name → its type: every call that is carried is looked up, several times. */
const types = new Map<string, Map<string, CallType>>()
function typeOf(pallet: string, name: string): CallType {
  let calls = types.get(pallet)
  if (calls === undefined) types.set(pallet, (calls = new Map<string, CallType>()))
  let type = calls.get(name)
  if (type === undefined) calls.set(name, (type = callNamed(`${pallet}.${name}`)))
  return type
}

export const toCall = ({ type, value }: CallValue): Call => ({ type: typeOf(type, value.type), args: value.value })
export const fromCall = ({ type, args }: Call): CallValue => ({ type: type.pallet, value: { type: type.name, value: args } })

let known: { readonly size: number; readonly shape: ShapeDef } | null = null

/** The enum of all declared calls that 144 has, with their indices in the metadata. */
function allCalls(): ShapeDef {
  if (known?.size === callTypes.size) return known.shape
  const byPallet = new Map<string, CallType[]>()
  for (const type of callTypes.values()) byPallet.set(type.pallet, [...(byPallet.get(type.pallet) ?? []), type])
  const shape: ShapeDef = {
    kind: 'enum',
    variants: [...byPallet].flatMap(([pallet, calls]) => {
      const rows = CALLS_AT_144[pallet]
      const index = PALLETS[pallet]
      if (rows === undefined || index === undefined) return []
      const variants = calls.flatMap(({ name, args }) =>
        rows[name] === undefined ? [] : [[name, rows[name][0], args as ShapeDef] as const],
      )
      return [[pallet, index, { kind: 'enum', variants }] as const]
    }),
  }
  known = { size: callTypes.size, shape }
  return shape
}

/** Grows with the calls that are declared, so it may be named before they are. */
export const runtimeCall: Shape<CallValue> = { kind: 'ref', get: allCalls }
