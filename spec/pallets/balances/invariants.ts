import { each, stepInvariant, watch, type Invariant } from '../../kernel/invariant.js'
import type { StepView } from '../../kernel/step-view.js'
import { Account } from '../system/items.js'
import { frozenOf } from '../system/types.js'
import { TransactionFeePaid } from '../transaction-payment/events.js'
import { ContractBilled, ServiceContractBilled, TokensBurned } from '../smart-contract/events.js'
import { BalanceSet, Deposit, DustLost, Withdraw } from './events.js'
import { EXISTENTIAL_DEPOSIT, Locks, TotalIssuance } from './items.js'

/** What an account holds more after the step than before, over all accounts that the step touched. */
const gained = (step: StepView): bigint => {
  let sum = 0n
  for (const [who, before] of step.touched(Account)) {
    const { free, reserved } = step.w.get(Account, who).data
    sum += free + reserved - (before === undefined ? 0n : before.data.free + before.data.reserved)
  }
  return sum
}
const issued = (step: StepView): bigint => step.w.get(TotalIssuance) - step.before(TotalIssuance)
const total = (amounts: readonly { readonly amount: bigint }[]): bigint => amounts.reduce((sum, { amount }) => sum + amount, 0n)
/** Events that tell that somebody's call was made by others: in a block's agenda, or by a motion. */
const acts = [
  ['Scheduler', 'Dispatched'],
  ['Council', 'Executed'],
  ['Council', 'MemberExecuted'],
] as const
/** The council may set any balance: nothing is promised about the step's amounts then. */
const isForced = (step: StepView): boolean => step.events(BalanceSet).length > 0

/** What holds about TFT at any time. Amounts in 1e-7 TFT. */
export const balanceInvariants: readonly Invariant[] = [
  {
    id: 'INV-BAL-1',
    claim: 'the issuance is the sum of all balances',
    kind: 'accounting',
    reads: [Account, TotalIssuance],
    brokenBy: [],
    broken: (w) => {
      let sum = 0n
      for (const [, { data }] of w.entries(Account)) sum += data.free + data.reserved
      return sum === w.get(TotalIssuance) ? [] : [`accounts hold ${sum}, issued are ${w.get(TotalIssuance)}`]
    },
    brokenIn: (step) => (gained(step) === issued(step) ? [] : [`accounts gained ${gained(step)}, issued were ${issued(step)}`]),
  },
  each('INV-BAL-2', 'nobody holds less than the existential deposit, save nothing at all', Account, (_, __, { data, providers }) => {
    const held = data.free + data.reserved
    return held >= EXISTENTIAL_DEPOSIT || (held === 0n && providers === 0) ? null : `an account holds ${held}`
  }),
  each(
    'INV-BAL-3',
    'what is frozen is the largest lock',
    Locks,
    (w, who, locks) => {
      const largest = locks.reduce((most, { amount }) => (amount > most ? amount : most), 0n)
      const account = w.get(Account, who)
      // Who was not there when the lock came is not frozen, nor is the lock a consumer.
      return account.providers === 0 || account.consumers === 0 || frozenOf(account.data) === largest
        ? null
        : `an account with a lock of ${largest} has ${frozenOf(account.data)} frozen`
    },
    { also: [watch(Account, (_, who) => [who])] },
  ),
  each('INV-BAL-4', 'an account that somebody relies on has a provider', Account, (_, __, { consumers, providers, sufficients }) =>
    consumers > 0 && providers + sufficients === 0 ? `an account without providers has ${consumers} consumers` : null,
  ),
  stepInvariant(
    'INV-BAL-5',
    'tokens come into being by a mint of the bridge, or because the council says so, and never otherwise',
    [TotalIssuance],
    (step) =>
      issued(step) <= 0n || step.told('TFTBridgeModule', 'MintCompleted') || isForced(step) ? [] : [`${issued(step)} came from nowhere`],
    { kind: 'accounting' },
  ),
  stepInvariant(
    'INV-BAL-6',
    'the events tell every change of the issuance',
    [TotalIssuance],
    (step) => {
      if (isForced(step)) return []
      const told = total(step.events(Deposit)) - total(step.events(Withdraw)) - total(step.events(DustLost))
      return told === issued(step) ? [] : [`events tell ${told}, the issuance changed by ${issued(step)}`]
    },
    { kind: 'accounting' },
  ),
  stepInvariant(
    'INV-BAL-7',
    'nobody but who signs, who pays a bill and whom Root or the council names loses anything',
    [Account],
    (step) => {
      const bills = step.events(ContractBilled).length + step.events(ServiceContractBilled).length + step.events(TokensBurned).length
      if (bills > 0 || isForced(step) || acts.some(([pallet, name]) => step.told(pallet, name))) return []
      const witnesses: string[] = []
      for (const [who, before] of step.touched(Account)) {
        const lost = (before?.data.free ?? 0n) - step.w.get(Account, who).data.free
        if (lost > 0n && who !== step.act?.who && !isDerived(step)) witnesses.push(`somebody who did not sign lost ${lost}`)
      }
      return witnesses
    },
    { kind: 'accounting', brokenBy: ['Q-NODE-GONE-LINGERS'] },
  ),
  stepInvariant(
    'INV-FEE-1',
    'a call that is refused costs its sender the fee that is told, and nobody gains more than that',
    [Account],
    (step) => {
      const { act } = step
      if (act?.outcome.type !== 'error') return []
      const paid = step.events(TransactionFeePaid).reduce((sum, { actualFee }) => sum + actualFee, 0n)
      const cost = step.before(Account, act.who).data.free - step.w.get(Account, act.who).data.free
      const isAuthor = cost < paid
      return cost === paid || isAuthor ? [] : [`the fee was ${paid}, the sender lost ${cost}`]
    },
    { kind: 'accounting' },
  ),
]

/** A call made for a derived account moves that account's money, with the signer's consent. */
const isDerived = (step: StepView): boolean => step.act?.call.pallet === 'Utility'
