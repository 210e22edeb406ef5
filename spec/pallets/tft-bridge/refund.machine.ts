import { accept, machine, must, refuse } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { blockNumber } from '../system/clock.js'
import {
  RefundTransactionCreated,
  RefundTransactionExpired,
  RefundTransactionProcessed,
  RefundTransactionReady,
  RefundTransactionsignatureAdded,
} from './events.js'
import { ExecutedMintTransactions, ExecutedRefundTransactions, MintTransactions, RefundSigners, RefundTransactions } from './items.js'
import * as signing from './signing.js'
import { callerIsNoValidator, majority } from './validators.js'

/** `target` is a Stellar address that nothing checks; `amount` in 1e-7 TFT. */
export interface RefundSignature extends signing.Signing {
  readonly txHash: Bytes
  readonly target: Bytes
  readonly amount: bigint
}
type On = Stage<unknown, Bytes>
type OnSignature = Stage<RefundSignature, Bytes>

export function refundLifeOf(w: World, hash: Bytes): signing.SigningLife {
  if (w.has(RefundTransactions, hash)) return signing.progress(w, w.get(RefundTransactions, hash))
  return w.has(ExecutedRefundTransactions, hash) ? 'executed' : 'absent'
}
const refunding = (s: On) => s.w.get(RefundTransactions, s.key)
const signers = (s: On) => s.w.get(RefundSigners, s.key).slice(0, refunding(s).signatures.length)

const signerMustBeValidator = refuse('BR-REFUND-1', 'callerIsNoValidator', 'ValidatorNotExists')
const closerMustBeValidator = refuse('BR-REFUND-CLOSE-1', 'callerIsNoValidator', 'ValidatorNotExists')
/** The creation is announced after the first signature. */
const create = ['create', must('@addSignature'), 'announceCreated'] as const

const open = {
  createRefundTransactionOrAddSig: [
    signerMustBeValidator,
    refuse('BR-REFUND-6', 'signatureIsForSomethingElse', 'WrongParametersProvided', { instead: 'Q-REFUND-OTHER-SIGNATURE' }),
    accept('BR-REFUND-7', { do: [must('@addSignature')], says: 'target and amount are those of the creation, whatever the signer says' }),
  ],
  '@remember': [
    accept('BR-REFUND-REMEMBER-1', { quirk: 'Q-REFUND-SIGNS-TWICE', says: 'nobody remembers who signed' }),
    accept('BR-REFUND-REMEMBER-2', { instead: 'Q-REFUND-SIGNS-TWICE', do: ['rememberSigner'] }),
  ],
  setRefundTransactionExecuted: [
    closerMustBeValidator,
    refuse('BR-REFUND-CLOSE-2', 'wasExecutedBefore', 'RefundTransactionAlreadyExecuted', {
      says: 'a refund that was opened again can never be closed',
    }),
    accept('BR-REFUND-CLOSE-3', { to: 'executed', do: ['close'], says: 'one validator suffices, signed or not' }),
  ],
  '@finalize': [accept('BR-REFUND-EXPIRE-1', { when: 'isExpired', to: 'signing', do: ['expire'] }), accept('BR-REFUND-EXPIRE-2')],
}

/**
 * A deposit on Stellar that goes back to its sender, once more than half of the validators have signed. The first signature
 * creates the refund. It stays open until a validator says that it is executed; every 20 blocks it forgets its signatures.
 * @source pallet-tft-bridge/src/tft_bridge.rs `*_stellar_*refund_transaction*`, src/lib.rs `on_finalize` @439e6919
 */
export const refund = machine({
  id: 'refund',
  pallet: 'TFTBridgeModule',
  says: 'a deposit on Stellar that goes back to its sender',
  state: refundLifeOf,
  states: {
    absent: {
      createRefundTransactionOrAddSig: [
        signerMustBeValidator,
        refuse('BR-REFUND-2', 'isBeingMinted', 'MintTransactionExists', { instead: 'Q-MINT-AND-REFUND' }),
        refuse('BR-REFUND-3', 'wasMinted', 'MintTransactionAlreadyExecuted', { instead: 'Q-MINT-AND-REFUND' }),
        accept('BR-REFUND-4', { when: 'oneSignatureDecides', to: 'ready', do: create }),
        accept('BR-REFUND-5', { to: 'signing', do: create }),
      ],
      setRefundTransactionExecuted: [closerMustBeValidator, refuse('BR-REFUND-CLOSE-4', null, 'RefundTransactionNotExists')],
    },
    signing: {
      ...open,
      '@addSignature': [
        refuse('BR-REFUND-ADD-1', 'callerSignedBefore', 'RefundSignatureExists', { instead: 'Q-REFUND-SIGNS-TWICE' }),
        refuse('BR-REFUND-ADD-2', 'keyHasSigned', 'RefundSignatureExists'),
        refuse('BR-REFUND-ADD-3', 'signatureIsThere', 'RefundSignatureExists'),
        accept('BR-REFUND-ADD-4', {
          when: 'signatureCompletes',
          to: 'ready',
          do: [must('@remember'), 'addSignature', 'announceReady'],
        }),
        accept('BR-REFUND-ADD-5', { to: 'signing', do: [must('@remember'), 'addSignature'] }),
      ],
    },
    ready: {
      ...open,
      '@addSignature': [
        refuse('BR-REFUND-ADD-6', 'hasExactlyEnough', 'EnoughRefundSignaturesPresent', { quirk: 'Q-REFUND-MORE-THAN-ENOUGH' }),
        refuse('BR-REFUND-ADD-7', null, 'EnoughRefundSignaturesPresent', { instead: 'Q-REFUND-MORE-THAN-ENOUGH' }),
        refuse('BR-REFUND-ADD-8', 'keyHasSigned', 'RefundSignatureExists', { quirk: 'Q-REFUND-MORE-THAN-ENOUGH' }),
        refuse('BR-REFUND-ADD-9', 'signatureIsThere', 'RefundSignatureExists', { quirk: 'Q-REFUND-MORE-THAN-ENOUGH' }),
        accept('BR-REFUND-ADD-10', {
          quirk: 'Q-REFUND-MORE-THAN-ENOUGH',
          to: 'ready',
          do: [must('@remember'), 'addSignature', 'announceReady'],
          says: 'validators left, so there are more signatures than a majority: yet another one is taken, and the refund is ready once more',
        }),
      ],
    },
    executed: {
      createRefundTransactionOrAddSig: [
        signerMustBeValidator,
        refuse('BR-REFUND-8', null, 'RefundTransactionAlreadyExecuted', { instead: 'Q-REFUND-REOPENED' }),
        accept('BR-REFUND-9', { quirk: 'Q-REFUND-REOPENED', when: 'oneSignatureDecides', to: 'ready', do: create }),
        accept('BR-REFUND-10', {
          quirk: 'Q-REFUND-REOPENED',
          to: 'signing',
          do: create,
          says: 'what was paid back can be paid back again',
        }),
      ],
      setRefundTransactionExecuted: [closerMustBeValidator, refuse('BR-REFUND-CLOSE-5', null, 'RefundTransactionAlreadyExecuted')],
    },
  },
  guards: {
    callerIsNoValidator,
    isBeingMinted: (s: On) => s.w.has(MintTransactions, s.key),
    wasMinted: (s: On) => s.w.has(ExecutedMintTransactions, s.key),
    oneSignatureDecides: (s: On) => majority(s.w) <= 1,
    signatureIsForSomethingElse: (s: OnSignature) => s.args.target !== refunding(s).target || s.args.amount !== refunding(s).amount,
    wasExecutedBefore: (s: On) => s.w.has(ExecutedRefundTransactions, s.key),
    callerSignedBefore: (s: On) => signers(s).includes(s.caller),
    keyHasSigned: (s: OnSignature) => signing.keyHasSigned(refunding(s), s.args),
    signatureIsThere: (s: OnSignature) => signing.signatureIsThere(refunding(s), s.args),
    signatureCompletes: (s: On) => signing.signatureCompletes(s.w, refunding(s)),
    hasExactlyEnough: (s: On) => signing.hasExactlyEnough(s.w, refunding(s)),
    isExpired: (s: On) => signing.isExpired(s.w, refunding(s)),
  },
  effects: {
    create: (s: OnSignature) => {
      const { target, amount, sequenceNumber } = s.args
      s.w.put(RefundTransactions, s.key, { block: blockNumber(s.w), target, amount, txHash: s.key, signatures: [], sequenceNumber })
    },
    announceCreated: (s: OnSignature) => s.emit(RefundTransactionCreated, [s.key, s.args.target, s.args.amount]),
    rememberSigner: (s: On) => s.w.put(RefundSigners, s.key, [...signers(s), s.caller]),
    addSignature: (s: OnSignature) => {
      s.w.put(RefundTransactions, s.key, signing.withSignature(refunding(s), s.args))
      s.emit(RefundTransactionsignatureAdded, [s.key, signing.signatureOf(s.args)])
    },
    /** Writes the refund once more, as it is. */
    announceReady: (s: On) => {
      s.emit(RefundTransactionReady, s.key)
      s.w.put(RefundTransactions, s.key, refunding(s))
    },
    close: (s: On) => {
      const executed = refunding(s)
      s.w.remove(RefundTransactions, s.key)
      s.w.put(ExecutedRefundTransactions, s.key, executed)
      s.emit(RefundTransactionProcessed, executed)
    },
    expire: (s: On) => {
      const again = signing.expired(s.w, refunding(s))
      s.w.put(RefundTransactions, s.key, again)
      s.emit(RefundTransactionExpired, [s.key, again.target, again.amount])
    },
  },
})
