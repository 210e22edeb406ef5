import type { Plain } from '../codec/plain.js'

/** What is known of a name. */
export interface Explanation {
  readonly kind: 'rule' | 'invariant' | 'requirement' | 'error' | 'call' | 'quirk'
  readonly id: string
  /** In a sentence. */
  readonly says: string
  readonly sections: readonly Section[]
  readonly example?: Example
}
export interface Section {
  readonly title: string
  readonly lines: readonly string[]
}
/** A recorded case in which it can be seen. */
export interface Example {
  readonly fixture: string
  readonly what: string
  readonly steps: readonly { readonly step: Plain; readonly outcome: string }[]
}

/** A section, left out when it has nothing to say. */
export const section = (title: string, lines: readonly (string | undefined)[]): readonly Section[] => {
  const said = lines.filter((line) => line !== undefined && line !== '') as readonly string[]
  return said.length === 0 ? [] : [{ title, lines: said }]
}
