import type { Memo } from '../../spec/bridge/stellar/types.js'

/** What happens from outside, one step after the other. Every step can be dropped: that is how traces shrink. */
export type Step = DepositStep | WithdrawStep | RoundsStep | FaultStep

export interface DepositStep {
  readonly type: 'deposit'
  /** By users' numbers. */
  readonly operations: readonly { readonly from: number; readonly asset: 'TFT' | 'XLM'; readonly amount: bigint; readonly path?: boolean }[]
  readonly memo: Memo
  readonly otherOperations?: number
}
export interface WithdrawStep {
  readonly type: 'withdraw'
  readonly by: number
  readonly amount: bigint
}
/** Rounds pass: one is a block of TFChain and a ledger of Stellar. */
export interface RoundsStep {
  readonly type: 'rounds'
  readonly rounds: number
}
export interface FaultStep {
  readonly type: 'fault'
  readonly fault: FaultKind
  /** A validator's number, or a user's where the fault is about users. */
  readonly who: number
  /** How long it lasts, or after how many effects a crash comes. */
  readonly rounds: number
}

/** Faults by kind, with what they are. `who` is ignored where `all` is said. */
export const faults = {
  crash: 'the daemon dies after so many effects, and is started again',
  down: 'the daemon is down for so many rounds',
  'torn-write': 'the daemon dies while it overwrites its file',
  'lose-events': 'the events of so many blocks do not reach the daemon',
  'duplicate-events': 'the events of so many blocks reach the daemon twice',
  'reorder-events': 'the events of so many blocks reach the daemon backwards',
  'late-events': 'the events reach the daemon only after so many rounds',
  'finality-jumps': 'for so many rounds TFChain finalizes several blocks at once: a subscription tells of the last one only',
  'stellar-down': 'Stellar does not answer the daemon for so many rounds',
  'stellar-slow': 'every answer of Stellar takes the daemon three rounds, for so many rounds',
  'horizon-behind': "the daemon's Horizon shows Stellar as it was, for so many rounds",
  'horizon-hiccup': "the daemon's Horizon leaves every third question unanswered, for so many rounds",
  'stellar-rejects': 'Stellar takes no transaction from anybody for so many rounds',
  'answer-lost': 'for so many rounds Stellar carries out what it is told, and no answer arrives at anybody',
  'late-submissions': 'for so many rounds Stellar answers nobody in time, and applies what it was handed when they are over',
  'call-answer-lost': 'for so many rounds the calls of the daemon are carried out, and it hears of a timeout',
  partition: 'the chain does not answer the daemon for so many rounds',
  'chain-hiccup': 'the chain leaves every third question of the daemon unanswered, for so many rounds',
  split:
    'the validators up to this one and their nodes are cut off for so many rounds: they see the chain as it was, and what they send arrives in the end',
  lag: 'the daemon stands still for so many rounds, its memory intact',
  'clock-skew': "the daemon's clock is slow: it waits so many times longer",
  'lie-signature': 'the validator hands in signatures that are none, for so many rounds',
  'lie-vote': 'the validator votes for a deposit that nobody made, twice',
  'lie-amount': 'the validator reports another amount and receiver, first of all, for so many rounds',
  'lie-close': 'the validator declares every open withdrawal as paid',
  'sequence-race': 'the operators make a transaction of the vault by hand: it takes the next sequence number',
  distrust: "the user's Stellar account drops its trust line",
  merge: "the user's Stellar account is merged away",
  'trusts-again': "the user's Stellar account is there again, with its trust line",
  'validator-removed': 'the council removes the validator; a transaction of the vault drops its key',
  'validator-added': 'the council adds the validator again, and a transaction of the vault its key',
  'fee-raised': 'the council sets the deposit fee to 5 TFT',
  'fee-lowered': 'the council sets the deposit fee to 0.1 TFT',
  upgrade: 'the runtime is upgraded: calls are refused for so many rounds',
  rescan: 'the daemon is started again with --rescan',
  'twin-created': 'the user without a twin creates one',
  reaped: 'the user sends everything away: its account on the chain is gone',
} as const
export type FaultKind = keyof typeof faults
export const faultKinds = Object.keys(faults) as readonly FaultKind[]

/** A step in words. */
export function stepText(step: Step): string {
  if (step.type === 'rounds') return `${step.rounds} ${step.rounds === 1 ? 'round passes' : 'rounds pass'}`
  if (step.type === 'withdraw') return `user ${step.by} withdraws ${tft(step.amount)}`
  if (step.type === 'fault') return `${step.fault} (${step.who}, ${step.rounds}): ${faults[step.fault]}`
  const memo = step.memo.type === 'none' ? 'no memo' : `${step.memo.type} memo ${step.memo.value}`
  const parts = step.operations.map(
    ({ from, asset, amount, path }) => `user ${from} ${path === true ? 'path-pays' : 'pays'} ${tft(amount, asset)}`,
  )
  const others = step.otherOperations === undefined ? '' : `, with ${step.otherOperations} other operations before`
  return `${parts.join(' and ')} into the vault, ${memo}${others}`
}

/** An amount of 1e-7 in words, to the last unit. */
export function tft(amount: bigint, asset = 'TFT'): string {
  if (amount < 0n) return `-${tft(-amount, asset)}`
  const whole = amount / 10_000_000n
  const rest = (amount % 10_000_000n).toString().padStart(7, '0').replace(/0+$/, '')
  return `${whole}${rest === '' ? '' : `.${rest}`} ${asset}`
}
