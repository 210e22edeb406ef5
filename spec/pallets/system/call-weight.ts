/**
 * What a call announces to weigh, and what it turns out to have weighed. Both stand in the event that ends an extrinsic,
 * the announced weight also decides the fee that is withheld.
 * @source frame/support/src/dispatch.rs `GetDispatchInfo`, `PostDispatchInfo` @polkadot-v0.9.42
 */
import { Defect } from '../../kernel/defect.js'
import type { Call } from '../../kernel/call.js'
import { encodedLength } from '../../kernel/encoded-length.js'
import type { SpecVersion } from '../../kernel/version.js'
import type { World } from '../../kernel/world.js'
import { callsAt } from '../../versions/weights.js'
import { councilActual, councilWeights } from '../council/call-weights.js'
import { utilityActual, utilityWeights } from '../utility/call-weights.js'
import { READ, WRITE } from './db-weight.js'
import { runtimeCall, toCall, type CallValue } from './runtime-call.js'
import { weight, type DispatchClassName, type Weight } from './weight.js'

export interface CallWeight {
  readonly weight: Weight
  readonly dispatchClass: DispatchClassName
  /** True when the call announces the same whatever its arguments, and so always this object. */
  readonly isConstant?: true
}
/** A call that was dispatched inside another. `actual` is null when it reported none. */
export interface InnerWeight {
  readonly announced: Weight
  readonly actual: Weight | null
}
export interface Done {
  readonly inner: readonly InnerWeight[]
  readonly error: string | null
  readonly w: World
}
/** Weighs calls that carry calls. */
export type Weigh = (call: CallValue) => CallWeight
export type ArgumentWeight = (args: never, weigh: Weigh, lengthOf: (call: CallValue) => number) => CallWeight
/** Asked before dispatch; answers afterwards. Null: the announced weight stands. */
export type ActualWeight = (args: never, w: World, lengthOf: (call: CallValue) => number) => (done: Done) => Weight | null

const byArguments: Readonly<Record<string, ArgumentWeight>> = {
  ...councilWeights,
  ...utilityWeights,
  'Balances.upgradeAccounts': ({ who }: { readonly who: readonly unknown[] }) => ({
    weight: weight(20_053_000 + (14_563_782 + READ + WRITE) * who.length, 990 + 2_603 * who.length),
    dispatchClass: 'Normal',
  }),
}
const afterwards = new Map<string, ActualWeight>(Object.entries({ ...councilActual, ...utilityActual }))
/** Version → call's name → weight, of calls whose arguments do not matter. */
const constant = new Map<SpecVersion, Map<string, CallWeight>>()

const lengthOf = (call: CallValue): number => encodedLength(runtimeCall, call)

/** @throws Defect SPEC-UNKNOWN-NAME for a call that the version's table does not have */
export function callWeight(call: Call, version: SpecVersion): CallWeight {
  const name = call.type.fullName
  let known = constant.get(version)
  if (known === undefined) constant.set(version, (known = new Map<string, CallWeight>()))
  const found = known.get(name)
  if (found !== undefined) return found
  const depends = byArguments[name]
  if (depends !== undefined) return depends(call.args as never, (inner) => callWeight(toCall(inner), version), lengthOf)
  const row = callsAt(version)[call.type.pallet]?.[call.type.name]
  if (row?.[1] === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no weight of ${name} is recorded at spec_version ${version}`)
  const fixed: CallWeight = { weight: weight(row[1], row[2]), dispatchClass: row[3] ?? 'Normal', isConstant: true }
  known.set(name, fixed)
  return fixed
}

/** To be asked before dispatch; null for calls that report nothing. */
export const actualWeight = (call: Call, w: World): ((done: Done) => Weight | null) | null =>
  afterwards.get(call.type.fullName)?.(call.args as never, w, lengthOf) ?? null
