import { encode } from '../../kernel/encode.js'
import { blake2_256 } from '../../kernel/hashes.js'
import { accept, machine, must, refuse, type Receiver } from '../../kernel/machine.js'
import { account, struct, u16, type AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { dispatchError, dispatchResult } from '../system/dispatch-error.js'
import { dispatched, type DispatchArgs, type Replied, type Reply } from '../system/dispatch.js'
import { originOf, type OriginCaller } from '../system/origin-caller.js'
import type { CallValue } from '../system/runtime-call.js'
import { BatchCompleted, BatchCompletedWithErrors, BatchInterrupted, DispatchedAs, ItemCompleted, ItemFailed } from './events.js'

/** `batched_calls_limit`. */
const MOST_CALLS = 10_922

/** @param index position of the next call, or of the one that was just made   @param failed whether one before has failed */
interface Progress {
  readonly calls: readonly CallValue[]
  readonly index: number
  readonly failed: boolean
}
type Calls = Stage<{ readonly calls: readonly CallValue[] }, undefined>
type Next = Stage<Progress, undefined>
type Made = Stage<Progress & Replied, undefined>
type One = Stage<{ readonly call: CallValue }, undefined>
type Derived = Stage<{ readonly index: number; readonly call: CallValue }, undefined>
type As = Stage<{ readonly asOrigin: OriginCaller; readonly call: CallValue }, undefined>

const self = (args: unknown): readonly Receiver[] => [{ machine: 'utility', key: undefined, args }]
const one = (s: Next, extra: Partial<DispatchArgs> = {}) => [dispatched({ call: s.args.calls[s.args.index]!, origin: s.origin, ...extra })]
const reply = (s: Next, event: string): { readonly reply: Reply } => ({
  reply: { machine: 'utility', key: undefined, event, args: (error) => ({ ...s.args, error }) },
})
const pseudonymOf = struct({ who: account, index: u16 })
/** @source frame/utility/src/lib.rs `derivative_account_id` */
export const derivativeAccount = (who: AccountId, index: number): AccountId =>
  blake2_256(`modlpy/utilisuba${encode(pseudonymOf, { who, index })}`) as AccountId

const starts = (rule: string, next: string) => [
  refuse(`${rule}-1`, 'areTooMany', 'TooManyCalls'),
  accept(`${rule}-2`, { do: [must(next, 'first')] }),
]

/** Calls that carry calls. @source frame/utility/src/lib.rs @polkadot-v0.9.42 */
export const utilityMachine = machine({
  id: 'utility',
  pallet: 'Utility',
  says: 'calls that carry calls',
  state: () => 'always' as const,
  states: {
    always: {
      batch: starts('UTIL-BATCH', '@batchNext'),
      '@batchNext': [
        accept('UTIL-BATCH-3', { when: 'allAreMade', do: ['emitCompleted'] }),
        accept('UTIL-BATCH-4', { do: [must('@dispatch', 'nextOfBatch')] }),
      ],
      '@batchMade': [
        accept('UTIL-BATCH-5', { when: 'hasFailed', says: 'the first failure ends the batch, which succeeds', do: ['emitInterrupted'] }),
        accept('UTIL-BATCH-6', { do: ['emitItem', must('@batchNext', 'after')] }),
      ],
      batchAll: starts('UTIL-ALL', '@allNext'),
      '@allNext': [
        accept('UTIL-ALL-3', { when: 'allAreMade', do: ['emitCompleted'] }),
        accept('UTIL-ALL-4', {
          says: 'a failure is the failure of all; batchAll cannot be nested',
          do: [must('@dispatch', 'nextOfAll'), 'emitItem', must('@allNext', 'after')],
        }),
      ],
      forceBatch: starts('UTIL-FORCE', '@forceNext'),
      '@forceNext': [
        accept('UTIL-FORCE-3', { when: 'allAreMadeSomeFailed', do: ['emitCompletedWithErrors'] }),
        accept('UTIL-FORCE-4', { when: 'allAreMade', do: ['emitCompleted'] }),
        accept('UTIL-FORCE-5', { do: [must('@dispatch', 'nextOfForce')] }),
      ],
      '@forceMade': [
        accept('UTIL-FORCE-6', { when: 'hasFailed', do: ['emitItemFailed', must('@forceNext', 'afterFailure')] }),
        accept('UTIL-FORCE-7', { do: ['emitItem', must('@forceNext', 'after')] }),
      ],
      asDerivative: [accept('UTIL-AS-1', { do: [must('@dispatch', 'asPseudonym')] })],
      dispatchAs: [accept('UTIL-AS-2', { says: 'succeeds whatever becomes of the call', do: [must('@dispatch', 'asOrigin')] })],
      '@dispatchedAs': [accept('UTIL-AS-3', { do: ['emitDispatchedAs'] })],
      withWeight: [accept('UTIL-AS-4', { do: [must('@dispatch', 'asRoot')] })],
    },
  },
  guards: {
    areTooMany: (s: Calls) => s.args.calls.length > MOST_CALLS,
    allAreMade: (s: Next) => s.args.index === s.args.calls.length,
    allAreMadeSomeFailed: (s: Next) => s.args.index === s.args.calls.length && s.args.failed,
    hasFailed: (s: Made) => s.args.error !== null,
  },
  effects: {
    emitItem: (s: Stage) => s.emit(ItemCompleted, undefined),
    emitCompleted: (s: Stage) => s.emit(BatchCompleted, undefined),
    emitCompletedWithErrors: (s: Stage) => s.emit(BatchCompletedWithErrors, undefined),
    emitInterrupted: (s: Made) => s.emit(BatchInterrupted, { index: s.args.index, error: dispatchError(s.args.error ?? '') }),
    emitItemFailed: (s: Made) => s.emit(ItemFailed, { error: dispatchError(s.args.error ?? '') }),
    emitDispatchedAs: (s: Made) => s.emit(DispatchedAs, { result: dispatchResult(s.args.error) }),
  },
  routes: {
    first: (s: Calls) => self({ calls: s.args.calls, index: 0, failed: false } satisfies Progress),
    after: (s: Next) => self({ calls: s.args.calls, index: s.args.index + 1, failed: s.args.failed } satisfies Progress),
    afterFailure: (s: Next) => self({ calls: s.args.calls, index: s.args.index + 1, failed: true } satisfies Progress),
    nextOfBatch: (s: Next) => one(s, reply(s, '@batchMade')),
    nextOfAll: (s: Next) => one(s, s.origin.type === 'root' ? {} : { filter: 'noBatchAll' }),
    nextOfForce: (s: Next) => one(s, reply(s, '@forceMade')),
    asPseudonym: (s: Derived) => [
      dispatched({ call: s.args.call, origin: { type: 'signed', who: derivativeAccount(s.caller, s.args.index) } }),
    ],
    asOrigin: (s: As) => [
      dispatched({
        call: s.args.call,
        origin: originOf(s.args.asOrigin),
        filter: 'fresh',
        reply: { machine: 'utility', key: undefined, event: '@dispatchedAs', args: (error) => ({ error }) },
      }),
    ],
    asRoot: (s: One) => [dispatched({ call: s.args.call, origin: { type: 'root' }, filter: 'fresh' })],
  },
})
