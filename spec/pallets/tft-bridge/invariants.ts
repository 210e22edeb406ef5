import { each, ghostInvariant, invariant, stepInvariant, temporalInvariant, watch, type Invariant } from '../../kernel/invariant.js'
import type { Bytes } from '../../kernel/shape.js'
import type { StepView } from '../../kernel/step-view.js'
import { Account, SystemNumber } from '../system/items.js'
import { TransactionFeePaid } from '../transaction-payment/events.js'
import {
  BurnTransactionCreated,
  BurnTransactionSignatureAdded,
  BurnTransactionReady,
  MintCompleted,
  RefundTransactionReady,
} from './events.js'
import {
  BurnTransactionID,
  BurnTransactions,
  ExecutedBurnTransactions,
  ExecutedMintTransactions,
  ExecutedRefundTransactions,
  FeeAccount,
  MintTransactions,
  RefundTransactions,
  Validators,
  WithdrawFee,
  DepositFee,
} from './items.js'
import { RETRY_INTERVAL } from './signing.js'
import { majority } from './validators.js'

/** What a bridge call of a validator says, where the step is one: nested calls say nothing here. */
interface Said {
  readonly transaction?: Bytes
  readonly transactionId?: bigint
  readonly txHash?: Bytes
  readonly target?: Bytes
  readonly amount?: bigint
}
const said = (step: StepView, name: string): Said | undefined =>
  step.act?.outcome.type === 'ok' && step.act.call.pallet === 'TFTBridgeModule' && step.act.call.name === name
    ? (step.act.args as Said)
    : undefined

/** Who said the same, by id. A step whose calls are nested leaves the id unknown, and nothing is promised about it. */
type Votes = Map<Bytes | bigint, readonly { readonly who: Bytes; readonly what: string }[] | 'unknown'>
const what = ({ target, amount }: Said): string => `${target} ${amount}`

/** Counts what the step says, and answers how many distinct validators have said what finally happens. */
function supporters(votes: Votes, step: StepView, id: Bytes | bigint, now: Said | undefined): number | 'unknown' {
  const before = votes.get(id) ?? []
  const after = before === 'unknown' || now === undefined ? 'unknown' : [...before, { who: step.act!.who, what: what(now) }]
  votes.set(id, after)
  if (after === 'unknown') return 'unknown'
  return new Set(after.filter((vote) => vote.what === after[0]!.what).map(({ who }) => who)).size
}

/** What holds about mints, burns and refunds. Amounts in 1e-7 TFT. */
export const bridgeInvariants: readonly Invariant[] = [
  each(
    'INV-BR-1',
    'a mint is open or executed, not both',
    MintTransactions,
    (w, id) => (w.has(ExecutedMintTransactions, id) ? 'a mint is open and executed' : null),
    { also: [watch(ExecutedMintTransactions, (_, id) => [id])] },
  ),
  each(
    'INV-BR-2',
    'a burn is open or executed, not both',
    BurnTransactions,
    (w, id) => (w.has(ExecutedBurnTransactions, id) ? `burn ${id} is open and executed` : null),
    { also: [watch(ExecutedBurnTransactions, (_, id) => [id])] },
  ),
  each(
    'INV-BR-3',
    'a refund is open or executed, not both: it is paid back once',
    RefundTransactions,
    (w, id) => (w.has(ExecutedRefundTransactions, id) ? 'a refund is open and executed' : null),
    {
      also: [watch(ExecutedRefundTransactions, (_, id) => [id])],
      brokenBy: ['Q-REFUND-REOPENED'],
    },
  ),
  each(
    'INV-BR-4',
    'no deposit is both minted and refunded',
    RefundTransactions,
    (w, id) => (w.has(MintTransactions, id) || w.has(ExecutedMintTransactions, id) ? 'a deposit that is minted is refunded too' : null),
    { also: [watch(MintTransactions, (_, id) => [id]), watch(ExecutedMintTransactions, (_, id) => [id])], brokenBy: ['Q-MINT-AND-REFUND'] },
  ),
  each(
    'INV-BR-5',
    'no deposit that went back is minted',
    ExecutedRefundTransactions,
    (w, id) => (w.has(MintTransactions, id) || w.has(ExecutedMintTransactions, id) ? 'a deposit that went back is minted' : null),
    {
      also: [watch(MintTransactions, (_, id) => [id]), watch(ExecutedMintTransactions, (_, id) => [id])],
      brokenBy: ['Q-MINT-AND-REFUND'],
    },
  ),
  invariant('INV-BR-6', 'the validators are listed once each, in the order of their bytes', [Validators], (w) => {
    const list = w.get(Validators)
    return list.every((who, i) => i === 0 || list[i - 1]! < who) ? [] : ['the validators are not in order']
  }),
  each('INV-BR-7', 'no key and no signature counts twice for a burn', BurnTransactions, (_, id, { signatures }) =>
    new Set(signatures.map((s) => s.stellarPubKey)).size === signatures.length &&
    new Set(signatures.map((s) => s.signature)).size === signatures.length
      ? null
      : `burn ${id} counts one twice`,
  ),
  each('INV-BR-8', 'no key and no signature counts twice for a refund', RefundTransactions, (_, __, { signatures }) =>
    new Set(signatures.map((s) => s.stellarPubKey)).size === signatures.length &&
    new Set(signatures.map((s) => s.signature)).size === signatures.length
      ? null
      : 'a refund counts one twice',
  ),
  each('INV-BR-9', 'a burn’s id was given out', BurnTransactions, (w, id) =>
    id <= w.get(BurnTransactionID) ? null : `burn ${id} lies above the counter`,
  ),
  ghostInvariant(
    'INV-BR-10',
    'a deposit is minted when a majority of distinct validators has voted for it',
    [MintTransactions, ExecutedMintTransactions],
    (): Votes => new Map(),
    (step, votes) => {
      const vote = said(step, 'proposeOrVoteMintTransaction')
      const witnesses: string[] = []
      for (const id of new Set([...step.touched(MintTransactions).keys(), ...step.touched(ExecutedMintTransactions).keys()])) {
        const before = votes.get(id) ?? []
        const now = vote?.transaction === id ? vote : undefined
        const all = before === 'unknown' || now === undefined ? 'unknown' : new Set([...before.map((v) => v.who), step.act!.who]).size
        supporters(votes, step, id, now)
        if (step.w.has(ExecutedMintTransactions, id) && all !== 'unknown' && all < majority(step.w))
          witnesses.push(`${all} of ${step.w.get(Validators).length} validators minted alone`)
      }
      return witnesses
    },
    { brokenBy: ['Q-MINT-VOTES-TWICE'] },
  ),
  ghostInvariant(
    'INV-BR-11',
    'what is minted is what a majority voted for: target and amount',
    [MintTransactions, ExecutedMintTransactions],
    (): Votes => new Map(),
    (step, votes) => {
      const vote = said(step, 'proposeOrVoteMintTransaction')
      const witnesses: string[] = []
      for (const id of new Set([...step.touched(MintTransactions).keys(), ...step.touched(ExecutedMintTransactions).keys()])) {
        const before = votes.get(id) ?? []
        const now = vote?.transaction === id ? vote : undefined
        const after = before === 'unknown' || now === undefined ? 'unknown' : [...before, { who: step.act!.who, what: what(now) }]
        votes.set(id, after)
        if (!step.w.has(ExecutedMintTransactions, id) || after === 'unknown') continue
        const other = after.filter((v) => v.what !== after[0]!.what)
        if (other.length > 0) witnesses.push(`${other.length} of ${after.length} votes were for something else`)
      }
      return witnesses
    },
    { brokenBy: ['Q-MINT-OTHER-VOTE'] },
  ),
  stepInvariant(
    'INV-BR-12',
    'a mint gives its target the amount without the fee',
    [ExecutedMintTransactions],
    (step) =>
      step.events(MintCompleted).flatMap(({ amount, target }) => {
        if (
          step.told('Balances', 'BalanceSet') ||
          step.events(MintCompleted).length > 1 ||
          target === step.act?.who ||
          target === step.w.get(FeeAccount)
        )
          return []
        const got = step.w.get(Account, target).data.free - step.before(Account, target).data.free
        return got >= amount - step.w.get(DepositFee) ? [] : [`the target of a mint of ${amount} got ${got}`]
      }),
    { kind: 'accounting', brokenBy: ['Q-MINT-LOST'] },
  ),
  stepInvariant(
    'INV-BR-13',
    'a swap’s sender loses what is paid out and the fee, no more',
    [BurnTransactions],
    (step) => {
      const created = step.events(BurnTransactionCreated)
      const { act } = step
      if (created.length !== 1 || act?.call.name !== 'swapToStellar') return []
      const [, , , amount] = created[0]!
      const fee = step.events(TransactionFeePaid).reduce((sum, { actualFee }) => sum + actualFee, 0n)
      const lost = step.before(Account, act.who).data.free - step.w.get(Account, act.who).data.free
      return lost > amount + step.w.get(WithdrawFee) + fee ? [`the sender lost ${lost}, ${amount} will be paid out`] : []
    },
    { kind: 'accounting', brokenBy: ['Q-BURN-SATURATES'] },
  ),
  ghostInvariant(
    'INV-BR-14',
    'a burn is signed by distinct validators',
    [BurnTransactions],
    (): Map<bigint, readonly Bytes[]> => new Map(),
    (step, signers) => {
      const witnesses: string[] = []
      for (const [id] of step.touched(BurnTransactions)) {
        const count = step.w.get(BurnTransactions, id).signatures.length
        const mine = step.events(BurnTransactionSignatureAdded).some(([signed]) => signed === id) ? step.act?.who : undefined
        const known = count === 0 ? [] : [...(signers.get(id) ?? []), ...(mine === undefined ? [] : [mine])]
        signers.set(id, known)
        if (known.length === count && new Set(known).size < count && step.act?.call.pallet === 'TFTBridgeModule')
          witnesses.push(`burn ${id} has ${count} signatures of ${new Set(known).size} validators`)
      }
      return witnesses
    },
    { brokenBy: ['Q-BURN-SIGNS-TWICE', 'Q-BURN-MORE-THAN-ENOUGH'] },
  ),
  ghostInvariant(
    'INV-BR-15',
    'a refund is signed by distinct validators, who sign the same',
    [RefundTransactions],
    (): Map<Bytes, readonly Bytes[]> => new Map(),
    (step, signers) => {
      const now = said(step, 'createRefundTransactionOrAddSig')
      const witnesses: string[] = []
      for (const [id] of step.touched(RefundTransactions)) {
        const count = step.w.get(RefundTransactions, id).signatures.length
        const known = count === 0 ? [] : [...(signers.get(id) ?? []), ...(now?.txHash === id ? [step.act!.who] : [])]
        signers.set(id, known)
        if (known.length === count && new Set(known).size < count)
          witnesses.push(`a refund has ${count} signatures of ${new Set(known).size} validators`)
      }
      return witnesses
    },
    { brokenBy: ['Q-REFUND-SIGNS-TWICE', 'Q-REFUND-MORE-THAN-ENOUGH'] },
  ),
  stepInvariant(
    'INV-BR-16',
    'who signs a refund signs its target and amount',
    [RefundTransactions],
    (step) => {
      const now = said(step, 'createRefundTransactionOrAddSig')
      if (now?.txHash === undefined) return []
      const refund = step.w.get(RefundTransactions, now.txHash)
      return refund.target === now.target && refund.amount === now.amount ? [] : ['a signature for something else was taken']
    },
    { brokenBy: ['Q-REFUND-OTHER-SIGNATURE'] },
  ),
  stepInvariant(
    'INV-BR-17',
    'a burn that a majority has signed takes no more signatures',
    [BurnTransactions],
    (step) =>
      [...step.touched(BurnTransactions)].flatMap(([id, before]) =>
        before !== undefined &&
        before.signatures.length >= majority(step.w) &&
        step.w.get(BurnTransactions, id).signatures.length > before.signatures.length
          ? [`burn ${id} took another signature`]
          : [],
      ),
    { brokenBy: ['Q-BURN-MORE-THAN-ENOUGH'] },
  ),
  stepInvariant(
    'INV-BR-18',
    'a refund that a majority has signed takes no more signatures',
    [RefundTransactions],
    (step) =>
      [...step.touched(RefundTransactions)].flatMap(([id, before]) =>
        before !== undefined &&
        before.signatures.length >= majority(step.w) &&
        step.w.get(RefundTransactions, id).signatures.length > before.signatures.length
          ? ['a refund took another signature']
          : [],
      ),
    { brokenBy: ['Q-REFUND-MORE-THAN-ENOUGH'] },
  ),
  stepInvariant(
    'INV-BR-19',
    'what was executed stays as it was',
    [ExecutedMintTransactions, ExecutedBurnTransactions, ExecutedRefundTransactions],
    (step) => [
      ...[...step.touched(ExecutedMintTransactions).values()]
        .filter((before) => before !== undefined)
        .map(() => 'an executed mint changed'),
      ...[...step.touched(ExecutedBurnTransactions).values()]
        .filter((before) => before !== undefined)
        .map(() => 'an executed burn changed'),
      ...[...step.touched(ExecutedRefundTransactions).values()]
        .filter((before) => before !== undefined)
        .map(() => 'an executed refund changed'),
    ],
  ),
  stepInvariant(
    'INV-BR-20',
    'a burn or refund is ready when a majority has signed, and not before',
    [BurnTransactions, RefundTransactions],
    (step) => [
      ...step
        .events(BurnTransactionReady)
        .filter((id) => step.w.has(BurnTransactions, id) && step.w.get(BurnTransactions, id).signatures.length < majority(step.w))
        .map((id) => `burn ${id} is ready too soon`),
      ...step
        .events(RefundTransactionReady)
        .filter((id) => step.w.has(RefundTransactions, id) && step.w.get(RefundTransactions, id).signatures.length < majority(step.w))
        .map(() => 'a refund is ready too soon'),
    ],
  ),
  temporalInvariant(
    'INV-BR-21',
    'a burn that is not paid within 20 blocks is signed anew: it forgets its signatures when the block ends',
    [BurnTransactions, SystemNumber],
    (step) => [...step.touched(BurnTransactions).keys()].map((id) => [id, step.w.get(SystemNumber)] as const),
    (step, id, since) => {
      const burn = step.w.stored(BurnTransactions, id) as { readonly block: number; readonly signatures: readonly unknown[] } | undefined
      if (burn === undefined) return 'kept'
      const ended = step.before(SystemNumber)
      if (!step.has(SystemNumber) || ended < since) return 'open'
      return ended - burn.block >= RETRY_INTERVAL && burn.signatures.length > 0 ? 'broken' : 'open'
    },
  ),
]
