import { accept, refuse } from '../../kernel/machine.js'
import type { ActorSpec } from '../actor.js'
import type { Ledger } from './ledger.js'

/**
 * A payout is submitted. The order of the checks is the ledger's: sequence number, signatures, then the operation; from there
 * on the number is consumed, whether the operation succeeds or fails.
 * @source developers.stellar.org, Transactions: “Validity”, “Result codes”; Horizon answers a known hash with its old result
 */
export const ledgerMachine: ActorSpec<Ledger> = {
  id: 'stellar-ledger',
  says: 'the Stellar ledger as far as the vault is concerned',
  states: {
    open: {
      submit: [
        accept('ST-SUBMIT-1', {
          when: 'wasAppliedBefore',
          do: ['answerAsBefore'],
          says: 'the same content is the same transaction: its old result is the answer',
        }),
        refuse('ST-SUBMIT-2', 'sequenceIsNotNext', 'tx_bad_seq'),
        refuse('ST-SUBMIT-3', 'aSignatureIsNobodys', 'tx_bad_auth_extra'),
        refuse('ST-SUBMIT-4', 'signaturesAreTooFew', 'tx_bad_auth'),
        accept('ST-SUBMIT-5', { when: 'isClaimable', do: ['consume', 'createClaimable'] }),
        accept('ST-SUBMIT-6', { when: 'destinationIsMissing', do: ['consume', 'failNoDestination'] }),
        accept('ST-SUBMIT-7', { when: 'destinationTrustsNot', do: ['consume', 'failNoTrust'] }),
        accept('ST-SUBMIT-8', { when: 'vaultIsShort', do: ['consume', 'failUnderfunded'] }),
        accept('ST-SUBMIT-9', { do: ['consume', 'pay'] }),
      ],
      foreign: [accept('ST-FOREIGN-1', { do: ['consumeByOther'], says: 'somebody else with the keys makes a transaction of the vault' })],
    },
  },
  guards: {
    wasAppliedBefore: (l) => l.results.has(l.hash),
    sequenceIsNotNext: (l) => l.payout.sequence !== l.sequence + 1,
    aSignatureIsNobodys: (l) => l.signatures.some((s) => s.over !== l.hash || !l.signers.has(s.key)),
    signaturesAreTooFew: (l) => new Set(l.signatures.map((s) => s.key)).size < l.threshold,
    isClaimable: (l) => l.payout.claimable && l.payout.amount <= l.vault,
    destinationIsMissing: (l) => !l.account(l.payout.to).exists,
    destinationTrustsNot: (l) => !l.account(l.payout.to).trusts,
    vaultIsShort: (l) => l.payout.amount > l.vault,
  },
  effects: {
    answerAsBefore: (l) => (l.answer = l.results.get(l.hash)!),
    consume: (l) => l.consume(l.hash),
    consumeByOther: (l) => l.consume(`foreign ${l.sequence + 1}`),
    createClaimable: (l) => l.pay('claimable'),
    failNoDestination: (l) => l.fail('op_no_destination'),
    failNoTrust: (l) => l.fail('op_no_trust'),
    failUnderfunded: (l) => l.fail('op_underfunded'),
    pay: (l) => l.pay('account'),
  },
}
