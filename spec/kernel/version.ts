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
  for (let i = history.length - 1; i >= 0; i--) {
    const [from, definition] = history[i]!
    if (from <= version) return definition
  }
  throw new Defect('SPEC-VERSION', `nothing is defined at spec_version ${version}; the history starts at ${history[0]?.[0]}`)
}

/** What depends on the version alone, computed once for each. */
export function byVersion<T extends NonNullable<unknown>>(compute: (version: SpecVersion) => T): (version: SpecVersion) => T {
  let latest = -1
  let value: T | undefined
  const known = new Map<SpecVersion, T>()
  return (version) => {
    // One run asks for one version.
    if (version === latest) return value!
    value = known.get(version)
    if (value === undefined) known.set(version, (value = compute(version)))
    latest = version
    return value
  }
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
