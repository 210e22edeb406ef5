import { LATECOMER } from './people.js'
import type { DepositStep, FaultKind, FaultStep, Step } from './step.js'

/** Suspicions that came from reading the daemon's source; a search begins with them. What they show is shrunk like anything else. */

const deposit = (memo = 'twin_1', from = 0): DepositStep => ({
  type: 'deposit',
  operations: [{ from, asset: 'TFT', amount: 500_000_000n }],
  memo: { type: 'text', value: memo },
})
const withdraw: Step = { type: 'withdraw', by: 0, amount: 1_000_000_000n }
const wait = (rounds: number): Step => ({ type: 'rounds', rounds })
const fault = (kind: FaultKind, who: number, rounds = 0): FaultStep => ({ type: 'fault', fault: kind, who, rounds })

export const leads: readonly (readonly Step[])[] = [
  // A refunded deposit, scanned again when its twin exists.
  [wait(2), deposit(`twin_${LATECOMER + 1}`), wait(12), fault('twin-created', LATECOMER), fault('rescan', 0), fault('rescan', 1), wait(8)],
  // Every daemon dies after Stellar has paid and before the chain is told.
  [wait(2), withdraw, wait(2), fault('answer-lost', 0, 3), wait(30)],
  // The chain does not answer two daemons, which refund; one that died before it saved its cursor mints.
  [wait(2), fault('partition', 0, 1), fault('crash', 0, 4), deposit(), wait(30)],
  // A validator hands in garbage, for ever, and is quicker than the others.
  [wait(2), fault('lie-signature', 0, 1000), withdraw, wait(60)],
  [wait(2), fault('lie-signature', 0, 1000), deposit('hello'), wait(60)],
  // A daemon that died after its vote votes again.
  [wait(2), fault('lag', 1, 9), fault('lag', 2, 9), fault('crash', 0, 3), deposit(), wait(6)],
  // Two payments of one sender are two events.
  [
    wait(1),
    fault('lag', 1, 3),
    fault('lag', 2, 3),
    { ...deposit(), operations: [deposit().operations[0]!, deposit().operations[0]!] },
    wait(3),
  ],
  // A validator leaves whose signature is on the list.
  [wait(2), withdraw, wait(2), fault('validator-removed', 0), wait(40)],
  // A refund to somebody who is gone stands in the way of others.
  [wait(2), deposit('hello'), fault('merge', 0), wait(25), deposit('twin_2', 1), wait(10)],
  // Stellar takes a payment, answers nobody, and applies it after it expired and was signed anew.
  [wait(2), fault('late-submissions', 0, 24), withdraw, wait(60)],
  // A daemon hears of a timeout, though its vote was in a block: it votes again.
  [wait(2), fault('lag', 1, 12), fault('lag', 2, 12), fault('call-answer-lost', 0, 6), deposit(), wait(14)],
  // Two blocks become final at once: the first one's events reach nobody.
  [wait(2), fault('finality-jumps', 0, 1), withdraw, wait(1), wait(40)],
  // Two of three daemons vote on a fork, and think that it is done.
  [wait(2), fault('split', 1, 4), deposit(), wait(30)],
  [wait(2), fault('split', 0, 24), withdraw, wait(60)],
  // Horizon answers, but not the question for the operations: the deposit is passed over.
  [wait(2), fault('horizon-hiccup', 0, 6), fault('horizon-hiccup', 1, 6), deposit(), deposit(), wait(8), deposit(), wait(8)],
  // The chain answers, but not the question for the twin: the deposit is refunded by some, and minted by others.
  [wait(2), fault('chain-hiccup', 0, 3), fault('chain-hiccup', 1, 3), deposit(), wait(1), deposit(), wait(30)],
  // Horizon shows an old sequence number when the daemon starts.
  [wait(2), fault('horizon-behind', 0, 30), withdraw, wait(4), fault('down', 0, 1), withdraw, wait(30)],
  // The daemons cannot read the block in which a withdrawal was made.
  [wait(2), fault('upgrade', 0, 1), withdraw, wait(30)],
  // A user of the vault's keys between signing and submitting.
  [wait(2), withdraw, fault('sequence-race', 0), wait(40)],
]
