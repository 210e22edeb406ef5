import type { Command } from 'commander'
import { compareFormulas } from '../../conformance/arithmetic/campaign.js'
import { judgeFor } from '../../conformance/run/chunk.js'
import { nearest } from '../../spec/versions/editions.js'
import { findRuntime } from '../registry/registry.js'
import { exit, usage } from './exit.js'
import { positive } from './options.js'

/** `tfspec arithmetic`: the formulas of money, on random inputs, against the runtime itself. */
export function addArithmetic(program: Command): void {
  program
    .command('arithmetic')
    .description('Cost, discount, distribution and average price on random inputs, computed by the runtime and by the spec')
    .option('-t, --target <target>', 'runtime:144 or runtime:144@HASH', 'runtime:144')
    .option('--inputs <n>', 'inputs a formula', positive, 10_000)
    .option('--seed <n>', 'seed of the inputs; by default from the clock', positive)
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec arithmetic --target runtime:144 --inputs 100000 --seed 1')
    .action(
      async ({
        target,
        inputs,
        seed = (Date.now() % 0x7fffffff) + 1,
        json,
      }: {
        target: string
        inputs: number
        seed?: number
        json?: boolean
      }) => {
        if (!target.startsWith('runtime:')) throw usage(`${target} is no runtime: give runtime:144 or runtime:144@HASH`)
        const runtime = await findRuntime(target.slice('runtime:'.length))
        const judge = judgeFor({ runtime: runtime.file, at: String(nearest(runtime.specVersion)), flipped: [] })
        const show = process.stderr.isTTY
          ? (formula: string, done: number) => void process.stderr.write(`\r\u001b[K${formula} ${done.toLocaleString('en-US')}`)
          : () => undefined
        const results = compareFormulas(judge, seed, inputs, show)
        if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
        if (json === true) process.stdout.write(`${JSON.stringify({ target: `runtime:${runtime.name}`, seed, results }, null, 1)}\n`)
        else {
          for (const { formula, inputs: n, outcomes, differences } of results) {
            const endings = Object.entries(outcomes).map(([ending, times]) => `${ending} ${times.toLocaleString('en-US')}`)
            process.stdout.write(
              `${formula.padEnd(14)} ${n.toLocaleString('en-US').padStart(9)} inputs, ${differences.length} differences   (${endings.join(', ')})\n`,
            )
            for (const d of differences.slice(0, 3))
              process.stdout.write(
                `  input ${d.input}: ${d.field}\n    expected ${JSON.stringify(d.expected)}\n    actual   ${JSON.stringify(d.actual)}\n`,
              )
          }
          process.stdout.write(`runtime:${runtime.name}, seed ${seed}\n`)
        }
        process.exitCode = results.some(({ differences }) => differences.length > 0) ? exit.differs : exit.conforms
      },
    )
}
