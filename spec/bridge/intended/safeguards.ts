/**
 * What the intended bridge adds so that nothing is lost: one safeguard, one switch. A safeguard is taken out by switching its
 * quirk on; the matrix takes out each alone and wants to see a run fail.
 */
export interface Safeguard {
  /** Never changes its meaning; also the quirk that is on where the safeguard is missing. */
  readonly id: string
  readonly where: 'pallet' | 'daemon'
  readonly says: string
}

const pallet = (id: string, says: string): Safeguard => ({ id: `S-${id}`, where: 'pallet', says })
const daemon = (id: string, says: string): Safeguard => ({ id: `S-${id}`, where: 'daemon', says })

export const safeguards: readonly Safeguard[] = [
  pallet('DISTINCT', 'a validator counts once for a deposit, however often it reports'),
  pallet('SAME-CONTENT', 'only reports of the same content add up; another content opens its own count'),
  pallet('ONCE', 'a deposit that was decided about is never decided about again'),
  pallet('TODAYS-VALIDATORS', 'only reports of those count who are validators when the majority is reached'),
  pallet('FRESH-FEE', 'fee and memo are looked at by the chain, when the majority is reached, not by the daemons'),
  pallet('REFUND-IF-LOST', 'what would fall below the existential deposit is refunded instead of minted to nobody'),
  pallet('FLOOR', 'a withdrawal is at least the existential deposit beyond its fee, so that it can be minted back'),
  pallet('ONE-SEQUENCE', 'a payout keeps the sequence number that the chain gave it, however long it takes'),
  pallet('SETTLED-BY-MAJORITY', 'a payout is settled when a majority has read its result on Stellar, not when one says so'),
  pallet('GOOD-SIGNATURES', 'the chain verifies a signature before it takes it'),
  pallet('MORE-SIGNATURES', 'it takes signatures of all validators, not only until they are enough'),
  pallet('MINT-BACK', 'a withdrawal that Stellar refuses is minted back to who made it'),
  pallet('CLAIMABLE', 'a refund that Stellar refuses becomes a claimable balance of the sender'),
  pallet('VOID', 'a payout whose sequence number somebody else used gets the next one'),
  daemon(
    'EVERY-OPERATION',
    'every operation that credits TFT is a deposit of its own, with its own sender and amount, and no other asset counts',
  ),
  daemon('READS-STATE', 'the daemon looks at what is open on the chain; it does not live on events'),
  daemon('CURSOR-LAST', 'the cursor is saved after what lies before it is on the chain'),
  daemon('WHOLE-FILE', 'the file is replaced whole: written beside it, synced, renamed'),
  daemon('MOVES-ON', 'a refused call is left behind; what is still open shows in the next look'),
  daemon('TODAYS-SIGNERS', "it submits with signatures of the vault's signers of today only, and no more than needed"),
]
