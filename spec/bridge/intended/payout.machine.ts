import { accept, machine, must, refuse, type Receiver } from '../../kernel/machine.js'
import type { AccountId, Bytes } from '../../kernel/shape.js'
import { fact, type Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { EXISTENTIAL_DEPOSIT } from '../../pallets/balances/items.js'
import { usableBalance } from '../../pallets/balances/reading.js'
import { blockNumber } from '../../pallets/system/clock.js'
import { BurnTransactionID, FeeAccount, Validators, WithdrawFee } from '../../pallets/tft-bridge/items.js'
import { isStellarAddress } from '../../pallets/tft-bridge/stellar-address.js'
import { callerIsNoValidator, majority } from '../../pallets/tft-bridge/validators.js'
import { hashOf } from '../stellar/types.js'
import { LastSequence, Payouts, StellarKeys } from './items.js'
import { payoutOf } from './payout-tx.js'
import { FAILED, PAID, TAKEN } from './types.js'

/** What shall be owed: `@owe` gives it the next sequence number. */
export interface Owed {
  readonly cause: Bytes
  readonly target: Bytes
  readonly amount: bigint
  readonly claimable: boolean
  readonly source: AccountId | undefined
}
type OnOwed = Stage<Owed>
type OnSwap = Stage<{ readonly targetStellarAddress: Bytes; readonly amount: bigint }>

/** Everything that the vault owes, and the withdrawals that make it owe. */
export const intendedPayouts = machine({
  id: 'intended-payouts',
  pallet: 'TFTBridgeModule',
  says: 'what the vault owes, in the order of its sequence numbers',
  state: () => 'always' as const,
  states: {
    always: {
      swapToStellar: [
        refuse('BI-SWAP-1', 'addressIsNoStellarAddress', 'InvalidStellarPublicKey'),
        refuse('BI-SWAP-2', 'amountIsAtMostTheFee', 'AmountIsLessThanWithdrawFee'),
        refuse('BI-SWAP-3', 'netIsBelowTheFloor', 'AmountIsLessThanWithdrawFee', { instead: 'S-FLOOR' }),
        refuse('BI-SWAP-4', 'amountIsNotUsable', 'NotEnoughBalanceToSwap'),
        refuse('BI-SWAP-5', 'amountExceedsU64', 'WrongParametersProvided'),
        accept('BI-SWAP-6', { do: [must('@withdraw', 'caller'), must('@deposit', 'feeAccount'), 'countBurn', must('@owe', 'payout')] }),
      ],
      '@owe': [
        accept('BI-OWE-1', {
          do: ['open'],
          says: 'the sequence number is given here and never changes: two transactions for one payout exclude each other on Stellar',
        }),
      ],
    },
  },
  guards: {
    addressIsNoStellarAddress: (s: OnSwap) => !isStellarAddress(s.args.targetStellarAddress),
    amountIsAtMostTheFee: (s: OnSwap) => s.args.amount <= s.w.get(WithdrawFee),
    netIsBelowTheFloor: (s: OnSwap) => s.args.amount - s.w.get(WithdrawFee) < EXISTENTIAL_DEPOSIT,
    amountIsNotUsable: (s: OnSwap) => s.args.amount > usableBalance(s.w, s.caller),
    amountExceedsU64: (s: OnSwap) => s.args.amount >= 1n << 64n,
  },
  effects: {
    countBurn: (s: OnSwap) => s.w.set(BurnTransactionID, s.w.get(BurnTransactionID) + 1n),
    open: (s: OnOwed) => {
      const sequence = s.w.get(LastSequence) + 1n
      s.w.set(LastSequence, sequence)
      s.w.put(Payouts, sequence, { ...s.args, signatures: [], reports: [], block: blockNumber(s.w) })
    },
  },
  routes: {
    caller: (s: OnSwap): Receiver[] => [
      { machine: 'account', key: s.caller, args: { amount: s.args.amount, reasons: 'TRANSFER', existence: 'KeepAlive' } },
    ],
    feeAccount: (s: OnSwap): Receiver[] => {
      const to = s.w.get(FeeAccount)
      return to === undefined ? [] : [{ machine: 'account', key: to, args: { amount: s.w.get(WithdrawFee) } }]
    },
    payout: (s: OnSwap): Receiver[] => {
      const { targetStellarAddress: target, amount } = s.args
      const owed: Owed = {
        cause: `burn ${s.w.get(BurnTransactionID)}`,
        target,
        amount: amount - s.w.get(WithdrawFee),
        claimable: false,
        source: s.caller,
      }
      return [{ machine: 'intended-payouts', key: undefined, args: owed }]
    },
  },
})

type On<A = unknown> = Stage<A, bigint>
type OnSignature = On<{ readonly signature: Bytes }>
type OnResult = On<{ readonly result: number }>
const payout = (s: On) => s.w.get(Payouts, s.key)!
const agreeing = fact<{ readonly result: number }, bigint, number>('agreeing results', (s) => {
  const today = s.w.get(Validators)
  return payout(s).reports.filter((r) => r.result === s.args.result && r.who !== s.caller && today.includes(r.who)).length + 1
})

/** One payout. It stays until a majority has read on Stellar what became of its sequence number. */
export const intendedPayout = machine({
  id: 'intended-payout',
  pallet: 'TFTBridgeModule',
  says: 'a payment that the vault owes',
  state: (w: World, key: bigint) => (w.has(Payouts, key) ? ('open' as const) : ('absent' as const)),
  states: {
    absent: {
      sign: [refuse('BI-SIGN-1', 'callerIsNoValidator', 'ValidatorNotExists'), refuse('BI-SIGN-2', null, 'PayoutNotOpen')],
      settle: [refuse('BI-SETTLE-1', 'callerIsNoValidator', 'ValidatorNotExists'), refuse('BI-SETTLE-2', null, 'PayoutNotOpen')],
      '@renumber': [accept('BI-RENUMBER-0')],
    },
    open: {
      sign: [
        refuse('BI-SIGN-3', 'callerIsNoValidator', 'ValidatorNotExists'),
        refuse('BI-SIGN-4', 'callerSignedBefore', 'AlreadySigned'),
        refuse('BI-SIGN-5', 'enoughHaveSigned', 'EnoughSignaturesPresent', { quirk: 'S-MORE-SIGNATURES' }),
        refuse('BI-SIGN-6', 'signatureIsWrong', 'InvalidSignature', { instead: 'S-GOOD-SIGNATURES' }),
        accept('BI-SIGN-7', { to: 'open', do: ['addSignature'] }),
      ],
      settle: [
        refuse('BI-SETTLE-3', 'callerIsNoValidator', 'ValidatorNotExists'),
        accept('BI-SETTLE-4', { quirk: 'S-SETTLED-BY-MAJORITY', do: [must('@close')] }),
        accept('BI-SETTLE-5', { instead: 'S-SETTLED-BY-MAJORITY', when: 'callerCompletes', do: [must('@close')] }),
        accept('BI-SETTLE-6', { instead: 'S-SETTLED-BY-MAJORITY', to: 'open', do: ['report'] }),
      ],
      '@close': [
        accept('BI-CLOSE-1', { when: 'wasPaid', to: 'absent', do: ['remove'] }),
        accept('BI-CLOSE-2', { instead: 'S-VOID', when: 'wasTaken', to: 'absent', do: [must('@owe', 'again'), 'remove'] }),
        accept('BI-CLOSE-3', { quirk: 'S-VOID', when: 'wasTaken', to: 'open', says: 'nobody thought of it' }),
        accept('BI-CLOSE-4', { instead: 'S-MINT-BACK', when: 'isWithdrawal', to: 'absent', do: [must('@deposit', 'source'), 'remove'] }),
        accept('BI-CLOSE-5', { quirk: 'S-MINT-BACK', when: 'isWithdrawal', to: 'absent', do: ['remove'] }),
        accept('BI-CLOSE-6', { instead: 'S-CLAIMABLE', to: 'absent', do: [must('@owe', 'claimable'), 'remove'] }),
        accept('BI-CLOSE-7', { quirk: 'S-CLAIMABLE', to: 'absent', do: [must('@owe', 'again'), 'remove'] }),
      ],
      '@renumber': [
        accept('BI-RENUMBER-1', { instead: 'S-ONE-SEQUENCE', to: 'open', says: 'nothing expires' }),
        accept('BI-RENUMBER-2', { quirk: 'S-ONE-SEQUENCE', to: 'absent', do: [must('@owe', 'again'), 'remove'] }),
      ],
    },
  },
  guards: {
    callerIsNoValidator,
    callerSignedBefore: (s: On) => payout(s).signatures.some((x) => x.who === s.caller),
    enoughHaveSigned: (s: On) => payout(s).signatures.length >= majority(s.w),
    /** Ed25519 over the transaction's hash, by the key that the council registered for the caller. */
    signatureIsWrong: (s: OnSignature) => s.args.signature !== `${s.w.get(StellarKeys, s.caller)}|${hashOf(payoutOf(s.key, payout(s)))}`,
    callerCompletes: (s: OnResult) => agreeing(s) >= majority(s.w),
    wasPaid: (s: OnResult) => s.args.result === PAID,
    wasTaken: (s: OnResult) => s.args.result === TAKEN,
    isWithdrawal: (s: OnResult) => s.args.result === FAILED && payout(s).source !== undefined,
  },
  effects: {
    addSignature: (s: OnSignature) => {
      const signature = { who: s.caller, key: s.w.get(StellarKeys, s.caller), signature: s.args.signature }
      s.w.put(Payouts, s.key, { ...payout(s), signatures: [...payout(s).signatures, signature] })
    },
    report: (s: OnResult) => {
      const others = payout(s).reports.filter((r) => r.who !== s.caller)
      s.w.put(Payouts, s.key, { ...payout(s), reports: [...others, { who: s.caller, result: s.args.result }] })
    },
    remove: (s: On) => s.w.remove(Payouts, s.key),
  },
  routes: {
    source: (s: On): Receiver[] => [{ machine: 'account', key: payout(s).source!, args: { amount: payout(s).amount } }],
    again: (s: On): Receiver[] => [owe(payout(s))],
    claimable: (s: On): Receiver[] => [owe({ ...payout(s), claimable: true })],
  },
})

function owe({ cause, target, amount, claimable, source }: Owed): Receiver {
  return { machine: 'intended-payouts', key: undefined, args: { cause, target, amount, claimable, source } }
}
