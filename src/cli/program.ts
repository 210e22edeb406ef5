import { Command, CommanderError } from 'commander'
import { RuntimeFileError } from '../../conformance/targets/runtime/wasm-file.js'
import { Defect } from '../../spec/kernel/defect.js'
import { FixtureError } from '../fixtures/error.js'
import { commands } from './commands.js'
import { CliError, exit } from './exit.js'
import { toolVersion } from './version.js'

/** The program with the command that is asked for, or with all of them where none is. */
async function build(wanted: string | undefined): Promise<Command> {
  const program = new Command('tfspec')
    .description("The executable specification of TFChain's pallets, and the conformance suite that follows from it")
    .version(toolVersion())
    .showHelpAfterError('(--help shows the options)')
    .exitOverride()
  const load = wanted === undefined ? undefined : Object.hasOwn(commands, wanted) ? commands[wanted] : undefined
  for (const one of load === undefined ? (wanted === '--version' || wanted === '-V' ? [] : Object.values(commands)) : [load])
    (await one())(program)
  for (const command of program.commands) {
    command.exitOverride()
    for (const sub of command.commands) sub.exitOverride()
  }
  return program
}

/**
 * Runs a command line.
 * @param args without node and script
 * @returns the exit code; nothing is thrown
 */
export async function run(args: readonly string[]): Promise<number> {
  process.exitCode = 0
  try {
    await (await build(args[0])).parseAsync([...args], { from: 'user' })
    return process.exitCode
  } catch (error) {
    return answer(error)
  }
}

/** Says what went wrong in words, and gives the exit code. */
function answer(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exit.usage
  const { message } = error as Error
  process.stderr.write(`tfspec: ${message}\n`)
  if (error instanceof CliError) return error.exitCode
  if (error instanceof RuntimeFileError) return exit.unusable
  if (error instanceof FixtureError) return error.code === 'FIXTURE-UNWRITABLE' ? exit.unusable : exit.usage
  if (error instanceof Defect && (error.code === 'SPEC-VERSION' || error.code === 'SPEC-UNKNOWN-NAME')) return exit.usage
  process.stderr.write(`${(error as Error).stack ?? ''}\nThis is a defect of tfspec: please report it.\n`)
  return exit.unusable
}
