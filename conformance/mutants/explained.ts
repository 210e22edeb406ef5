import { callTypes } from '../../spec/kernel/call.js'
import type { Machine } from '../../spec/kernel/machine.js'
import type { Edition } from '../../spec/kernel/version.js'
import { EXISTENTIAL_DEPOSIT } from '../../spec/pallets/balances/items.js'
import { scheduleAt } from '../../spec/pallets/transaction-payment/fee.js'
import { machines } from '../../spec/machines.js'

/**
 * Mutants that no case can tell from the spec at 144, each with a proof from the source.
 *
 * `same behaviour`: the mutant does what the spec does, though its structure is another. `out of reach`: no call, and no block,
 * comes to the decision with what the fault needs. `not driven`: a target could tell, and steps have no way to say it.
 */
export interface Explained {
  readonly mutants: readonly string[]
  readonly kind: 'same behaviour' | 'out of reach' | 'not driven'
  readonly why: string
  /** What the proof rests on and the spec can show: internal events, and all rules that send them. */
  readonly senders?: Readonly<Record<string, readonly string[]>>
  /** The rest of it that the spec can show. */
  readonly holds?: (edition: Edition) => boolean
}

const drops = (rule: string, ...names: readonly string[]): readonly string[] => names.map((name) => `${rule}:drop ${name}`)
const guardOf = (rule: string): readonly string[] => [`${rule}:never`, `${rule}:negate`]

/** The least that a signed extrinsic pays: its base weight, without a byte of length. */
const leastFee = ({ version }: Edition): bigint => scheduleAt(version).baseFee

export const explanations: readonly Explained[] = [
  {
    mutants: ['EXT-NONCE-1:never', 'EXT-NONCE-2:never'],
    kind: 'not driven',
    why: 'a step has no nonce of its own: the driver signs with the one that is due',
  },
  {
    mutants: [
      ...drops('EXT-PAY-1', 'countNonce'),
      'EXT-PAY-1:never',
      ...drops('EXT-SETTLE-1', 'emitFeePaid', '@finish'),
      'EXT-SETTLE-1:never',
    ],
    kind: 'out of reach',
    why: 'something is withheld always: a signed extrinsic pays its base fee, whatever its call weighs',
    holds: (edition) => leastFee(edition) > 0n,
  },
  {
    mutants: guardOf('ORIGIN-7'),
    kind: 'out of reach',
    why: 'no described call asks for the origin None',
    holds: () => [...callTypes.values()].every(({ origin }) => origin !== 'none'),
  },
  {
    mutants: [...drops('BAL-RESOLVE-4', 'burn'), 'BAL-RESOLVE-4:never'],
    kind: 'out of reach',
    why: 'the author gets nothing, or the base fee at least, which is more than the existential deposit',
    senders: { '@resolve': ['EXT-SETTLE-2', 'EXT-SETTLE-3', 'BAL-UPGRADE-1'] },
    holds: (edition) => leastFee(edition) >= EXISTENTIAL_DEPOSIT,
  },
  {
    mutants: ['BAL-LOCK-1:never', ...drops('BAL-LOCK-4', 'putLock', 'emitLockedNothing')],
    kind: 'out of reach',
    why: 'a payout sets a lock again when more than the existential deposit remains locked, which is never nothing; of an account that is gone nothing is locked (free less usable)',
    senders: { '@setLock': ['SC-DIST-1', 'BAL-UPGRADE-1'] },
  },
  {
    mutants: ['BAL-EXTEND-1:never', ...drops('BAL-EXTEND-4', 'extendLock', 'emitLockedNothing')],
    kind: 'out of reach',
    why: 'a bill extends the lock by what is due, and nothing due ends before it (SC-BILL-9); a payer who is gone has nothing usable and goes into grace, where nothing is locked',
    senders: { '@extendLock': ['SC-SETTLE-1', 'SC-SETTLE-2', 'BAL-UPGRADE-1'] },
  },
  {
    mutants: [
      ...drops('BAL-WITHDRAW-6', 'emitWithdraw', '@cannotDie'),
      ...guardOf('BAL-WITHDRAW-6'),
      ...drops('BAL-WITHDRAW-7', 'emitWithdraw', 'kill'),
      ...guardOf('BAL-WITHDRAW-7'),
      ...drops('BAL-WITHDRAW-8', 'emitWithdraw', 'kill', 'loseDust'),
    ],
    kind: 'out of reach',
    why: 'fees, swaps and what a payout burns are withdrawn from who shall stay alive: who would die is refused before (BAL-WITHDRAW-3), unless less than the existential deposit was there, and then the account is not',
    senders: { '@withdrawImbalance': ['EXT-PAY-2', 'BAL-BURN-1', 'BAL-UPGRADE-1'], '@withdraw': ['SC-DIST-12', 'BR-SWAP-5'] },
  },
  {
    mutants: ['BAL-REFUND-2:never'],
    kind: 'out of reach',
    why: 'what is given back was taken from the same account in the same extrinsic; it overflows only when a deposit in between, below 2^64, has filled a balance up to a fee below 2^128',
    senders: { '@refund': ['EXT-SETTLE-3', 'BAL-UPGRADE-1'] },
  },
  {
    mutants: drops('BAL-FREEZE-3', 'freeze'),
    kind: 'same behaviour',
    why: 'neither more nor less is frozen: the frozen balance and the number of consumers are written as they are',
  },
  {
    mutants: drops('BAL-UPGRADE-1', '@refund', '@setLock', '@refreeze'),
    kind: 'out of reach',
    why: 'the account was upgraded by the stage before: a fee is given back to who paid it, a lock set again after it was removed, and frozen anew after locks were written',
    senders: {
      '@refund': ['EXT-SETTLE-3', 'BAL-UPGRADE-1'],
      '@setLock': ['SC-DIST-1', 'BAL-UPGRADE-1'],
      '@refreeze': [
        'BAL-LOCK-2',
        'BAL-LOCK-3',
        'BAL-EXTEND-2',
        'BAL-EXTEND-3',
        'BAL-UNLOCK-1',
        'BAL-UNLOCK-2',
        'BAL-UNLOCK-3',
        'BAL-UPGRADE-1',
      ],
    },
  },
  {
    mutants: ['SCHED-AGENDA-1:never'],
    kind: 'same behaviour',
    why: 'without an agenda there are no tasks to serve, and removing what is not there changes nothing',
  },
  {
    mutants: drops('SC-BILL-11', '@grace'),
    kind: 'same behaviour',
    why: 'SC-BILL-11 is about a deleted contract, which no grace concerns: SC-GRACE-6 does nothing',
    holds: (edition) =>
      branchesOf(machines, edition, 'contract', 'deleted', '@grace').every(({ actions }) => actions.every(({ type }) => type === 'rule')),
  },
]

const branchesOf = (spec: readonly Machine[], edition: Edition, id: string, state: string, event: string) =>
  spec.find((m) => m.id === id)?.config(edition).states[state]?.on[event] ?? []

/** All rules that send an internal event at an edition. */
export const sendersOf = (edition: Edition, event: string, spec: readonly Machine[] = machines): ReadonlySet<string> =>
  new Set(
    spec
      .flatMap((m) => Object.values(m.config(edition).states))
      .flatMap(({ on }) => Object.values(on).flat())
      .filter(({ actions }) => actions.some((action) => action.type === 'send' && action.params.event === event))
      .map(({ meta }) => meta.rule),
  )

const byMutant = new Map(explanations.flatMap((explained) => explained.mutants.map((id) => [id, explained] as const)))
/** The proof that nothing kills a mutant, undefined when there is none. They are about 144. */
export const explainedAt = ({ version, quirks }: Edition, id: string): Explained | undefined =>
  version === 144 && quirks.size > 0 ? byMutant.get(id) : undefined
