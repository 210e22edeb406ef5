import fc from 'fast-check'
import type { AccountId } from '../../spec/kernel/shape.js'
import * as calls from '../../spec/pallets/smart-contract/calls-service.js'
import { ServiceContracts } from '../../spec/pallets/smart-contract/items.js'
import { MAX_BILL_METADATA_LENGTH } from '../../spec/pallets/smart-contract/service-contract.bill.rules.js'
import { billedWindow, variableLimit } from '../../spec/pallets/smart-contract/service-contract.cost.js'
import { MAX_METADATA_LENGTH } from '../../spec/pallets/smart-contract/service-contract.terms.rules.js'
import type { ServiceContract } from '../../spec/pallets/smart-contract/types.js'
import { seconds } from '../../spec/pallets/system/clock.js'
import { TwinIdByAccountID } from '../../spec/pallets/tfgrid/items.js'
import type { Draw } from '../draw.js'
import { maker } from '../maker.js'
import { banker, strangers } from '../money.js'
import { ownerOfTwin, rightful, twinOwner } from '../pick.js'
import { anyBytes, u64 } from '../values.js'

const U64_MAX = (1n << 64n) - 1n
/** Metadata about a limit: empty, full, one too long. */
const textAbout = (limit: number) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant('terms') },
    { weight: 2, arbitrary: fc.constantFrom('', 'm'.repeat(limit), 'm'.repeat(limit + 1)) },
    { weight: 1, arbitrary: anyBytes(8) },
  )
const metadata = textAbout(MAX_METADATA_LENGTH)
const billMetadata = textAbout(MAX_BILL_METADATA_LENGTH)
/** Fees in 1e-3 USD an hour; the large ones wrap where they become 1e-7 USD, and where they meet an hour. */
const fee = fc.oneof(
  { weight: 7, arbitrary: fc.constantFrom(0n, 1n, 3n, 10n, 1000n, 25_000n) },
  { weight: 2, arbitrary: fc.constantFrom(U64_MAX / 10_000n, U64_MAX / 10_000n + 1n, U64_MAX / 36_000_000n, U64_MAX / 36_000_000n + 1n) },
  { weight: 1, arbitrary: u64 },
)

const hasService = (w: Draw['w']) => w.count(ServiceContracts) > 0
/** A service contract in a wanted state, if a few draws find one; else any, or one that does not exist. */
function serviceContract(d: Draw, ...states: readonly ServiceContract['state']['type'][]): bigint {
  for (let i = 0; i < 4; i++) {
    const entry = d.entryOf(ServiceContracts)
    if (entry !== undefined && states.includes(entry[1].state.type)) return entry[0]
  }
  return (d.chance(85) ? d.keyOf(ServiceContracts) : undefined) ?? d.of(u64)
}
/** Somebody without a twin, if there is one; the banker has none as a rule, and can pay. */
const twinless = (d: Draw): AccountId => d.actors.find((who) => !d.w.has(TwinIdByAccountID, who)) ?? d.pick([banker, banker, ...strangers])
const orTwinless = (d: Draw, who: AccountId): AccountId => (d.chance(4) ? twinless(d) : d.chance(10) ? twinOwner(d) : rightful(d, who))
const service = (d: Draw, id: bigint) => orTwinless(d, ownerOfTwin(d, d.w.get(ServiceContracts, id)?.serviceTwinId))
const party = (d: Draw, id: bigint) => {
  const contract = d.w.get(ServiceContracts, id)
  return orTwinless(d, ownerOfTwin(d, d.chance(50) ? contract?.serviceTwinId : contract?.consumerTwinId))
}
/** The party that has not approved yet, mostly. */
const approver = (d: Draw, id: bigint) => {
  const contract = d.w.get(ServiceContracts, id)
  if (contract === undefined || d.chance(20)) return party(d, id)
  return orTwinless(d, ownerOfTwin(d, contract.acceptedByService ? contract.consumerTwinId : contract.serviceTwinId))
}

/** What a bill may add at most, and one more. */
function variableAmount(d: Draw, id: bigint): bigint {
  const contract = d.w.get(ServiceContracts, id)
  if (contract === undefined || d.chance(10)) return d.of(u64)
  const most = variableLimit(billedWindow(seconds(d.w), contract.lastBill), contract.variableFee)
  return BigInt.asUintN(64, d.pick([0n, 0n, 1n, most / 2n, most, most, most + 1n]))
}

export const serviceMakers = [
  maker({
    call: calls.serviceContractCreate,
    weight: 4,
    ready: (w) => w.count(TwinIdByAccountID) > 1,
    make: (d) => {
      const serviceAccount = d.chance(95) ? twinOwner(d) : twinless(d)
      const other = twinOwner(d)
      const consumerAccount = d.chance(5) ? twinless(d) : other === serviceAccount && d.chance(80) ? twinOwner(d) : other
      return { who: orTwinless(d, d.chance(50) ? serviceAccount : consumerAccount), args: { serviceAccount, consumerAccount } }
    },
  }),
  maker({
    call: calls.serviceContractSetMetadata,
    weight: 5,
    ready: hasService,
    make: (d) => {
      const serviceContractId = serviceContract(d, 'Created')
      return { who: party(d, serviceContractId), args: { serviceContractId, metadata: d.of(metadata) } }
    },
  }),
  maker({
    call: calls.serviceContractSetFees,
    weight: 5,
    ready: hasService,
    make: (d) => {
      const serviceContractId = serviceContract(d, 'Created')
      return { who: service(d, serviceContractId), args: { serviceContractId, baseFee: d.of(fee), variableFee: d.of(fee) } }
    },
  }),
  maker({
    call: calls.serviceContractApprove,
    weight: 6,
    ready: hasService,
    make: (d) => {
      const serviceContractId = serviceContract(d, 'AgreementReady')
      return { who: approver(d, serviceContractId), args: { serviceContractId } }
    },
  }),
  maker({
    call: calls.serviceContractReject,
    weight: 2,
    ready: hasService,
    make: (d) => {
      const serviceContractId = serviceContract(d, 'AgreementReady')
      return { who: party(d, serviceContractId), args: { serviceContractId } }
    },
  }),
  maker({
    call: calls.serviceContractCancel,
    weight: 1.5,
    ready: hasService,
    make: (d) => {
      const serviceContractId = serviceContract(d, 'ApprovedByBoth', 'Created', 'AgreementReady')
      return { who: party(d, serviceContractId), args: { serviceContractId } }
    },
  }),
  maker({
    call: calls.serviceContractBill,
    weight: 8,
    ready: hasService,
    make: (d) => {
      const serviceContractId = serviceContract(d, 'ApprovedByBoth')
      return {
        who: service(d, serviceContractId),
        args: { serviceContractId, variableAmount: variableAmount(d, serviceContractId), metadata: d.of(billMetadata) },
      }
    },
  }),
]
