import type { Daemon } from './daemon.js'

const no = (d: Daemon): boolean => d.answer.ok && d.answer.yes === false
const yes = (d: Daemon): boolean => d.answer.ok && d.answer.yes === true

/** What the daemon decides by. `answer` is that of the effect it waited for. */
export const daemonGuards: Readonly<Record<string, (d: Daemon) => boolean>> = {
  failed: (d) => !d.answer.ok,
  /** No answer at all, other than one that says no. */
  couldNotAsk: (d) => !d.answer.ok && d.answer.error === 'unreachable',
  saysYes: yes,
  saysNo: no,
  saysYesAndSaves: (d) => yes(d) && d.then === 'save',
  closesNext: (d) => d.then === 'close',
  savesNext: (d) => d.then === 'save',
  nobodySent: (d) => d.as('mint').senders.length === 0,
  severalSent: (d) => d.as('mint').senders.length > 1,
  memoIsEmpty: (d) => d.as('mint').tx.memo.type === 'none' || (d.as('mint').tx.memo.type === 'return' && !d.has('Q-DAEMON-RETURN-MEMO')),
  memoIsReturn: (d) => d.as('mint').tx.memo.type === 'return',
  /** By the fee that it read when it started; repaired, by that of today. */
  amountIsAtMostTheFee: (d) => d.as('mint').senders.every(([, amount]) => amount <= d.fee),
  hasNoSignature: (d) => d.answer.ok && (d.answer.signed?.signatures.length ?? 0) === 0,
  /** By the threshold that it read when it started; repaired, by that of today. */
  signaturesAreTooFew: (d) =>
    d.signed.signatures.length < (d.answer.ok && !d.has('Q-DAEMON-THRESHOLD-CACHED') ? (d.answer.threshold ?? 1) : d.threshold),
}
