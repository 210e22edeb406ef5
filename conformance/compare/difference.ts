import type { Plain } from '../../src/codec/plain.js'

/** Where reference and target differ, in plain form. */
export interface Difference {
  /** Position in the sequence. */
  readonly step: number
  readonly kind: 'outcome' | 'events' | 'storage' | 'defect'
  /** What differs: `outcome`, an event's place and name, a storage item. */
  readonly field: string
  /** The rule that decided in the reference, envelope and balances aside, and all rules of the step in order. */
  readonly rule: string
  readonly rules: readonly string[]
  readonly expected: Plain
  readonly actual: Plain
}

/** Differences with the same signature have one cause, as far as can be told without looking. */
export const signatureOf = (d: Difference): string => `${d.kind} ${d.field.replace(/[0-9]+/g, '#')} @ ${d.rule}`

/** The last rule of a step that is about more than the envelope or a balance; the last one at all where there is none. */
export const decidingRule = (rules: readonly string[]): string =>
  rules.findLast((rule) => !/^(EXT|BAL|ORIGIN)-/.test(rule)) ?? rules.at(-1) ?? 'none'
