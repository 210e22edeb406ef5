import fc from 'fast-check'
import type { AccountId } from '../../spec/kernel/shape.js'
import { transferAll, transferAllowDeath, transferKeepAlive } from '../../spec/pallets/balances/calls.js'
import { EXISTENTIAL_DEPOSIT } from '../../spec/pallets/balances/items.js'
import { usableBalance } from '../../spec/pallets/balances/reading.js'
import { ContractLock, Contracts } from '../../spec/pallets/smart-contract/items.js'
import { Twins } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { u128 } from '../values.js'

/** Accounts that nobody holds at genesis: transfers create and kill them. */
const strangers = [1, 2, 3].map((n) => String.fromCharCode(n).repeat(32) as AccountId)
const small = fc.constantFrom(0n, 1n, EXISTENTIAL_DEPOSIT - 1n, EXISTENTIAL_DEPOSIT, EXISTENTIAL_DEPOSIT + 1n, 1_0000000n, 100_0000000n)

const id = (value: AccountId) => ({ type: 'Id' as const, value })
const somebody = (d: Draw): AccountId => (d.chance(85) ? d.actor() : d.pick(strangers))

/** What leaves a payer just at the edge of what its contracts want: its balance decides about grace and payout. */
function drain(d: Draw): { who: AccountId; value: bigint } | undefined {
  const entry = d.entryOf(Contracts)
  const who = entry === undefined ? undefined : d.w.get(Twins, entry[1].twinId)?.accountId
  if (entry === undefined || who === undefined) return undefined
  const { amountLocked, extraAmountLocked } = d.w.get(ContractLock, entry[0])
  const leave = d.pick([0n, 1n, EXISTENTIAL_DEPOSIT, amountLocked + extraAmountLocked, amountLocked + 1n, 50_000n, 200_000n, 1_000_000n, 10_000_000n]) + BigInt(d.int(-2, 2))
  const fee = BigInt(d.pick([0, 10_000, 50_000, 100_000]))
  const value = usableBalance(d.w, who) - leave - fee
  return value < 0n ? undefined : { who, value }
}

const made = (d: Draw) => {
  const edge = d.chance(40) ? drain(d) : undefined
  if (edge !== undefined) return { who: edge.who, args: { dest: id(somebody(d)), value: edge.value } }
  const who = d.actor()
  return { who, args: { dest: id(somebody(d)), value: d.chance(50) ? d.of(small) : d.chance(50) ? usableBalance(d.w, who) / BigInt(d.int(1, 4)) : d.of(u128) } }
}

export const balanceMakers = [
  maker({ call: transferAllowDeath, weight: 3, make: made }),
  maker({ call: transferKeepAlive, weight: 3, make: made }),
  maker({ call: transferAll, weight: 0.5, make: (d) => ({ who: d.actor(), args: { dest: id(somebody(d)), keepAlive: d.chance(70) } }) }),
]
