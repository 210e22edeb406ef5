import { accept, refuse } from '../../kernel/machine.js'
import type { Stage } from '../../kernel/stage.js'
import { TwinIdByAccountID } from '../tfgrid/items.js'
import { existing } from './contract.state.js'
import { ContractUpdated } from './events.js'
import { Contracts, SolutionProviders } from './items.js'

/**
 * Naming a solution provider on a grid contract that was made without one. The owner does, once; whatever the contract's
 * state is, even deleted.
 * @source pallet-smart-contract/src/solution_provider.rs `_attach_solution_provider_id` @439e6919
 */
export interface AttachSolutionProvider {
  readonly solutionProviderId: bigint
}
type On = Stage<AttachSolutionProvider, bigint>

const providerMustBeApproved = [
  refuse('SC-ATTACH-1', 'providerIsUnknown', 'NoSuchSolutionProvider'),
  refuse('SC-ATTACH-2', 'providerIsNotApproved', 'SolutionProviderNotApproved'),
]

/** `absent` and every other state of the contract. */
export const attachSolutionProvider = {
  absent: [...providerMustBeApproved, refuse('SC-ATTACH-3', null, 'ContractNotExists')],
  live: [
    ...providerMustBeApproved,
    refuse('SC-ATTACH-4', 'attacherHasNoTwin', 'TwinNotExists'),
    refuse('SC-ATTACH-5', 'attacherIsNotOwner', 'UnauthorizedToChangeSolutionProviderId'),
    refuse('SC-ATTACH-6', 'providerIsAttached', 'UnauthorizedToChangeSolutionProviderId'),
    accept('SC-ATTACH-7', { do: ['attachProvider', 'announceAttached'] }),
  ],
}

export const attachGuards = {
  providerIsUnknown: (s: On) => !s.w.has(SolutionProviders, s.args.solutionProviderId),
  providerIsNotApproved: (s: On) => !s.w.get(SolutionProviders, s.args.solutionProviderId)!.approved,
  attacherHasNoTwin: (s: On) => !s.w.has(TwinIdByAccountID, s.caller),
  attacherIsNotOwner: (s: On) => existing(s.w, s.key).twinId !== s.w.get(TwinIdByAccountID, s.caller),
  providerIsAttached: (s: On) => existing(s.w, s.key).solutionProviderId !== undefined,
}

export const attachEffects = {
  attachProvider: (s: On) => s.w.put(Contracts, s.key, { ...existing(s.w, s.key), solutionProviderId: s.args.solutionProviderId }),
  announceAttached: (s: On) => s.emit(ContractUpdated, existing(s.w, s.key)),
}

/** Attaching sends nothing. */
export const attachRoutes = {}
