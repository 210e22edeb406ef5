import { U64 } from '../../kernel/arithmetic/integers.js'
import { accept, machine, must, refuse, type Receiver } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { usableBalance } from '../balances/reading.js'
import { blockNumber } from '../system/clock.js'
import {
  BurnTransactionCreated,
  BurnTransactionExpired,
  BurnTransactionProcessed,
  BurnTransactionReady,
  BurnTransactionSignatureAdded,
} from './events.js'
import { BurnSigners, BurnTransactionID, BurnTransactions, ExecutedBurnTransactions, FeeAccount, WithdrawFee } from './items.js'
import * as signing from './signing.js'
import { isStellarAddress } from './stellar-address.js'
import { callerIsNoValidator } from './validators.js'

/** `amount` is what the caller loses, fee included, u128 in 1e-7 TFT. */
export interface Swap {
  readonly targetStellarAddress: Bytes
  readonly amount: bigint
}
/** `target` and `amount` must be those of the burn. */
export interface BurnSignature extends signing.Signing {
  readonly transactionId: bigint
  readonly target: Bytes
  readonly amount: bigint
}
type On = Stage<unknown, bigint>
type OnSwap = Stage<Swap, bigint>
type OnSignature = Stage<BurnSignature, bigint>

export function burnLifeOf(w: World, id: bigint): signing.SigningLife {
  if (w.has(BurnTransactions, id)) return signing.progress(w, w.get(BurnTransactions, id))
  return w.has(ExecutedBurnTransactions, id) ? 'executed' : 'absent'
}
const burning = (s: On) => s.w.get(BurnTransactions, s.key)
const signers = (s: On) => s.w.get(BurnSigners, s.key).slice(0, burning(s).signatures.length)

const signerMustBeValidator = refuse('BR-BURN-SIGN-1', 'callerIsNoValidator', 'ValidatorNotExists')
const closerMustBeValidator = refuse('BR-BURN-CLOSE-1', 'callerIsNoValidator', 'ValidatorNotExists')

/** A burn begins with the swap that makes it. Its id is the next one; ids wrap after 2^64 burns and then meet what is there. */
const swapToStellar = [
  refuse('BR-SWAP-1', 'addressIsNoStellarAddress', 'InvalidStellarPublicKey'),
  refuse('BR-SWAP-2', 'amountIsAtMostTheFee', 'AmountIsLessThanWithdrawFee'),
  refuse('BR-SWAP-3', 'amountIsNotUsable', 'NotEnoughBalanceToSwap'),
  refuse('BR-SWAP-4', 'amountExceedsU64', 'WrongParametersProvided', { instead: 'Q-BURN-SATURATES' }),
  accept('BR-SWAP-5', {
    to: 'signing',
    do: [must('@withdraw', 'caller'), must('@deposit', 'feeAccount'), 'create'],
    says: 'the caller loses the amount, the fee account gets the fee (nobody, if there is none), the rest waits to be paid out',
  }),
]

const open = {
  swapToStellar,
  proposeBurnTransactionOrAddSig: [
    signerMustBeValidator,
    refuse('BR-BURN-SIGN-2', 'idWasExecutedBefore', 'BurnTransactionAlreadyExecuted'),
    refuse('BR-BURN-SIGN-3', 'amountDiffers', 'WrongParametersProvided'),
    refuse('BR-BURN-SIGN-4', 'targetDiffers', 'WrongParametersProvided'),
    accept('BR-BURN-SIGN-5', { do: [must('@addSignature')] }),
  ],
  '@remember': [
    accept('BR-BURN-REMEMBER-1', { quirk: 'Q-BURN-SIGNS-TWICE', says: 'nobody remembers who signed' }),
    accept('BR-BURN-REMEMBER-2', { instead: 'Q-BURN-SIGNS-TWICE', do: ['rememberSigner'] }),
  ],
  setBurnTransactionExecuted: [
    closerMustBeValidator,
    refuse('BR-BURN-CLOSE-2', 'idWasExecutedBefore', 'BurnTransactionAlreadyExecuted'),
    accept('BR-BURN-CLOSE-3', { to: 'executed', do: ['close'], says: 'one validator suffices, signed or not' }),
  ],
  '@finalize': [accept('BR-BURN-EXPIRE-1', { when: 'isExpired', to: 'signing', do: ['expire'] }), accept('BR-BURN-EXPIRE-2')],
}

/**
 * Tokens burned here, which Stellar pays out once more than half of the validators have signed. A burn stays open until a
 * validator says that it is executed; every 20 blocks it forgets its signatures.
 * @source pallet-tft-bridge/src/tft_bridge.rs `burn_tft`, `*_stellar_burn_transaction_*`, src/lib.rs `on_finalize` @439e6919
 */
export const burn = machine({
  id: 'burn',
  pallet: 'TFTBridgeModule',
  says: 'tokens burned on the chain that Stellar pays out',
  state: burnLifeOf,
  states: {
    absent: {
      swapToStellar,
      proposeBurnTransactionOrAddSig: [signerMustBeValidator, refuse('BR-BURN-SIGN-6', null, 'BurnTransactionNotExists')],
      setBurnTransactionExecuted: [closerMustBeValidator, refuse('BR-BURN-CLOSE-4', null, 'BurnTransactionNotExists')],
    },
    signing: {
      ...open,
      '@addSignature': [
        refuse('BR-BURN-ADD-1', 'callerSignedBefore', 'BurnSignatureExists', { instead: 'Q-BURN-SIGNS-TWICE' }),
        refuse('BR-BURN-ADD-2', 'keyHasSigned', 'BurnSignatureExists'),
        refuse('BR-BURN-ADD-3', 'signatureIsThere', 'BurnSignatureExists'),
        accept('BR-BURN-ADD-4', {
          when: 'signatureCompletes',
          to: 'ready',
          do: [must('@remember'), 'addSignature', 'announceReady'],
        }),
        accept('BR-BURN-ADD-5', { to: 'signing', do: [must('@remember'), 'addSignature'] }),
      ],
    },
    ready: {
      ...open,
      '@addSignature': [
        refuse('BR-BURN-ADD-6', 'hasExactlyEnough', 'EnoughBurnSignaturesPresent', { quirk: 'Q-BURN-MORE-THAN-ENOUGH' }),
        refuse('BR-BURN-ADD-7', null, 'EnoughBurnSignaturesPresent', { instead: 'Q-BURN-MORE-THAN-ENOUGH' }),
        refuse('BR-BURN-ADD-8', 'keyHasSigned', 'BurnSignatureExists', { quirk: 'Q-BURN-MORE-THAN-ENOUGH' }),
        refuse('BR-BURN-ADD-9', 'signatureIsThere', 'BurnSignatureExists', { quirk: 'Q-BURN-MORE-THAN-ENOUGH' }),
        accept('BR-BURN-ADD-10', {
          quirk: 'Q-BURN-MORE-THAN-ENOUGH',
          to: 'ready',
          do: [must('@remember'), 'addSignature', 'announceReady'],
          says: 'validators left, so there are more signatures than a majority: yet another one is taken, and the burn is ready once more',
        }),
      ],
    },
    executed: {
      swapToStellar,
      proposeBurnTransactionOrAddSig: [signerMustBeValidator, refuse('BR-BURN-SIGN-7', null, 'BurnTransactionAlreadyExecuted')],
      setBurnTransactionExecuted: [closerMustBeValidator, refuse('BR-BURN-CLOSE-5', null, 'BurnTransactionAlreadyExecuted')],
    },
  },
  guards: {
    addressIsNoStellarAddress: (s: OnSwap) => !isStellarAddress(s.args.targetStellarAddress),
    amountIsAtMostTheFee: (s: OnSwap) => s.args.amount <= s.w.get(WithdrawFee),
    amountIsNotUsable: (s: OnSwap) => s.args.amount > usableBalance(s.w, s.caller),
    amountExceedsU64: (s: OnSwap) => s.args.amount > U64.max,
    callerIsNoValidator,
    idWasExecutedBefore: (s: On) => s.w.has(ExecutedBurnTransactions, s.key),
    amountDiffers: (s: OnSignature) => s.args.amount !== burning(s).amount,
    targetDiffers: (s: OnSignature) => s.args.target !== burning(s).target,
    callerSignedBefore: (s: On) => signers(s).includes(s.caller),
    keyHasSigned: (s: OnSignature) => signing.keyHasSigned(burning(s), s.args),
    signatureIsThere: (s: OnSignature) => signing.signatureIsThere(burning(s), s.args),
    signatureCompletes: (s: On) => signing.signatureCompletes(s.w, burning(s)),
    hasExactlyEnough: (s: On) => signing.hasExactlyEnough(s.w, burning(s)),
    isExpired: (s: On) => signing.isExpired(s.w, burning(s)),
  },
  effects: {
    create: (s: OnSwap) => {
      const { targetStellarAddress: target, amount: withFee } = s.args
      const amount = U64.wrappingSub(U64.saturate(withFee), s.w.get(WithdrawFee))
      s.w.set(BurnTransactionID, s.key)
      s.emit(BurnTransactionCreated, [s.key, s.caller, target, amount])
      s.w.put(BurnTransactions, s.key, { block: blockNumber(s.w), amount, target, signatures: [], sequenceNumber: 0n })
    },
    rememberSigner: (s: On) => s.w.put(BurnSigners, s.key, [...signers(s), s.caller]),
    addSignature: (s: OnSignature) => {
      s.w.put(BurnTransactions, s.key, signing.withSignature(burning(s), s.args))
      s.emit(BurnTransactionSignatureAdded, [s.key, signing.signatureOf(s.args)])
    },
    /** Writes the burn once more, as it is. */
    announceReady: (s: On) => {
      s.emit(BurnTransactionReady, s.key)
      s.w.put(BurnTransactions, s.key, burning(s))
    },
    close: (s: On) => {
      const executed = burning(s)
      s.w.remove(BurnTransactions, s.key)
      s.w.put(ExecutedBurnTransactions, s.key, executed)
      s.emit(BurnTransactionProcessed, executed)
    },
    expire: (s: On) => {
      const again = signing.expired(s.w, burning(s))
      s.w.put(BurnTransactions, s.key, again)
      s.emit(BurnTransactionExpired, [s.key, again.target, again.amount])
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
  },
})
