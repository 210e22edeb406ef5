/**
 * Consent to terms and conditions.
 * @source pallet-tfgrid/src/twin.rs `_user_accept_tc`; terms_cond.rs `TermsAndConditions::try_from` @439e6919
 */
import { accept, machine, refuse } from '../../kernel/machine.js'
import type { AccountId } from '../../kernel/shape.js'
import type { Stage } from '../../kernel/stage.js'
import { seconds } from '../system/clock.js'
import type { ArgsOf, userAcceptTc } from './calls.js'
import { UsersTermsAndConditions } from './items.js'
import { documentHashIsValid, documentLinkIsValid, minDocumentHashLength, minDocumentLinkLength } from './validation/document.js'

type Consent = Stage<ArgsOf<typeof userAcceptTc>, AccountId>

/** The same for everybody: who consents again, to the same document too, has consented once more. No event tells. */
const consent = [
  refuse('TG-TERMS-1', 'linkIsTooShort', 'DocumentLinkInputTooShort'),
  refuse('TG-TERMS-2', 'linkHasOtherCharacters', 'InvalidDocumentLinkInput'),
  refuse('TG-TERMS-3', 'hashIsTooShort', 'DocumentHashInputTooShort'),
  refuse('TG-TERMS-4', 'hashHasOtherCharacters', 'InvalidDocumentHashInput'),
  accept('TG-TERMS-5', { to: 'given', do: ['addConsent'] }),
]

/** An account's consents. Its key is the account. */
export const terms = machine({
  id: 'terms',
  pallet: 'TfgridModule',
  says: "an account's consent to terms and conditions",
  state: (w, who: AccountId) => (w.has(UsersTermsAndConditions, who) ? 'given' : 'absent'),
  states: { absent: { userAcceptTc: consent }, given: { userAcceptTc: consent } },
  guards: {
    linkIsTooShort: (s: Consent) => s.args.documentLink.length < minDocumentLinkLength,
    linkHasOtherCharacters: (s: Consent) => !documentLinkIsValid(s.args.documentLink),
    hashIsTooShort: (s: Consent) => s.args.documentHash.length < minDocumentHashLength,
    hashHasOtherCharacters: (s: Consent) => !documentHashIsValid(s.args.documentHash),
  },
  effects: {
    addConsent: (s: Consent) => {
      const given = { accountId: s.key, timestamp: seconds(s.w), ...s.args }
      s.w.put(UsersTermsAndConditions, s.key, [...(s.w.get(UsersTermsAndConditions, s.key) ?? []), given])
    },
  },
})
