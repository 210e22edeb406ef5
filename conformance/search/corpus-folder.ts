import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { blake2_256 } from '../../spec/kernel/hashes.js'
import type { SpecVersion } from '../../spec/kernel/version.js'
import { decodeSteps, plainStep } from '../../src/fixtures/fixture.js'
import { canonical } from '../../src/fixtures/json.js'
import { renumbered, type Prefix } from './corpus.js'

/** Names the content of a corpus: a run with the same seed, number of calls and hash finds the same. */
export const hashOfCorpus = (prefixes: readonly Prefix[]): string =>
  Buffer.from(blake2_256(textsOf(prefixes).join('\n')), 'latin1')
    .toString('hex')
    .slice(0, 16)

const textsOf = (prefixes: readonly Prefix[]): readonly string[] =>
  prefixes.map(({ steps, hot }) => canonical({ hot, steps: steps.map((step) => plainStep(step)) })).sort()

/**
 * Reads the beginnings that a folder holds, none when it is not there yet. The order is that of the content.
 * @throws FixtureError for a file that holds no steps
 */
export function readCorpus(folder: string, version: SpecVersion): readonly Prefix[] {
  let names: readonly string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
  return [...names].sort().map((name) => {
    const { steps, hot } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      readonly steps: readonly unknown[]
      readonly hot: boolean
    }
    return { hot, steps: renumbered(decodeSteps(steps, version, name).map(({ step }) => step)) }
  })
}

/** Adds beginnings to a folder, a file each, named by its content. */
export function keepCorpus(folder: string, prefixes: readonly Prefix[]): void {
  mkdirSync(folder, { recursive: true })
  for (const text of textsOf(prefixes)) {
    const name = Buffer.from(blake2_256(text), 'latin1').toString('hex').slice(0, 16)
    writeFileSync(join(folder, `${name}.json`), `${text}\n`)
  }
}
