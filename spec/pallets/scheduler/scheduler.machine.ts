import { decode } from '../../kernel/decode.js'
import { accept, machine, must } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { dispatchResult } from '../system/dispatch-error.js'
import { dispatched, type Replied } from '../system/dispatch.js'
import { SystemNumber } from '../system/items.js'
import { originOf } from '../system/origin-caller.js'
import { runtimeCall, type CallValue } from '../system/runtime-call.js'
import { Dispatched, PeriodicFailed, ScheduledAt } from './events.js'
import { Agenda, Lookup, type Scheduled } from './items.js'

const MAX_SCHEDULED = 50

interface Task {
  readonly when: number
  readonly index: number
  readonly task: Scheduled
}
type Now = Stage<unknown, undefined>
type Serve = Stage<Task, undefined>
type Served = Stage<Task & Replied, undefined>

const now = (s: Now): number => s.w.get(SystemNumber)
/** By priority, in the agenda's order among equals. */
const tasks = (s: Now): readonly Task[] =>
  s.w
    .get(Agenda, now(s))
    .flatMap((task, index) => (task === undefined ? [] : [{ when: now(s), index, task }]))
    .sort((a, b) => a.task.priority - b.task.priority)
const wake = (s: Serve): number => now(s) + s.args.task.maybePeriodic![0]
const scheduled = (args: Task) => ({ task: [args.when, args.index] as const, id: args.task.maybeId })
/** A hole is only filled when the agenda is full. */
const freePlace = (s: Serve): number => {
  const agenda = s.w.get(Agenda, wake(s))
  return agenda.length < MAX_SCHEDULED ? agenda.length : agenda.indexOf(undefined)
}

/**
 * What is to be done at the beginning of a block. An agenda whose calls cannot be decoded, or weigh more than a block,
 * and one that an earlier block left incomplete, are outside the spec: only Root fills agendas, and no key is Root.
 * @source frame/scheduler/src/lib.rs `service_agendas`, `service_task`, `place_task` @polkadot-v0.9.42
 */
export const schedulerMachine = machine({
  id: 'scheduler',
  pallet: 'Scheduler',
  says: 'the calls that are due at a block',
  state: () => 'always' as const,
  states: {
    always: {
      /** on_initialize, after the number is set and before the time is. */
      '@agenda': [
        accept('SCHED-AGENDA-1', { when: 'nothingIsDue' }),
        accept('SCHED-AGENDA-2', { do: [must('@serve', 'tasks'), 'clearAgenda'] }),
      ],
      '@serve': [
        accept('SCHED-SERVE-1', { when: 'hasName', do: ['forgetName', must('@dispatch', 'task')] }),
        accept('SCHED-SERVE-2', { do: [must('@dispatch', 'task')] }),
      ],
      '@served': [
        accept('SCHED-SERVE-3', { when: 'isOnce', do: ['emitDispatched'] }),
        accept('SCHED-SERVE-4', { when: 'nextAgendaIsFull', do: ['emitDispatched', 'emitPeriodicFailed'] }),
        accept('SCHED-SERVE-5', { when: 'hasName', do: ['emitDispatched', 'rememberName', 'placeAgain'] }),
        accept('SCHED-SERVE-6', { do: ['emitDispatched', 'placeAgain'] }),
      ],
    },
  },
  guards: {
    nothingIsDue: (s: Now) => !s.w.has(Agenda, now(s)),
    hasName: (s: Serve) => s.args.task.maybeId !== undefined,
    isOnce: (s: Serve) => s.args.task.maybePeriodic === undefined,
    nextAgendaIsFull: (s: Serve) => freePlace(s) < 0,
  },
  effects: {
    clearAgenda: (s: Now) => s.w.remove(Agenda, now(s)),
    forgetName: (s: Serve) => s.w.remove(Lookup, s.args.task.maybeId!),
    rememberName: (s: Serve) => s.w.put(Lookup, s.args.task.maybeId!, [wake(s), freePlace(s)]),
    emitDispatched: (s: Served) => s.emit(Dispatched, { ...scheduled(s.args), result: dispatchResult(s.args.error) }),
    emitPeriodicFailed: (s: Serve) => s.emit(PeriodicFailed, scheduled(s.args)),
    placeAgain: (s: Serve) => {
      const [period, count] = s.args.task.maybePeriodic!
      const index = freePlace(s)
      const agenda = [...s.w.get(Agenda, wake(s))]
      agenda[index] = { ...s.args.task, maybePeriodic: count > 1 ? [period, count - 1] : undefined }
      s.w.put(Agenda, wake(s), agenda)
      s.emit(ScheduledAt, { when: wake(s), index })
    },
  },
  routes: {
    tasks: (s: Now) => tasks(s).map((args) => ({ machine: 'scheduler', key: undefined, args })),
    task: (s: Serve) => [
      dispatched({
        call: decode(runtimeCall, s.args.task.call.value as string) as CallValue,
        origin: originOf(s.args.task.origin),
        filter: 'fresh',
        reply: { machine: 'scheduler', key: undefined, event: '@served', args: (error) => ({ ...s.args, error }) },
      }),
    ],
  },
})
