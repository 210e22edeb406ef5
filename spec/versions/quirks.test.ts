import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inSpan } from '../kernel/version.js'
import { invariants } from '../invariants.js'
import { machines } from '../machines.js'
import { changes } from './changes.js'
import { describedVersions, editionAt, intended, newestVersion } from './editions.js'
import { severities } from './quirk.js'
import { quirks } from './quirks.js'

const described = new Set(quirks.map(({ id }) => id))

/** The text of every source file below spec/, tests and descriptions apart, and the bridge's design, whose safeguards are no quirks. */
function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'bridge') yield* sources(path)
    } else if (/\.ts$/.test(entry.name) && !/(\.test|quirks?)\.ts$/.test(entry.name)) yield readFileSync(path, 'utf8')
  }
}
const texts = [...sources(join(import.meta.dirname, '..'))]

/** Ids that branches name, at any version and with any quirk. */
const inBranches = machines
  .flatMap(({ states }) => Object.values(states))
  .flatMap((on) => Object.values(on).flat())
  .flatMap(({ meta }) => [meta.quirk, meta.instead])
  .filter((id) => id !== undefined)

/** Ids that effects, facts and other functions ask the stage for: as text, or by a constant of the same file. */
const inFunctions = texts.flatMap((text) =>
  [...text.matchAll(/\.quirk\((?:'([^']+)'|(\w+))\)/g)].flatMap(([, literal, name]) => {
    if (literal !== undefined) return [literal]
    const constant = name === undefined ? null : new RegExp(`const ${name} = '(Q-[A-Z0-9-]+)'`).exec(text)
    return constant === null ? [] : [constant[1]!]
  }),
)

describe('quirks', () => {
  test('are described where a branch or a function of the spec asks for them, and nowhere else', () => {
    expect([...described].sort()).toEqual([...new Set([...inBranches, ...inFunctions])].sort())
  })

  test('are asked for by ids that the source shows, so that a search for them finds all', () => {
    const asked = texts.join('').match(/\.quirk\(/g) ?? []
    // The stage's own method, which passes no id on, is not among them: it is declared, not called.
    expect(inFunctions).toHaveLength(asked.length)
  })

  test('have one id each', () => expect(described.size).toBe(quirks.length))

  test.each(quirks.map((quirk) => [quirk.id, quirk] as const))(
    '%s says what happens, what is promised, what it costs and where it is',
    (id, quirk) => {
      expect(id).toMatch(/^Q-[A-Z0-9]+(-[A-Z0-9]+)*$/)
      expect(quirk.says.length).toBeGreaterThan(30)
      expect(quirk.promises.length).toBeGreaterThan(30)
      expect(severities).toContain(quirk.severity)
      expect(quirk.source).toMatch(/(\.rs) `.+` @[0-9a-f]{8}$/)
      expect(inSpan(newestVersion, quirk), 'an edition has it').toBe(true)
    },
  )

  test('begin and end with a change that is recorded', () => {
    const versions = new Set(changes.map(({ version }) => version))
    for (const { id, from, until } of quirks) for (const at of [from, until]) if (at !== undefined) expect(versions, id).toContain(at)
  })

  test('are all off in what is intended, and on in the versions of their spans', () => {
    expect(intended.quirks.size).toBe(0)
    for (const version of describedVersions)
      expect(editionAt(version).quirks).toEqual(new Set(quirks.filter((q) => inSpan(version, q)).map(({ id }) => id)))
  })

  test('that invariants name are described', () => {
    for (const { id, brokenBy } of invariants) for (const quirk of brokenBy) expect(described, id).toContain(quirk)
  })
})
