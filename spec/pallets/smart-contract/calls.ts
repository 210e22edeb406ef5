import { call } from '../../kernel/call.js'
import { bytes, fixed, option, struct, u32, u64, vec } from '../../kernel/shape.js'
import type { World } from '../../kernel/world.js'
import { ContractID } from './items.js'
import { ContractResources, NruConsumption } from './types.js'

/** Calls about grid contracts. @source pallet-smart-contract/src/lib.rs `#[pallet::call]` @439e6919 */
const SC = 'SmartContractModule'
const signed = 'signed' as const

/** The contract that the call would create. */
const nextContract = (w: World) => ({ machine: 'contract', key: BigInt.asUintN(64, w.get(ContractID) + 1n) })
const byId = (_: World, { contractId }: { readonly contractId: bigint }) => ({ machine: 'contract', key: contractId })
const reports = () => ({ machine: 'reports', key: undefined })

export const createNodeContract = call(
  SC,
  'createNodeContract',
  struct({ nodeId: u32, deploymentHash: fixed(32), deploymentData: bytes, publicIps: u32, solutionProviderId: option(u64) }),
  { from: 123, origin: signed, subject: nextContract },
)
export const updateNodeContract = call(
  SC,
  'updateNodeContract',
  struct({ contractId: u64, deploymentHash: fixed(32), deploymentData: bytes }),
  { from: 123, origin: signed, subject: byId },
)
export const cancelContract = call(SC, 'cancelContract', struct({ contractId: u64 }), { from: 123, origin: signed, subject: byId })
export const createNameContract = call(SC, 'createNameContract', struct({ name: bytes }), {
  from: 123,
  origin: signed,
  subject: nextContract,
})
export const addNruReports = call(SC, 'addNruReports', struct({ reports: vec(NruConsumption) }), {
  from: 123,
  origin: signed,
  subject: reports,
})
export const reportContractResources = call(SC, 'reportContractResources', struct({ contractResources: vec(ContractResources) }), {
  from: 123,
  origin: signed,
  subject: reports,
})
export const createRentContract = call(SC, 'createRentContract', struct({ nodeId: u32, solutionProviderId: option(u64) }), {
  from: 123,
  origin: signed,
  subject: nextContract,
})
export const billContractForBlock = call(SC, 'billContractForBlock', struct({ contractId: u64 }), {
  from: 123,
  origin: signed,
  subject: byId,
})

/** Longest arguments that decode; a longer one makes the block builder's call trap. @source runtime/src/lib.rs `MaxDeploymentDataLength` @439e6919 */
export const argumentLimits: Readonly<Record<string, number>> = {
  'SmartContractModule.createNodeContract.deploymentData': 512,
  'SmartContractModule.updateNodeContract.deploymentData': 512,
}
