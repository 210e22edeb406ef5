import { accept, refuse } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { ServiceContractFeesSet, ServiceContractMetadataSet } from './events.js'
import { ServiceContracts } from './items.js'
import { agreement } from './service-contract.party.rules.js'
import type { ServiceContractState } from './types.js'

/**
 * The terms: metadata, which either party sets, and fees, which the service sets. Both may be set again until the contract
 * is approved by both. The agreement is ready when the metadata is not empty and the base fee not zero.
 *
 * 144 looks at one of the two only, the one that is not being set, and never goes back from ready (quirk Q-SERVICE-READY):
 * setting fees of 0 readies a contract with metadata. And it lets the terms change under an approval that was given
 * (quirk Q-SERVICE-TERMS): the consumer approves, the service raises its fees and approves, and the consumer pays.
 *
 * @source pallet-smart-contract/src/service_contract.rs `_service_contract_set_metadata`, `_service_contract_set_fees` @439e6919
 */

export interface SetMetadata {
  readonly metadata: Bytes
}
export interface SetFees {
  readonly baseFee: bigint
  readonly variableFee: bigint
}

/** @source types.rs `MAX_METADATA_LENGTH` @439e6919 */
export const MAX_METADATA_LENGTH = 64

const READY = 'Q-SERVICE-READY'
const TERMS = 'Q-SERVICE-TERMS'

const mayNotSetMetadata = [
  refuse('SC-SERVICE-METADATA-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-METADATA-3', 'callerIsNoParty', 'TwinNotAuthorized'),
]
const metadataIsTooLong = refuse('SC-SERVICE-METADATA-6', 'metadataIsTooLong', 'ServiceContractMetadataTooLong')
export const setMetadata = {
  created: [
    ...mayNotSetMetadata,
    metadataIsTooLong,
    accept('SC-SERVICE-METADATA-7', {
      when: 'baseFeeIsSet',
      to: 'agreementReady',
      quirk: READY,
      do: ['setMetadata', 'markReady', 'announceMetadata'],
    }),
    accept('SC-SERVICE-METADATA-8', {
      when: 'metadataCompletesTerms',
      to: 'agreementReady',
      instead: READY,
      do: ['setMetadata', 'markReady', 'announceMetadata'],
    }),
    accept('SC-SERVICE-METADATA-9', { to: 'created', do: ['setMetadata', 'announceMetadata'] }),
  ],
  agreementReady: [
    ...mayNotSetMetadata,
    refuse('SC-SERVICE-METADATA-5', 'somebodyApproved', 'ServiceContractModificationNotAllowed', { instead: TERMS }),
    metadataIsTooLong,
    accept('SC-SERVICE-METADATA-10', {
      when: 'metadataLeavesTermsOpen',
      to: 'created',
      instead: READY,
      do: ['setMetadata', 'markOpen', 'announceMetadata'],
    }),
    accept('SC-SERVICE-METADATA-11', { to: 'agreementReady', do: ['setMetadata', 'announceMetadata'] }),
  ],
  approvedByBoth: [...mayNotSetMetadata, refuse('SC-SERVICE-METADATA-4', null, 'ServiceContractModificationNotAllowed')],
}

const mayNotSetFees = [
  refuse('SC-SERVICE-FEES-1', 'callerHasNoTwin', 'TwinNotExists'),
  refuse('SC-SERVICE-FEES-3', 'callerIsNotTheService', 'TwinNotAuthorized'),
]
export const setFees = {
  created: [
    ...mayNotSetFees,
    accept('SC-SERVICE-FEES-6', {
      when: 'metadataIsSet',
      to: 'agreementReady',
      quirk: READY,
      do: ['setFees', 'markReady', 'announceFees'],
    }),
    accept('SC-SERVICE-FEES-7', {
      when: 'feesCompleteTerms',
      to: 'agreementReady',
      instead: READY,
      do: ['setFees', 'markReady', 'announceFees'],
    }),
    accept('SC-SERVICE-FEES-8', { to: 'created', do: ['setFees', 'announceFees'] }),
  ],
  agreementReady: [
    ...mayNotSetFees,
    refuse('SC-SERVICE-FEES-5', 'somebodyApproved', 'ServiceContractModificationNotAllowed', { instead: TERMS }),
    accept('SC-SERVICE-FEES-9', { when: 'feesLeaveTermsOpen', to: 'created', instead: READY, do: ['setFees', 'markOpen', 'announceFees'] }),
    accept('SC-SERVICE-FEES-10', { to: 'agreementReady', do: ['setFees', 'announceFees'] }),
  ],
  approvedByBoth: [...mayNotSetFees, refuse('SC-SERVICE-FEES-4', null, 'ServiceContractModificationNotAllowed')],
}

type On<A = unknown> = Stage<A, bigint>
const isComplete = (metadata: Bytes, baseFee: bigint) => metadata !== '' && baseFee !== 0n
const withMetadata = (s: On<SetMetadata>) => isComplete(s.args.metadata, agreement(s.w, s.key).baseFee)
const withFees = (s: On<SetFees>) => isComplete(agreement(s.w, s.key).metadata, s.args.baseFee)

export const termsGuards = {
  metadataIsTooLong: (s: On<SetMetadata>) => s.args.metadata.length > MAX_METADATA_LENGTH,
  baseFeeIsSet: (s: On) => agreement(s.w, s.key).baseFee !== 0n,
  metadataIsSet: (s: On) => agreement(s.w, s.key).metadata !== '',
  metadataCompletesTerms: withMetadata,
  metadataLeavesTermsOpen: (s: On<SetMetadata>) => !withMetadata(s),
  feesCompleteTerms: withFees,
  feesLeaveTermsOpen: (s: On<SetFees>) => !withFees(s),
  somebodyApproved: (s: On) => agreement(s.w, s.key).acceptedByService || agreement(s.w, s.key).acceptedByConsumer,
}

const mark = (s: On, state: ServiceContractState) => s.w.put(ServiceContracts, s.key, { ...agreement(s.w, s.key), state })
export const termsEffects = {
  setMetadata: (s: On<SetMetadata>) => s.w.put(ServiceContracts, s.key, { ...agreement(s.w, s.key), metadata: s.args.metadata }),
  setFees: (s: On<SetFees>) =>
    s.w.put(ServiceContracts, s.key, { ...agreement(s.w, s.key), baseFee: s.args.baseFee, variableFee: s.args.variableFee }),
  markReady: (s: On) => mark(s, { type: 'AgreementReady' }),
  markOpen: (s: On) => mark(s, { type: 'Created' }),
  announceMetadata: (s: On) => s.emit(ServiceContractMetadataSet, agreement(s.w, s.key)),
  announceFees: (s: On) => s.emit(ServiceContractFeesSet, agreement(s.w, s.key)),
}
