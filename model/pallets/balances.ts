import fc from 'fast-check'
import type { AccountId } from '../../spec/kernel/shape.js'
import { transfer, transferAll, transferAllowDeath, transferKeepAlive } from '../../spec/pallets/balances/calls.js'
import { EXISTENTIAL_DEPOSIT } from '../../spec/pallets/balances/items.js'
import { freeBalance, usableBalance } from '../../spec/pallets/balances/reading.js'
import { Contracts } from '../../spec/pallets/smart-contract/items.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { banker, drainPayer, drainTo, id, isBroke, refill, strangers } from '../money.js'
import { u128 } from '../values.js'

const small = fc.constantFrom(0n, 1n, EXISTENTIAL_DEPOSIT - 1n, EXISTENTIAL_DEPOSIT, EXISTENTIAL_DEPOSIT + 1n, 1_0000000n, 100_0000000n)

const somebody = (d: Draw): AccountId => (d.chance(75) ? d.actor() : d.pick(strangers))
const broke = (d: Draw): AccountId | undefined => d.actors.find((who) => isBroke(d.w, who))

/** Amounts at the edges of what an account has: all of it, all but the existential deposit, more. */
const edge = (d: Draw, who: AccountId): bigint => {
  const wanted =
    d.pick([usableBalance(d.w, who), freeBalance(d.w, who)]) +
    d.pick([-EXISTENTIAL_DEPOSIT - 1n, -EXISTENTIAL_DEPOSIT, -EXISTENTIAL_DEPOSIT + 1n, 0n, 1n])
  return wanted < 0n ? 0n : wanted
}

/** Mostly small change; now and then a payer is drained to the edge, and who has nothing left gets money again. */
function made(d: Draw) {
  const poor = d.chance(50) ? broke(d) : undefined
  if (poor !== undefined) return refill(d, poor)
  const n = d.int(0, 99)
  const contract = n < 8 ? d.keyOf(Contracts) : undefined
  const drain =
    contract !== undefined
      ? drainPayer(d, contract)
      : n < 10
        ? drainTo(d, d.actor(), d.pick([0n, 1n, EXISTENTIAL_DEPOSIT - 1n, EXISTENTIAL_DEPOSIT]))
        : undefined
  if (drain !== undefined) return drain
  const who = n < 30 ? d.pick(strangers) : d.actor()
  return {
    who,
    args: {
      dest: id(somebody(d)),
      value: n < 75 ? d.of(small) : n < 90 ? BigInt(d.int(0, 1_000_000_000)) : n < 96 ? edge(d, who) : d.of(u128),
    },
  }
}

export const balanceMakers = [
  maker({ call: transferAllowDeath, weight: 3, make: made }),
  maker({ call: transfer, weight: 1, make: made }),
  maker({ call: transferKeepAlive, weight: 3, make: made }),
  maker({
    call: transferAll,
    weight: 0.6,
    // Back to the banker mostly: money that is gone is lent again.
    make: (d) => ({
      who: d.chance(60) ? d.pick(strangers) : d.actor(),
      args: { dest: id(d.chance(50) ? banker : somebody(d)), keepAlive: d.chance(70) },
    }),
  }),
]
