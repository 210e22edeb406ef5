import { createMachine, type AnyStateMachine } from 'xstate'
import type { Key } from './item.js'
import type { Stage } from './stage.js'
import { inSpan, type Edition, type Span } from './version.js'
import type { World } from './world.js'

/**
 * Machines: every entity with a life is one, and every rule is one branch.
 *
 * A machine's config is plain XState v5: states, events, ordered guarded transitions with named actions. The names are
 * defined beside it (`guards`, `effects`, `routes`) as functions of a `Stage`. The reference compiles a table from the
 * config and nothing else; a property holds the table and XState's interpreter equal at every internal event.
 */

/** An action as XState holds it: a name, with parameters for the kernel's own actions. */
export type Action =
  | { readonly type: 'rule'; readonly params: { readonly id: string } }
  | { readonly type: 'refuse'; readonly params: { readonly error: string } }
  | { readonly type: 'trap'; readonly params: { readonly message: string } }
  | { readonly type: 'send'; readonly params: Send }
  | { readonly type: 'effect'; readonly params: { readonly name: string } }

/**
 * How a refusal of the receiver counts. `must`: the sender is refused too. `try`: it is swallowed, and what the receiver
 * wrote before it stays. `all`: every receiver is tried, then one refusal among them refuses the sender with `error`.
 */
export type SendMode = 'must' | 'try' | 'all'
export interface Send {
  readonly mode: SendMode
  readonly event: string
  readonly route: string
  readonly error?: string
}

export interface RuleMeta extends Span {
  readonly rule: string
  /** The branch exists only where this quirk is on. */
  readonly quirk?: string
  /** The branch exists only where this quirk is off: what is intended instead. */
  readonly instead?: string
  /** The rule in a sentence, where the names do not say it. */
  readonly says?: string
  /** `no`: a successful call gives the fee back (Pays::No). */
  readonly pays?: 'no'
  /** Rust source: file and function at the version's commit. */
  readonly source?: string
}

/** A transition in XState's own form. */
export interface Branch {
  readonly guard?: string
  readonly target?: string
  readonly actions: readonly Action[]
  readonly meta: RuleMeta
}

export interface RuleOptions extends Span {
  readonly quirk?: string
  readonly instead?: string
  readonly says?: string
  readonly source?: string
}
type Step = string | Send

const action = (step: Step): Action =>
  typeof step === 'string' ? { type: 'effect', params: { name: step } } : { type: 'send', params: step }
const named = (rule: string): Action => ({ type: 'rule', params: { id: rule } })

/** Refuses with the pallet's error when the guard holds; `null` refuses always. `Other.Error` names another pallet's error. */
export const refuse = (rule: string, guard: string | null, error: string, options: RuleOptions = {}): Branch => ({
  ...(guard === null ? {} : { guard }),
  actions: [named(rule), { type: 'refuse', params: { error } }],
  meta: { rule, ...options },
})

/** The runtime traps (a Rust panic): the extrinsic leaves no trace. */
export const trap = (rule: string, guard: string | null, message: string, options: RuleOptions = {}): Branch => ({
  ...(guard === null ? {} : { guard }),
  actions: [named(rule), { type: 'trap', params: { message } }],
  meta: { rule, ...options },
})

export interface AcceptOptions extends RuleOptions {
  /** The guard; without one the branch is the list's last. */
  readonly when?: string
  /** The state that the entity is in after the branch's own effects and sends; checked against the world in tests. */
  readonly to?: string
  /** Effects by name, and sends, in order. */
  readonly do?: readonly Step[]
  readonly pays?: 'no'
}

/** Accepts: carries out effects and sends in their order. */
export const accept = (rule: string, { when, to, do: steps = [], ...meta }: AcceptOptions = {}): Branch => ({
  ...(when === undefined ? {} : { guard: when }),
  ...(to === undefined ? {} : { target: to }),
  actions: [named(rule), ...steps.map(action)],
  meta: { rule, ...meta },
})

/** Sends an internal event; the route names the receivers, `self` by default. */
export const must = (event: string, route = 'self'): Send => ({ mode: 'must', event, route })
export const attempt = (event: string, route = 'self'): Send => ({ mode: 'try', event, route })
export const attemptAll = (event: string, route: string, error: string): Send => ({ mode: 'all', event, route, error })

/** A receiver of an internal event: an entity of a machine, and the event's arguments. */
export interface Receiver {
  readonly machine: string
  readonly key: Key
  readonly args?: unknown
}

export type Guard = (s: Stage<never, never>) => boolean
export type Effect = (s: Stage<never, never>) => void
export type Route = (s: Stage<never, never>) => readonly Receiver[]

export interface MachineSpec<S extends string = string> {
  readonly id: string
  /** The pallet whose errors the machine's refusals name. */
  readonly pallet: string
  /** What the entity is, in a sentence. */
  readonly says: string
  /** The entity's state, read from the world: never stored. */
  readonly state: (w: World, key: never) => S
  readonly states: Readonly<Record<S, Readonly<Record<string, readonly Branch[]>>>>
  readonly guards: Readonly<Record<string, Guard>>
  readonly effects: Readonly<Record<string, Effect>>
  readonly routes?: Readonly<Record<string, Route>>
}

export interface Machine extends MachineSpec {
  /** The XState config at an edition: spans and quirks filtered, plain JSON. */
  readonly config: (edition: Edition) => MachineConfigAt
}
export interface MachineConfigAt {
  readonly id: string
  readonly initial: string
  readonly states: Readonly<Record<string, { readonly on: Readonly<Record<string, readonly Branch[]>> }>>
}

/** True when the branch stands at the edition. */
export const standsAt = ({ version, quirks }: Edition, meta: RuleMeta): boolean =>
  inSpan(version, meta) && (meta.quirk === undefined || quirks.has(meta.quirk)) && (meta.instead === undefined || !quirks.has(meta.instead))

export function machine<S extends string>(spec: MachineSpec<S>): Machine {
  const config = (edition: Edition): MachineConfigAt => ({
    id: spec.id,
    initial: Object.keys(spec.states)[0]!,
    states: Object.fromEntries(
      Object.entries<Readonly<Record<string, readonly Branch[]>>>(spec.states).map(([state, on]) => [
        state,
        { on: Object.fromEntries(Object.entries(on).map(([event, list]) => [event, list.filter((b) => standsAt(edition, b.meta))])) },
      ]),
    ),
  })
  return { ...(spec as unknown as MachineSpec), config }
}

/** The machine as XState executes it: guards ask the same functions, with the stage as context. */
export function xstateOf(m: Machine, edition: Edition): AnyStateMachine {
  return createMachine(
    m.config(edition) as never,
    {
      guards: Object.fromEntries(
        Object.entries(m.guards).map(([name, guard]) => [name, ({ context }: { context: Stage<never, never> }) => guard(context)]),
      ),
      actions: Object.fromEntries(['rule', 'refuse', 'trap', 'send', 'effect'].map((type) => [type, () => undefined])),
    } as never,
  )
}
