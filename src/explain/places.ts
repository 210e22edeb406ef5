import type { Action, Branch, Machine } from '../../spec/kernel/machine.js'
import { machines } from '../../spec/machines.js'

/** Where a rule stands: in which list, and after which others. */
export interface Place {
  readonly machine: Machine
  readonly state: string
  readonly event: string
  readonly branch: Branch
  /** The branches before it in the list, which decide first. */
  readonly before: readonly Branch[]
}

/** Every place of every rule, of all versions. */
export const places: readonly Place[] = machines.flatMap((machine) =>
  Object.entries(machine.states).flatMap(([state, on]) =>
    Object.entries(on).flatMap(([event, list]) => list.map((branch, i) => ({ machine, state, event, branch, before: list.slice(0, i) }))),
  ),
)

/** An error's full name, as reports show it. */
const qualified = (pallet: string, error: string): string => (error.includes('.') ? error : `${pallet}.${error}`)

/** What an action does, in words. */
export function actionText({ pallet }: Pick<Machine, 'pallet'>, action: Action): string | undefined {
  switch (action.type) {
    case 'refuse':
      return `refuses with ${qualified(pallet, action.params.error)}`
    case 'trap':
      return `the runtime panics: ${action.params.message}`
    case 'effect':
      return `does ${action.params.name}`
    case 'send': {
      const { mode, event, route, error } = action.params
      const to = route === 'self' ? 'itself' : route
      const how =
        mode === 'must'
          ? 'must be accepted'
          : mode === 'try'
            ? 'a refusal is swallowed'
            : `all are tried, one refusal among them refuses with ${error ?? ''}`
      return `sends ${event} to ${to} (${how})`
    }
    default:
      return undefined
  }
}

export const errorOf = ({ machine, branch }: Place): string | undefined => {
  const refusal = branch.actions.find((action) => action.type === 'refuse')
  return refusal === undefined ? undefined : qualified(machine.pallet, refusal.params.error)
}

/** The versions and quirks that a rule depends on, in words. */
export function spanText({ meta: { from, until, quirk, instead } }: Pick<Branch, 'meta'>): string {
  const parts = [
    ...(from === undefined && until === undefined ? ['all described versions'] : []),
    ...(from === undefined ? [] : [`from ${from} on`]),
    ...(until === undefined ? [] : [`before ${until}`]),
    ...(quirk === undefined ? [] : [`only with ${quirk}`]),
    ...(instead === undefined ? [] : [`only without ${instead}: what is intended`]),
  ]
  return parts.join(', ')
}

/** A rule in one line: its id, when it decides, and what it does. */
export function branchText(machine: Machine, branch: Branch): string {
  const when = branch.guard === undefined ? 'otherwise' : `when ${branch.guard}`
  const does = branch.actions.map((action) => actionText(machine, action)).filter((text) => text !== undefined)
  const { quirk, instead } = branch.meta
  const only = quirk === undefined && instead === undefined ? '' : ` [${spanText(branch)}]`
  return `${branch.meta.rule}  ${when}: ${does.length === 0 ? 'accepts, changes nothing' : does.join(', ')}${only}`
}
