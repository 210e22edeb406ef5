import type { Key } from '../../spec/kernel/item.js'
import type { World } from '../../spec/kernel/world.js'
import type { Machine } from '../../spec/kernel/machine.js'
import { machines } from '../../spec/machines.js'
import type { Interpreter } from '../reference/interpreter.js'
import type { TableBranch } from '../reference/table.js'
import type { Lessons } from './learnt.js'
import { entityText } from './plain-text.js'

/** A rule that decided, where it stands among those that sent it, and what it did to its entity's state. */
export interface Decision {
  readonly rule: string
  readonly machine: string
  readonly key: string
  readonly event: string
  readonly depth: number
  readonly from: string
  /** The state after all that followed from the rule. */
  readonly to: string
  /** The error, where the rule or something that it must send refused. */
  readonly refused?: string
}

/** An entity that a step left in another state than it found it. */
export interface Move {
  readonly machine: string
  readonly key: string
  readonly from: string
  readonly to: string
}

export interface Watch {
  readonly begin: () => void
  readonly end: () => { readonly decisions: readonly Decision[]; readonly moves: readonly Move[] }
}

const byId = new Map(machines.map((m) => [m.id, m]))
/** A block that bills thousands of contracts has more decisions than anybody reads. */
const mostDecisions = 400

interface Open {
  readonly machine: Machine
  readonly key: Key
  readonly event: string
  readonly from: string
  readonly branch: TableBranch
  readonly depth: number
  decision?: Decision
}

/** Watches an interpreter: every decision, with the state of its entity before and after. */
export function watchDecisions(interpreter: Interpreter, w: World, lessons: Lessons): Watch {
  let decisions: Open[] = []
  let open: Open[] = []
  const entities = new Map<string, { readonly machine: string; readonly key: Key; readonly from: string }>()
  const close = (one: Open, to: string, refused: string | undefined): void => {
    const { branch, machine, key, event, from, depth } = one
    const { rule } = branch.meta
    one.decision = {
      rule,
      machine: machine.id,
      key: entityText(key),
      event,
      depth,
      from,
      to,
      ...(refused === undefined ? {} : { refused }),
    }
    if (refused === undefined) lessons.note(rule, from, to)
  }
  interpreter.listener = {
    decided: (stage, machine, from, event, branch) => {
      const key = stage.key as Key
      if (machine.id !== 'account' && from !== 'always') {
        const name = `${machine.id} ${String(key)}`
        if (!entities.has(name)) entities.set(name, { machine: machine.id, key, from })
      }
      const one: Open = { machine, key, event, from, branch, depth: open.length }
      open.push(one)
      decisions.push(one)
    },
    done: (refusal) => {
      const one = open.pop()
      if (one !== undefined) close(one, one.machine.state(w, one.key as never), refusal?.error)
    },
  }
  return {
    begin: () => {
      decisions = []
      open = []
      entities.clear()
    },
    end: () => {
      // A panic leaves open what led to it; nothing of that happened.
      const panic = open.at(-1)?.branch.trap
      for (const one of open) close(one, one.from, panic ?? 'panic')
      open = []
      return {
        decisions: decisions.slice(0, mostDecisions).flatMap(({ decision }) => (decision === undefined ? [] : [decision])),
        moves: [...entities.values()].flatMap(({ machine, key, from }) => {
          const to = byId.get(machine)!.state(w, key as never)
          return [{ machine, key: entityText(key), from, to }]
        }),
      }
    },
  }
}
