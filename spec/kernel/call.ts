import { Defect } from './defect.js'
import type { Key } from './item.js'
import { formAt, formLike, newestForm, type Shape, type Versioned } from './shape.js'
import type { Origin } from './stage.js'
import { byVersion, type SpecVersion, type Span } from './version.js'
import type { World } from './world.js'

/** Who may call. `restricted` is Root or at least three fifths of the council, `any` everybody but `none`; anybody else gets `BadOrigin`. */
export type OriginKind = 'signed' | 'restricted' | 'root' | 'any' | 'none'

/** The entity that decides about a call: a machine, and the entity's key. */
export interface Subject {
  readonly machine: string
  readonly key: Key
}

/**
 * An extrinsic's call, as the spec declares it. The subject's machine handles it under `event`, the call's own name.
 * `from` and `until` span the versions at which the spec describes the call; the chain may have had it before.
 */
export interface CallType<A = unknown> extends Span {
  readonly pallet: string
  /** camelCase, as in the plain form; the metadata's snake_case name differs in nothing else. */
  readonly name: string
  /** `Pallet.name`. */
  readonly fullName: string
  /** The newest form; a version's own is `argsAt`. */
  readonly args: Shape<A>
  readonly argsAt: (version: SpecVersion) => Shape<A>
  /** The form that given arguments have, told by their fields: for tools that see a call without its version. */
  readonly argsLike: (args: unknown) => Shape<A>
  readonly origin: OriginKind
  readonly subject: (w: World, args: A, origin: Origin) => Subject
}

/** A call with its arguments. */
export interface Call<A = unknown> {
  readonly type: CallType<A>
  readonly args: A
}

/** Every declared call, by `Pallet.name`. */
export const callTypes = new Map<string, CallType>()

/** The first version that is described in full: calls say so when they are described at an earlier one too. */
const FIRST_IN_FULL: SpecVersion = 144

interface CallOptions<A> extends Span {
  readonly origin: OriginKind
  readonly subject: CallType<A>['subject']
}

export function call<A>(
  pallet: string,
  name: string,
  args: Versioned<A>,
  { from = FIRST_IN_FULL, ...options }: CallOptions<A>,
): CallType<A> {
  const type: CallType<A> = {
    pallet,
    name,
    fullName: `${pallet}.${name}`,
    args: newestForm(args),
    argsAt: byVersion((version) => formAt(args, version)),
    argsLike: (value) => formLike(args, value),
    from,
    ...options,
  }
  callTypes.set(type.fullName, type as unknown as CallType)
  return type
}

/** @throws Defect SPEC-UNKNOWN-NAME when no call has this name */
export function callNamed(name: string): CallType {
  const found = callTypes.get(name)
  if (found === undefined) throw new Defect('SPEC-UNKNOWN-NAME', `no call ${name} is declared`)
  return found
}
