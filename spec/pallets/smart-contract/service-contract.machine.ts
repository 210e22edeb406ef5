import { accept, machine, refuse } from '../../kernel/machine.js'
import type { World } from '../../kernel/world.js'
import { ServiceContracts } from './items.js'
import { bill, billEffects, billGuards, billRoutes } from './service-contract.bill.rules.js'
import { termsEffects, termsGuards, setFees, setMetadata } from './service-contract.terms.rules.js'
import { partyEffects, partyGuards } from './service-contract.party.rules.js'

/** Where a service contract is in its life. A rejected or cancelled one is gone from storage. */
export type ServiceContractLife = 'absent' | 'created' | 'agreementReady' | 'approvedByBoth'

const lives = { Created: 'created', AgreementReady: 'agreementReady', ApprovedByBoth: 'approvedByBoth' } as const
export const serviceContractLife = (w: World, id: bigint): ServiceContractLife => {
  const contract = w.get(ServiceContracts, id)
  return contract === undefined ? 'absent' : lives[contract.state.type]
}

/** First in every call but the rejection: the caller must have a twin. */
const unknown = (call: string) => [
  refuse(`SC-SERVICE-${call}-1`, 'callerHasNoTwin', 'TwinNotExists'),
  refuse(`SC-SERVICE-${call}-2`, null, 'ServiceContractNotExists'),
]

const create = [
  refuse('SC-SERVICE-CREATE-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-CREATE-2', 'serviceHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-CREATE-3', 'consumerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-CREATE-4', 'callerIsNeither', 'TwinNotAuthorized'),
  refuse('SC-SERVICE-CREATE-5', 'serviceIsItsConsumer', 'ServiceContractCreationNotAllowed'),
  accept('SC-SERVICE-CREATE-6', { to: 'created', do: ['storeNew', 'announceCreated'] }),
]

const notReadyToApprove = [
  refuse('SC-SERVICE-APPROVE-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-APPROVE-3', null, 'ServiceContractApprovalNotAllowed'),
]
const approve = [
  refuse('SC-SERVICE-APPROVE-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-APPROVE-4', 'callerIsNoParty', 'TwinNotAuthorized'),
  accept('SC-SERVICE-APPROVE-5', {
    when: 'otherPartyHasApproved',
    to: 'approvedByBoth',
    says: 'the second approval starts the clock of the first bill',
    do: ['recordApproval', 'startBilling', 'announceApproved'],
  }),
  accept('SC-SERVICE-APPROVE-6', {
    to: 'agreementReady',
    says: 'approving twice is allowed and changes nothing',
    do: ['recordApproval', 'announceApproved'],
  }),
]

const notReadyToReject = [refuse('SC-SERVICE-REJECT-2', null, 'ServiceContractRejectionNotAllowed')]
const reject = [
  refuse('SC-SERVICE-REJECT-3', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-REJECT-4', 'callerIsNoParty', 'TwinNotAuthorized'),
  accept('SC-SERVICE-REJECT-5', { to: 'absent', do: ['remove', 'announceCanceledByUser'] }),
]

const cancel = [
  refuse('SC-SERVICE-CANCEL-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-CANCEL-3', 'callerIsNoParty', 'TwinNotAuthorized'),
  accept('SC-SERVICE-CANCEL-4', { to: 'absent', do: ['remove', 'announceCanceledByUser'] }),
]

/**
 * A service contract: a service bills a consumer by the hour, in terms that both approved. Its key is its id.
 * @source pallet-smart-contract/src/service_contract.rs @439e6919
 */
export const serviceContract = machine({
  id: 'service-contract',
  pallet: 'SmartContractModule',
  says: 'an agreement between two twins by which one bills the other for a service off the grid',
  state: serviceContractLife,
  states: {
    absent: {
      serviceContractCreate: create,
      serviceContractSetMetadata: unknown('METADATA'),
      serviceContractSetFees: unknown('FEES'),
      serviceContractApprove: unknown('APPROVE'),
      serviceContractReject: [refuse('SC-SERVICE-REJECT-1', null, 'ServiceContractNotExists')],
      serviceContractCancel: unknown('CANCEL'),
      serviceContractBill: unknown('BILL'),
    },
    created: {
      serviceContractSetMetadata: setMetadata.created,
      serviceContractSetFees: setFees.created,
      serviceContractApprove: notReadyToApprove,
      serviceContractReject: notReadyToReject,
      serviceContractCancel: cancel,
      serviceContractBill: bill.notApproved,
    },
    agreementReady: {
      serviceContractSetMetadata: setMetadata.agreementReady,
      serviceContractSetFees: setFees.agreementReady,
      serviceContractApprove: approve,
      serviceContractReject: reject,
      serviceContractCancel: cancel,
      serviceContractBill: bill.notApproved,
    },
    approvedByBoth: {
      serviceContractSetMetadata: setMetadata.approvedByBoth,
      serviceContractSetFees: setFees.approvedByBoth,
      serviceContractApprove: notReadyToApprove,
      serviceContractReject: notReadyToReject,
      serviceContractCancel: cancel,
      serviceContractBill: bill.approved,
    },
  },
  guards: { ...partyGuards, ...termsGuards, ...billGuards },
  effects: { ...partyEffects, ...termsEffects, ...billEffects },
  routes: billRoutes,
})
