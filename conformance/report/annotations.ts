import type { Difference } from '../compare/difference.js'

/** What an annotation needs of a difference, wherever it was found. */
export interface Annotated {
  readonly difference: Pick<Difference, 'kind' | 'field' | 'rule' | 'expected' | 'actual'>
  /** How to see it again. */
  readonly replay: string
}

/** GitHub reads a line as a command: line ends and the command's own marks are escaped. */
const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300)

/** `::error` lines for GitHub Actions, each with the rule's id as its title. */
export const annotations = (differences: readonly Annotated[]): string =>
  differences
    .map(({ difference: { kind, field, rule, expected, actual }, replay }) => {
      const message = `${rule}: ${kind} differs: ${field}\nexpected ${shown(expected)}\nactual ${shown(actual)}\n${replay}`
      return `::error title=${property(`tfspec ${rule}`)}::${data(message)}\n`
    })
    .join('')

/** True inside GitHub Actions. */
export const wantsAnnotations = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  environment['GITHUB_ACTIONS'] === 'true'
