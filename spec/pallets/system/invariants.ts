import { stepInvariant, type Invariant } from '../../kernel/invariant.js'
import { items } from '../../kernel/item.js'
import { TotalIssuance } from '../balances/items.js'
import { Account, Now, SystemNumber } from './items.js'

/** Panics that no rule can avoid: the extrinsic does not even decode, and a block builder drops it. */
const undecodable = 'Bad input data provided to apply_extrinsic'

/** Quirks by which a call of a released version panics instead of being refused. */
const panics = ['Q-BILL-NO-POLICY', 'Q-PRICE-ZERO', 'Q-DISCOUNT-ZERO', 'Q-ENTITY-SIGNATURE-HEX', 'Q-TWIN-PROOF-HEX', 'Q-IP6-OVERRUN']

/** What holds of every extrinsic and every block. */
export const systemInvariants: readonly Invariant[] = [
  stepInvariant(
    'INV-SYS-1',
    'a call that is refused changes nothing but balance and nonce of who pays the fee and who gets it',
    [Account],
    (step) => {
      if (step.act?.outcome.type !== 'error') return []
      return step.used
        .filter((index) => index !== Account.index && index !== TotalIssuance.index)
        .map((index) => `${items[index]!.name} was written`)
    },
  ),
  stepInvariant(
    'INV-SYS-2',
    'a call is carried out or refused with a reason: nothing makes the runtime panic',
    [],
    ({ act }) =>
      act?.outcome.type === 'panic' && act.outcome.message !== undecodable ? [`${act.call.name} panics: ${act.outcome.message}`] : [],
    { brokenBy: panics },
  ),
  stepInvariant('INV-SYS-3', 'a dispatched call counts its nonce once, and nobody else has one counted', [Account], (step) => {
    const { act, w } = step
    const witnesses: string[] = []
    for (const [who, before] of step.touched(Account)) {
      const after = w.has(Account, who) ? w.get(Account, who).nonce : undefined
      const own = who === act?.who && (act.outcome.type === 'ok' || act.outcome.type === 'error') ? 1 : 0
      // A reaped account forgets its nonce, and may come back within the same step.
      if (after === undefined || after === 0) continue
      if (after !== (before?.nonce ?? 0) + own) witnesses.push(`a nonce went from ${before?.nonce ?? 0} to ${after}`)
    }
    return witnesses
  }),
  stepInvariant('INV-SYS-4', 'time and block number never go back', [Now, SystemNumber], (step) => [
    ...(step.w.get(Now) < step.before(Now) ? ['time went back'] : []),
    ...(step.w.get(SystemNumber) < step.before(SystemNumber) ? ['the block number went back'] : []),
  ]),
]
