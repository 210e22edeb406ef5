/** Why a mutant survives, where that was looked into. The first entry that fits explains it. */
export const explanations: readonly { readonly fits: RegExp; readonly why: string }[] = [
  { fits: /^EXT-NONCE-/, why: 'a step has no nonce of its own: the driver signs with the one that is due' },
  {
    fits: /^EXT-(PAY|SETTLE)-1:/,
    why: 'a signed extrinsic pays for its length at least, so that something is withheld always',
  },
]

/** The reason in words, undefined when nobody has looked into it. */
export const explanationOf = (id: string): string | undefined => explanations.find(({ fits }) => fits.test(id))?.why
