import { accept, machine, must, refuse, type Receiver } from '../../kernel/machine.js'
import type { AccountId, Bytes } from '../../kernel/shape.js'
import { fact, type Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { EXISTENTIAL_DEPOSIT } from '../../pallets/balances/items.js'
import { Account } from '../../pallets/system/items.js'
import { blockNumber } from '../../pallets/system/clock.js'
import { DepositFee, FeeAccount, Validators } from '../../pallets/tft-bridge/items.js'
import { callerIsNoValidator, majority } from '../../pallets/tft-bridge/validators.js'
import { DepositReports, Deposits } from './items.js'
import { receiverOfMemo } from './memo.js'

/** The caller read this operation on Stellar: sender, amount in 1e-7 TFT, and the memo as text (empty for any other kind). */
export interface Report {
  readonly sender: Bytes
  readonly amount: bigint
  readonly memo: Bytes
  /** Where the chain does not look at the fee itself (S-FRESH-FEE out): what the daemon thinks. */
  readonly refund: boolean
}
type On = Stage<Report, Bytes>

const isSame = (a: Report, b: Report, s: On): boolean =>
  a.sender === b.sender && a.amount === b.amount && a.memo === b.memo && (a.refund === b.refund || !s.quirk('S-FRESH-FEE'))
const reports = (s: On) => s.w.get(DepositReports, s.key)
/** How many agree once the caller has reported. */
const agreeing = fact<Report, Bytes, number>('agreeing', (s) => {
  const today = s.w.get(Validators)
  const list = reports(s)
    .filter((r) => s.quirk('S-SAME-CONTENT') || isSame(r, s.args, s))
    .filter((r) => s.quirk('S-TODAYS-VALIDATORS') || today.includes(r.who))
    .filter((r) => s.quirk('S-DISTINCT') || r.who !== s.caller)
  return list.length + 1
})
/** What was reported first, where any content adds up. */
const content = (s: On) => (s.quirk('S-SAME-CONTENT') ? (reports(s)[0] ?? s.args) : s.args)
const receiver = fact<Report, Bytes, AccountId | null>('receiver', (s) => receiverOfMemo(s.w, content(s).memo) ?? null)
const credited = (s: On): bigint => content(s).amount - s.w.get(DepositFee)

/**
 * One operation on Stellar that credited the vault. The validators report what they read; nobody but the chain decides what
 * becomes of it, once, when a majority of today's validators has reported the same.
 */
export const intendedDeposit = machine({
  id: 'intended-deposit',
  pallet: 'TFTBridgeModule',
  says: 'a deposit on Stellar: minted, or owed back',
  state: (w: World, key: Bytes) =>
    w.has(Deposits, key) ? ('decided' as const) : w.has(DepositReports, key) ? ('reported' as const) : ('absent' as const),
  states: {
    absent: { report: list(), '@decide': decide() },
    reported: { report: list(), '@decide': decide() },
    decided: {
      report: [
        refuse('BI-DEP-1', 'callerIsNoValidator', 'ValidatorNotExists'),
        refuse('BI-DEP-2', null, 'DepositAlreadyDecided', { instead: 'S-ONCE' }),
        accept('BI-DEP-3', { quirk: 'S-ONCE', when: 'callerCompletes', do: [must('@decide')] }),
        accept('BI-DEP-4', { quirk: 'S-ONCE', do: ['note'] }),
      ],
      '@decide': decide(),
    },
  },
  guards: {
    callerIsNoValidator,
    callerReportedThis: (s: On) => reports(s).some((r) => r.who === s.caller && isSame(r, s.args, s)),
    callerCompletes: (s: On) => agreeing(s) >= majority(s.w),
    daemonsSayRefund: (s: On) => s.args.refund,
    memoNamesNobody: (s: On) => receiver(s) === null,
    amountIsAtMostTheFee: (s: On) => credited(s) <= 0n,
    wouldBeLost: (s: On) => s.w.get(Account, receiver(s)!).providers === 0 && credited(s) < EXISTENTIAL_DEPOSIT,
  },
  effects: {
    note: (s: On) => {
      const { sender, amount, memo, refund } = s.args
      s.w.put(DepositReports, s.key, [
        ...reports(s).filter((r) => s.quirk('S-DISTINCT') || r.who !== s.caller),
        { who: s.caller, sender, amount, memo, refund },
      ])
    },
    recordMinted: (s: On) => settle(s, true),
    recordRefunded: (s: On) => settle(s, false),
  },
  routes: {
    target: (s: On): Receiver[] => [{ machine: 'account', key: receiver(s)!, args: { amount: credited(s) } }],
    feeAccount: (s: On): Receiver[] => {
      const to = s.w.get(FeeAccount)
      return to === undefined ? [] : [{ machine: 'account', key: to, args: { amount: s.w.get(DepositFee) } }]
    },
    refund: (s: On): Receiver[] => {
      const { sender: target, amount } = content(s)
      return [
        {
          machine: 'intended-payouts',
          key: undefined,
          args: { cause: `deposit ${s.key}`, target, amount, claimable: false, source: undefined },
        },
      ]
    },
  },
})

function settle(s: On, minted: boolean): void {
  const { amount } = content(s)
  s.w.remove(DepositReports, s.key)
  s.w.put(Deposits, s.key, { amount, minted, block: blockNumber(s.w) })
}

function list() {
  return [
    refuse('BI-DEP-5', 'callerIsNoValidator', 'ValidatorNotExists'),
    accept('BI-DEP-6', {
      when: 'callerCompletes',
      to: 'decided',
      do: [must('@decide')],
      says: 'also by reporting once more, after others lost their vote',
    }),
    refuse('BI-DEP-7', 'callerReportedThis', 'AlreadyReported', { instead: 'S-DISTINCT' }),
    accept('BI-DEP-8', { to: 'reported', do: ['note'], says: 'the last report of a validator is the one that counts' }),
  ]
}

function decide() {
  const refunded = { do: [must('@owe', 'refund'), 'recordRefunded'] }
  return [
    accept('BI-DEP-DECIDE-0', { quirk: 'S-FRESH-FEE', when: 'daemonsSayRefund', ...refunded }),
    accept('BI-DEP-DECIDE-1', { when: 'memoNamesNobody', ...refunded }),
    accept('BI-DEP-DECIDE-2', { when: 'amountIsAtMostTheFee', ...refunded }),
    accept('BI-DEP-DECIDE-3', { instead: 'S-REFUND-IF-LOST', when: 'wouldBeLost', ...refunded }),
    accept('BI-DEP-DECIDE-4', { do: [must('@deposit', 'target'), must('@deposit', 'feeAccount'), 'recordMinted'] }),
  ]
}
