import type { Draw } from '../../model/draw.js'
import { banker, id, strangers } from '../../model/money.js'
import { asks, motion } from '../../model/proposal.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import * as balances from '../../spec/pallets/balances/calls.js'
import { EXISTENTIAL_DEPOSIT } from '../../spec/pallets/balances/items.js'
import { Agenda } from '../../spec/pallets/scheduler/items.js'
import { Account, SystemNumber } from '../../spec/pallets/system/items.js'
import { weight } from '../../spec/pallets/system/weight.js'
import { nobodyAt } from '../../spec/pallets/system/types.js'
import { proposeOrVoteMintTransaction, setDepositFee } from '../../spec/pallets/tft-bridge/calls.js'
import { Validators } from '../../spec/pallets/tft-bridge/items.js'
import { batch, dispatchAs, withWeight } from '../../spec/pallets/utility/calls.js'
import { roles } from '../../spec/versions/genesis.js'
import { fromCall } from '../../spec/pallets/system/runtime-call.js'
import { changed, nextBlock, noOrigin, put, soon, task, type Scenery } from './scene.js'
import type { Call } from '../../spec/kernel/call.js'

/** Scenes about single accounts and about what only Root or an agenda can ask for. */

const MAX = (1n << 128n) - 1n
const anybody = (d: Draw): AccountId => d.actors.find((who) => who !== banker && d.chance(40)) ?? d.actor()
const stranger = (d: Draw): AccountId => d.pick(strangers)

/** An entry without a provider, as the last lock of an absent account leaves it, that pays nothing, gets nothing, or is set to nothing. */
export function* hollow(d: Draw): Scenery {
  const who = stranger(d)
  yield put(Account, who, nobodyAt(d.w.version))
  const nothing = { dest: id(d.chance(50) ? banker : who), value: 0n }
  yield soon(d, task(who, balances.transferAllowDeath, nothing))
  yield nextBlock
  yield put(Account, who, nobodyAt(d.w.version))
  yield soon(d, task('Root', balances.forceSetBalance, { who: id(who), newFree: d.pick([0n, 499n]) }))
  yield nextBlock
}

/** Root sets balances of who is there and who is not, with a right and a wrong reserve, and unreserves nothing and something. */
export function* forced(d: Draw): Scenery {
  const who = d.pick([anybody(d), stranger(d)])
  const newFree = d.pick([0n, 499n, 500n, 501n, 5_000_000n])
  const reserved = d.pick([0n, 7n])
  if (d.w.has(Account, who) && d.chance(50)) yield changed(d, who, { consumers: d.int(0, 1) }, { reserved: d.pick([0n, 7n, 5000n]) })
  yield soon(
    d,
    d.chance(50)
      ? task('Root', balances.forceSetBalance, { who: id(who), newFree })
      : task('Root', balances.setBalanceDeprecated, { who: id(who), newFree, oldReserved: reserved }),
    task('Root', balances.forceUnreserve, { who: id(who), amount: d.pick([0n, 0n, 7n, 6000n]) }),
  )
  yield nextBlock
}

/** An account of the old reference counting meets, as the first thing that upgrades it, each of the calls and stages there are. */
export function* old(d: Draw): Scenery {
  const who = anybody(d)
  const make = (): ReturnType<typeof changed> => changed(d, who, {}, { flags: 0n })
  const others = d.actors.filter((other) => other !== who).slice(0, 2)
  if (!d.w.has(Account, who)) return
  yield make()
  yield asks(banker, balances.transferAllowDeath, { dest: id(who), value: d.pick([0n, 0n, 1n]) })
  yield make()
  yield asks(banker, balances.upgradeAccounts, { who: d.chance(50) ? [who] : [who, ...others] })
  yield make()
  const free = d.w.get(Account, who).data.free
  yield soon(
    d,
    d.pick([
      task(who, balances.transferAllowDeath, { dest: id(banker), value: d.pick([1n, free]) }),
      task('Root', balances.forceSetBalance, { who: id(who), newFree: free }),
      task('Root', balances.setBalanceDeprecated, { who: id(who), newFree: free, oldReserved: 0n }),
      task('Root', balances.forceUnreserve, { who: id(who), amount: 1n }),
    ]),
  )
  yield nextBlock
}

/** Balances near the most there is: what comes on top overflows, for who mints, for the author, and for who gets a fee back. */
export function* full(d: Draw): Scenery {
  const [validator, second] = d.w.get(Validators)
  if (validator === undefined || second === undefined) return
  const who = d.pick([validator, roles.validator, roles.foundation])
  yield motion(d.w, setDepositFee, { amount: 1n })
  if (!d.w.has(Account, who)) return
  // A little less than the fee that is withheld from the validator: it fits before the fee comes back, and not after.
  const amount = BigInt(d.pick([700, 5000, 9000, 20_000_000]))
  const vote = { transaction: `full ${d.int(0, 0xffff)}`, target: who, amount }
  yield asks(second, proposeOrVoteMintTransaction, vote)
  yield changed(d, who, {}, { free: MAX - BigInt(d.pick([0, 0, 5000])) })
  yield asks(validator, proposeOrVoteMintTransaction, vote)
  yield asks(banker, balances.transferAllowDeath, { dest: id(who), value: 1_000_000n })
  yield changed(d, who, {}, { free: 10_000_000_000_000n })
}

/** The author of blocks has no account: nobody gets the fee. */
export function* authorless(d: Draw): Scenery {
  yield put(Account, roles.validator, undefined)
  yield asks(d.actor(), balances.transferAllowDeath, { dest: id(banker), value: EXISTENTIAL_DEPOSIT })
}

/** What comes again and again finds no place in the next agenda. */
export function* fullAgenda(d: Draw): Scenery {
  const once = task('Root', balances.forceUnreserve, { who: id(banker), amount: 0n })
  yield put(
    Agenda,
    d.w.get(SystemNumber) + 2,
    Array.from({ length: 50 }, () => once),
  )
  yield soon(d, { ...once, maybePeriodic: [1, d.int(1, 3)], maybeId: d.pick([undefined, 'n'.repeat(32)]) })
  yield nextBlock
}

/** Calls that Root hands on: in the name of nobody, which even those refuse that ask for no particular origin, and with a weight. */
export function* handedOn(d: Draw): Scenery {
  const call = fromCall({ type: batch, args: { calls: [] } } as unknown as Call)
  yield soon(d, task('Root', dispatchAs, { asOrigin: noOrigin, call }), task('Root', withWeight, { call, weight: weight(10_000_000n, 0n) }))
  yield nextBlock
}
