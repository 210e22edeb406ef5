import type { Draw } from '../draw.js'
import type { Maker } from '../maker.js'
import { bridgeMakers } from '../pallets/bridge.js'
import { asks, motion, wait, type Proposal } from '../proposal.js'
import {
  proposeBurnTransactionOrAddSig,
  proposeOrVoteMintTransaction,
  createRefundTransactionOrAddSig,
  removeBridgeValidator,
  setBurnTransactionExecuted,
  setRefundTransactionExecuted,
} from '../../spec/pallets/tft-bridge/calls.js'
import { BurnTransactions, MintTransactions, RefundTransactions, Validators } from '../../spec/pallets/tft-bridge/items.js'
import { blockNumber } from '../../spec/pallets/system/clock.js'
import { RETRY_INTERVAL } from '../../spec/pallets/tft-bridge/signing.js'

const byName = new Map<string, Maker>(bridgeMakers.map((m) => [m.call.name, m]))
/** A call as its maker makes it up. */
const made = (d: Draw, name: string): Proposal => {
  const m = byName.get(name)!
  const { who, args } = m.make(d)
  return asks(who, m.call, args)
}
/** One signature of a validator for a transaction; the key is the validator's own. */
const signing = (d: Draw, n: number) => ({
  signature: `signed ${n} ${d.int(0, 999)}`,
  stellarPubKey: `key of ${n}`,
  sequenceNumber: BigInt(d.int(1, 5)),
})

/** The validators vote for one mint, one after the other, until it is executed, and once more. */
export function* mint(d: Draw): Generator<Proposal, void> {
  yield made(d, 'proposeOrVoteMintTransaction')
  const transaction = d.keyOf(MintTransactions)
  if (transaction === undefined) return
  for (const who of d.w.get(Validators)) {
    const { target, amount } = d.w.get(MintTransactions, transaction) ?? { target: who, amount: 1n }
    yield asks(who, proposeOrVoteMintTransaction, { transaction, target, amount })
    if (d.chance(20)) return
  }
}

/** Several burns, some of them signed; the retry interval passes to the block or not quite; the rest is signed and closed. */
export function* burns(d: Draw): Generator<Proposal, void> {
  for (let i = d.int(1, 4); i > 0; i--) yield made(d, 'swapToStellar')
  yield* signBurns(d)
  if (d.chance(60)) {
    const entry = d.entryOf(BurnTransactions)
    if (entry === undefined) return
    const left = entry[1].block + RETRY_INTERVAL - blockNumber(d.w)
    if (left > 1) yield wait(left + d.int(-1, 1), left * 6)
    yield wait(d.pick([1, 1, RETRY_INTERVAL]), 6)
    yield* signBurns(d)
  }
  const id = d.keyOf(BurnTransactions)
  if (id !== undefined && d.chance(70))
    yield asks(d.pick([...d.w.get(Validators), d.actor()]), setBurnTransactionExecuted, { transactionId: id })
}

function* signBurns(d: Draw): Generator<Proposal, void> {
  for (const [transactionId] of [...d.w.entries(BurnTransactions)].slice(-3))
    for (const [n, who] of d.w.get(Validators).entries()) {
      const { target, amount } = d.w.get(BurnTransactions, transactionId)
      if (d.chance(80)) yield asks(who, proposeBurnTransactionOrAddSig, { transactionId, target, amount, ...signing(d, n) })
    }
  if (d.chance(30)) yield* losingValidators(d, 'proposeBurnTransactionOrAddSig')
}

/** Validators leave, so that there are more signatures than a majority; those who stay sign again. */
function* losingValidators(d: Draw, sign: string): Generator<Proposal, void> {
  for (let i = d.int(1, 2); i > 0; i--) {
    const validators = d.w.get(Validators)
    if (validators.length > 1) yield motion(d.w, removeBridgeValidator, { target: d.pick(validators) })
  }
  for (let i = d.int(1, 3); i > 0; i--) yield made(d, sign)
}

/** A refund that is signed by all, closed, and perhaps opened and closed again. */
export function* refund(d: Draw): Generator<Proposal, void> {
  yield made(d, 'createRefundTransactionOrAddSig')
  const txHash = d.keyOf(RefundTransactions)
  if (txHash === undefined) return
  const { target, amount } = d.w.get(RefundTransactions, txHash)
  for (let times = d.int(1, 2); times > 0; times--) {
    for (const [n, who] of d.w.get(Validators).entries())
      if (d.chance(85)) yield asks(who, createRefundTransactionOrAddSig, { txHash, target, amount, ...signing(d, n) })
    if (d.chance(30)) yield* losingValidators(d, 'createRefundTransactionOrAddSig')
    if (d.chance(25)) yield wait(RETRY_INTERVAL + d.int(-1, 1), 120)
    if (d.chance(80)) yield asks(d.pick([...d.w.get(Validators), d.actor()]), setRefundTransactionExecuted, { txHash })
  }
}
