import { readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { genesisJson } from '../export/genesis-storage.js'
import { fixtureOfItf, itfOf } from '../export/itf.js'
import { polkadotJsOf } from '../export/polkadot-js.js'
import { rustOf } from '../export/rust.js'
import { FixtureError } from '../fixtures/error.js'
import { fixtureText, parseFixture } from '../fixtures/file.js'
import type { Fixture } from '../fixtures/fixture.js'
import { pretty } from '../fixtures/json.js'
import { writeWhole } from './write.js'

const formats = {
  'polkadot-js': polkadotJsOf,
  rust: rustOf,
  itf: (fixture: Fixture) => pretty(itfOf(fixture)),
  genesis: ({ genesis, info }: Fixture) => genesisJson(genesis, info.specVersion),
  fixture: fixtureText,
} as const

/** `tfspec export`: a case in a form that others can run or look at. */
export function addExport(program: Command): void {
  program
    .command('export')
    .argument('<file>', 'a fixture, a case that `conform --out` kept, or an ITF trace of one')
    .description('A case as a script, as a test of the runtime crate, or as a trace')
    .addOption(
      new Option(
        '--as <format>',
        'polkadot-js: a script for Node · rust: a test · itf: a trace for Quint and Apalache · genesis: the storage it begins with · fixture: back again',
      )
        .choices(Object.keys(formats))
        .makeOptionMandatory(),
    )
    .option('-o, --out <file>', 'where to, instead of standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tfspec export case.json --as polkadot-js --out case.mjs && node case.mjs ws://127.0.0.1:9944\n  $ tfspec export case.json --as genesis --out genesis.json && tfspec node --genesis genesis.json --offchain-worker never\n  $ tfspec export case.itf.json --as fixture --out case.json',
    )
    .action((file: string, { as, out }: { as: keyof typeof formats; out?: string }) => {
      const text = formats[as](read(file))
      if (out === undefined) process.stdout.write(text)
      else writeWhole(out, text)
    })
}

/** A fixture, or a trace of one: a trace has states. */
function read(file: string): Fixture {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new FixtureError(
      'FIXTURE-UNREADABLE',
      file,
      '',
      `cannot be read (${(cause as NodeJS.ErrnoException).code ?? ''})`,
      'Give the path of a readable file',
      { cause },
    )
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    // The reader of fixtures says it better.
  }
  const isTrace = typeof content === 'object' && content !== null && Object.hasOwn(content, 'states')
  return isTrace ? fixtureOfItf(content, file) : parseFixture(text, file, true)
}
