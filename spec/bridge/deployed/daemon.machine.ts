import { accept } from '../../kernel/machine.js'
import type { ActorSpec } from '../actor.js'
import type { Daemon } from './daemon.js'
import { daemonEffects } from './daemon.effects.js'
import { daemonGuards } from './daemon.guards.js'

const exits = (rule: string, says?: string) =>
  accept(rule, { when: 'failed', to: 'down', do: ['exit'], ...(says === undefined ? {} : { says }) })
const answered = (list: readonly ReturnType<typeof accept>[]) => ({ answer: list })

/**
 * The validator daemon as deployed. A state is a point between two effects: it waits for an answer there, and may die there.
 * Everything that dies is started again; what was in memory is gone.
 *
 * It is one loop for both ledgers, so a call that is retried for ever stops everything behind it; and every error that is not
 * retried ends the process, with the other events of the same block.
 * @source bridge/tfchain_bridge/pkg/bridge/*.go, pkg/stellar/stellar.go, pkg/substrate/*.go @439e6919
 */
export const deployedDaemon: ActorSpec<Daemon> = {
  id: 'daemon-deployed',
  says: 'the validator daemon as it is deployed',
  states: {
    down: { start: [accept('BD-START-1', { to: 'presenting', do: ['askValidator'] })] },
    presenting: answered([
      exits('BD-START-2'),
      accept('BD-START-3', { when: 'saysNo', to: 'down', do: ['exit'] }),
      accept('BD-START-4', { to: 'joining', do: ['askVault'] }),
    ]),
    joining: answered([exits('BD-START-5'), accept('BD-START-6', { to: 'pricing', do: ['takeSequence', 'takeThreshold', 'askFee'] })]),
    pricing: answered([exits('BD-START-7'), accept('BD-START-8', { to: 'loading', do: ['takeFee', 'loadDisk'] })]),
    loading: answered([
      exits('BD-START-9', 'a file that was cut while written is no JSON: the daemon never starts again by itself'),
      accept('BD-START-10', { to: 'idle', do: ['readDisk', 'finish'] }),
    ]),
    idle: {
      mint: [accept('BD-MINT-1', { to: 'mintCheck', do: ['askMinted'] })],
      created: [accept('BD-CREATED-1', { to: 'createdCheck', do: ['askBurned'] })],
      expired: [
        accept('BD-EXPIRED-1', { instead: 'Q-DAEMON-PAY-AGAIN', to: 'idle', do: ['finish'], says: 'people look at Stellar first' }),
        accept('BD-EXPIRED-2', { quirk: 'Q-DAEMON-PAY-AGAIN', to: 'expiredAccount', do: ['askTarget'] }),
      ],
      ready: [accept('BD-READY-1', { to: 'readyCheck', do: ['askBurned'] })],
      refundExpired: [accept('BD-REFUND-1', { to: 'refundCheck', do: ['askRefunded', 'thenDone'] })],
      refundReady: [accept('BD-REFUND-READY-1', { to: 'refundReadyCheck', do: ['askRefunded'] })],
    },

    // — a deposit —
    mintCheck: answered([
      exits('BD-MINT-2'),
      accept('BD-MINT-3', { when: 'saysYes', to: 'idle', do: ['finish'] }),
      accept('BD-MINT-4', { when: 'nobodySent', to: 'idle', do: ['finish'] }),
      accept('BD-MINT-5', {
        quirk: 'Q-DAEMON-MANY-SENDERS',
        when: 'severalSent',
        to: 'refundCheck',
        do: ['refundFirst'],
        says: 'of several senders one is refunded, whichever the map gives first',
      }),
      accept('BD-MINT-6', { when: 'memoIsEmpty', to: 'refundCheck', do: ['refundFirst'] }),
      accept('BD-MINT-7', {
        quirk: 'Q-DAEMON-RETURN-MEMO',
        when: 'memoIsReturn',
        to: 'saving',
        do: ['save'],
        says: 'a deposit with a return memo is passed over',
      }),
      accept('BD-MINT-8', { when: 'amountIsAtMostTheFee', to: 'refundCheck', do: ['refundFirst'] }),
      accept('BD-MINT-9', { to: 'mintResolve', do: ['askReceiver'] }),
    ]),
    mintResolve: answered([
      accept('BD-MINT-10', {
        quirk: 'Q-DAEMON-ERROR-IS-BAD-MEMO',
        when: 'couldNotAsk',
        to: 'refundCheck',
        do: ['refundFirst'],
        says: 'a chain that does not answer counts as a memo that names nobody',
      }),
      accept('BD-MINT-11', { instead: 'Q-DAEMON-ERROR-IS-BAD-MEMO', when: 'couldNotAsk', to: 'down', do: ['exit'] }),
      accept('BD-MINT-12', { when: 'failed', to: 'refundCheck', do: ['refundFirst'] }),
      accept('BD-MINT-13', { to: 'calling', do: ['vote'] }),
    ]),

    // — a refund, of a deposit or anew —
    refundCheck: answered([
      exits('BD-REFUND-2'),
      accept('BD-REFUND-3', { when: 'saysYesAndSaves', to: 'saving', do: ['save'] }),
      accept('BD-REFUND-4', { when: 'saysYes', to: 'idle', do: ['finish'] }),
      accept('BD-REFUND-5', { to: 'refundSign', do: ['askVault'] }),
    ]),
    refundSign: answered([
      exits('BD-REFUND-6'),
      accept('BD-REFUND-7', { quirk: 'Q-DAEMON-REFUNDS-BLINDLY', to: 'calling', do: ['countSequence', 'signRefund'] }),
      accept('BD-REFUND-8', { instead: 'Q-DAEMON-REFUNDS-BLINDLY', to: 'refundAccount', do: ['countSequence', 'askSender'] }),
    ]),
    refundAccount: answered([
      accept('BD-REFUND-9', { when: 'couldNotAsk', to: 'down', do: ['exit'] }),
      accept('BD-REFUND-10', { when: 'failed', to: 'calling', do: ['signClaimable'], says: 'who cannot be paid can claim' }),
      accept('BD-REFUND-11', { to: 'calling', do: ['signRefund'] }),
    ]),

    // — a call on the chain, retried for ever —
    calling: answered([
      accept('BD-CALL-1', {
        quirk: 'Q-DAEMON-RETRIES-FOR-EVER',
        when: 'failed',
        to: 'waiting',
        do: ['wait'],
        says: 'any error is tried again after ten seconds, for ever, before anything else',
      }),
      accept('BD-CALL-2', { instead: 'Q-DAEMON-RETRIES-FOR-EVER', when: 'failed', to: 'giving-up', do: ['askSettled'] }),
      accept('BD-CALL-3', { when: 'closesNext', to: 'calling', do: ['closeBurn'] }),
      accept('BD-CALL-4', { when: 'savesNext', to: 'saving', do: ['save'] }),
      accept('BD-CALL-5', { to: 'idle', do: ['finish'] }),
    ]),
    'giving-up': answered([
      accept('BD-CALL-6', { when: 'savesNext', to: 'saving', do: ['save'] }),
      accept('BD-CALL-7', { to: 'idle', do: ['finish'] }),
    ]),
    waiting: answered([accept('BD-CALL-8', { to: 'asking', do: ['askSettled'] })]),
    asking: answered([
      exits('BD-CALL-9'),
      accept('BD-CALL-10', { when: 'saysNo', to: 'calling', do: ['callAgain'] }),
      accept('BD-CALL-11', { when: 'closesNext', to: 'calling', do: ['closeBurn'] }),
      accept('BD-CALL-12', { when: 'savesNext', to: 'saving', do: ['save'] }),
      accept('BD-CALL-13', { to: 'idle', do: ['finish'] }),
    ]),
    saving: answered([exits('BD-SAVE-1'), accept('BD-SAVE-2', { to: 'idle', do: ['finish'] })]),

    // — a withdrawal —
    createdCheck: answered([
      exits('BD-CREATED-2'),
      accept('BD-CREATED-3', { when: 'saysYes', to: 'idle', do: ['finish'] }),
      accept('BD-CREATED-4', { to: 'createdAccount', do: ['askTarget'] }),
    ]),
    createdAccount: answered([
      accept('BD-CREATED-5', { instead: 'Q-DAEMON-ERROR-IS-NO-TRUST', when: 'couldNotAsk', to: 'down', do: ['exit'] }),
      accept('BD-CREATED-6', {
        quirk: 'Q-DAEMON-ERROR-IS-NO-TRUST',
        when: 'couldNotAsk',
        to: 'badCheck',
        do: ['askMintedBack'],
        says: 'a Stellar that does not answer counts as an account without trust line',
      }),
      accept('BD-CREATED-7', { when: 'failed', to: 'badCheck', do: ['askMintedBack'] }),
      accept('BD-CREATED-8', { to: 'burnSign', do: ['askVault'] }),
    ]),
    badCheck: answered([
      exits('BD-BAD-1'),
      accept('BD-BAD-2', { when: 'saysYes', to: 'idle', do: ['finish'] }),
      accept('BD-BAD-3', {
        quirk: 'Q-DAEMON-CLOSES-EARLY',
        to: 'calling',
        do: ['voteBackAndClose'],
        says: 'after its own vote it closes the withdrawal, whether the others will vote or not',
      }),
      accept('BD-BAD-4', { instead: 'Q-DAEMON-CLOSES-EARLY', to: 'calling', do: ['voteBack'] }),
    ]),
    expiredAccount: answered([
      accept('BD-EXPIRED-3', { instead: 'Q-DAEMON-ERROR-IS-NO-TRUST', when: 'couldNotAsk', to: 'down', do: ['exit'] }),
      accept('BD-EXPIRED-4', {
        quirk: 'Q-DAEMON-WRITES-OFF',
        when: 'failed',
        to: 'calling',
        do: ['closeBurn'],
        says: '“no way to recover”: closed, and nobody is paid',
      }),
      accept('BD-EXPIRED-5', { instead: 'Q-DAEMON-WRITES-OFF', when: 'failed', to: 'idle', do: ['finish'] }),
      accept('BD-EXPIRED-6', { to: 'burnSign', do: ['askVault'] }),
    ]),
    burnSign: answered([exits('BD-SIGN-1'), accept('BD-SIGN-2', { to: 'calling', do: ['countSequence', 'signBurn'] })]),

    // — ready for Stellar —
    readyCheck: answered([
      exits('BD-READY-2'),
      accept('BD-READY-3', { when: 'saysYes', to: 'idle', do: ['finish'] }),
      accept('BD-READY-4', { to: 'readyLoad', do: ['askBurn'] }),
    ]),
    readyLoad: answered([
      exits('BD-READY-5'),
      accept('BD-READY-6', { when: 'hasNoSignature', to: 'down', do: ['exit'] }),
      accept('BD-READY-7', { to: 'readyVault', do: ['takeSigned', 'askVault'] }),
    ]),
    readyVault: answered([
      exits('BD-READY-8'),
      accept('BD-READY-9', { when: 'signaturesAreTooFew', to: 'down', do: ['exit'] }),
      accept('BD-READY-10', { to: 'submitting', do: ['goBackToItsSequence', 'submitBurn'] }),
    ]),
    submitting: answered([
      exits('BD-READY-11', 'whatever Stellar answered, or did not: the process ends, the transaction waits for its expiry'),
      accept('BD-READY-12', { to: 'calling', do: ['closeBurn'] }),
    ]),
    refundReadyCheck: answered([
      exits('BD-REFUND-READY-2'),
      accept('BD-REFUND-READY-3', { when: 'saysYes', to: 'idle', do: ['finish'] }),
      accept('BD-REFUND-READY-4', { to: 'refundReadyLoad', do: ['askRefund'] }),
    ]),
    refundReadyLoad: answered([
      exits('BD-REFUND-READY-5'),
      accept('BD-REFUND-READY-6', { to: 'refundReadyVault', do: ['takeSigned', 'askVault'] }),
    ]),
    refundReadyVault: answered([
      exits('BD-REFUND-READY-7'),
      accept('BD-REFUND-READY-8', { when: 'signaturesAreTooFew', to: 'down', do: ['exit'] }),
      accept('BD-REFUND-READY-9', {
        quirk: 'Q-DAEMON-REFUNDS-BLINDLY',
        to: 'refundSubmitting',
        do: ['goBackToItsSequence', 'submitRefund'],
      }),
      accept('BD-REFUND-READY-12', {
        instead: 'Q-DAEMON-REFUNDS-BLINDLY',
        to: 'refundReadyAccount',
        do: ['goBackToItsSequence', 'askSigned'],
      }),
    ]),
    refundReadyAccount: answered([
      accept('BD-REFUND-READY-13', { when: 'couldNotAsk', to: 'down', do: ['exit'] }),
      accept('BD-REFUND-READY-14', { when: 'failed', to: 'refundSubmitting', do: ['submitClaimable'] }),
      accept('BD-REFUND-READY-15', { to: 'refundSubmitting', do: ['submitRefund'] }),
    ]),
    refundSubmitting: answered([exits('BD-REFUND-READY-10'), accept('BD-REFUND-READY-11', { to: 'calling', do: ['closeRefund'] })]),
  },
  guards: daemonGuards,
  effects: daemonEffects,
}
