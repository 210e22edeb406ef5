/** An error or event that the metadata lists and that no sequence of extrinsics and blocks brings about. */
export interface Unreachable {
  /** `Pallet.Variant`, as in the metadata. */
  readonly name: string
  readonly why: string
}

/** Variants of a pallet that share a reason. */
export const unreached = (pallet: string, why: string, ...variants: readonly string[]): readonly Unreachable[] =>
  variants.map((variant) => ({ name: `${pallet}.${variant}`, why }))
