import { each, invariant, stepInvariant, temporalInvariant, watch, type Invariant } from '../../kernel/invariant.js'
import type { AccountId } from '../../kernel/shape.js'
import type { StepView } from '../../kernel/step-view.js'
import type { World } from '../../kernel/world.js'
import { Transfer } from '../balances/events.js'
import { Locks } from '../balances/items.js'
import { freeBalance, lockAmount, usableBalance } from '../balances/reading.js'
import { seconds } from '../system/clock.js'
import { Account, SystemNumber } from '../system/items.js'
import {
  Farms,
  NodeIdByTwinID,
  NodePower,
  Nodes,
  PricingPolicies,
  TwinBoundedAccountID,
  TwinIdByAccountID,
  Twins,
} from '../tfgrid/items.js'
import { STAKING_POOL } from './distribution.rules.js'
import { contractsUnder, nodeContractOf, nodeIdOf } from './contract.state.js'
import { ContractBilled, ContractCreated, ContractGracePeriodStarted, TokensBurned } from './events.js'
import { GRACE_PERIOD } from './grace.rules.js'
import {
  ActiveNodeContracts,
  ActiveRentContractForNode,
  BillingFrequency,
  ContractBillingInformationByID,
  ContractLock,
  Contracts,
  DedicatedNodesExtraFee,
  NodeContractResources,
  SolutionProviders,
} from './items.js'
import { GRACE_ADDS_UP, LOWER_THRESHOLDS, NO_TIME_NO_COST, SURCHARGE } from './releases.js'
import type { Contract, ContractLock as Lock } from './types.js'

const GRID_LOCK = 'gridlock'
const owed = (lock: Lock | undefined): bigint => (lock === undefined ? 0n : lock.amountLocked + (lock.extraAmountLocked ?? 0n))
const accountOf = (w: World, contract: Contract): AccountId | undefined => w.get(Twins, contract.twinId)?.accountId
const isDirect = (step: StepView, ...names: readonly string[]): boolean =>
  step.act?.call.pallet === 'SmartContractModule' && names.includes(step.act.call.name)

/** Everything that left the payer in a step as shares of a payout: transfers and what was burnt. */
function paidBy(step: StepView, payer: AccountId): bigint {
  let sum = 0n
  for (const { from, amount } of step.events(Transfer)) if (from === payer) sum += amount
  for (const { amount } of step.events(TokensBurned)) sum += amount
  return sum
}

/** The one contract that a step billed, when it billed exactly one and nobody's money moved otherwise. */
function soleBill(
  step: StepView,
): { readonly id: bigint; readonly billed: bigint; readonly contract: Contract; readonly payer: AccountId } | undefined {
  const bills = step.events(ContractBilled)
  if (bills.length !== 1 || !isDirect(step, 'billContractForBlock', 'cancelContract')) return undefined
  const { contractId: id, amountBilled: billed } = bills[0]!
  const contract = step.touched(Contracts).get(id) ?? step.w.get(Contracts, id)
  const payer = contract === undefined ? undefined : accountOf(step.w, contract)
  return contract === undefined || payer === undefined ? undefined : { id, billed, contract, payer }
}

/** Accounts with what the locks of their contracts add up to. */
function lockSums(w: World): Map<AccountId, bigint> {
  const sums = new Map<AccountId, bigint>()
  for (const [id, contract] of w.entries(Contracts)) {
    const who = accountOf(w, contract)
    if (who !== undefined) sums.set(who, (sums.get(who) ?? 0n) + owed(w.get(ContractLock, id)))
  }
  return sums
}

const SECONDS_PER_MONTH = 30 * 86_400
/** What is left of an amount, and for how many months the balance lasts, from and to. */
const discounts = {
  None: [1, 0, 1.5],
  Default: [0.8, 1.5, 3],
  Bronze: [0.7, 3, 6],
  Silver: [0.6, 6, 18],
  Gold: [0.4, 18, Infinity],
} as const

/** What holds about bills: locking, paying out, grace. Amounts in 1e-7 TFT. */
export const billInvariants: readonly Invariant[] = [
  {
    ...invariant(
      'INV-BI-1',
      'what is locked of an account is what its contracts have locked together',
      [ContractLock, Locks, Contracts],
      (w) => {
        const sums = lockSums(w)
        const witnesses: string[] = []
        for (const [who] of w.entries(Locks)) if (!sums.has(who)) sums.set(who, 0n)
        for (const [who, sum] of sums)
          if (lockAmount(w, who, GRID_LOCK) !== sum) witnesses.push(`${lockAmount(w, who, GRID_LOCK)} are locked, contracts say ${sum}`)
        return witnesses
      },
      ['Q-LOCK-ROUGH', 'Q-GRACE-UNLOCKED', 'Q-RENT-ENDS-UNBILLED', 'Q-LAST-BILL-LOST', 'Q-NODE-GONE-LINGERS'],
    ),
    kind: 'accounting',
    brokenIn: (step) => {
      // The difference of both sides, by account: what was equal before stays equal.
      const change = new Map<AccountId, bigint>()
      const count = (who: AccountId | undefined, amount: bigint): void =>
        void (who !== undefined && change.set(who, (change.get(who) ?? 0n) + amount))
      for (const [who, before] of step.touched(Locks))
        count(who, lockAmount(step.w, who, GRID_LOCK) - (before?.find(({ id }) => id === GRID_LOCK)?.amount ?? 0n))
      for (const [id, before] of step.touched(ContractLock)) {
        const contract = step.w.get(Contracts, id) ?? step.touched(Contracts).get(id)
        if (contract !== undefined) count(accountOf(step.w, contract), owed(before) - owed(step.w.get(ContractLock, id)))
      }
      return [...change.values()]
        .filter((off) => off !== 0n)
        .map((off) => (off > 0n ? `${off} more is locked than contracts say` : `${-off} less is locked than contracts say`))
    },
  },
  stepInvariant(
    'INV-BI-2',
    'a payout is shared: 10 % to the foundation, 5 % to the staking pool, 35 % burnt, the rest to the sales account and the solution’s providers',
    [Account],
    (step) => {
      const burnt = step.events(TokensBurned)
      if (burnt.length !== 1 || soleBill(step) === undefined) return []
      const { contractId: id, amount } = burnt[0]!
      const contract = step.touched(Contracts).get(id) ?? step.w.get(Contracts, id)
      const policy = step.w.get(PricingPolicies, 1)
      const payer = contract === undefined ? undefined : accountOf(step.w, contract)
      if (contract === undefined || policy === undefined || payer === undefined) return []
      const farmer = step.w.get(Twins, step.w.get(Farms, step.w.get(Nodes, nodeIdOf(contract))?.farmId ?? 0)?.twinId ?? 0)?.accountId
      const extra = contract.contractType.type === 'RentContract' ? farmer : undefined
      if ([policy.foundationAccount, STAKING_POOL, policy.certifiedSalesAccount].includes(payer) || sharesIn(step.w, contract, payer))
        return []
      const moved = step.events(Transfer).filter(({ from }) => from === payer)
      const to = (who: AccountId): bigint => moved.reduce((sum, t) => (t.to === who ? sum + t.amount : sum), 0n)
      const all = moved.reduce((sum, t) => sum + t.amount, amount)
      if (extra !== undefined || policy.foundationAccount === policy.certifiedSalesAccount) return []
      const off = (share: bigint, percent: bigint): boolean => share * 100n > all * percent + 1000n || share * 100n + 1000n < all * percent
      return off(amount, 35n) || off(to(STAKING_POOL), 5n) || to(policy.foundationAccount) * 100n + 1000n < all * 10n
        ? [`of ${all}, ${amount} were burnt, ${to(policy.foundationAccount)} went to the foundation`]
        : []
    },
    // Before, the burn leaves the payer the existential deposit (SC-DIST-16).
    { kind: 'accounting', brokenBy: ['Q-PROVIDER-TAKE-WRAP'], from: SURCHARGE },
  ),
  stepInvariant(
    'INV-BI-3',
    'what a bill says is what is locked, or paid, for the contract',
    [ContractLock],
    (step) => {
      const bill = soleBill(step)
      if (bill === undefined) return []
      const { id, billed, contract, payer } = bill
      const before = owed(step.touched(ContractLock).get(id))
      const after = step.w.has(ContractLock, id) ? owed(step.w.get(ContractLock, id)) : 0n
      const owes = before + billed
      const settled = paidBy(step, payer) + after
      // A payer who has less pays what there is; who pays to itself pays less.
      if (settled + 4n >= owes || contract.state.type === 'GracePeriod') return []
      const left = freeBalance(step.w, payer) - lockAmount(step.w, payer, GRID_LOCK)
      return left > owes + 1000n && !paysItself(step, contract, payer)
        ? [`contract ${id} owed ${before}, was billed ${billed}, and ${settled} were paid or locked`]
        : []
    },
    { kind: 'accounting', brokenBy: ['Q-LAST-BILL-LOST'] },
  ),
  stepInvariant(
    'INV-BI-4',
    'no payer pays more for a contract than its bills say',
    [ContractLock],
    (step) => {
      const bill = soleBill(step)
      if (bill === undefined) return []
      const before = owed(step.touched(ContractLock).get(bill.id))
      const paid = paidBy(step, bill.payer)
      return paid <= before + bill.billed + 4n
        ? []
        : [`contract ${bill.id} owed ${before}, was billed ${bill.billed}, and ${paid} were paid`]
    },
    { kind: 'accounting', brokenBy: ['Q-PROVIDER-TAKE-WRAP'], from: SURCHARGE },
  ),
  stepInvariant(
    'INV-BI-5',
    'no second is billed twice: a bill begins where the last one ended, and ends now',
    [ContractLock],
    (step) =>
      [...step.touched(ContractLock)].flatMap(([id, before]) => {
        const after = step.w.has(ContractLock, id) ? step.w.get(ContractLock, id) : undefined
        if (before === undefined || after === undefined) return []
        const grew = owed(after) > owed(before)
        return after.lockUpdated < before.lockUpdated ||
          (grew && (after.lockUpdated !== seconds(step.w) || before.lockUpdated === after.lockUpdated))
          ? [`contract ${id} was billed up to ${after.lockUpdated} after ${before.lockUpdated}`]
          : []
      }),
    { kind: 'accounting', from: NO_TIME_NO_COST },
  ),
  stepInvariant(
    'INV-BI-6',
    'a bill pays out what is locked when it is the 24th',
    [ContractLock],
    (step) =>
      step
        .events(ContractBilled)
        .flatMap(({ contractId: id }) =>
          step.w.has(ContractLock, id) && step.w.get(ContractLock, id).cycles >= 24
            ? [`contract ${id} has been billed ${step.w.get(ContractLock, id).cycles} times`]
            : [],
        ),
    { kind: 'accounting' },
  ),
  stepInvariant(
    'INV-BI-7',
    'grace begins only for who cannot pay what is newly due',
    [Contracts],
    (step) => {
      const started = step.events(ContractGracePeriodStarted)
      if (started.length === 0 || !isDirect(step, 'billContractForBlock')) return []
      const { contractId: id } = started[0]!
      const contract = step.w.get(Contracts, id)
      const payer = contract === undefined ? undefined : accountOf(step.w, contract)
      if (contract === undefined || payer === undefined || payer === step.act!.who) return []
      const due = owed(step.w.get(ContractLock, id)) - owed(step.touched(ContractLock).get(id))
      const account = step.before(Account, payer).data
      const had = account.free - (account.frozen ?? 0n)
      return had > due + 500n ? [`contract ${id} entered grace for ${due}, its payer had ${had}`] : []
    },
    // Before, a bill that finds no funds leaves the lock alone: it does not say what was due.
    { brokenBy: ['Q-GRACE-COUNTS-TWICE', 'Q-LOCK-ROUGH'], from: GRACE_ADDS_UP },
  ),
  each(
    'INV-BI-8',
    'node contracts on a rented node share the grace of the rent contract',
    Contracts,
    (w, id, contract) => {
      if (contract.contractType.type !== 'RentContract' || contract.state.type === 'Deleted') return null
      const inGrace = contract.state.type === 'GracePeriod'
      if (!inGrace) return null
      return contractsUnder(w, contract)
        .filter((under) => w.get(Contracts, under)?.state.type === 'Created')
        .map((under) => `contract ${under} goes on while rent contract ${id} is in grace`)
    },
    { also: [watch(Contracts, (w, id, before) => rentsOf(w, w.get(Contracts, id) ?? before))], brokenBy: ['Q-GRACE-LEFT-BEHIND'] },
  ),
  stepInvariant('INV-BI-9', 'only the owner cancels, changes or attaches a solution to a contract', [Contracts], (step) => {
    const { act, w } = step
    if (!isDirect(step, 'cancelContract', 'updateNodeContract', 'attachSolutionProviderId')) return []
    return [...step.touched(Contracts)].flatMap(([id, before]) =>
      before === undefined || accountOf(w, before) === act!.who ? [] : [`somebody else changed contract ${id}`],
    )
  }),
  stepInvariant(
    'INV-BI-10',
    'only a contract’s own node reports about it',
    [NodeContractResources, ContractBillingInformationByID],
    (step) => {
      const { act, w } = step
      if (!isDirect(step, 'reportContractResources', 'addNruReports')) return []
      const node = w.get(NodeIdByTwinID, w.get(TwinIdByAccountID, act!.who) ?? 0)
      const touched = new Set([...step.touched(NodeContractResources).keys(), ...step.touched(ContractBillingInformationByID).keys()])
      return [...touched].flatMap((id) => {
        const held = w.has(Contracts, id) ? nodeContractOf(w.get(Contracts, id)!) : null
        return held?.nodeId === node ? [] : [`node ${node} reported about contract ${id}`]
      })
    },
  ),
  stepInvariant(
    'INV-BI-11',
    'network use of a time is counted once: a report counts only when it is newer than the last, and not of the future',
    [ContractBillingInformationByID],
    (step) => {
      if (!isDirect(step, 'addNruReports')) return []
      return [...step.touched(ContractBillingInformationByID)].flatMap(([id, before]) => {
        const after = step.w.get(ContractBillingInformationByID, id)
        if (before === undefined || after.amountUnbilled === before.amountUnbilled) return []
        return after.lastUpdated > before.lastUpdated && after.lastUpdated <= seconds(step.w)
          ? []
          : [`a report of ${after.lastUpdated} counts for contract ${id} after one of ${before.lastUpdated}, at ${seconds(step.w)}`]
      })
    },
    { brokenBy: ['Q-NRU-TWICE', 'Q-NRU-FUTURE'] },
  ),
  stepInvariant('INV-BI-12', 'a solution provider, once attached to a contract, stays', [Contracts], (step) =>
    [...step.touched(Contracts)].flatMap(([id, before]) => {
      const after = step.w.get(Contracts, id)
      return before?.solutionProviderId === undefined || after === undefined || after.solutionProviderId === before.solutionProviderId
        ? []
        : [`contract ${id} changed its provider`]
    }),
  ),
  stepInvariant('INV-BI-13', 'no contract comes into being on a node that is down', [Contracts], (step) =>
    step.events(ContractCreated).flatMap((contract) => {
      if (contract.contractType.type === 'NameContract' || step.has(NodePower)) return []
      const { state, target } = step.w.get(NodePower, nodeIdOf(contract))
      return state.type === 'Down' || target.type === 'Down' ? [`contract ${contract.contractId} is on a node that is down`] : []
    }),
  ),
  each(
    'INV-BI-14',
    'a node with a surcharge serves nobody but who rents it',
    DedicatedNodesExtraFee,
    (w, node, fee) =>
      fee === 0n || w.has(ActiveRentContractForNode, node) || w.get(ActiveNodeContracts, node).length === 0
        ? null
        : `node ${node} has a surcharge, and contracts without rent`,
    {
      also: [watch(ActiveNodeContracts, (_, node) => [node]), watch(ActiveRentContractForNode, (_, node) => [node])],
      brokenBy: ['Q-NODE-GONE-LINGERS', 'Q-RENT-ENDS-UNBILLED'],
    },
  ),
  stepInvariant('INV-BI-15', 'a contract’s owner, node and kind never change', [Contracts], (step) =>
    [...step.touched(Contracts)].flatMap(([id, before]) => {
      const after = step.w.get(Contracts, id)
      if (before === undefined || after === undefined) return []
      return before.twinId === after.twinId && before.contractType.type === after.contractType.type && nodeIdOf(before) === nodeIdOf(after)
        ? []
        : [`contract ${id} changed hands`]
    }),
  ),
  stepInvariant('INV-BI-16', 'the billing frequency never falls', [BillingFrequency], (step) =>
    step.w.get(BillingFrequency) < step.before(BillingFrequency) ? ['the billing frequency fell'] : [],
  ),
  stepInvariant(
    'INV-BI-18',
    'the discount follows the months that the balance lasts, however long the billed time is',
    [ContractLock],
    (step) => {
      const bill = soleBill(step)
      const { discountLevel } = step.events(ContractBilled)[0] ?? {}
      if (
        bill === undefined ||
        discountLevel === undefined ||
        bill.contract.contractType.type === 'RentContract' ||
        bill.payer === step.act?.who
      )
        return []
      const before = step.touched(ContractLock).get(bill.id)
      if (before === undefined || bill.billed < 10_000n) return []
      const elapsed = Number(seconds(step.w) - before.lockUpdated)
      const bonded = step.w.get(TwinBoundedAccountID, bill.contract.twinId)
      if (bonded === step.act?.who) return []
      const { free, frozen = 0n } = step.before(Account, bill.payer).data
      const wealth = Math.max(0, Number(free - frozen)) + (bonded === undefined ? 0 : Number(usableBalance(step.w, bonded)))
      const [multiplier, from, to] = discounts[discountLevel.type]
      const months = (wealth * elapsed) / ((Number(bill.billed) / multiplier) * SECONDS_PER_MONTH)
      return months < from * 0.99 - 0.001 || months > to * 1.01 + 0.001
        ? [`a balance for ${months.toFixed(2)} months got discount ${discountLevel.type}`]
        : []
    },
    { kind: 'accounting', brokenBy: ['Q-DISCOUNT-PERIOD', 'Q-DISCOUNT-BALANCE-WRAP'], from: LOWER_THRESHOLDS },
  ),
  temporalInvariant(
    'INV-BI-17',
    'grace ends within 14 days: the bill after that finds funds, or ends the contract',
    [Contracts, ContractLock],
    (step) => step.events(ContractGracePeriodStarted).map(({ contractId, blockNumber }) => [contractId, blockNumber] as const),
    (step, id, since) => {
      const contract = step.w.get(Contracts, id)
      if (contract?.state.type !== 'GracePeriod') return 'kept'
      const late = BigInt(step.w.get(SystemNumber)) - since >= BigInt(GRACE_PERIOD)
      const wasBilled = step.touched(ContractLock).has(id) && step.w.get(ContractLock, id).lockUpdated === seconds(step.w)
      return contract.state.value !== since ? 'kept' : late && wasBilled ? 'broken' : 'open'
    },
  ),
]

/** The rent contract of the node that a node contract is on. */
function rentsOf(w: World, contract: Contract | undefined): readonly bigint[] {
  if (contract === undefined || contract.contractType.type !== 'NodeContract') return []
  const rent = w.get(ActiveRentContractForNode, nodeIdOf(contract))
  return rent === undefined ? [] : [rent]
}

/** Who is a provider of the solution gets a share of what it pays; no event tells a transfer to oneself. */
const sharesIn = (w: World, { solutionProviderId: id }: Contract, payer: AccountId): boolean =>
  id !== undefined && (w.get(SolutionProviders, id)?.providers ?? []).some(({ who }) => who === payer)

function paysItself(step: StepView, contract: Contract, payer: AccountId): boolean {
  const policy = step.w.get(PricingPolicies, 1)
  const farmer = step.w.get(Twins, step.w.get(Farms, step.w.get(Nodes, nodeIdOf(contract))?.farmId ?? 0)?.twinId ?? 0)?.accountId
  return (
    payer === policy?.foundationAccount ||
    payer === policy?.certifiedSalesAccount ||
    payer === STAKING_POOL ||
    (contract.contractType.type === 'RentContract' && payer === farmer) ||
    contract.solutionProviderId !== undefined
  )
}
