import type { Command } from 'commander'
import { describedVersions } from '../../spec/versions/editions.js'
import { pullRuntime } from '../registry/pull.js'
import { addRuntime as add, listRuntimes, runtimesDirectory, type RegisteredRuntime } from '../registry/registry.js'

const line = ({ name, file }: RegisteredRuntime): string => `${name}  ${file}`

export function addRuntime(program: Command): void {
  const runtime = program.command('runtime').description('The real runtimes that conformance is tried on, kept in your cache folder')
  runtime
    .command('add')
    .argument('<file...>', 'runtimes: a .wasm, plain or compressed, or a chain spec .json')
    .description('Registers runtimes; each is asked for its own version')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec runtime add tfchain_runtime.compact.compressed.wasm')
    .action(async (files: string[], { json }: { json?: boolean }) => {
      const added: RegisteredRuntime[] = []
      for (const file of files) {
        const registered = await add(file)
        added.push(registered)
        if (json !== true) process.stdout.write(`${line(registered)}\n`)
      }
      if (json === true) process.stdout.write(`${JSON.stringify(added, null, 1)}\n`)
    })
  runtime
    .command('list')
    .description('The registered runtimes')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec runtime list --json')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await listRuntimes()
      if (json === true) process.stdout.write(`${JSON.stringify(all, null, 1)}\n`)
      else if (all.length === 0) process.stdout.write(`none in ${runtimesDirectory()}\n`)
      else
        for (const one of all)
          process.stdout.write(`${line(one)}${describedVersions.includes(one.specVersion) ? '' : '   (no spec of this version)'}\n`)
    })
  runtime
    .command('pull')
    .description("Reads a node's runtime and registers it; nothing is submitted")
    .requiredOption('-e, --endpoint <url>', 'WebSocket of the node', process.env['TFCHAIN_ENDPOINT'])
    .option('--allow-remote', 'the endpoint may be another machine')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  $ tfspec runtime pull --endpoint ws://127.0.0.1:9944')
    .action(async ({ endpoint, allowRemote, json }: { endpoint: string; allowRemote?: boolean; json?: boolean }) => {
      const pulled = await pullRuntime(endpoint, { allowRemote: allowRemote === true })
      process.stdout.write(json === true ? `${JSON.stringify(pulled, null, 1)}\n` : `${line(pulled)}\n`)
    })
}
