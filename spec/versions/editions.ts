import { Defect } from '../kernel/defect.js'
import type { CallType } from '../kernel/call.js'
import { inSpan, type Edition, type SpecVersion } from '../kernel/version.js'
import { quirks } from './quirks.js'

/** The versions that the spec describes, oldest first. */
export const describedVersions: readonly SpecVersion[] = [123, 144]
export const newestVersion: SpecVersion = describedVersions.at(-1)!

/** A released version as it is: every quirk of its span on. */
export function editionAt(version: SpecVersion): Edition {
  return {
    name: String(version),
    version,
    quirks: new Set(quirks.filter((q) => (q.from ?? 0) <= version && version < (q.until ?? Infinity)).map((q) => q.id)),
  }
}

/** The newest described version with every quirk off: what is promised. */
export const intended: Edition = { name: 'intended', version: newestVersion, quirks: new Set() }

/** An edition with some quirks switched over, as mutants and repairs are. */
export function flip(edition: Edition, ids: readonly string[]): Edition {
  const flipped = new Set(edition.quirks)
  for (const id of ids) if (!flipped.delete(id)) flipped.add(id)
  return { ...edition, name: `${edition.name} with ${ids.join(', ')} flipped`, quirks: flipped }
}

/**
 * The edition of a name: a version or `intended`.
 * @throws Defect SPEC-VERSION for anything else
 */
export function editionNamed(name: string): Edition {
  if (name === 'intended') return intended
  const version = Number(name)
  if (!Number.isInteger(version) || version <= 0) throw new Defect('SPEC-VERSION', `${name} is neither a version nor "intended"`)
  return editionAt(nearest(version))
}

/** The described version that comes closest: the newest that is not newer, or the oldest of all. */
export const nearest = (version: SpecVersion): SpecVersion => describedVersions.findLast((v) => v <= version) ?? describedVersions[0]!

/** True when the spec describes the call at the edition. Of versions before 144 it describes some calls only. */
export const describes = ({ version }: Edition, call: CallType): boolean => inSpan(version, call)
