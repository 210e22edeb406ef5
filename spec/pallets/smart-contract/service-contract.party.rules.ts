import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { seconds } from '../system/clock.js'
import { TwinIdByAccountID } from '../tfgrid/items.js'
import { ServiceContractApproved, ServiceContractCanceled, ServiceContractCreated } from './events.js'
import { ServiceContractID, ServiceContracts } from './items.js'
import type { ServiceContract } from './types.js'

/** The two parties: who they are, what they approve, how they part. @source pallet-smart-contract/src/service_contract.rs @439e6919 */

export interface CreateServiceContract {
  readonly serviceAccount: AccountId
  readonly consumerAccount: AccountId
}
type On = Stage<unknown, bigint>
type OnCreate = Stage<CreateServiceContract, bigint>

/** The service contract of an entity that is not absent. */
export const agreement = (w: World, id: bigint): ServiceContract => w.get(ServiceContracts, id)!

/** The twin of an account, undefined when it has none. */
export const twinOf = (w: World, account: AccountId): number | undefined => w.get(TwinIdByAccountID, account)
const callersTwin = (s: Stage) => twinOf(s.w, s.caller)
const isService = (s: On) => callersTwin(s) === agreement(s.w, s.key).serviceTwinId
const isConsumer = (s: On) => callersTwin(s) === agreement(s.w, s.key).consumerTwinId

export const partyGuards = {
  callerHasNoTwin: (s: On) => callersTwin(s) === undefined,
  serviceHasNoTwin: (s: OnCreate) => twinOf(s.w, s.args.serviceAccount) === undefined,
  consumerHasNoTwin: (s: OnCreate) => twinOf(s.w, s.args.consumerAccount) === undefined,
  callerIsNeither: (s: OnCreate) => {
    const caller = callersTwin(s)
    return caller !== twinOf(s.w, s.args.serviceAccount) && caller !== twinOf(s.w, s.args.consumerAccount)
  },
  serviceIsItsConsumer: (s: OnCreate) => twinOf(s.w, s.args.serviceAccount) === twinOf(s.w, s.args.consumerAccount),
  callerIsNotTheService: (s: On) => !isService(s),
  callerIsNoParty: (s: On) => !isService(s) && !isConsumer(s),
  otherPartyHasApproved: (s: On) => (isService(s) ? agreement(s.w, s.key).acceptedByConsumer : agreement(s.w, s.key).acceptedByService),
}

export const partyEffects = {
  /** Ids count up from 1; the one after 2^64 - 1 is 0. */
  storeNew: (s: OnCreate) => {
    s.w.put(ServiceContracts, s.key, {
      serviceContractId: s.key,
      serviceTwinId: twinOf(s.w, s.args.serviceAccount)!,
      consumerTwinId: twinOf(s.w, s.args.consumerAccount)!,
      baseFee: 0n,
      variableFee: 0n,
      metadata: '',
      acceptedByService: false,
      acceptedByConsumer: false,
      lastBill: 0n,
      state: { type: 'Created' },
    })
    s.w.set(ServiceContractID, s.key)
  },
  recordApproval: (s: On) => {
    const contract = agreement(s.w, s.key)
    s.w.put(ServiceContracts, s.key, isService(s) ? { ...contract, acceptedByService: true } : { ...contract, acceptedByConsumer: true })
  },
  startBilling: (s: On) =>
    s.w.put(ServiceContracts, s.key, { ...agreement(s.w, s.key), state: { type: 'ApprovedByBoth' }, lastBill: seconds(s.w) }),
  remove: (s: On) => s.w.remove(ServiceContracts, s.key),
  announceCreated: (s: On) => s.emit(ServiceContractCreated, agreement(s.w, s.key)),
  announceApproved: (s: On) => s.emit(ServiceContractApproved, agreement(s.w, s.key)),
  announceCanceledByUser: (s: On) => s.emit(ServiceContractCanceled, { serviceContractId: s.key, cause: { type: 'CanceledByUser' } }),
}
