import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { World } from '../../spec/kernel/world.js'
import { contractCost, discounted, extraFeeCost, monthlyAmount } from '../../spec/pallets/smart-contract/cost.js'
import {
  ActiveRentContractForNode,
  ContractBillingInformationByID,
  DedicatedNodesExtraFee,
  NodeContractResources,
} from '../../spec/pallets/smart-contract/items.js'
import { costInTft } from '../../spec/pallets/smart-contract/price.js'
import { networkCost } from '../../spec/pallets/smart-contract/report.rules.js'
import type { Contract, ContractData } from '../../spec/pallets/smart-contract/types.js'
import { Nodes } from '../../spec/pallets/tfgrid/items.js'
import type { PricingPolicy } from '../../spec/pallets/tfgrid/types.js'
import { AverageTftPrice, MaxTftPrice, MinTftPrice } from '../../spec/pallets/tft-price/items.js'
import '../../spec/machines.js'
import { billFunction, example, type BillInput } from './pages/bill-page.js'

const bill = billFunction(readFileSync(fileURLToPath(new URL('client/bill-steps.js', import.meta.url)), 'utf8'))

/** What the spec's own functions make of the input. */
function bySpec(i: BillInput): bigint {
  const w = new World(144)
  const price = (value: bigint) => ({ value: Number(value), unit: { type: 'Gigabytes' } }) as const
  const policy = {
    ...{ su: price(i.su), cu: price(i.cu), nu: price(i.nu), ipu: price(i.ipu), uniqueName: price(i.uniqueName) },
    discountForDedicationNodes: Number(i.dedicated),
  } as unknown as PricingPolicy
  const used = { hru: i.hru, sru: i.sru, mru: i.mru, cru: i.cru }
  w.set(AverageTftPrice, Number(i.price))
  w.set(MinTftPrice, Number(i.minPrice))
  w.set(MaxTftPrice, Number(i.maxPrice))
  w.put(Nodes, 1, { resources: used } as never)
  w.put(DedicatedNodesExtraFee, 1, i.extraFee)
  if (i.kind === 'rentedNode') w.put(ActiveRentContractForNode, 1, 2n)
  w.put(NodeContractResources, 1n, { contractId: 1n, used })
  const report = { contractId: 1n, timestamp: 0n, window: i.window, nru: i.nru }
  w.put(ContractBillingInformationByID, 1n, {
    previousNuReported: 0n,
    lastUpdated: 0n,
    amountUnbilled: i.nru > 0n ? networkCost(report, policy, 144) : 0n,
  })
  const data: ContractData =
    i.kind === 'name'
      ? { type: 'NameContract', value: { name: 'a' } }
      : i.kind === 'rent'
        ? { type: 'RentContract', value: { nodeId: 1 } }
        : ({ type: 'NodeContract', value: { nodeId: 1, publicIps: Number(i.ips) } } as ContractData)
  const contract = { contractId: 1n, contractType: data } as Contract
  const cost = contractCost(w, contract, policy, i.elapsed)
  const gross = cost === 0n ? 0n : costInTft(w, cost)
  const regular = gross === 0n ? 0n : discounted(gross, monthlyAmount(gross, i.elapsed, i.quirky, 144), i.balance, 144).due
  const extra = extraFeeCost(w, contract, i.elapsed)
  return regular + (extra === 0n ? 0n : costInTft(w, extra))
}

const upTo = (max: bigint) => fc.oneof(fc.bigInt({ min: 0n, max }), fc.constantFrom(0n, 1n, max))
const input: fc.Arbitrary<BillInput> = fc.record({
  kind: fc.constantFrom('node', 'rentedNode', 'rent', 'name'),
  ...{ hru: upTo(1n << 45n), sru: upTo(1n << 44n), mru: upTo(1n << 40n), cru: upTo(256n), ips: upTo(64n) },
  ...{ nru: upTo(1n << 44n), window: upTo(7200n), elapsed: upTo(1_000_000n) },
  ...{
    balance: upTo(10n ** 15n),
    locked: upTo(10n ** 12n),
    price: upTo(2000n),
    minPrice: upTo(50n),
    maxPrice: fc.bigInt({ min: 1n, max: 5000n }),
  },
  ...{ su: upTo(1_000_000n), cu: upTo(1_000_000n), nu: upTo(100_000n), ipu: upTo(100_000n), uniqueName: upTo(100_000n) },
  ...{ dedicated: upTo(120n), extraFee: upTo(1_000_000n), quirky: fc.boolean() },
})

test('the explained bill is due what the spec says, to the last bit', () => {
  fc.assert(
    fc.property(input, (i) => {
      const { due, trap } = bill(i)
      // Where the runtime traps the spec's functions are never asked.
      if (trap === null) expect(due).toBe(bySpec(i))
    }),
    { numRuns: 1500, seed: 6 },
  )
})

test('the example of the page is the spec’s', () => {
  expect(bill(example).due).toBe(bySpec(example))
  expect(bill(example).due).toBe(5_500_000n)
})

test('what traps is said, not computed', () => {
  expect(bill({ ...example, price: 0n, minPrice: 0n }).trap).toMatch(/division by zero/)
})
