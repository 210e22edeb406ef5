import type { Key } from '../../spec/kernel/item.js'
import type { World } from '../../spec/kernel/world.js'
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

interface Started {
  branch?: TableBranch
  decision?: Decision
}

/** Watches an interpreter: every delivery, with the state of its entity before and after. */
export function watchDecisions(interpreter: Interpreter, w: World, lessons: Lessons): Watch {
  const deliver = interpreter.deliver.bind(interpreter)
  let decisions: Started[] = []
  let open: Started[] = []
  const entities = new Map<string, { readonly machine: string; readonly key: Key; readonly from: string }>()
  interpreter.listener = {
    decided: (_stage, _machine, _state, _event, branch) => {
      const last = open.at(-1)
      if (last !== undefined) last.branch = branch
    },
  }
  interpreter.deliver = (world, origin, machine, key, event, args) => {
    const m = byId.get(machine)
    if (m === undefined) return deliver(world, origin, machine, key, event, args)
    const from = m.state(world, key as never)
    if (m.id !== 'account' && from !== 'always') {
      const name = `${machine} ${String(key)}`
      if (!entities.has(name)) entities.set(name, { machine, key, from })
    }
    const started: Started = {}
    const depth = open.length
    open.push(started)
    decisions.push(started)
    const close = (refused: string | undefined): void => {
      open.length = depth
      const { branch } = started
      if (branch === undefined) return
      const to = m.state(world, key as never)
      started.decision = {
        rule: branch.meta.rule,
        machine,
        key: entityText(key),
        event,
        depth,
        from,
        to,
        ...(refused === undefined ? {} : { refused }),
      }
      if (refused === undefined) lessons.note(branch.meta.rule, from, to)
    }
    try {
      const refusal = deliver(world, origin, machine, key, event, args)
      close(refusal?.error)
      return refusal
    } catch (error) {
      close((error as Error).message)
      throw error
    }
  }
  return {
    begin: () => {
      decisions = []
      open = []
      entities.clear()
    },
    end: () => ({
      decisions: decisions.slice(0, mostDecisions).flatMap(({ decision }) => (decision === undefined ? [] : [decision])),
      moves: [...entities.values()].flatMap(({ machine, key, from }) => {
        const to = byId.get(machine)!.state(w, key as never)
        return [{ machine, key: entityText(key), from, to }]
      }),
    }),
  }
}
