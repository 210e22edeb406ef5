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
]
