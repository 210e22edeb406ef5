import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { commands } from './commands.js'
import { run } from './program.js'

const program = new Command('tfspec')
for (const load of Object.values(commands)) (await load())(program)
const named = (command: Command, before: readonly string[]): readonly (readonly string[])[] => {
  const path = [...before, command.name()]
  return [path, ...command.commands.flatMap((sub) => named(sub, path))]
}
const all = program.commands.flatMap((command) => named(command, []))

let out = ''
beforeEach(() => {
  out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

test.each(all.map((path) => [path.join(' '), path] as const))('%s --help says how it is used, with an example', async (_, path) => {
  expect(await run([...path, '--help'])).toBe(0)
  expect(out).toContain(`Usage: tfspec ${path.join(' ')}`)
  const isGroup = /\nCommands:\n/.test(out) && !/\nArguments:\n/.test(out)
  if (!isGroup) expect(out).toMatch(/\nExamples?:\n {2}\$ tfspec /)
})
