import type { Item, Key } from '../../spec/kernel/item.js'
import { Locks, TotalIssuance } from '../../spec/pallets/balances/items.js'
import {
  ContractBillingInformationByID,
  ContractLock,
  Contracts,
  DedicatedNodesExtraFee,
  NodeContractResources,
  SolutionProviders,
} from '../../spec/pallets/smart-contract/items.js'
import { billContractForBlock } from '../../spec/pallets/smart-contract/calls.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import { Account } from '../../spec/pallets/system/items.js'
import { Nodes, PricingPolicies } from '../../spec/pallets/tfgrid/items.js'
import type { PricingPolicy, Resources } from '../../spec/pallets/tfgrid/types.js'
import { setPrices } from '../../spec/pallets/tft-price/calls.js'
import { AverageTftPrice, BufferRange, MaxTftPrice, MinTftPrice, TftPriceHistory } from '../../spec/pallets/tft-price/items.js'
import { actors, roles } from '../../spec/versions/genesis.js'
import type { CallType } from '../../spec/kernel/call.js'
import type { AccountId } from '../../spec/kernel/shape.js'
import type { Draw } from '../../model/draw.js'
import { u32, u64, u8 } from '../../model/values.js'
import type { Judge } from '../compare/judge.js'

/** A world of one node contract (id 1), one name contract (2) and one rent contract (3), into which random inputs are written. */
export interface Stand {
  readonly judge: Judge
  readonly d: Draw
}
/** What to call once the inputs are written. */
export interface Trial {
  readonly call: CallType
  readonly args: unknown
  readonly who: AccountId
}
/** Writes random inputs of one formula and says which call computes it. */
export type Formula = (stand: Stand) => Trial

const put = <K extends Key, V, R>({ judge }: Stand, item: Item<K, V, R>, key: K, value: V): void => judge.write(item, key, value)
const bill = (contractId: bigint): Trial => ({ call: billContractForBlock as unknown as CallType, args: { contractId }, who: actors.niaj })

const GIGABYTE = 1n << 30n
/** Plausible amounts, amounts near the edges of formulas, and anything. */
const capacity = (d: Draw): bigint =>
  d.chance(60) ? BigInt(d.int(0, 4096)) * GIGABYTE : d.chance(70) ? BigInt(d.int(0, 0x7fffffff)) * BigInt(d.int(0, 0xffff)) : d.of(u64)
const resources = (d: Draw): Resources => ({
  hru: capacity(d),
  sru: capacity(d),
  cru: d.chance(80) ? BigInt(d.int(0, 256)) : d.of(u64),
  mru: capacity(d),
})
const units = ['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terrabytes'] as const
const value = (d: Draw): PricingPolicy['su'] => ({
  value: d.chance(75) ? d.int(0, 500_000) : d.of(u32),
  unit: { type: d.chance(70) ? 'Gigabytes' : d.pick(units) },
})

function policy(stand: Stand): void {
  const { judge, d } = stand
  const old = judge.reference.w.get(PricingPolicies, 1)!
  put(stand, PricingPolicies, 1, {
    ...old,
    su: value(d),
    cu: value(d),
    nu: value(d),
    ipu: value(d),
    uniqueName: value(d),
    discountForDedicationNodes: d.chance(70) ? d.int(0, 100) : d.of(u8),
  })
}

function price(stand: Stand): void {
  const { d } = stand
  put(stand, AverageTftPrice, undefined, d.chance(70) ? d.int(1, 2_000) : d.of(u32))
  put(stand, MinTftPrice, undefined, d.chance(70) ? d.int(0, 50) : d.of(u32))
  put(stand, MaxTftPrice, undefined, d.chance(70) ? d.int(50, 3_000) : d.of(u32))
}

/** Seconds since the last bill: a cycle, around it, years, and anything. */
function elapsed(stand: Stand, id: bigint, lock: { amountLocked: bigint; extraAmountLocked: bigint; cycles: number }): void {
  const { judge, d } = stand
  const now = seconds(judge.reference.w)
  const since = d.chance(30) ? 3600n : d.chance(70) ? BigInt(d.int(0, 20_000)) : d.chance(70) ? BigInt(d.int(0, 0x7fffffff)) : d.of(u64)
  put(stand, ContractLock, id, { ...lock, lockUpdated: since > now ? d.of(u64) : now - since })
}

/** The payer's balance; the issuance follows. */
function balance(stand: Stand, free: bigint): void {
  const { w } = stand.judge.reference
  const info = w.get(Account, actors.bob)
  put(stand, TotalIssuance, undefined, w.get(TotalIssuance) - info.data.free + free)
  put(stand, Account, actors.bob, { ...info, consumers: 0, data: { ...info.data, free, frozen: 0n } })
  put(stand, Locks, actors.bob, [])
}
const anyBalance = (d: Draw): bigint =>
  d.chance(60)
    ? BigInt(d.int(0, 0x7fffffff)) * BigInt(d.int(1, 5_000))
    : d.chance(60)
      ? BigInt(d.int(500, 1_000_000))
      : (d.of(u64) >> BigInt(d.int(0, 40))) + 500n
const noLock = { amountLocked: 0n, extraAmountLocked: 0n, cycles: 0 }

/** Cost: resources, public IPs, names, network use, rent, surcharge. The payer is rich, so that the discount is Gold or None. */
export const cost: Formula = (stand) => {
  const { judge, d } = stand
  const { w } = judge.reference
  policy(stand)
  price(stand)
  const id = BigInt(d.int(1, 3))
  if (id === 1n) {
    const contract = w.get(Contracts, 1n)!
    if (contract.contractType.type === 'NodeContract')
      put(stand, Contracts, 1n, {
        ...contract,
        contractType: {
          type: 'NodeContract',
          value: { ...contract.contractType.value, publicIps: d.chance(50) ? 0 : d.chance(80) ? d.int(1, 5) : d.of(u32) },
        },
      })
    put(stand, NodeContractResources, 1n, { contractId: 1n, used: resources(d) })
    put(stand, ContractBillingInformationByID, 1n, {
      previousNuReported: 0n,
      lastUpdated: 0n,
      amountUnbilled: d.chance(70) ? BigInt(d.int(0, 1_000_000)) : d.of(u64),
    })
  }
  if (id === 3n) {
    put(stand, Nodes, 2, { ...w.get(Nodes, 2)!, resources: resources(d) })
    put(stand, DedicatedNodesExtraFee, 2, d.chance(70) ? BigInt(d.int(0, 1_000_000)) : d.of(u64))
  }
  balance(stand, 1n << 62n)
  elapsed(stand, id, noLock)
  return bill(id)
}

/** Discount: the level and the amount after it, over the payer's balance. */
export const discount: Formula = (stand) => {
  const { d } = stand
  price(stand)
  put(stand, NodeContractResources, 1n, { contractId: 1n, used: resources(d) })
  balance(stand, anyBalance(d) + 500n)
  elapsed(stand, 1n, noLock)
  return bill(1n)
}

/** Distribution: the payout at the 24th bill, with solution providers and surcharge. */
export const distribution: Formula = (stand) => {
  const { judge, d } = stand
  const id = d.pick([1n, 2n, 3n])
  const contract = judge.reference.w.get(Contracts, id)!
  const providers = Array.from({ length: d.int(0, 4) }, () => ({
    who: d.pick([actors.eve, actors.ferdie, actors.grace, roles.sales]),
    take: d.chance(80) ? d.int(0, 50) : d.of(u8),
  }))
  put(stand, SolutionProviders, 1n, { solutionProviderId: 1n, providers, description: '', link: '', approved: true })
  put(stand, Contracts, id, { ...contract, solutionProviderId: d.chance(60) ? 1n : undefined })
  put(stand, NodeContractResources, 1n, { contractId: 1n, used: { hru: 0n, sru: GIGABYTE, cru: 1n, mru: GIGABYTE } })
  const locked = anyBalance(d)
  balance(stand, d.chance(70) ? locked * 2n + 1_000_000n : anyBalance(d) + 500n)
  elapsed(stand, id, {
    amountLocked: locked,
    extraAmountLocked: id === 3n && d.chance(70) ? BigInt(d.int(0, 0x7fffffff)) : 0n,
    cycles: d.pick([22, 23, 23, 23, 24, 65_535]),
  })
  return bill(id)
}

/** Average price: a ring of prices in any state, and one more. */
export const averagePrice: Formula = (stand) => {
  const { d } = stand
  const length = d.chance(50) ? d.int(0, 12) : d.chance(80) ? d.int(0, 60) : d.int(1_430, 1_440)
  const start = d.chance(50) ? 0 : d.int(0, 1_439)
  const any = (): number => (d.chance(70) ? d.int(0, 5_000) : d.of(u32))
  for (let i = 0; i < length; i++) put(stand, TftPriceHistory, (start + i) % 1_440, any())
  put(stand, BufferRange, undefined, [start, (start + length) % 1_440] as const)
  price(stand)
  return { call: setPrices as unknown as CallType, args: { price: any(), blockNumber: d.of(u32) }, who: roles.validator }
}

export const formulas: Readonly<Record<string, Formula>> = { cost, discount, distribution, averagePrice }
