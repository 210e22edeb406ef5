import { U8 } from '../../kernel/arithmetic/integers.js'
import { accept, machine, refuse } from '../../kernel/machine.js'
import type { Bytes } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import type { World } from '../../kernel/world.js'
import { SolutionProviderApproved, SolutionProviderCreated } from './events.js'
import { SolutionProviderID, SolutionProviders } from './items.js'
import type { Provider } from './types.js'

/** Where a solution provider is in its life. Nothing ever deletes one. */
export type SolutionProviderLife = 'absent' | 'proposed' | 'approved'
export const solutionProviderLife = (w: World, id: bigint): SolutionProviderLife => {
  const provider = w.get(SolutionProviders, id)
  return provider === undefined ? 'absent' : provider.approved ? 'approved' : 'proposed'
}

export interface CreateSolutionProvider {
  readonly description: Bytes
  readonly link: Bytes
  readonly providers: readonly Provider[]
}
interface Approval {
  readonly approve: boolean
}
type OnCreate = Stage<CreateSolutionProvider, bigint>
type OnApproval = Stage<Approval, bigint>

/** The most that all providers together may take, in percent of a bill. */
const MOST_TAKE = 50
/** Payout addresses that the document allows. @source pallet-smart-contract/solution_provider.md @439e6919 */
const MOST_PROVIDERS = 5

const takes = (s: OnCreate): number => s.args.providers.reduce((sum, { take }) => sum + take, 0)

const decide = [
  accept('SC-PROVIDER-APPROVE-2', { when: 'isApproval', to: 'approved', do: ['setApproved', 'announceApproval'] }),
  accept('SC-PROVIDER-APPROVE-3', {
    to: 'proposed',
    says: 'the approval is withdrawn for contracts to come; those that name the provider keep it',
    do: ['setApproved', 'announceApproval'],
  }),
]

/**
 * A solution provider: accounts that get a share of what the contracts that name it pay. Anybody proposes one, the council
 * approves it. Its key is its id. 144 adds the takes in a u8, which wraps: 200 and 100 count as 44 (quirk
 * Q-PROVIDER-TAKE-WRAP), and takes any number of payout addresses (quirk Q-PROVIDER-COUNT).
 * @source pallet-smart-contract/src/solution_provider.rs @439e6919
 */
export const solutionProvider = machine({
  id: 'solution-provider',
  pallet: 'SmartContractModule',
  says: 'accounts that share in what the contracts made with their solution pay',
  state: solutionProviderLife,
  states: {
    absent: {
      createSolutionProvider: [
        refuse('SC-PROVIDER-CREATE-1', 'wrappedTakesExceedHalf', 'InvalidProviderConfiguration', { quirk: 'Q-PROVIDER-TAKE-WRAP' }),
        refuse('SC-PROVIDER-CREATE-2', 'takesExceedHalf', 'InvalidProviderConfiguration', { instead: 'Q-PROVIDER-TAKE-WRAP' }),
        refuse('SC-PROVIDER-CREATE-3', 'moreThanFiveShare', 'InvalidProviderConfiguration', { instead: 'Q-PROVIDER-COUNT' }),
        accept('SC-PROVIDER-CREATE-4', { to: 'proposed', do: ['storeProvider', 'announceProvider'] }),
      ],
      approveSolutionProvider: [refuse('SC-PROVIDER-APPROVE-1', null, 'NoSuchSolutionProvider')],
      '@mustBeApproved': [refuse('SC-PROVIDER-USE-1', null, 'NoSuchSolutionProvider')],
    },
    proposed: {
      approveSolutionProvider: decide,
      '@mustBeApproved': [refuse('SC-PROVIDER-USE-2', null, 'SolutionProviderNotApproved')],
    },
    approved: {
      approveSolutionProvider: decide,
      '@mustBeApproved': [accept('SC-PROVIDER-USE-3', { to: 'approved' })],
    },
  },
  guards: {
    wrappedTakesExceedHalf: (s: OnCreate) => U8.wrap(takes(s)) > MOST_TAKE,
    takesExceedHalf: (s: OnCreate) => takes(s) > MOST_TAKE,
    moreThanFiveShare: (s: OnCreate) => s.args.providers.length > MOST_PROVIDERS,
    isApproval: (s: OnApproval) => s.args.approve,
  },
  effects: {
    storeProvider: (s: OnCreate) => {
      const { providers, description, link } = s.args
      s.w.set(SolutionProviderID, s.key)
      s.w.put(SolutionProviders, s.key, { solutionProviderId: s.key, providers, description, link, approved: false })
    },
    announceProvider: (s: OnCreate) => s.emit(SolutionProviderCreated, s.w.get(SolutionProviders, s.key)!),
    setApproved: (s: OnApproval) => s.w.put(SolutionProviders, s.key, { ...s.w.get(SolutionProviders, s.key)!, approved: s.args.approve }),
    announceApproval: (s: OnApproval) => s.emit(SolutionProviderApproved, [s.key, s.args.approve]),
  },
})
