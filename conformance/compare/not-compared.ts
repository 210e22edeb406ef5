/**
 * What a comparison with the runtime leaves out, and what it takes from the runtime instead of predicting it.
 * Every report prints both lists.
 */
export interface Exception {
  /** A storage item as `Pallet.Name`, or a raw key. */
  readonly what: string
  /** Where it is left out: within an extrinsic, at a block's edges, or both. */
  readonly where: 'extrinsic' | 'block' | 'both'
  readonly why: string
}

const bookkeeping = 'the block builder’s own bookkeeping: gone with the block, no pallet reads it'
const consensus = 'consensus of the block author’s node, outside the modelled pallets'

export const notCompared: readonly Exception[] = [
  { what: ':extrinsic_index', where: 'both', why: bookkeeping },
  { what: ':transaction_level:', where: 'both', why: bookkeeping },
  { what: 'System.ExtrinsicData', where: 'both', why: bookkeeping },
  { what: 'System.AllExtrinsicsLen', where: 'both', why: bookkeeping },
  { what: 'System.BlockWeight', where: 'both', why: 'each call’s own weight is compared in its events; hooks’ weights are not modelled' },
  { what: 'System.EventCount', where: 'both', why: 'the events themselves are compared' },
  { what: 'System.Events', where: 'both', why: 'compared apart, byte for byte' },
  { what: 'System.ExecutionPhase', where: 'both', why: 'each event’s phase is compared' },
  { what: 'System.ExtrinsicCount', where: 'block', why: bookkeeping },
  { what: 'System.ParentHash', where: 'block', why: 'hashes are the driver’s own' },
  { what: 'System.BlockHash', where: 'block', why: 'hashes are the driver’s own' },
  { what: 'RandomnessCollectiveFlip.RandomMaterial', where: 'block', why: 'hashes are the driver’s own' },
  { what: 'System.Digest', where: 'block', why: 'the driver’s input' },
  { what: 'System.LastRuntimeUpgrade', where: 'block', why: 'no upgrade happens' },
  { what: 'Timestamp.DidUpdate', where: 'block', why: bookkeeping },
  { what: 'Aura.CurrentSlot', where: 'block', why: 'the driver’s input' },
  { what: 'Authorship.Author', where: 'block', why: consensus },
  { what: 'Authorship.Uncles', where: 'block', why: consensus },
  { what: 'Authorship.DidSetUncles', where: 'block', why: consensus },
  { what: 'ValidatorSet.OfflineValidators', where: 'block', why: consensus },
  { what: 'Session.QueuedKeys', where: 'block', why: consensus },
  { what: 'Session.QueuedChanged', where: 'block', why: consensus },
  { what: 'Session.Validators', where: 'block', why: consensus },
  { what: 'ValidatorSet.OfflineValidators', where: 'block', why: consensus },
  { what: 'Session.DisabledValidators', where: 'block', why: consensus },
  { what: 'Aura.Authorities', where: 'block', why: consensus },
  { what: 'Grandpa.CurrentSetId', where: 'block', why: consensus },
  { what: 'Grandpa.SetIdSession', where: 'block', why: consensus },
  { what: 'Grandpa.PendingChange', where: 'block', why: consensus },
  { what: 'Grandpa.State', where: 'block', why: consensus },
  { what: 'Grandpa.Stalled', where: 'block', why: consensus },
  { what: ':grandpa_authorities', where: 'block', why: consensus },
  { what: 'Historical.HistoricalSessions', where: 'block', why: consensus },
]

/** Inputs that the reference takes from the driver. Nothing is copied from what the runtime answers. */
export const observed: readonly { readonly what: string; readonly why: string }[] = [
  { what: 'panic text', why: 'the predicted message must occur in the runtime’s text; file and line behind it are not predicted' },
  { what: 'block number and time', why: 'inputs of an advance; the runtime takes any that grow' },
]
