import type { Call } from '../../kernel/call.js'
import { byVersion, pick, type SpecVersion } from '../../kernel/version.js'
import { argumentLimits as contracts } from '../smart-contract/calls.js'
import { toCall, type CallValue } from './runtime-call.js'
import { nodeArgumentLimits as nodes, nodeArgumentLimitsBefore128 as nodesBefore128 } from '../tfgrid/calls-node.js'
import { argumentLimits as grid } from '../tfgrid/calls.js'

/**
 * Bounds of arguments that are part of their types (`BoundedVec`): a longer one does not decode, so that the extrinsic is
 * none, and the block builder's call traps. The metadata does not tell them.
 */
interface Limit {
  /** Field names; `[]` stands for every element of a vector. */
  readonly path: readonly string[]
  readonly max: number
}

type LimitsOf = ReadonlyMap<string, readonly Limit[]>

function byCall(table: Readonly<Record<string, number>>): LimitsOf {
  const limitsOf = new Map<string, Limit[]>()
  for (const [name, max] of Object.entries(table)) {
    const [pallet = '', call = '', ...rest] = name.replaceAll('[]', '.[]').split('.')
    const limits = limitsOf.get(`${pallet}.${call}`) ?? []
    limits.push({ path: rest, max })
    limitsOf.set(`${pallet}.${call}`, limits)
  }
  return limitsOf
}
const newest = { ...contracts, ...grid, ...nodes }
const history: readonly (readonly [SpecVersion, LimitsOf])[] = [
  [0, byCall({ ...newest, ...nodesBefore128 })],
  [128, byCall(newest)],
]

const limitsAt = byVersion((version) => pick(version, history))

/** True when every bounded argument keeps to its bound, in calls that the call carries too. */
export function decodes({ type, args }: Call, version: SpecVersion): boolean {
  if (carriers.has(type.pallet)) for (const inner of carried(args)) if (!decodes(toCall(inner), version)) return false
  const limits = limitsAt(version).get(type.fullName)
  if (limits === undefined) return true
  for (let i = 0; i < limits.length; i++) if (!fits(args, limits[i]!.path, 0, limits[i]!.max)) return false
  return true
}

function fits(value: unknown, path: readonly string[], at: number, max: number): boolean {
  if (value === undefined) return true
  const name = path[at]
  if (name === undefined) return (value as { readonly length: number }).length <= max
  if (name !== '[]') return fits((value as Readonly<Record<string, unknown>>)[name], path, at + 1, max)
  const elements = value as readonly unknown[]
  for (let i = 0; i < elements.length; i++) if (!fits(elements[i], path, at + 1, max)) return false
  return true
}

/** Pallets whose calls carry others. */
const carriers = new Set(['Council', 'Utility'])
/** The calls inside the arguments of a motion, a batch and their like. */
function carried(args: unknown): readonly CallValue[] {
  const { proposal, call, calls } = (args ?? {}) as { readonly proposal?: unknown; readonly call?: unknown; readonly calls?: unknown }
  const one = proposal ?? call
  return isCall(one) ? [one] : Array.isArray(calls) ? (calls as unknown[]).filter(isCall) : []
}
const isCall = (value: unknown): value is CallValue => typeof value === 'object' && value !== null && 'type' in value && 'value' in value
