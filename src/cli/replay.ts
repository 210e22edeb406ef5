import type { Command } from 'commander'
import { brokenPromises } from '../../conformance/findings/again.js'
import { readCase } from '../../conformance/fixtures/failure.js'
import { judgeFor } from '../../conformance/run/chunk.js'
import { replay } from '../../conformance/run/replay.js'
import { differenceLines, stepText } from '../../conformance/report/text.js'
import { editionNamed, flip, nearest } from '../../spec/versions/editions.js'
import { plainStep } from '../fixtures/fixture.js'
import { findRuntime } from '../registry/registry.js'
import { exit, usage } from './exit.js'
import { addLiveOptions, type LiveOptions } from './live-options.js'

interface ReplayOptions extends LiveOptions {
  readonly target: string
  readonly at?: string
  readonly flip: readonly string[]
  readonly fault?: string
  readonly json?: boolean
}

/** `tfspec replay`: carries out kept cases again, reference against runtime. */
export function addReplay(program: Command): void {
  addLiveOptions(program.command('replay'))
    .argument('<file...>', 'fixtures, or cases that `conform --out` kept')
    .description('Carries out kept cases again and compares everything')
    .option('-t, --target <target>', 'runtime:144, runtime:144@HASH, or a node as ws://127.0.0.1:9944', 'runtime:144')
    .option('--at <version>', "the spec's version, or intended; by default the target's own")
    .option('--flip <quirk...>', 'switch quirks over', [])
    .option('--fault <fault>', 'plant a fault into the spec')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec replay report/difference-1.json --target runtime:144')
    .action(async (files: string[], options: ReplayOptions) => {
      const { target } = options
      // Failures of the bridge are kept in a form of their own.
      if (files.every((file) => file.endsWith('.bridge.json')))
        return void (process.exitCode = await (await import('./bridge-replay.js')).replayKept(files, options))
      if (/^wss?:/.test(target))
        return void (process.exitCode = await (await import('./live-replay.js')).replayOnNode(files, target, options))
      if (!target.startsWith('runtime:'))
        throw usage(`${target} is no runtime: give runtime:144; \`tfspec fixtures check FILE\` checks on the reference`)
      const runtime = await findRuntime(target.slice('runtime:'.length))
      const at = options.at ?? String(nearest(runtime.specVersion))
      const edition = flip(editionNamed(at), options.flip)
      const judge = judgeFor({
        runtime: runtime.file,
        at,
        flipped: options.flip,
        ...(options.fault === undefined ? {} : { fault: options.fault }),
      })
      const results = files.map((file) => {
        const { steps, fixture } = readCase(file)
        const { difference } = replay(judge, steps, fixture.genesis)
        // The runtime does what the reference does: what the one breaks, the other breaks.
        const shows = difference === undefined && fixture.genesis === 'default' ? brokenPromises(edition, steps) : []
        return { file, steps, difference, broken: shows }
      })
      if (options.json === true)
        process.stdout.write(
          `${JSON.stringify(
            results.map(({ file, steps, difference, broken }) => ({
              ...{ file, steps: steps.length, difference: difference ?? null },
              broken: broken.map(({ invariant, claim, witnesses }) => ({ invariant, claim, witnesses })),
            })),
            null,
            1,
          )}\n`,
        )
      else
        for (const { file, steps, difference, broken } of results) {
          if (difference === undefined) {
            process.stdout.write(`${file}: ${steps.length} steps, no difference\n`)
            for (const { invariant, claim, witnesses } of broken)
              process.stdout.write(`  breaks ${invariant}: ${claim}\n    observed: ${witnesses.join('; ')}\n`)
          } else {
            const shown = steps.map((step, i) => `  ${i === difference.step ? '>' : ' '} ${stepText(plainStep(step))}`)
            process.stdout.write(
              `${file}: ${difference.kind} · ${difference.field}, rule ${difference.rule}\n${[...shown, ...differenceLines(difference)].join('\n')}\n`,
            )
          }
        }
      process.exitCode = results.some(({ difference }) => difference !== undefined) ? exit.differs : exit.conforms
    })
}
