/** Where reference and target differ, in plain form. */
export interface Difference {
  /** Position in the sequence. */
  readonly step: number
  readonly kind: 'outcome' | 'events' | 'storage' | 'defect'
  /** What differs: `outcome`, an event's place and name, a storage item. */
  readonly field: string
  /** The rule that decided last in the reference, and all rules of the step in order. */
  readonly rule: string
  readonly rules: readonly string[]
  readonly expected: unknown
  readonly actual: unknown
}

/** Differences with the same signature have one cause, as far as can be told without looking. */
export const signatureOf = (d: Difference): string => `${d.kind} ${d.field.replace(/[0-9]+/g, '#')} @ ${d.rule}`
