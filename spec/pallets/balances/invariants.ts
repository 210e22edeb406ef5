import { invariant, type Invariant } from '../../kernel/invariant.js'
import { Account } from '../system/items.js'
import { frozenOf } from '../system/types.js'
import { EXISTENTIAL_DEPOSIT, Locks, TotalIssuance } from './items.js'

/** What holds about TFT at any time. Amounts in 1e-7 TFT. */
export const balanceInvariants: readonly Invariant[] = [
  invariant('INV-BAL-1', 'the issuance is the sum of all balances', [Account, TotalIssuance], (w) => {
    let sum = 0n
    for (const [, { data }] of w.entries(Account)) sum += data.free + data.reserved
    return sum === w.get(TotalIssuance) ? [] : [`accounts hold ${sum}, issued are ${w.get(TotalIssuance)}`]
  }),
  invariant('INV-BAL-2', 'nobody holds less than the existential deposit', [Account], (w) =>
    [...w.entries(Account)]
      .filter(([, { data }]) => data.free + data.reserved < EXISTENTIAL_DEPOSIT)
      .map(([, { data }]) => `an account holds ${data.free + data.reserved}`),
  ),
  invariant('INV-BAL-3', 'what is frozen is the largest lock', [Account, Locks], (w) =>
    [...w.entries(Locks)].flatMap(([who, locks]) => {
      const largest = locks.reduce((most, { amount }) => (amount > most ? amount : most), 0n)
      return frozenOf(w.get(Account, who).data) === largest
        ? []
        : [`an account with a lock of ${largest} has ${frozenOf(w.get(Account, who).data)} frozen`]
    }),
  ),
  invariant('INV-BAL-4', 'an account that somebody relies on has a provider', [Account], (w) =>
    [...w.entries(Account)]
      .filter(([, { consumers, providers, sufficients }]) => consumers > 0 && providers + sufficients === 0)
      .map(([, { consumers }]) => `an account without providers has ${consumers} consumers`),
  ),
]
