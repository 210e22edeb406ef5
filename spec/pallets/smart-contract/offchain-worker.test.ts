import fc from 'fast-check'
import { expect, test } from 'vitest'
import { World } from '../../kernel/world.js'
import { BillingFrequency, ContractBillingInformationByID, Contracts, ContractsToBillAt, NodeContractResources } from './items.js'
import { contractsToBill } from './offchain-worker.js'
import type { ContractData } from './types.js'

const nodeContract = (publicIps: number): ContractData => ({
  type: 'NodeContract',
  value: { nodeId: 1, deploymentHash: 'h'.repeat(32), deploymentData: '', publicIps, publicIpsList: [] },
})
const put = (w: World, contractId: bigint, contractType: ContractData): void =>
  w.put(Contracts, contractId, {
    version: 4,
    state: { type: 'Created' },
    contractId,
    twinId: 1,
    contractType,
    solutionProviderId: undefined,
  })
const use = fc.record({ hru: fc.bigInt(0n, 1n), sru: fc.bigInt(0n, 1n), cru: fc.bigInt(0n, 1n), mru: fc.bigInt(0n, 1n) })

test('SC-WORKER-1: a block bills the contracts at its number modulo the frequency, in their order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.bigInt(1n, 600n), fc.array(fc.bigInt(1n, 99n)), (block, frequency, ids) => {
      const w = new World(144)
      w.set(BillingFrequency, frequency)
      w.put(ContractsToBillAt, BigInt(block) % frequency, ids)
      expect(contractsToBill(w, block)).toEqual(ids)
      expect(contractsToBill(w, block + 1)).toEqual(frequency === 1n ? ids : [])
    }),
  )
})

test('SC-WORKER-2: a node contract is billed when it has public IPs, resources or network use to bill, and else not', () => {
  fc.assert(
    fc.property(fc.nat(2), fc.option(use), fc.bigInt(0n, 1n), (publicIps, used, amountUnbilled) => {
      const w = new World(144)
      put(w, 7n, nodeContract(publicIps))
      w.put(ContractsToBillAt, 7n, [7n])
      w.put(ContractBillingInformationByID, 7n, { previousNuReported: 0n, lastUpdated: 0n, amountUnbilled })
      if (used !== null) w.put(NodeContractResources, 7n, { contractId: 7n, used })
      const something = publicIps > 0 || amountUnbilled > 0n || (used !== null && Object.values(used).some((n) => n > 0n))
      expect(contractsToBill(w, 607)).toEqual(something ? [7n] : [])
    }),
  )
})

test('SC-WORKER-3: name contracts, rent contracts and ids without a contract are always billed', () => {
  const w = new World(144)
  put(w, 1n, { type: 'NameContract', value: { name: 'name' } })
  put(w, 2n, { type: 'RentContract', value: { nodeId: 1 } })
  put(w, 3n, nodeContract(0))
  w.put(ContractsToBillAt, 0n, [2n, 3n, 1n, 99n])
  expect(contractsToBill(w, 0)).toEqual([2n, 1n, 99n])
})
