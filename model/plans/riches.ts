import type { AccountId, Bytes } from '../../spec/kernel/shape.js'
import { usableBalance } from '../../spec/pallets/balances/reading.js'
import { billContractForBlock } from '../../spec/pallets/smart-contract/calls.js'
import { ContractLock } from '../../spec/pallets/smart-contract/items.js'
import { secondsSince } from '../../spec/pallets/system/clock.js'
import { proposeOrVoteMintTransaction, swapToStellar } from '../../spec/pallets/tft-bridge/calls.js'
import { DepositFee, Validators } from '../../spec/pallets/tft-bridge/items.js'
import { stellarAddress } from '../../spec/pallets/tft-bridge/stellar-address.js'
import { majority } from '../../spec/pallets/tft-bridge/validators.js'
import type { Draw } from '../draw.js'
import { asks, wait } from '../proposal.js'
import { anyContract, bill, payer, used, type Steps } from './steps.js'

/** Amounts that no 64 bits hold: a deposit is below 2^64, a balance need not be. */
const FULL = 1n << 64n
const BILL_PERIOD = 3600

/** A deposit that enough validators vote for. */
function* minted(d: Draw, target: AccountId, amount: bigint): Steps {
  const transaction: Bytes = `riches ${d.int(0, 0xffff)}`
  const validators = d.w.get(Validators)
  for (const who of validators.slice(0, majority(d.w))) yield asks(who, proposeOrVoteMintTransaction, { transaction, target, amount })
}
/** Lifts what an account may spend to `wanted`, of which at most 2^64 - 1 are missing. */
function* lifted(d: Draw, who: AccountId, wanted: bigint): Steps {
  const missing = wanted - usableBalance(d.w, who) + d.w.get(DepositFee)
  if (missing > 0n && missing < FULL) yield* minted(d, who, missing)
}

/** Somebody swaps more than a burn can say. */
export function* hugeBurn(d: Draw): Steps {
  const who = d.actor()
  for (let i = 0; i < 2; i++) yield* minted(d, who, FULL - 1n)
  const amount = FULL + BigInt(d.pick([-1, 0, 1, 10_000_000, 12_345_678_901]))
  const targetStellarAddress = stellarAddress(new Uint8Array(32).fill(d.int(1, 3)))
  if (usableBalance(d.w, who) > amount) yield asks(who, swapToStellar, { targetStellarAddress, amount })
}

/** Whose balance is just above 2^64 is billed after an hour, which no rounding of the period blurs. */
export function* hugeBalance(d: Draw): Steps {
  const id = anyContract(d)
  const who = id === undefined ? undefined : payer(d, id)
  if (id === undefined || who === undefined) return
  yield* used(d, id)
  yield bill(d, id)
  yield* lifted(d, who, FULL + 5_000_000n)
  const left = BILL_PERIOD - Number(secondsSince(d.w, d.w.get(ContractLock, id).lockUpdated))
  if (left > 0) yield wait(600, left)
  yield asks(d.actors.find((other) => other !== who) ?? who, billContractForBlock, { contractId: id })
}

/** One of the above. */
export function* riches(d: Draw): Steps {
  yield* d.pick([hugeBurn, hugeBalance])(d)
}
