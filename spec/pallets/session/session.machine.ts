import { event } from '../../kernel/event.js'
import { single } from '../../kernel/item.js'
import { accept, machine } from '../../kernel/machine.js'
import { struct, u32 } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { blockNumber } from '../system/clock.js'
import { SESSION_PERIOD } from '../transaction-payment/extrinsic.machine.js'

/** How many sessions have ended. */
export const CurrentIndex = single('Session', 'CurrentIndex', u32, { orElse: 0 })
export const NewSession = event('Session', 'NewSession', struct({ sessionIndex: u32 }))

type On = Stage<unknown, undefined>

/**
 * Sessions, as far as others see them: every 600th block ends one, says so, and leaves no room for normal extrinsics.
 * Who the validators are is consensus, and outside: no modelled call changes them.
 * @source frame/session/src/lib.rs `on_initialize`, `rotate_session` @polkadot-v0.9.42, runtime/src/lib.rs `Period` @439e6919
 */
export const session = machine({
  id: 'session',
  pallet: 'Session',
  says: 'the sessions of the block authors',
  state: () => 'always' as const,
  states: { always: { '@initialize': [accept('SES-INIT-1', { when: 'sessionEnds', do: ['countSession'] }), accept('SES-INIT-2')] } },
  guards: { sessionEnds: (s: On) => blockNumber(s.w) % SESSION_PERIOD === 0 },
  effects: {
    countSession: (s: On) => {
      const sessionIndex = s.w.get(CurrentIndex) + 1
      s.w.set(CurrentIndex, sessionIndex)
      s.emit(NewSession, { sessionIndex })
    },
  },
})
