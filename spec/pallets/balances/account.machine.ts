import type { AccountId } from '../../kernel/shape.js'
import { accept, machine, must, type Branch, type Receiver } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { Account } from '../system/items.js'
import { accountIn, countsOldReferences, frozenOf, isAccount, type AccountInfo, type Address } from '../system/types.js'
import {
  account,
  balanceEffects,
  forced,
  forceEffects,
  frozen,
  lockEffects,
  otherLocks,
  remainder,
  type Moving,
  type Of,
} from './account.facts.js'
import { EXISTENTIAL_DEPOSIT, Locks, TotalIssuance } from './items.js'
import { forceRules, lockRules, moveRules, type AccountEvents } from './account.rules.js'
import { canLoseProvider, reducible, type Preservation } from './reading.js'

const MAX = (1n << 128n) - 1n

/** @param existence whether the sender must stay alive */
export interface TransferArgs {
  readonly to: AccountId
  readonly amount: bigint
  readonly existence: 'KeepAlive' | 'AllowDeath'
}
interface MoveArgs {
  readonly to: AccountId
  readonly amount: bigint
  readonly preservation: Preservation
}
type MoveStage = Stage<MoveArgs, AccountId>
type CallStage = Stage<{ readonly dest: Address; readonly value: bigint }, AccountId>
type AllStage = Stage<{ readonly dest: Address; readonly keepAlive: boolean }, AccountId>

const destination = (s: MoveStage) => s.w.get(Account, s.args.to).data
const move = (s: Of, to: Address, amount: bigint, preservation: Preservation): readonly Receiver[] => [
  { machine: 'account', key: s.key, args: { to: accountIn(to), amount, preservation } satisfies MoveArgs },
]
const transfer = (s: Of, to: Address, amount: bigint, existence: TransferArgs['existence']): readonly Receiver[] => [
  { machine: 'account', key: s.key, args: { to: accountIn(to), amount, existence } satisfies TransferArgs },
]
/** The same event again, after the account was upgraded. */
const upgraded = (event: string): readonly Branch[] => [
  accept('BAL-UPGRADE-1', { says: 'an account of the old reference counting is upgraded first', do: ['upgrade', must(event)] }),
]
const asOld = (alive: AccountEvents): AccountEvents =>
  Object.fromEntries(
    Object.entries(alive).map(([event, list]) => [
      event,
      readsOnly.has(event) ? list : [...list.filter((b) => b.guard === 'isNothing'), ...upgraded(event)],
    ]),
  )
/** Events that look but leave the writing to others. */
const readsOnly = new Set([
  'transferAllowDeath',
  'transfer',
  'transferKeepAlive',
  'transferAll',
  'forceTransfer',
  '@transfer',
  '@move',
  '@withdraw',
  '@cannotDie',
])

const alive: AccountEvents = { ...moveRules.alive, ...lockRules.alive, ...forceRules.alive, '@upgrade': [accept('BAL-UPGRADE-3')] }
const gone: AccountEvents = { ...moveRules.gone, ...lockRules.gone, ...forceRules.gone, '@upgrade': [accept('BAL-UPGRADE-4')] }

/**
 * An account and its balance. `alive`: it has a provider, which is its own balance (nobody else provides in this
 * runtime), so at least the existential deposit. `absent`: no entry. `hollow`: an entry without a provider, left behind
 * when the last lock of an absent account is removed. `old`: it still counts references the way before polkadot-v0.9.42.
 * Nothing reserves a balance in this runtime: `reserved` counts where the pallet counts it, and stays what genesis made it.
 */
export const accountMachine = machine({
  id: 'account',
  pallet: 'Balances',
  says: 'an account and its balance',
  state: (w: World, key: AccountId) => {
    const a = w.stored(Account, key) as AccountInfo | undefined
    if (a === undefined) return 'absent'
    return countsOldReferences(a.data) ? 'old' : a.providers === 0 ? 'hollow' : 'alive'
  },
  states: {
    absent: gone,
    alive,
    hollow: gone,
    old: { ...asOld(alive), '@upgrade': [accept('BAL-UPGRADE-2', { do: ['upgrade'] })] },
  },
  guards: {
    isNothing: (s: Moving) => s.args.amount === 0n,
    nothingOrToSelf: (s: Stage<TransferArgs, AccountId>) => s.args.amount === 0n || s.args.to === s.key,
    destIsNoAccount: (s: CallStage) => !isAccount(s.args.dest),
    issuanceIsSmaller: (s: Moving) => s.args.amount > s.w.get(TotalIssuance),
    balanceIsTooLow: (s: Moving) => remainder(s) < 0n,
    amountIsNotUsable: (s: Moving) => s.args.amount !== 0n && s.args.amount > reducible(s.w, account(s), 'Expendable'),
    wouldDieButMustLive: (s: MoveStage) =>
      s.args.amount !== 0n && s.args.preservation !== 'Expendable' && remainder(s) < EXISTENTIAL_DEPOSIT,
    wouldDieButMustNot: (s: MoveStage) =>
      remainder(s) < EXISTENTIAL_DEPOSIT && !(s.args.preservation === 'Expendable' && canLoseProvider(account(s))),
    leavesDust: (s: Moving) => remainder(s) > 0n && remainder(s) < EXISTENTIAL_DEPOSIT,
    destinationOverflows: (s: MoveStage) => s.args.amount !== 0n && destination(s).free + s.args.amount > MAX,
    destinationStaysTooSmall: (s: MoveStage) => s.args.amount !== 0n && destination(s).free + s.args.amount < EXISTENTIAL_DEPOSIT,
    remains: (s: Moving) => remainder(s) >= EXISTENTIAL_DEPOSIT,
    isEmptied: (s: Moving) => remainder(s) === 0n,
    isNeeded: (s: Of) => account(s).consumers > 0,
    wouldDieAgainstWish: (s: Stage<{ readonly amount: bigint; readonly existence: string }, AccountId>) =>
      s.args.existence === 'KeepAlive' && remainder(s) < EXISTENTIAL_DEPOSIT && account(s).data.free >= EXISTENTIAL_DEPOSIT,
    cutsIntoFrozen: (s: Moving) => remainder(s) < frozenOf(account(s).data),
    overflows: (s: Moving) => account(s).data.free + s.args.amount > MAX,
    isBelowExistential: (s: Moving) => s.args.amount < EXISTENTIAL_DEPOSIT,
    hasLocks: (s: Of) => s.w.has(Locks, s.key),
    hasNoLocks: (s: Of) => !s.w.has(Locks, s.key),
    isLastLock: (s: Of<{ readonly id: string }>) => otherLocks(s).length === 0,
    freezesMore: (s: Of) => frozen(s).now > frozen(s).before,
    freezesLess: (s: Of) => frozen(s).now < frozen(s).before,
    reservedDiffers: (s: Of<{ readonly oldReserved: bigint }>) => account(s).data.reserved !== s.args.oldReserved,
    wouldBeNothing: (s: Stage<{ readonly newFree: bigint }, AccountId>) => forced(s) === 0n,
    wouldBeNothingButNeeded: (s: Stage<{ readonly newFree: bigint }, AccountId>) => forced(s) === 0n && account(s).consumers > 0,
  },
  effects: { ...balanceEffects, ...lockEffects, ...forceEffects },
  routes: {
    asMove: (s: Stage<TransferArgs, AccountId>) =>
      move(s, { type: 'Id', value: s.args.to }, s.args.amount, s.args.existence === 'KeepAlive' ? 'Preserve' : 'Expendable'),
    transferExpendable: (s: CallStage) => transfer(s, s.args.dest, s.args.value, 'AllowDeath'),
    transferPreserved: (s: CallStage) => transfer(s, s.args.dest, s.args.value, 'KeepAlive'),
    transferEverything: (s: AllStage) =>
      transfer(
        s,
        s.args.dest,
        reducible(s.w, account(s), s.args.keepAlive ? 'Preserve' : 'Expendable'),
        s.args.keepAlive ? 'KeepAlive' : 'AllowDeath',
      ),
    expendable: (s: CallStage) => move(s, s.args.dest, s.args.value, 'Expendable'),
    preserved: (s: CallStage) => move(s, s.args.dest, s.args.value, 'Preserve'),
    everything: (s: AllStage) => {
      const preservation = s.args.keepAlive ? 'Preserve' : 'Expendable'
      return move(s, s.args.dest, reducible(s.w, account(s), preservation), preservation)
    },
    destination: (s: MoveStage) => [{ machine: 'account', key: s.args.to, args: { amount: s.args.amount } }],
  },
})
