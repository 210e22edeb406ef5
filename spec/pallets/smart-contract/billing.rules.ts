import { U128, U16 } from '../../kernel/arithmetic/integers.js'
import { accept, must, refuse, trap } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import { fact, type Stage } from '../../kernel/stage.js'
import { lockAmount, lockedBalance, usableBalance } from '../balances/reading.js'
import { secondsSince, seconds } from '../system/clock.js'
import { PricingPolicies, TwinBoundedAccountID, Twins } from '../tfgrid/items.js'
import { existing } from './contract.state.js'
import { contractCost, discounted, extraFeeCost, monthlyAmount, nodeIsGone } from './cost.js'
import { ContractBilled } from './events.js'
import { ContractBillingInformationByID, ContractLock } from './items.js'
import { costInTft, priceIsZero } from './price.js'
import { BILLING_INFORMATION_OF_NODES, GRACE_ADDS_UP, NO_TIME_NO_COST } from './releases.js'
import { extraLocked, lockAt, type ContractLock as Lock, type DiscountLevel } from './types.js'

/** A bill: `@bill` sets the price, `@grace` decides about the grace period, `@settle` locks, pays out and closes. @source pallet-smart-contract/src/billing.rs `bill_contract` @439e6919 */

/** What `@bill` found out, handed to the stages after it. Amounts in 1e-7 TFT. */
export interface Bill {
  /** The payer's usable balance before anything of this bill was written. */
  readonly usable: bigint
  readonly due: bigint
  readonly level: DiscountLevel
  /** The lock as stored, and as it becomes with this bill added. */
  readonly lockBefore: Lock
  readonly lockAfter: Lock
}
type On<A = unknown> = Stage<A, bigint>

/** The policy that all grid contracts are billed by, whatever the farm's policy is. */
const BILLING_POLICY = 1
/** Bills from one payout to the next. @source runtime/src/lib.rs `DistributionFrequency` @439e6919 */
const DISTRIBUTION_FREQUENCY = 24

/** The account of the contract's twin. */
export const payer = (s: On) => s.w.get(Twins, existing(s.w, s.key).twinId)!.accountId
const elapsed = (s: On) => secondsSince(s.w, s.w.get(ContractLock, s.key).lockUpdated)
const add = (a: bigint, b: bigint): bigint => U128.checkedAdd(a, b) ?? 0n

/** Cost in 1e-7 USD, without the surcharge. */
const cost = fact('cost', (s: On) => contractCost(s.w, existing(s.w, s.key), s.w.get(PricingPolicies, BILLING_POLICY)!, elapsed(s)))
const extraCost = fact('extraCost', (s: On) => extraFeeCost(s.w, existing(s.w, s.key), elapsed(s)))
/** The period's amount before discount, 1e-7 TFT. */
const gross = fact('gross', (s: On) => (cost(s) === 0n ? 0n : costInTft(s.w, cost(s))))
const monthly = fact('monthly', (s: On) =>
  gross(s) === 0n ? 0n : monthlyAmount(gross(s), elapsed(s), s.quirk('Q-DISCOUNT-PERIOD'), s.w.version, s.quirk('Q-DISCOUNT-ZERO')),
)
/** The payer's usable balance with that of the account that the twin is bonded to. */
const wealth = (s: On) => {
  const bonded = s.w.get(TwinBoundedAccountID, existing(s.w, s.key).twinId)
  return add(usableBalance(s.w, payer(s)), bonded === undefined ? 0n : usableBalance(s.w, bonded))
}
const bill = fact('bill', (s: On): Bill => {
  const regular =
    gross(s) === 0n
      ? { due: 0n, level: { type: 'None' } as const }
      : discounted(gross(s), monthly(s), wealth(s), s.w.version, s.quirk('Q-DISCOUNT-BALANCE-WRAP'))
  const extra = extraCost(s) === 0n ? 0n : costInTft(s.w, extraCost(s))
  const lockBefore = s.w.get(ContractLock, s.key)
  return {
    usable: usableBalance(s.w, payer(s)),
    due: add(regular.due, extra),
    level: regular.level,
    lockBefore,
    lockAfter: lockAt(
      s.w.version,
      add(lockBefore.amountLocked, regular.due),
      add(extraLocked(lockBefore), extra),
      seconds(s.w),
      U16.wrappingAdd(lockBefore.cycles, 1),
    ),
  }
})

const pricing = [
  refuse('SC-BILL-2', 'payerTwinIsMissing', 'TwinNotExists'),
  trap('SC-BILL-3', 'billingPolicyIsMissing', 'called `Option::unwrap()` on a `None` value', { quirk: 'Q-BILL-NO-POLICY' }),
  refuse('SC-BILL-4', 'billingPolicyIsMissing', 'PricingPolicyNotExists', { instead: 'Q-BILL-NO-POLICY' }),
  refuse('SC-BILL-13', 'nodeIsMissingAtAll', 'NodeNotExists', { until: NO_TIME_NO_COST }),
  refuse('SC-BILL-5', 'pricedNodeIsMissing', 'NodeNotExists', { from: NO_TIME_NO_COST }),
  trap('SC-BILL-6', 'priceIsZero', 'division by zero', { quirk: 'Q-PRICE-ZERO' }),
  refuse('SC-BILL-7', 'priceIsZero', 'TFTPriceValueError', { instead: 'Q-PRICE-ZERO' }),
  trap('SC-BILL-8', 'monthlyAmountIsZero', 'division by zero', {
    quirk: 'Q-DISCOUNT-ZERO',
    says: 'an amount that is less than half a unit a month, or wraps to nothing, cannot be weighed against a balance',
  }),
]
const UNLOCKED = 'Q-GRACE-UNLOCKED'
const LOST = 'Q-LAST-BILL-LOST'
const graceAndSettle = [must('@grace', 'withBill'), must('@settle', 'withBill')]

/** @bill of a contract that is not deleted: nothing due, nothing done. */
export const billLive = [...pricing, accept('SC-BILL-9', { when: 'nothingIsDue' }), accept('SC-BILL-10', { do: graceAndSettle })]
/** @bill of a deleted contract: what is locked is paid out even when nothing is due. */
export const billDeleted = [...pricing, accept('SC-BILL-11', { do: graceAndSettle })]

/** @settle while created or deployed. */
export const settleLive = [
  accept('SC-SETTLE-1', {
    when: 'payoutIsDue',
    do: [must('@extendLock', 'payersLock'), must('@distribute', 'lockAfter'), 'emitBilled', must('@clearUnbilled'), 'emptyLock'],
  }),
  accept('SC-SETTLE-2', { do: [must('@extendLock', 'payersLock'), 'emitBilled', must('@clearUnbilled'), 'writeLock'] }),
]
/** @settle in grace: the debt grows on the contract, nothing is charged, and at 144 nothing locked (quirk Q-GRACE-UNLOCKED). */
export const settleInGrace = [
  accept('SC-SETTLE-8', { until: GRACE_ADDS_UP, says: 'the lock is left alone: the next bill is about the whole time since' }),
  accept('SC-SETTLE-3', { from: GRACE_ADDS_UP, quirk: UNLOCKED, do: ['writeLock'] }),
  accept('SC-SETTLE-10', {
    from: GRACE_ADDS_UP,
    instead: UNLOCKED,
    says: 'what is owed is locked in grace too',
    do: [must('@extendLock', 'payersLock'), 'writeLock'],
  }),
]
/** @settle once deleted: pays out what earlier bills locked. What this bill adds is announced, and at 144 never charged (quirk Q-LAST-BILL-LOST). */
export const settleDeleted = [
  accept('SC-SETTLE-4', { when: 'somethingIsLocked', quirk: LOST, do: [must('@distribute', 'lockBefore'), 'emitBilled', must('@remove')] }),
  accept('SC-SETTLE-11', {
    when: 'somethingIsOwed',
    instead: LOST,
    says: 'the last bill is charged like the others',
    do: [must('@extendLock', 'payersLock'), must('@distribute', 'lockAfter'), 'emitBilled', must('@remove')],
  }),
  accept('SC-SETTLE-5', { do: ['emitBilled', must('@remove')] }),
]
export const clearUnbilled = [
  accept('SC-SETTLE-9', { until: BILLING_INFORMATION_OF_NODES, says: 'of name and rent contracts too', do: ['clearUnbilled'] }),
  accept('SC-SETTLE-6', { from: BILLING_INFORMATION_OF_NODES, when: 'isNodeContract', do: ['clearUnbilled'] }),
  accept('SC-SETTLE-7', { from: BILLING_INFORMATION_OF_NODES }),
]

export const billingGuards = {
  payerTwinIsMissing: (s: On) => !s.w.has(Twins, existing(s.w, s.key).twinId),
  billingPolicyIsMissing: (s: On) => !s.w.has(PricingPolicies, BILLING_POLICY),
  pricedNodeIsMissing: (s: On) => elapsed(s) > 0n && nodeIsGone(s.w, existing(s.w, s.key)),
  nodeIsMissingAtAll: (s: On) => nodeIsGone(s.w, existing(s.w, s.key)),
  priceIsZero: (s: On) => (cost(s) > 0n || extraCost(s) > 0n) && priceIsZero(s.w),
  monthlyAmountIsZero: (s: On) => gross(s) > 0n && monthly(s) === 0n,
  nothingIsDue: (s: On) => bill(s).due === 0n,
  payoutIsDue: (s: On<Bill>) => s.args.lockAfter.cycles >= DISTRIBUTION_FREQUENCY,
  somethingIsLocked: (s: On<Bill>) =>
    s.args.lockBefore.cycles >= DISTRIBUTION_FREQUENCY ||
    U128.wrappingAdd(s.args.lockBefore.amountLocked, extraLocked(s.args.lockBefore)) > 0n,
  somethingIsOwed: (s: On<Bill>) => s.args.lockAfter.amountLocked + extraLocked(s.args.lockAfter) > 0n,
  isNodeContract: (s: On) => existing(s.w, s.key).contractType.type === 'NodeContract',
}

export const billingEffects = {
  emitBilled: (s: On<Bill>) =>
    s.emit(ContractBilled, { contractId: s.key, timestamp: seconds(s.w), discountLevel: s.args.level, amountBilled: s.args.due }),
  writeLock: (s: On<Bill>) => s.w.put(ContractLock, s.key, s.args.lockAfter),
  emptyLock: (s: On) => s.w.put(ContractLock, s.key, lockAt(s.w.version, 0n, 0n, seconds(s.w), 0)),
  clearUnbilled: (s: On) =>
    s.w.put(ContractBillingInformationByID, s.key, { ...s.w.get(ContractBillingInformationByID, s.key), amountUnbilled: 0n }),
}

/**
 * What the payer's contracts have locked so far. 144 takes for it all that the payer cannot use, the existential deposit
 * included (quirk Q-LOCK-ROUGH).
 */
export const gridLocked = (s: On, who: AccountId): bigint =>
  s.quirk('Q-LOCK-ROUGH') ? lockedBalance(s.w, who) : lockAmount(s.w, who, GRID_LOCK)
const toSelf = (s: On, args: unknown) => [{ machine: 'contract', key: s.key, args }]
export const billingRoutes = {
  withBill: (s: On) => toSelf(s, bill(s)),
  lockAfter: (s: On<Bill>) => toSelf(s, { lock: s.args.lockAfter }),
  lockBefore: (s: On<Bill>) => toSelf(s, { lock: s.args.lockBefore }),
  payersLock: (s: On<Bill>) => [
    { machine: 'account', key: payer(s), args: { id: GRID_LOCK, amount: add(gridLocked(s, payer(s)), s.args.due), reasons: 'All' } },
  ],
}
export const GRID_LOCK = 'gridlock'
