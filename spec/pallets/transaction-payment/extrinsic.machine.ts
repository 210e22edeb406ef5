import { accept, attempt, attemptAll, machine, must, refuse, trap, type Receiver } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { byVersion } from '../../kernel/version.js'
import { dispatchError } from '../system/dispatch-error.js'
import { ExtrinsicFailed, ExtrinsicSuccess } from '../system/events.js'
import { Account, SystemNumber } from '../system/items.js'
import { withNonce } from '../system/types.js'
import { anyAbove, weight, type DispatchClassName, type DispatchInfo, type Weight } from '../system/weight.js'
import { TransactionFeePaid } from './events.js'
import { blockAuthor, scheduleAt } from './fee.js'
import { NextFeeMultiplier } from './items.js'

/** A session ends at every multiple of this block number. @source substrate-node/runtime/src/lib.rs `Period` @439e6919 */
export const SESSION_PERIOD = 600

/** `max_extrinsic` of the constant `System.BlockWeights`: a share of the block, less the base weight of one extrinsic. */
const maxExtrinsic = byVersion((version): Readonly<Record<DispatchClassName, Weight>> => {
  const { extrinsicBase } = scheduleAt(version).weights
  return {
    Normal: weight(1_300_000_000_000n - extrinsicBase, 0xa666666666666666n),
    Operational: weight(1_800_000_000_000n - extrinsicBase, 0xe666666666666666n),
    Mandatory: weight(0xffffffffffffffffn, 0xffffffffffffffffn),
  }
})
/** What is kept for Operational calls when the block is full: `reserved`, less the base weight of one extrinsic. */
const reserved = byVersion((version) => weight(500_000_000_000n - scheduleAt(version).weights.extrinsicBase, 0x4000000000000000n))

/** @param nonce u32 as signed   @param withheld what is taken before dispatch, 1e-7 TFT */
export interface PrepareArgs {
  /** False when an argument is longer than its type allows. */
  readonly decodes: boolean
  readonly nonce: number
  readonly withheld: bigint
  readonly weight: Weight
  readonly dispatchClass: DispatchClassName
}
/** @param actualFee what stays paid, tip included   @param error the dispatch error's name, null for success   @param info as the event reports it */
export interface SettleArgs {
  readonly withheld: bigint
  readonly actualFee: bigint
  readonly tip: bigint
  readonly error: string | null
  readonly info: DispatchInfo
}
type Prepare = Stage<PrepareArgs, AccountId>
type Settle = Stage<SettleArgs, AccountId>

const NOBODY = '\0'.repeat(32)
const nonce = (s: Prepare): number => s.w.get(Account, s.key).nonce
const sessionEnds = (s: Prepare): boolean => s.w.get(SystemNumber) % SESSION_PERIOD === 0
const refund = (s: Settle): bigint => (isLess(s) ? s.args.withheld - s.args.actualFee : 0n)
const isLess = (s: Settle): boolean => s.args.actualFee < s.args.withheld
const toAuthor = (s: Settle, amount: bigint): readonly Receiver[] => {
  const author = blockAuthor(s.w)
  return author === null ? [] : [{ machine: 'account', key: author, args: { amount } }]
}

/**
 * The envelope of a signed extrinsic; its key is the signer. `@prepare` comes before dispatch, `@settle` after it. A
 * refusal of `@prepare` makes the extrinsic invalid: it leaves no trace. The errors are those of `InvalidTransaction`.
 * The block's weight is not counted: a block that its extrinsics fill is outside the spec.
 * @source frame/system/src/extensions/{check_non_zero_sender,check_nonce,check_weight}.rs, frame/transaction-payment/src/payment.rs `CurrencyAdapter`,
 *   frame/executive/src/lib.rs `apply_extrinsic` @polkadot-v0.9.42, substrate-node/runtime/src/impls.rs `DealWithFees` @439e6919
 */
export const extrinsicMachine = machine({
  id: 'extrinsic',
  pallet: 'Invalid',
  says: 'the envelope of a signed extrinsic',
  state: () => 'always' as const,
  states: {
    always: {
      '@prepare': [
        trap('EXT-DECODE-1', 'isNoExtrinsic', 'Bad input data provided to apply_extrinsic', {
          says: 'an argument beyond its bound does not decode; a block builder drops the extrinsic',
        }),
        refuse('EXT-SENDER-1', 'senderIsZero', 'BadSigner'),
        refuse('EXT-NONCE-1', 'nonceIsPast', 'Stale'),
        refuse('EXT-NONCE-2', 'nonceIsAhead', 'Future'),
        refuse('EXT-WEIGHT-1', 'sessionEndsForNormal', 'ExhaustsResources', {
          says: 'a block that ends a session is full; no call of class Normal fits in',
        }),
        refuse('EXT-WEIGHT-2', 'sessionEndsForHeavy', 'ExhaustsResources', {
          says: 'a block that ends a session has a reserve for calls of class Operational',
        }),
        refuse('EXT-WEIGHT-3', 'isTooHeavy', 'ExhaustsResources'),
        accept('EXT-PAY-1', { when: 'nothingIsWithheld', do: ['countNonce'] }),
        accept('EXT-PAY-2', {
          says: 'the fee is withheld; who cannot pay it and stay alive is refused with Payment',
          do: ['countNonce', attemptAll('@withdrawImbalance', 'payer', 'Payment')],
        }),
      ],
      '@settle': [
        accept('EXT-SETTLE-1', { when: 'nothingIsWithheld', do: ['emitFeePaid', must('@finish')] }),
        accept('EXT-SETTLE-2', {
          when: 'payerIsGone',
          says: 'nobody to give back to: the author gets all',
          do: [must('@resolve', 'authorAll'), 'emitFeePaid', must('@finish')],
        }),
        accept('EXT-SETTLE-3', { do: [attempt('@refund', 'payerBack'), must('@resolve', 'authorActual'), 'emitFeePaid', must('@finish')] }),
      ],
      '@finish': [accept('EXT-FINISH-1', { when: 'hasFailed', do: ['emitFailed'] }), accept('EXT-FINISH-2', { do: ['emitSucceeded'] })],
      /** At the end of every block. */
      '@onFinalize': [accept('EXT-FEE-1', { says: 'FeeMultiplierUpdate = () sets the multiplier to zero', do: ['zeroMultiplier'] })],
    },
  },
  guards: {
    isNoExtrinsic: (s: Prepare) => !s.args.decodes,
    senderIsZero: (s: Prepare) => s.key === NOBODY,
    nonceIsPast: (s: Prepare) => s.args.nonce < nonce(s),
    nonceIsAhead: (s: Prepare) => s.args.nonce > nonce(s),
    sessionEndsForNormal: (s: Prepare) => sessionEnds(s) && s.args.dispatchClass === 'Normal',
    sessionEndsForHeavy: (s: Prepare) => sessionEnds(s) && anyAbove(s.args.weight, reserved(s.w.version)),
    isTooHeavy: (s: Prepare) => anyAbove(s.args.weight, maxExtrinsic(s.w.version)[s.args.dispatchClass]),
    nothingIsWithheld: (s: Stage<{ readonly withheld: bigint }, AccountId>) => s.args.withheld === 0n,
    payerIsGone: (s: Settle) => isLess(s) && s.w.get(Account, s.key).providers === 0,
    hasFailed: (s: Settle) => s.args.error !== null,
  },
  effects: {
    countNonce: (s: Prepare) => {
      const info = s.w.get(Account, s.key)
      s.w.put(Account, s.key, withNonce(info, info.nonce + 1))
    },
    emitFeePaid: (s: Settle) => s.emit(TransactionFeePaid, { who: s.key, actualFee: s.args.actualFee, tip: s.args.tip }),
    emitSucceeded: (s: Settle) => s.emit(ExtrinsicSuccess, { dispatchInfo: s.args.info }),
    emitFailed: (s: Settle) =>
      s.emit(ExtrinsicFailed, { dispatchError: dispatchError(s.args.error ?? '', s.w.version), dispatchInfo: s.args.info }),
    zeroMultiplier: (s: Stage) => s.w.set(NextFeeMultiplier, 0n),
  },
  routes: {
    payer: (s: Prepare) => [{ machine: 'account', key: s.key, args: { amount: s.args.withheld, reasons: 'Fee', existence: 'KeepAlive' } }],
    payerBack: (s: Settle) => [{ machine: 'account', key: s.key, args: { amount: refund(s) } }],
    authorActual: (s: Settle) => toAuthor(s, isLess(s) ? s.args.actualFee : s.args.withheld),
    authorAll: (s: Settle) => toAuthor(s, s.args.withheld),
  },
})
