import { daemonQuirks } from '../../spec/bridge/deployed/quirks.js'
import type { Edition } from '../../spec/kernel/version.js'
import { editionAt } from '../../spec/versions/editions.js'

/** Chain and daemon as deployed at a version. */
export function deployedAt(version: number): Edition {
  const edition = editionAt(version)
  return { ...edition, quirks: new Set([...edition.quirks, ...daemonQuirks.map(({ id }) => id)]) }
}

/** The same with one habit repaired. */
export const without = (edition: Edition, quirk: string): Edition => ({
  ...edition,
  name: `${edition.name} without ${quirk}`,
  quirks: new Set([...edition.quirks].filter((q) => q !== quirk)),
})
