import type { Span } from '../kernel/version.js'

/** Something that a released version does although a document promises otherwise; switched one by one. */
export interface Quirk extends Span {
  readonly id: string
  readonly says: string
  readonly source: string
}

export const quirks: readonly Quirk[] = [
  { id: 'Q-BILL-NO-POLICY', says: '', source: '' },
  { id: 'Q-BURN-MORE-THAN-ENOUGH', says: '', source: '' },
  { id: 'Q-BURN-SATURATES', says: '', source: '' },
  { id: 'Q-BURN-SIGNS-TWICE', says: '', source: '' },
  { id: 'Q-DISCOUNT-PERIOD', says: '', source: '' },
  { id: 'Q-DISCOUNT-ZERO', says: '', source: '' },
  { id: 'Q-ENTITY-SIGNATURE-HEX', says: '', source: '' },
  { id: 'Q-FARM-IP-RESET', says: '', source: '' },
  { id: 'Q-FARM-IP-TWICE', says: '', source: '' },
  { id: 'Q-FARM-IP-UNCHECKED', says: '', source: '' },
  { id: 'Q-FARM-POLICY-MISSING', says: '', source: '' },
  { id: 'Q-FARMING-IMMUTABLE', says: '', source: '' },
  { id: 'Q-FREQUENCY-STRANDS', says: '', source: '' },
  { id: 'Q-IP6-OVERRUN', says: '', source: '' },
  { id: 'Q-MINT-AND-REFUND', says: '', source: '' },
  { id: 'Q-MINT-LOST', says: '', source: '' },
  { id: 'Q-MINT-OTHER-VOTE', says: '', source: '' },
  { id: 'Q-MINT-VOTES-TWICE', says: '', source: '' },
  { id: 'Q-NODE-LIST-UNSORTED', says: '', source: '' },
  { id: 'Q-NODE-TWIN-LINGERS', says: '', source: '' },
  { id: 'Q-POLICY-DEFAULT-UNFIT', says: '', source: '' },
  { id: 'Q-POLICY-LIMIT-CERTIFICATION', says: '', source: '' },
  { id: 'Q-PRICE-SUM-SATURATES', says: '', source: '' },
  { id: 'Q-PRICE-WRAP', says: '', source: '' },
  { id: 'Q-PRICE-ZERO', says: '', source: '' },
  { id: 'Q-PRICING-POLICY-REWINDS', says: '', source: '' },
  { id: 'Q-PROVIDER-COUNT', says: '', source: '' },
  { id: 'Q-PROVIDER-TAKE-WRAP', says: '', source: '' },
  { id: 'Q-REFUND-MORE-THAN-ENOUGH', says: '', source: '' },
  { id: 'Q-REFUND-OTHER-SIGNATURE', says: '', source: '' },
  { id: 'Q-REFUND-REOPENED', says: '', source: '' },
  { id: 'Q-REFUND-SIGNS-TWICE', says: '', source: '' },
  { id: 'Q-SERVICE-COST-WRAP', says: '', source: '' },
  { id: 'Q-SERVICE-OUT-OF-FUNDS', says: '', source: '' },
  { id: 'Q-SERVICE-READY', says: '', source: '' },
  { id: 'Q-SERVICE-TERMS', says: '', source: '' },
  { id: 'Q-TWIN-PROOF-HEX', says: '', source: '' },
  { id: 'Q-TWIN-RELAY', says: '', source: '' },
]
