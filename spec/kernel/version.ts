import { Defect } from './defect.js'

/** A runtime's `spec_version`, such as 123 or 144. */
export type SpecVersion = number

/** The versions in which something holds: `from` inclusive, `until` exclusive. */
export interface Span {
  readonly from?: SpecVersion
  readonly until?: SpecVersion
}

export const inSpan = (version: SpecVersion, { from = 0, until = Infinity }: Span): boolean => from <= version && version < until

/**
 * The definition that holds at `version`: the last whose start is at or below it.
 * @throws Defect SPEC-VERSION when the history starts later
 */
export function pick<T>(version: SpecVersion, history: readonly (readonly [from: SpecVersion, definition: T])[]): T {
  const hit = history.findLast(([from]) => from <= version)
  if (hit === undefined)
    throw new Defect('SPEC-VERSION', `nothing is defined at spec_version ${version}; the history starts at ${history[0]?.[0]}`)
  return hit[1]
}

/**
 * What the spec is read as: a version, and the quirks that are on.
 * A released version has all quirks of its span on; `intended` is the newest described version with every quirk off.
 */
export interface Edition {
  readonly name: string
  readonly version: SpecVersion
  readonly quirks: ReadonlySet<string>
}
