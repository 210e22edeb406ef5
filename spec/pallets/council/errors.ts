/** Errors of the council, in the metadata's order. @source frame/collective/src/lib.rs `Error` @polkadot-v0.9.42 */
export const errors = [
  'NotMember',
  'DuplicateProposal',
  'ProposalMissing',
  'WrongIndex',
  'DuplicateVote',
  'AlreadyInitialized',
  'TooEarly',
  'TooManyProposals',
  'WrongProposalWeight',
  'WrongProposalLength',
] as const
