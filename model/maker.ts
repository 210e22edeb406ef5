import type { CallType } from '../spec/kernel/call.js'
import type { AccountId } from '../spec/kernel/shape.js'
import type { World } from '../spec/kernel/world.js'
import type { Draw } from './draw.js'

/** A call that a maker made up: who signs it, and its arguments in memory form. */
export interface Made<A> {
  readonly who: AccountId
  readonly args: A
}

/** Makes up calls of one type. */
export interface Maker<A = unknown> {
  readonly call: CallType<A>
  /** How often the call is wanted, beside the others. */
  readonly weight: number
  /** True when the world holds what an accepted call needs; without it the call is made up seldom, to be refused. */
  readonly ready?: (w: World) => boolean
  readonly make: (d: Draw) => Made<A>
}

export const maker = <A>(m: Maker<A>): Maker => m as unknown as Maker
