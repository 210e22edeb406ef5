import { transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import type { Stage } from './stage.js'

/** An action as XState's interpreter hands it out. */
export interface ChosenAction {
  readonly type: string
  readonly params: unknown
}

/** What XState's own interpreter does about an event: the state it leads to, and the actions in order. */
export interface Choice {
  readonly target: string
  readonly actions: readonly ChosenAction[]
}

/**
 * Asks XState's interpreter for one step of a machine that `xstateOf` made. The stage is the context, so its guards see the
 * world; nothing is carried out. An event that no branch takes gives no actions: XState is silent where the table throws.
 */
export function decideByXState(machine: AnyStateMachine, state: string, event: string, stage: Stage): Choice {
  const snapshot = machine.resolveState({ value: state, context: stage }) as AnyMachineSnapshot
  const [next, actions] = transition(machine, snapshot as never, { type: event }) as unknown as [
    AnyMachineSnapshot,
    readonly ChosenAction[],
  ]
  return { target: next.value as string, actions: actions.map(({ type, params }) => ({ type, params })) }
}
