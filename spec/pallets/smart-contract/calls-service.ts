import { U64 } from '../../kernel/arithmetic/integers.js'
import { call, type CallType } from '../../kernel/call.js'
import { account, bool, bytes, struct, u32, u64, vec, type Shape } from '../../kernel/shape.js'
import { ServiceContractID, SolutionProviderID } from './items.js'
import { Provider } from './types.js'

/**
 * Calls about service contracts, solution providers and the pallet's settings. None has an argument of bounded length:
 * metadata that is too long is refused by a rule.
 * @source pallet-smart-contract/src/lib.rs `#[pallet::call]` @439e6919
 */
const SC = 'SmartContractModule'

const onServiceContract = <A extends { readonly serviceContractId: bigint }>(name: string, args: Shape<A>): CallType<A> =>
  call(SC, name, args, {
    origin: 'signed',
    subject: (_, { serviceContractId }) => ({ machine: 'service-contract', key: serviceContractId }),
  })

/** Between the twins of two accounts, one of which calls. The subject is the contract that comes into being. */
export const serviceContractCreate = call(SC, 'serviceContractCreate', struct({ serviceAccount: account, consumerAccount: account }), {
  origin: 'signed',
  subject: (w) => ({ machine: 'service-contract', key: U64.wrappingAdd(w.get(ServiceContractID), 1n) }),
})
/** At most 64 bytes. */
export const serviceContractSetMetadata = onServiceContract(
  'serviceContractSetMetadata',
  struct({ serviceContractId: u64, metadata: bytes }),
)
/** Both in 1e-3 USD an hour. */
export const serviceContractSetFees = onServiceContract(
  'serviceContractSetFees',
  struct({ serviceContractId: u64, baseFee: u64, variableFee: u64 }),
)
export const serviceContractApprove = onServiceContract('serviceContractApprove', struct({ serviceContractId: u64 }))
export const serviceContractReject = onServiceContract('serviceContractReject', struct({ serviceContractId: u64 }))
export const serviceContractCancel = onServiceContract('serviceContractCancel', struct({ serviceContractId: u64 }))
/** The variable amount in 1e-3 USD, metadata of at most 50 bytes. */
export const serviceContractBill = onServiceContract(
  'serviceContractBill',
  struct({ serviceContractId: u64, variableAmount: u64, metadata: bytes }),
)

/** Anybody may propose one, with a twin or without. */
export const createSolutionProvider = call(
  SC,
  'createSolutionProvider',
  struct({ description: bytes, link: bytes, providers: vec(Provider) }),
  {
    origin: 'signed',
    subject: (w) => ({ machine: 'solution-provider', key: U64.wrappingAdd(w.get(SolutionProviderID), 1n) }),
  },
)
/** Approves, or with `approve: false` withdraws the approval. */
export const approveSolutionProvider = call(SC, 'approveSolutionProvider', struct({ solutionProviderId: u64, approve: bool }), {
  origin: 'restricted',
  subject: (_, { solutionProviderId }) => ({ machine: 'solution-provider', key: solutionProviderId }),
})
/** The subject is the grid contract. */
export const attachSolutionProviderId = call(SC, 'attachSolutionProviderId', struct({ contractId: u64, solutionProviderId: u64 }), {
  origin: 'signed',
  subject: (_, { contractId }) => ({ machine: 'contract', key: contractId }),
})

/** The frequency in blocks. */
export const changeBillingFrequency = call(SC, 'changeBillingFrequency', struct({ frequency: u64 }), {
  origin: 'restricted',
  subject: () => ({ machine: 'smart-contract', key: undefined }),
})
/** The fee in 1e-3 USD a month. */
export const setDedicatedNodeExtraFee = call(SC, 'setDedicatedNodeExtraFee', struct({ nodeId: u32, extraFee: u64 }), {
  origin: 'signed',
  subject: () => ({ machine: 'smart-contract', key: undefined }),
})
