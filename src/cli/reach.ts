import type { Command } from 'commander'
import { stepText } from '../../conformance/report/text.js'
import { findDeepCase } from '../../conformance/search/deep-case.js'
import { editionNamed } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { plainStep } from '../fixtures/fixture.js'
import { Reference } from '../reference/reference.js'
import { exit } from './exit.js'
import { duration, seedValue } from './options.js'

interface ReachOptions {
  readonly at: string
  readonly time: number
  readonly seed: number
  readonly json?: boolean
}

/** `tfspec reach`: shows how deep the search gets. */
export function addReach(program: Command): void {
  program
    .command('reach')
    .description('How deep does the search get? Three contracts of one account in grace, its balance within one bill of what ends it')
    .option('--at <version>', 'the edition to search', '144')
    .option('--time <time>', 'how long at most', duration, 60)
    .option('--seed <n>', 'seed of the search', seedValue, 1)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec reach --seed 7 --time 60s\n\nExit codes: 0 reached, 1 not in this time, 2 usage.')
    .action(({ at, time, seed, json }: ReachOptions) => {
      const edition = editionNamed(at)
      const found = findDeepCase(new Reference(edition, genesis(edition.version)), seed, time)
      process.exitCode = found === undefined ? exit.differs : exit.conforms
      if (json === true) {
        const plain = found === undefined ? null : { ...found, steps: found.steps.map((step) => plainStep(step)) }
        process.stdout.write(`${JSON.stringify({ at, seed, found: plain }, null, 1)}\n`)
      } else if (found === undefined) process.stdout.write(`not reached in ${time} s, seed ${seed}\n`)
      else {
        const { steps, foundAfter, witness, seconds, calls } = found
        const shown = steps.map((step, i) => `${String(i + 1).padStart(3)} ${stepText(plainStep(step))}`)
        process.stdout.write(
          `${[...shown, '', witness, `reached after ${seconds.toFixed(1)} s and ${calls.toLocaleString('en-US')} calls, in ${foundAfter} steps; ${steps.length} after shrinking, seed ${seed}`].join('\n')}\n`,
        )
      }
    })
}
