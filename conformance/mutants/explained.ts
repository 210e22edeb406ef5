/** Why a mutant survives, where that was looked into. The first entry that fits explains it. */
export const explanations: readonly { readonly fits: RegExp; readonly why: string }[] = []

/** The reason in words, undefined when nobody has looked into it. */
export const explanationOf = (id: string): string | undefined => explanations.find(({ fits }) => fits.test(id))?.why
