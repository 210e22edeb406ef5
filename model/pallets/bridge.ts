import type { AccountId, Bytes } from '../../spec/kernel/shape.js'
import { EXISTENTIAL_DEPOSIT } from '../../spec/pallets/balances/items.js'
import { usableBalance } from '../../spec/pallets/balances/reading.js'
import * as calls from '../../spec/pallets/tft-bridge/calls.js'
import {
  BurnTransactions,
  DepositFee,
  ExecutedBurnTransactions,
  ExecutedMintTransactions,
  ExecutedRefundTransactions,
  MintTransactions,
  RefundTransactions,
  Validators,
  WithdrawFee,
} from '../../spec/pallets/tft-bridge/items.js'
import { stellarAddress } from '../../spec/pallets/tft-bridge/stellar-address.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { strangers } from '../money.js'
import { anyBytes, u64 } from '../values.js'

const U64_MAX = (1n << 64n) - 1n
const addresses: readonly Bytes[] = [1, 2, 3].map((n) => stellarAddress(new Uint8Array(32).fill(n)))
const home = addresses[0]!
/** Nearly addresses: a wrong checksum, other cases and lengths, the lenient letters, a secret's version byte, none at all. */
const noAddresses: readonly Bytes[] = [
  `${home.slice(0, -1)}${home.endsWith('A') ? 'B' : 'A'}`,
  home.toLowerCase(),
  home.slice(0, 55),
  `${home}A`,
  `${home}=`,
  `0${home.slice(1)}`,
  `S${home.slice(1)}`,
  '',
  'G'.repeat(56),
]
const address = (d: Draw): Bytes => (d.chance(85) ? d.pick(addresses) : d.chance(80) ? d.pick(noAddresses) : d.of(anyBytes(60)))

/** Few transactions, so that validators meet in them; a mint and a refund may be of the same. */
const hashes: readonly Bytes[] = ['', 'tx1', 'tx2', 'tx3', 'tx4', 'refund-1', '\xff'.repeat(64)]
/** A validator, nearly always; and one who waits to become one. */
const voter = (d: Draw): AccountId => {
  const validators = d.w.get(Validators)
  return validators.length > 0 && d.chance(95) ? d.pick(validators) : d.actor()
}
const candidate = (d: Draw): AccountId => (d.chance(50) ? d.actor() : d.pick(strangers))

const amountAround = (d: Draw, fee: bigint): bigint => {
  const edge = d.pick([
    0n,
    1n,
    fee - 1n,
    fee,
    fee + 1n,
    fee + EXISTENTIAL_DEPOSIT - 1n,
    fee + EXISTENTIAL_DEPOSIT,
    fee + EXISTENTIAL_DEPOSIT + 1n,
  ])
  return edge < 0n ? 0n : edge > U64_MAX ? U64_MAX : edge
}
const minted = (d: Draw): bigint =>
  d.chance(60) ? 10_000_000n * BigInt(d.int(1, 5000)) : d.chance(85) ? amountAround(d, d.w.get(DepositFee)) : d.of(u64)
const swapped = (d: Draw, who: AccountId): bigint => {
  if (d.chance(55)) return d.w.get(WithdrawFee) + BigInt(d.int(1, 1_000_000))
  if (d.chance(50)) return amountAround(d, d.w.get(WithdrawFee))
  const usable = usableBalance(d.w, who)
  const edge = d.pick([
    usable + 1n,
    usable,
    usable - EXISTENTIAL_DEPOSIT,
    usable / 2n,
    U64_MAX - 1n,
    U64_MAX,
    U64_MAX + 1n,
    1n << 70n,
    (1n << 128n) - 1n,
  ])
  return edge < 0n ? 0n : edge
}

/** A Stellar signature: the validator's own key mostly, sometimes one that has signed before. */
function signing(d: Draw, who: AccountId, there: readonly { readonly signature: Bytes; readonly stellarPubKey: Bytes }[]) {
  const again = there.length > 0 && d.chance(there.length > 2 ? 65 : 40) ? d.pick(there) : undefined
  return {
    signature: again !== undefined && d.chance(65) ? again.signature : `signature ${d.int(0, 0xffff)}`,
    stellarPubKey:
      again !== undefined && d.chance(35)
        ? again.stellarPubKey
        : again === undefined && d.chance(85)
          ? `key ${who.slice(0, 3)}`
          : `key ${d.int(0, 999)}`,
    sequenceNumber: d.chance(80) ? BigInt(d.int(1, 9)) : d.of(u64),
  }
}

const anyBurn = (d: Draw): bigint =>
  d.chance(6) ? d.of(u64) : ((d.chance(82) ? d.keyOf(BurnTransactions) : undefined) ?? d.keyOf(ExecutedBurnTransactions) ?? d.of(u64))
const anyRefund = (d: Draw): Bytes =>
  (d.chance(65)
    ? d.keyOf(RefundTransactions)
    : d.chance(40)
      ? d.keyOf(ExecutedRefundTransactions)
      : d.chance(30)
        ? d.keyOf(ExecutedMintTransactions)
        : undefined) ?? d.pick(hashes)
const anyMint = (d: Draw): Bytes =>
  (d.chance(60)
    ? d.keyOf(MintTransactions)
    : d.chance(20)
      ? d.keyOf(ExecutedMintTransactions)
      : d.chance(10)
        ? d.keyOf(RefundTransactions)
        : undefined) ?? (d.chance(70) ? `tx ${d.int(0, 30)}` : d.chance(90) ? d.pick(hashes) : d.of(anyBytes(40)))

/** All calls of the bridge. Those of the council come wrapped in a motion, by the guide. */
export const bridgeMakers = [
  maker({
    call: calls.addBridgeValidator,
    weight: 1.5,
    make: (d) => ({ who: d.actor(), args: { target: d.chance(85) ? candidate(d) : voter(d) } }),
  }),
  maker({
    call: calls.removeBridgeValidator,
    weight: 1.2,
    make: (d) => ({ who: d.actor(), args: { target: d.chance(85) ? voter(d) : candidate(d) } }),
  }),
  maker({ call: calls.setFeeAccount, weight: 0.4, make: (d) => ({ who: d.actor(), args: { target: candidate(d) } }) }),
  maker({
    call: calls.setWithdrawFee,
    weight: 0.4,
    make: (d) => ({ who: d.actor(), args: { amount: d.chance(70) ? BigInt(d.int(0, 20_000_000)) : d.of(u64) } }),
  }),
  maker({
    call: calls.setDepositFee,
    weight: 0.4,
    make: (d) => ({ who: d.actor(), args: { amount: d.chance(70) ? BigInt(d.int(0, 20_000_000)) : d.of(u64) } }),
  }),
  maker({
    call: calls.swapToStellar,
    weight: 4,
    make: (d) => {
      const who = d.actor()
      return { who, args: { targetStellarAddress: address(d), amount: swapped(d, who) } }
    },
  }),
  maker({
    call: calls.proposeOrVoteMintTransaction,
    weight: 6,
    make: (d) => {
      const transaction = anyMint(d)
      const open = d.w.get(MintTransactions, transaction)
      const same = open !== undefined && d.chance(90)
      return {
        who: voter(d),
        args: {
          transaction,
          target: same ? open.target : d.chance(75) ? d.actor() : d.pick(strangers),
          amount: same ? open.amount : minted(d),
        },
      }
    },
  }),
  maker({
    call: calls.proposeBurnTransactionOrAddSig,
    weight: 7,
    ready: (w) => w.count(BurnTransactions) > 0,
    make: (d) => {
      const transactionId = anyBurn(d)
      const { target, amount, signatures } = d.w.get(
        d.w.has(BurnTransactions, transactionId) ? BurnTransactions : ExecutedBurnTransactions,
        transactionId,
      )
      const who = voter(d)
      return {
        who,
        args: {
          transactionId,
          target: d.chance(96) ? target : address(d),
          amount: d.chance(96) ? amount : BigInt.asUintN(64, amount + d.pick([-1n, 1n])),
          ...signing(d, who, signatures),
        },
      }
    },
  }),
  maker({
    call: calls.setBurnTransactionExecuted,
    weight: 2,
    ready: (w) => w.count(BurnTransactions) > 0,
    make: (d) => ({ who: voter(d), args: { transactionId: anyBurn(d) } }),
  }),
  maker({
    call: calls.createRefundTransactionOrAddSig,
    weight: 7,
    make: (d) => {
      const txHash = anyRefund(d)
      const { target, amount, signatures } = d.w.get(RefundTransactions, txHash)
      const same = signatures.length > 0 && d.chance(92)
      const who = voter(d)
      return {
        who,
        args: { txHash, target: same ? target : address(d), amount: same ? amount : minted(d), ...signing(d, who, signatures) },
      }
    },
  }),
  maker({
    call: calls.setRefundTransactionExecuted,
    weight: 2.5,
    ready: (w) => w.count(RefundTransactions) > 0,
    make: (d) => ({ who: voter(d), args: { txHash: anyRefund(d) } }),
  }),
]
