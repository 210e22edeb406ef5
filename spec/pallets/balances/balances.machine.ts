import { accept, attempt, machine, refuse } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { Account } from '../system/items.js'
import { countsOldReferences } from '../system/types.js'

type Upgrade = Stage<{ readonly who: readonly AccountId[] }, undefined>
/** How many of the accounts the call will upgrade: each at most once. */
const upgrades = (s: Upgrade): number => [...new Set(s.args.who)].filter((who) => countsOldReferences(s.w.get(Account, who).data)).length
const nobodyThere = [refuse('BAL-FORCE-7', null, 'CannotLookup')]

/** Calls of the pallet that no single account decides. @source frame/balances/src/lib.rs `upgrade_accounts` @polkadot-v0.9.42 */
export const balancesMachine = machine({
  id: 'balances',
  pallet: 'Balances',
  says: 'the balances pallet, where a call is about no account or about many',
  state: () => 'always' as const,
  states: {
    always: {
      forceTransfer: nobodyThere,
      forceSetBalance: nobodyThere,
      setBalanceDeprecated: nobodyThere,
      forceUnreserve: nobodyThere,
      upgradeAccounts: [
        accept('BAL-UPGRADE-5', { when: 'namesNobody' }),
        accept('BAL-UPGRADE-6', { when: 'nineTenthsAreOld', pays: 'no', do: [attempt('@upgrade', 'each')] }),
        accept('BAL-UPGRADE-7', { do: [attempt('@upgrade', 'each')] }),
      ],
    },
  },
  guards: {
    namesNobody: (s: Upgrade) => s.args.who.length === 0,
    nineTenthsAreOld: (s: Upgrade) => upgrades(s) * 10 >= s.args.who.length * 9,
  },
  effects: {},
  routes: { each: (s: Upgrade) => s.args.who.map((key) => ({ machine: 'account', key, args: undefined })) },
})
