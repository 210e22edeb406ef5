/**
 * The branches of an account, in the order of the pallet. `gone` serves the states `absent` and `hollow`: for the pallet
 * both are new (`is_new`), because their data is the default.
 * @source frame/balances/src/{lib,impl_currency,impl_fungible}.rs, frame/support/src/traits/tokens/fungible/regular.rs @polkadot-v0.9.42
 */
import { accept, must, refuse, type Branch } from '../../kernel/machine.js'
import { FRAME_0_9_42 as FUNGIBLE } from '../system/types.js'

export type AccountEvents = Readonly<Record<string, readonly Branch[]>>
interface ByState {
  readonly alive: AccountEvents
  readonly gone: AccountEvents
}

/** Rule ids of the transfers, from polkadot-v0.9.42 on and before: a rule names one route. */
const transferIds = { expendable: [2, 3], preserved: [4, 5], everything: [6, 7] } as const

/** The transfers that calls ask for, by what may become of the sender; `Currency::transfer` until polkadot-v0.9.42. */
const transfers = (route: keyof typeof transferIds): readonly Branch[] => [
  refuse('BAL-TRANSFER-1', 'destIsNoAccount', 'CannotLookup'),
  accept(`BAL-TRANSFER-${transferIds[route][1]}`, {
    until: FUNGIBLE,
    do: [must('@transfer', `transfer${route[0]!.toUpperCase()}${route.slice(1)}`)],
  }),
  accept(`BAL-TRANSFER-${transferIds[route][0]}`, { from: FUNGIBLE, do: [must('@move', route)] }),
]

/** Alike in every state: they read, and send. */
const everywhere: AccountEvents = {
  transferAllowDeath: transfers('expendable'),
  transfer: transfers('expendable'),
  forceTransfer: transfers('expendable'),
  transferKeepAlive: transfers('preserved'),
  transferAll: transfers('everything'),
  '@transfer': [
    accept('BAL-CURRENCY-1', { when: 'nothingOrToSelf', says: 'Currency::transfer of nothing, or to oneself, does nothing' }),
    accept('BAL-CURRENCY-2', { do: [must('@move', 'asMove')] }),
  ],
  '@move': [
    refuse('BAL-MOVE-8', 'balanceIsTooLow', 'InsufficientBalance', { until: FUNGIBLE }),
    refuse('BAL-MOVE-1', 'issuanceIsSmaller', 'Arithmetic.Underflow', { from: FUNGIBLE }),
    refuse('BAL-MOVE-2', 'balanceIsTooLow', 'Token.FundsUnavailable', { from: FUNGIBLE }),
    refuse('BAL-MOVE-3', 'amountIsNotUsable', 'Token.Frozen', {
      from: FUNGIBLE,
      says: 'locks, and the existential deposit of an account with consumers, cannot be moved',
    }),
    refuse('BAL-MOVE-4', 'wouldDieButMustLive', 'Token.NotExpendable', { from: FUNGIBLE }),
    refuse('BAL-MOVE-5', 'destinationOverflows', 'Arithmetic.Overflow'),
    refuse('BAL-MOVE-9', 'destinationStaysTooSmall', 'ExistentialDeposit', { until: FUNGIBLE }),
    refuse('BAL-MOVE-6', 'destinationStaysTooSmall', 'Token.BelowMinimum', { from: FUNGIBLE }),
    refuse('BAL-MOVE-10', 'cutsIntoFrozen', 'LiquidityRestrictions', { until: FUNGIBLE }),
    refuse('BAL-MOVE-11', 'wouldDieButMustNot', 'KeepAlive', {
      until: FUNGIBLE,
      says: 'a sender with consumers stays alive whatever is asked',
    }),
    accept('BAL-MOVE-12', {
      until: FUNGIBLE,
      when: 'leavesDust',
      says: 'the dust is lost once both accounts are written',
      do: [must('@decrease'), must('@increase', 'destination'), 'loseDust', 'emitTransfer'],
    }),
    accept('BAL-MOVE-7', { do: [must('@decrease'), must('@increase', 'destination'), 'emitTransfer'] }),
  ],
  /** Currency::withdraw whose imbalance is dropped: the amount leaves the issuance. */
  '@withdraw': [accept('BAL-BURN-1', { do: [must('@withdrawImbalance'), 'burn'] })],
  '@cannotDie': [refuse('BAL-WITHDRAW-9', null, 'ConsumerRemaining')],
}

export const moveRules: ByState = {
  alive: {
    ...everywhere,
    '@decrease': [
      accept('BAL-DECREASE-1', { when: 'remains', to: 'alive', do: ['lower'] }),
      accept('BAL-DECREASE-2', { when: 'isEmptied', to: 'absent', do: ['kill'] }),
      accept('BAL-DECREASE-5', { until: FUNGIBLE, to: 'absent', do: ['kill'] }),
      accept('BAL-DECREASE-3', { from: FUNGIBLE, to: 'absent', do: ['kill', 'loseDust'] }),
    ],
    '@increase': [accept('BAL-INCREASE-1', { when: 'isNothing' }), accept('BAL-INCREASE-2', { to: 'alive', do: ['raise'] })],
    /** Currency::withdraw; the imbalance stays in the sender's hands. */
    '@withdrawImbalance': [
      accept('BAL-WITHDRAW-1', { when: 'isNothing' }),
      refuse('BAL-WITHDRAW-2', 'balanceIsTooLow', 'InsufficientBalance'),
      refuse('BAL-WITHDRAW-10', 'wouldDieAgainstWish', 'KeepAlive', { until: FUNGIBLE }),
      refuse('BAL-WITHDRAW-3', 'wouldDieAgainstWish', 'Expendability', { from: FUNGIBLE }),
      refuse('BAL-WITHDRAW-4', 'cutsIntoFrozen', 'LiquidityRestrictions'),
      accept('BAL-WITHDRAW-5', { when: 'remains', to: 'alive', do: ['emitWithdraw', 'lower'] }),
      accept('BAL-WITHDRAW-6', {
        when: 'isNeeded',
        says: 'an account that somebody needs cannot die; the refusal comes after the event',
        do: ['emitWithdraw', must('@cannotDie')],
      }),
      accept('BAL-WITHDRAW-7', { when: 'isEmptied', to: 'absent', do: ['emitWithdraw', 'kill'] }),
      accept('BAL-WITHDRAW-8', { to: 'absent', do: ['emitWithdraw', 'kill', 'loseDust'] }),
    ],
    /** Currency::deposit_creating whose imbalance is dropped: the amount joins the issuance. */
    '@deposit': [
      accept('BAL-DEPOSIT-1', { when: 'isNothing' }),
      accept('BAL-DEPOSIT-2', { when: 'overflows', says: 'a deposit that overflows does nothing' }),
      accept('BAL-DEPOSIT-3', { to: 'alive', do: ['emitDeposit', 'raise', 'mint'] }),
    ],
    /** Currency::resolve_creating: an imbalance that was withdrawn before finds its account. */
    '@resolve': [
      accept('BAL-RESOLVE-1', { when: 'isNothing' }),
      accept('BAL-RESOLVE-2', { when: 'overflows', do: ['burn'] }),
      accept('BAL-RESOLVE-3', { to: 'alive', do: ['emitDeposit', 'raise'] }),
    ],
    /** Currency::deposit_into_existing out of an imbalance that was withdrawn before. */
    '@refund': [
      accept('BAL-REFUND-1', { when: 'isNothing' }),
      refuse('BAL-REFUND-2', 'overflows', 'Arithmetic.Overflow'),
      accept('BAL-REFUND-3', { to: 'alive', do: ['emitDeposit', 'raise'] }),
    ],
  },
  gone: {
    ...everywhere,
    '@decrease': [
      accept('BAL-DECREASE-4', { to: 'absent', says: 'only nothing can be taken from nobody', do: ['vanish', 'emitEndowedWithNothing'] }),
    ],
    '@increase': [
      accept('BAL-INCREASE-3', { when: 'isBelowExistential', says: 'only an amount of nothing comes here' }),
      accept('BAL-INCREASE-4', { to: 'alive', do: ['create', 'emitEndowed'] }),
    ],
    '@withdrawImbalance': [accept('BAL-WITHDRAW-1', { when: 'isNothing' }), refuse('BAL-WITHDRAW-11', null, 'InsufficientBalance')],
    '@deposit': [
      accept('BAL-DEPOSIT-1', { when: 'isNothing' }),
      accept('BAL-DEPOSIT-4', {
        when: 'isBelowExistential',
        says: 'less than the existential deposit does not create an account; nothing is minted',
      }),
      accept('BAL-DEPOSIT-5', { to: 'alive', do: ['emitDeposit', 'create', 'emitEndowed', 'mint'] }),
    ],
    '@resolve': [
      accept('BAL-RESOLVE-1', { when: 'isNothing' }),
      accept('BAL-RESOLVE-4', { when: 'isBelowExistential', says: 'what cannot create the account leaves the issuance', do: ['burn'] }),
      accept('BAL-RESOLVE-5', { to: 'alive', do: ['emitDeposit', 'create', 'emitEndowed'] }),
    ],
    '@refund': [accept('BAL-REFUND-1', { when: 'isNothing' }), refuse('BAL-REFUND-4', null, 'DeadAccount')],
  },
}

const sets = (put: 'putLock' | 'extendLock', id: string): AccountEvents => ({
  [put === 'putLock' ? '@setLock' : '@extendLock']: [
    accept(`BAL-${id}-1`, { when: 'isNothing', says: 'a lock of nothing changes nothing' }),
    accept(`BAL-${id}-2`, { when: 'hasLocks', do: [put, must('@refreeze')] }),
    accept(`BAL-${id}-3`, { says: 'the first lock is a consumer', do: [put, 'addConsumer', must('@refreeze')] }),
  ],
})
const setsOnNobody = (put: 'putLock' | 'extendLock', id: string): AccountEvents => ({
  [put === 'putLock' ? '@setLock' : '@extendLock']: [
    accept(`BAL-${id}-1`, { when: 'isNothing' }),
    accept(`BAL-${id}-5`, { until: FUNGIBLE, says: 'nobody is locked, and called endowed', do: [put, 'emitEndowedWithNothing'] }),
    accept(`BAL-${id}-4`, {
      from: FUNGIBLE,
      says: 'nobody is locked: the lock is stored, nothing is frozen',
      do: [put, 'emitLockedNothing'],
    }),
  ],
})

export const lockRules: ByState = {
  alive: {
    ...sets('putLock', 'LOCK'),
    ...sets('extendLock', 'EXTEND'),
    '@removeLock': [
      accept('BAL-UNLOCK-1', { when: 'hasNoLocks', do: [must('@refreeze')] }),
      accept('BAL-UNLOCK-2', { when: 'isLastLock', do: ['dropLocks', 'dropConsumer', must('@refreeze')] }),
      accept('BAL-UNLOCK-3', { do: ['keepOtherLocks', must('@refreeze')] }),
    ],
    '@refreeze': [
      accept('BAL-FREEZE-5', { until: FUNGIBLE, says: 'no event tells', do: ['freezeOnly'] }),
      accept('BAL-FREEZE-1', { from: FUNGIBLE, when: 'freezesMore', do: ['freeze', 'emitLocked'] }),
      accept('BAL-FREEZE-2', { from: FUNGIBLE, when: 'freezesLess', do: ['freeze', 'emitUnlocked'] }),
      accept('BAL-FREEZE-3', { from: FUNGIBLE, do: ['freeze'] }),
    ],
  },
  gone: {
    ...setsOnNobody('putLock', 'LOCK'),
    ...setsOnNobody('extendLock', 'EXTEND'),
    '@removeLock': [
      accept('BAL-UNLOCK-7', { until: FUNGIBLE, when: 'hasNoLocks', do: ['emitEndowedWithNothing'] }),
      accept('BAL-UNLOCK-4', {
        from: FUNGIBLE,
        when: 'hasNoLocks',
        to: 'absent',
        says: 'nobody is unlocked, and called endowed',
        do: ['vanish', 'emitEndowedWithNothing'],
      }),
      accept('BAL-UNLOCK-5', { when: 'isLastLock', to: 'hollow', do: ['dropLocks', 'leaveHollow', 'emitEndowedWithNothing'] }),
      accept('BAL-UNLOCK-8', { until: FUNGIBLE, do: ['keepOtherLocks', 'emitEndowedWithNothing'] }),
      accept('BAL-UNLOCK-6', { from: FUNGIBLE, do: ['keepOtherLocks', 'emitLockedNothing'] }),
    ],
    '@refreeze': [accept('BAL-FREEZE-4', { says: 'nobody cannot be frozen' })],
  },
}

const force = (deprecated: boolean): AccountEvents => ({
  [deprecated ? 'setBalanceDeprecated' : 'forceSetBalance']: [
    ...(deprecated ? [refuse('BAL-FORCE-1', 'reservedDiffers', 'Token.Unsupported')] : []),
    refuse('BAL-FORCE-2', 'wouldBeNothingButNeeded', 'ConsumerRemaining'),
    accept('BAL-FORCE-3', { when: 'wouldBeNothing', to: 'absent', do: ['killForced', 'emitBalanceSet'] }),
    accept('BAL-FORCE-4', { to: 'alive', do: ['setForced', 'emitBalanceSet'] }),
  ],
})
const forceOnNobody = (deprecated: boolean): AccountEvents => ({
  [deprecated ? 'setBalanceDeprecated' : 'forceSetBalance']: [
    ...(deprecated ? [refuse('BAL-FORCE-1', 'reservedDiffers', 'Token.Unsupported')] : []),
    accept('BAL-FORCE-5', { when: 'wouldBeNothing', to: 'absent', do: ['vanish', 'emitEndowedWithNothing', 'emitBalanceSet'] }),
    accept('BAL-FORCE-6', { to: 'alive', do: ['createForced', 'emitBalanceSet'] }),
  ],
})

/** Root's calls about one account. */
export const forceRules: ByState = {
  alive: {
    ...force(false),
    ...force(true),
    forceUnreserve: [accept('BAL-UNRESERVE-1', { when: 'isNothing' }), accept('BAL-UNRESERVE-2', { do: ['unreserve'] })],
  },
  gone: { ...forceOnNobody(false), ...forceOnNobody(true), forceUnreserve: [accept('BAL-UNRESERVE-3')] },
}
