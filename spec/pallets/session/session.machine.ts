import { event } from '../../kernel/event.js'
import { single } from '../../kernel/item.js'
import { accept, machine } from '../../kernel/machine.js'
import { account, fixed, struct, tuple, u32, u64, vec } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { blockNumber } from '../system/clock.js'
import { SESSION_PERIOD } from '../transaction-payment/extrinsic.machine.js'

/** How many sessions have ended. */
export const CurrentIndex = single('Session', 'CurrentIndex', u32, { orElse: 0 })
/** Who makes blocks from the next session on, with their keys. */
export const QueuedKeys = single('Session', 'QueuedKeys', vec(tuple(account, struct({ aura: fixed(32), grandpa: fixed(32) }))), {
  orElse: [],
})
export const NewSession = event('Session', 'NewSession', struct({ sessionIndex: u32 }))

/** Each authority's key and its votes. @source frame/grandpa/src/lib.rs `Event` @polkadot-v0.9.42 */
export const NewAuthorities = event('Grandpa', 'NewAuthorities', struct({ authoritySet: vec(tuple(fixed(32), u64)) }))

type On = Stage<unknown, undefined>

const sessionEnds = (s: On): boolean => blockNumber(s.w) % SESSION_PERIOD === 0

/**
 * Sessions, as far as others see them: every 600th block ends one, says so, and leaves no room for normal extrinsics.
 * Who the validators are is consensus, and outside: no modelled call changes them.
 * @source frame/session/src/lib.rs `on_initialize`, `rotate_session`, frame/grandpa/src/lib.rs `on_new_session`, `on_finalize` @polkadot-v0.9.42, runtime/src/lib.rs `Period` @439e6919
 */
export const session = machine({
  id: 'session',
  pallet: 'Session',
  says: 'the sessions of the block authors',
  state: () => 'always' as const,
  states: {
    always: {
      '@initialize': [accept('SES-INIT-1', { when: 'sessionEnds', do: ['countSession'] }), accept('SES-INIT-2')],
      '@finalize': [
        accept('SES-FINAL-1', {
          when: 'authoritiesAreNamed',
          says: 'from the second session on the validators count as changed, and grandpa names them anew',
          do: ['nameAuthorities'],
        }),
        accept('SES-FINAL-2'),
      ],
    },
  },
  guards: {
    sessionEnds,
    authoritiesAreNamed: (s: On) => sessionEnds(s) && s.w.get(CurrentIndex) > 1,
  },
  effects: {
    nameAuthorities: (s: On) =>
      s.emit(NewAuthorities, { authoritySet: s.w.get(QueuedKeys).map(([, { grandpa }]) => [grandpa, 1n] as const) }),
    countSession: (s: On) => {
      const sessionIndex = s.w.get(CurrentIndex) + 1
      s.w.set(CurrentIndex, sessionIndex)
      s.emit(NewSession, { sessionIndex })
    },
  },
})
