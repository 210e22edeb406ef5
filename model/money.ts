import type { CallType } from '../spec/kernel/call.js'
import type { AccountId } from '../spec/kernel/shape.js'
import { inSpan } from '../spec/kernel/version.js'
import type { World } from '../spec/kernel/world.js'
import { transfer, transferAllowDeath } from '../spec/pallets/balances/calls.js'
import { EXISTENTIAL_DEPOSIT } from '../spec/pallets/balances/items.js'
import { usableBalance, usableBalanceForFees } from '../spec/pallets/balances/reading.js'
import { ContractLock, Contracts } from '../spec/pallets/smart-contract/items.js'
import { callWeight } from '../spec/pallets/system/call-weight.js'
import { Account } from '../spec/pallets/system/items.js'
import { Twins } from '../spec/pallets/tfgrid/items.js'
import { feeOf } from '../spec/pallets/transaction-payment/fee.js'
import { actors } from '../spec/versions/genesis.js'
import { extrinsicLength } from '../src/reference/extrinsic.js'
import type { Draw } from './draw.js'
import type { Made } from './maker.js'

/** Accounts that nobody holds at genesis: transfers create and kill them. */
export const strangers: readonly AccountId[] = [1, 2, 3].map((n) => String.fromCharCode(n).repeat(32) as AccountId)
export const id = (value: AccountId) => ({ type: 'Id' as const, value })

/** Who lends to those who ran dry; never drained. */
export const banker: AccountId = actors.niaj
/** More than any usual call's fee, 1e-7 TFT. */
const FEES = 200_000n

/** What a call of this signer would cost now. */
function feeFor<A>(w: World, who: AccountId, type: CallType<A>, args: A): bigint {
  const call = { type: type as unknown as CallType, args }
  return feeOf(w, {
    refTime: callWeight(call, w.version).weight.refTime,
    length: extrinsicLength(call, w.get(Account, who).nonce, 0n, w.version),
    tip: 0n,
    pays: true,
  })
}

/** The transfer that may empty the sender, by the name that it has. */
export const payment = (w: World): typeof transfer => (inSpan(w.version, transferAllowDeath) ? transferAllowDeath : transfer)

/** True when the account can hardly pay for another call. */
export const isBroke = (w: World, who: AccountId): boolean => usableBalanceForFees(w, who) < FEES

/** Money for an account: a lot, or what lifts it just to the edge of what a contract of it owes. */
export function refill(
  d: Draw,
  who: AccountId,
): { readonly who: AccountId; readonly args: { readonly dest: ReturnType<typeof id>; readonly value: bigint } } {
  return {
    who: banker,
    args: { dest: id(who), value: d.chance(70) ? 10_000_000n * BigInt(d.int(1, 2000)) : d.pick([1_000_000n, 5_000_000n, 100_000_000n]) },
  }
}

/** All but `leave` of what an account may spend, its fee counted in: its usable balance decides about grace and payout. */
export function drainTo(
  d: Draw,
  who: AccountId,
  leave: bigint,
): Made<{ readonly dest: ReturnType<typeof id>; readonly value: bigint }> | undefined {
  const args = { dest: id(banker), value: usableBalance(d.w, who) }
  const value = args.value - leave - feeFor(d.w, who, payment(d.w), args)
  return value > 0n && who !== banker ? { who, args: { ...args, value } } : undefined
}

/** A drain that leaves the payer of a contract just at the edge of what is locked, or of what its next bill may lock. */
export function drainPayer(d: Draw, contractId: bigint) {
  const contract = d.w.get(Contracts, contractId)
  const who = contract === undefined ? undefined : d.w.get(Twins, contract.twinId)?.accountId
  if (who === undefined) return undefined
  const { amountLocked, extraAmountLocked } = d.w.get(ContractLock, contractId)
  const owed = amountLocked + (extraAmountLocked ?? 0n)
  const leave =
    d.pick([0n, 1n, EXISTENTIAL_DEPOSIT, owed, owed, owed + 1n, owed + EXISTENTIAL_DEPOSIT, 50_000n, 200_000n, 1_000_000n]) +
    BigInt(d.int(-2, 2))
  return drainTo(d, who, leave < 0n ? 0n : leave)
}
