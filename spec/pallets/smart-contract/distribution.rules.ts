import { U8, U128 } from '../../kernel/arithmetic/integers.js'
import { perbillFromPercent, perbillOf } from '../../kernel/arithmetic/per-thing.js'
import { accept, attemptAll, must, refuse } from '../../kernel/machine.js'
import { fact, type Stage } from '../../kernel/stage.js'
import type { AccountId, Bytes } from '../../kernel/shape.js'
import { EXISTENTIAL_DEPOSIT } from '../balances/items.js'
import { freeBalance, usableBalance } from '../balances/reading.js'
import { Farms, Nodes, PricingPolicies, Twins } from '../tfgrid/items.js'
import { GRID_LOCK, gridLocked, payer } from './billing.rules.js'
import { existing, nodeIdOf } from './contract.state.js'
import { TokensBurned } from './events.js'
import { SolutionProviders } from './items.js'
import { NO_EMPTY_PAYOUT, SURCHARGE } from './releases.js'
import { extraLocked, type ContractLock as Lock } from './types.js'

/**
 * The payout of what bills have locked: the surcharge to the farmer, then 10 % to the foundation, 5 % to the staking
 * pool, 50 % to solution providers and sales account, and the remaining 35 % burnt.
 * @source pallet-smart-contract/src/billing.rs `handle_lock`, `distribute_extra_cultivation_rewards`, `distribute_cultivation_rewards` @439e6919
 */

interface Payout {
  readonly lock: Lock
  /** What is kept back from the payer's usable balance, 1e-7 TFT. */
  readonly reserve: bigint
}
interface Amount {
  readonly amount: bigint
}
type On<A> = Stage<A, bigint>

/** 5CNposRewardAccount11111111111111111111111111FSU. @source runtime/src/lib.rs `get_staking_pool_account` @439e6919 */
export const STAKING_POOL = String.fromCharCode(
  13,
  209,
  209,
  166,
  229,
  163,
  90,
  168,
  199,
  245,
  229,
  126,
  30,
  221,
  12,
  63,
  189,
  106,
  191,
  46,
  170,
  142,
  244,
  37,
  72,
  152,
  110,
  84,
  162,
  86,
  32,
  0,
) as AccountId

export const distribute = [
  accept('SC-DIST-13', {
    until: SURCHARGE,
    when: 'somethingRemains',
    says: 'a lock of the contract itself, from before there was one for all, is removed as well',
    do: [must('@removeLock', 'ownLock'), must('@removeLock', 'gridLock'), must('@setLock', 'remainingLock'), must('@payRegular', 'all')],
  }),
  accept('SC-DIST-14', {
    until: SURCHARGE,
    do: [must('@removeLock', 'ownLock'), must('@removeLock', 'gridLock'), must('@payRegular', 'all')],
  }),
  accept('SC-DIST-1', {
    from: SURCHARGE,
    when: 'otherLocksRemain',
    says: 'what other contracts have locked is locked again',
    do: [must('@removeLock', 'gridLock'), must('@setLock', 'remainingLock'), must('@payExtra', 'all')],
  }),
  accept('SC-DIST-2', {
    from: SURCHARGE,
    says: 'no lock remains; the existential deposit is kept back',
    do: [must('@removeLock', 'gridLock'), must('@payExtra', 'allButDeposit')],
  }),
]
export const payExtra = [
  accept('SC-DIST-3', { when: 'extraIsLocked', do: [must('@transferExtra', 'extraAmount'), must('@payRegular', 'rest')] }),
  accept('SC-DIST-4', { do: [must('@payRegular')] }),
]
export const transferExtra = [
  accept('SC-DIST-5', { when: 'amountIsZero' }),
  refuse('SC-DIST-6', 'rentedNodeIsMissing', 'NodeNotExists'),
  refuse('SC-DIST-7', 'rentedFarmIsMissing', 'FarmNotExists', { says: 'never: no call removes a farm' }),
  refuse('SC-DIST-8', 'farmerTwinIsMissing', 'TwinNotExists'),
  accept('SC-DIST-9', { do: [must('@transfer', 'toFarmer')] }),
]
export const payRegular = [
  accept('SC-DIST-15', {
    until: NO_EMPTY_PAYOUT,
    says: 'nothing is shared out as well, and a burn of nothing announced',
    do: [must('@share', 'regularAmount')],
  }),
  accept('SC-DIST-10', { from: NO_EMPTY_PAYOUT, when: 'nothingCanBePaid' }),
  accept('SC-DIST-11', { from: NO_EMPTY_PAYOUT, do: [must('@share', 'regularAmount')] }),
]
export const share = [
  accept('SC-DIST-16', {
    until: SURCHARGE,
    says: 'the burn leaves the existential deposit',
    do: [
      must('@transfer', 'toFoundation'),
      must('@transfer', 'toStakingPool'),
      attemptAll('@transfer', 'toProviders', 'InvalidProviderConfiguration'),
      must('@transfer', 'toSales'),
      must('@burn', 'whatCanBurn'),
    ],
  }),
  accept('SC-DIST-12', {
    from: SURCHARGE,
    do: [
      must('@transfer', 'toFoundation'),
      must('@transfer', 'toStakingPool'),
      attemptAll('@transfer', 'toProviders', 'InvalidProviderConfiguration'),
      must('@transfer', 'toSales'),
      must('@withdraw', 'burnt'),
      'emitBurnt',
    ],
  }),
]

export const burn = [accept('SC-DIST-17', { until: SURCHARGE, do: [must('@withdraw', 'amount'), 'emitBurntAmount'] })]

const percent = (p: number, amount: bigint): bigint => perbillOf(perbillFromPercent(p), amount)
const policy = (s: On<unknown>) => s.w.get(PricingPolicies, 1)!

/** What the account's other contracts keep locked. */
const remaining = fact('remaining', (s: On<Payout>) =>
  U128.saturatingSub(gridLocked(s, payer(s)), U128.wrappingAdd(s.args.lock.amountLocked, extraLocked(s.args.lock))),
)
const available = (s: On<Payout>) => U128.saturatingSub(usableBalance(s.w, payer(s)), s.args.reserve)
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const regularAmount = fact('regularAmount', (s: On<Payout>) => least(available(s), s.args.lock.amountLocked))
const extraAmount = fact('extraAmount', (s: On<Payout>) => least(available(s), extraLocked(s.args.lock)))

const providersOf = (s: On<unknown>) => {
  const id = existing(s.w, s.key).solutionProviderId
  return id === undefined ? [] : (s.w.get(SolutionProviders, id)?.providers ?? [])
}
/** What the providers leave of the 50 %; the takes' sum wraps at 256 as it does when a provider is created. */
const salesPercent = (s: On<unknown>) =>
  U8.wrappingSub(
    50,
    providersOf(s).reduce((sum, p) => U8.wrappingAdd(sum, p.take), 0),
  )
const foundationShare = (s: On<Amount>) => percent(10, s.args.amount)
const stakingShare = (s: On<Amount>) => percent(5, s.args.amount)
/** 35 %, as what two roundings of the halves leave, so that nothing of the amount is lost. */
const burntShare = (s: On<Amount>) => U128.wrappingSub(U128.wrappingSub(percent(50, s.args.amount), foundationShare(s)), stakingShare(s))

const farmOfNode = (s: On<unknown>) => s.w.get(Farms, s.w.get(Nodes, nodeIdOf(existing(s.w, s.key)))!.farmId)

export const distributionGuards = {
  somethingRemains: (s: On<Payout>) => remaining(s) > 0n,
  otherLocksRemain: (s: On<Payout>) => remaining(s) > (s.quirk('Q-LOCK-ROUGH') ? EXISTENTIAL_DEPOSIT : 0n),
  extraIsLocked: (s: On<Payout>) => extraLocked(s.args.lock) > 0n,
  amountIsZero: (s: On<Amount>) => s.args.amount === 0n,
  nothingCanBePaid: (s: On<Payout>) => regularAmount(s) === 0n,
  rentedNodeIsMissing: (s: On<unknown>) => !s.w.has(Nodes, nodeIdOf(existing(s.w, s.key))),
  rentedFarmIsMissing: (s: On<unknown>) => farmOfNode(s) === undefined,
  farmerTwinIsMissing: (s: On<unknown>) => !s.w.has(Twins, farmOfNode(s)!.twinId),
}

export const distributionEffects = {
  emitBurntAmount: (s: On<Amount>) => s.emit(TokensBurned, { contractId: s.key, amount: s.args.amount }),
  emitBurnt: (s: On<Amount>) => s.emit(TokensBurned, { contractId: s.key, amount: burntShare(s) }),
}

const pay = (s: On<unknown>, to: AccountId, amount: bigint) => [
  { machine: 'account', key: payer(s), args: { to, amount, existence: 'KeepAlive' } },
]
const self = (s: On<unknown>, args: unknown) => [{ machine: 'contract', key: s.key, args }]
const lock = (s: On<unknown>, amount: bigint) => [{ machine: 'account', key: payer(s), args: { id: GRID_LOCK, amount, reasons: 'All' } }]
const withdrawal = (s: On<unknown>, amount: bigint) => [
  { machine: 'account', key: payer(s), args: { amount, reasons: 'Fee', existence: 'KeepAlive' } },
]
/** A contract's id as a lock's: eight bytes, big endian. */
const idBytes = (id: bigint): Bytes => Buffer.from(id.toString(16).padStart(16, '0'), 'hex').toString('latin1')
export const distributionRoutes = {
  ownLock: (s: On<Payout>) => [{ machine: 'account', key: payer(s), args: { id: idBytes(s.key), amount: 0n, reasons: 'All' } }],
  gridLock: (s: On<Payout>) => lock(s, remaining(s)),
  remainingLock: (s: On<Payout>) => lock(s, remaining(s)),
  all: (s: On<Payout>) => self(s, { lock: s.args.lock, reserve: 0n }),
  allButDeposit: (s: On<Payout>) => self(s, { lock: s.args.lock, reserve: EXISTENTIAL_DEPOSIT }),
  rest: (s: On<Payout>) => self(s, { lock: s.args.lock, reserve: 0n }),
  extraAmount: (s: On<Payout>) => self(s, { amount: extraAmount(s) }),
  regularAmount: (s: On<Payout>) => self(s, { amount: regularAmount(s) }),
  toFarmer: (s: On<Amount>) => pay(s, s.w.get(Twins, farmOfNode(s)!.twinId)!.accountId, s.args.amount),
  toFoundation: (s: On<Amount>) => pay(s, policy(s).foundationAccount, foundationShare(s)),
  toStakingPool: (s: On<Amount>) => pay(s, STAKING_POOL, stakingShare(s)),
  toProviders: (s: On<Amount>) => providersOf(s).flatMap(({ who, take }) => pay(s, who, percent(take, s.args.amount))),
  toSales: (s: On<Amount>) => (salesPercent(s) > 0 ? pay(s, policy(s).certifiedSalesAccount, percent(salesPercent(s), s.args.amount)) : []),
  burnt: (s: On<Amount>) => withdrawal(s, burntShare(s)),
  amount: (s: On<Amount>) => withdrawal(s, s.args.amount),
  whatCanBurn: (s: On<Amount>) =>
    self(s, { amount: least(burntShare(s), U128.wrappingSub(freeBalance(s.w, payer(s)), EXISTENTIAL_DEPOSIT)) }),
}
