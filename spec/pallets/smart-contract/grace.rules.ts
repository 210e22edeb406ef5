import { accept, must, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { blockNumber } from '../system/clock.js'
import type { Bill } from './billing.rules.js'
import { contractsUnder, existing, nodeContractOf, nodeIdOf, rentedInGrace } from './contract.state.js'
import { ContractGracePeriodEnded, ContractGracePeriodStarted } from './events.js'
import { ActiveNodeContracts, Contracts } from './items.js'
import { GRACE_ADDS_UP } from './releases.js'
import { extraLocked, type Cause, type ContractState, type NodeContract } from './types.js'

/** The grace period of a payer who ran dry. @source pallet-smart-contract/src/billing.rs `handle_grace`, `handle_grace_rent_contract`, grid_contract.rs `update_contract_state` @439e6919 */

type On<A = unknown> = Stage<A, bigint>
/** A rent contract's grace carries over to the node contracts on its node. */
interface Follow {
  readonly nodeId: number
}

/** Blocks: 14 days of 6-second blocks. @source runtime/src/lib.rs `GracePeriod` @439e6919 */
export const GRACE_PERIOD = 201_600

export const graceWhileLive = [
  accept('SC-GRACE-1', {
    when: 'payerRanDry',
    to: 'gracePeriod',
    do: ['enterGrace', must('@relist'), 'emitGraceStarted', must('@followIntoGrace', 'contractsOnRentedNode')],
  }),
  accept('SC-GRACE-2'),
]
export const graceInGrace = [
  accept('SC-GRACE-10', {
    when: 'rentIsInGrace',
    instead: 'Q-GRACE-LEFT-BEHIND',
    says: 'grace ends with that of the rent contract',
    do: [must('@graceOver')],
  }),
  accept('SC-GRACE-3', {
    when: 'payerHasFunds',
    do: ['leaveGrace', must('@relist'), 'emitGraceEnded', must('@followOutOfGrace', 'contractsOnRentedNode')],
  }),
  accept('SC-GRACE-4', { when: 'graceIsOver', to: 'deleted', do: ['expire', must('@relist')] }),
  accept('SC-GRACE-5'),
]
/** @graceOver: the time is up or not. */
export const graceOver = [
  accept('SC-GRACE-11', { when: 'graceIsOver', to: 'deleted', do: ['expire', must('@relist')] }),
  accept('SC-GRACE-12'),
]
export const graceOnceDeleted = [accept('SC-GRACE-6')]

export const followIntoGrace = [accept('SC-GRACE-7', { to: 'gracePeriod', do: ['enterGrace', must('@relist'), 'emitFollowedIntoGrace'] })]
export const followOutOfGrace = [accept('SC-GRACE-8', { do: ['leaveGrace', must('@relist'), 'emitFollowedOutOfGrace'] })]
export const followWhenAbsent = [refuse('SC-GRACE-9', null, 'ContractNotExists')]

/** Keeps the list of a node's live contracts in step with a contract's state. */
export const relist = [
  accept('SC-LIST-1', { when: 'isNoNodeContract' }),
  accept('SC-LIST-2', { when: 'isDeleted', do: ['takeOffNode'] }),
  accept('SC-LIST-3', { when: 'isCreated', do: ['keepOnNode'] }),
  accept('SC-LIST-4', { says: 'a contract that enters grace stays as it is listed', do: ['rewriteNodeList'] }),
]

const stateOf = (s: On) => existing(s.w, s.key).state
const setState = (s: On, state: ContractState) => s.w.put(Contracts, s.key, { ...existing(s.w, s.key), state })
export const markDeleted = (cause: Cause['type']) => (s: On) => setState(s, { type: 'Deleted', value: { type: cause } })
const nodeOf = (s: On) => (existing(s.w, s.key).contractType.value as NodeContract).nodeId

/** The first occurrence only, as the pallet removes it. */
export const withoutFirst = (ids: readonly bigint[], id: bigint): readonly bigint[] => {
  const at = ids.indexOf(id)
  return at < 0 ? ids : ids.toSpliced(at, 1)
}

export const graceGuards = {
  payerRanDry: (s: On<Bill>) => owed(s) >= s.args.usable,
  payerHasFunds: (s: On<Bill>) => s.args.usable > owed(s),
  graceIsOver: (s: On) => {
    const state = stateOf(s)
    return state.type === 'GracePeriod' && BigInt(blockNumber(s.w)) - state.value >= BigInt(GRACE_PERIOD)
  },
  rentIsInGrace: (s: On) => rentedInGrace(s.w, nodeContractOf(existing(s.w, s.key))?.nodeId),
  isNoNodeContract: (s: On) => existing(s.w, s.key).contractType.type !== 'NodeContract',
  isDeleted: (s: On) => stateOf(s).type === 'Deleted',
  isCreated: (s: On) => stateOf(s).type === 'Created',
}

export const graceEffects = {
  enterGrace: (s: On) => setState(s, { type: 'GracePeriod', value: BigInt(blockNumber(s.w)) }),
  leaveGrace: (s: On) => setState(s, { type: 'Created' }),
  expire: markDeleted('OutOfFunds'),
  emitGraceStarted: (s: On) => emitStarted(s, nodeIdOf(existing(s.w, s.key))),
  emitGraceEnded: (s: On) => emitEnded(s, nodeIdOf(existing(s.w, s.key))),
  emitFollowedIntoGrace: (s: On<Follow>) => emitStarted(s, s.args.nodeId),
  emitFollowedOutOfGrace: (s: On<Follow>) => emitEnded(s, s.args.nodeId),
  takeOffNode: (s: On) => s.w.put(ActiveNodeContracts, nodeOf(s), withoutFirst(s.w.get(ActiveNodeContracts, nodeOf(s)), s.key)),
  keepOnNode: (s: On) => {
    const listed = s.w.get(ActiveNodeContracts, nodeOf(s))
    s.w.put(ActiveNodeContracts, nodeOf(s), listed.includes(s.key) ? listed : [...listed, s.key])
  },
  rewriteNodeList: (s: On) => s.w.put(ActiveNodeContracts, nodeOf(s), s.w.get(ActiveNodeContracts, nodeOf(s))),
}

export const graceRoutes = {
  contractsOnRentedNode: (s: On) => {
    const contract = existing(s.w, s.key)
    return contractsUnder(s.w, contract).map((key) => ({ machine: 'contract', key, args: { nodeId: nodeIdOf(contract) } satisfies Follow }))
  },
}

/**
 * What decides about grace: this bill. From 132 on all that is locked with it, although what is locked already is no part of
 * the usable balance any more (quirk Q-GRACE-COUNTS-TWICE).
 */
const owed = (s: On<Bill>): bigint => (s.w.version >= GRACE_ADDS_UP && s.quirk('Q-GRACE-COUNTS-TWICE') ? totalLocked(s.args) : s.args.due)
const totalLocked = ({ lockAfter }: Bill): bigint => {
  const total = lockAfter.amountLocked + extraLocked(lockAfter)
  return total < 1n << 128n ? total : 0n
}
const emitStarted = (s: On, nodeId: number) =>
  s.emit(ContractGracePeriodStarted, {
    contractId: s.key,
    nodeId,
    twinId: existing(s.w, s.key).twinId,
    blockNumber: BigInt(blockNumber(s.w)),
  })
const emitEnded = (s: On, nodeId: number) =>
  s.emit(ContractGracePeriodEnded, { contractId: s.key, nodeId, twinId: existing(s.w, s.key).twinId })
