import { InvalidArgumentError, Option, type Command } from 'commander'
import { UnsupportedMetadata } from '../../conformance/targets/runtime/metadata-v14.js'
import type { ServedNode } from '../node/serve.js'
import { findRuntime, readRuntime } from '../registry/registry.js'
import { CliError, exit, usage } from './exit.js'
import { toolVersion } from './version.js'

/** What the command line gives. */
export interface NodeCommandOptions {
  readonly runtime: string
  readonly port: number
  readonly host: string
  readonly seal: 'instant' | 'interval' | 'manual'
  readonly genesis?: string
  readonly forkState?: string
  readonly state?: string
  readonly offchainWorker: 'always' | 'never'
  readonly allowOrigin: readonly string[]
  readonly json?: boolean
}

const portOf = (text: string): number => {
  const n = Number(text)
  if (!/^\d+$/.test(text) || n > 65535) throw new InvalidArgumentError('give a port from 0 (any free one) to 65535')
  return n
}

export function addNode(program: Command): void {
  program
    .command('node')
    .description('A TFChain dev node on this machine: the real runtime behind JSON-RPC, for any client')
    .option('--runtime <name>', 'a registered runtime: 144, or 144@HASH', '144')
    .option('-p, --port <port>', 'for WebSocket and HTTP; 0 takes a free one', portOf, 9944)
    .option('--host <address>', 'a loopback address', '127.0.0.1')
    .addOption(new Option('--seal <when>', 'when blocks are made').choices(['instant', 'interval', 'manual']).default('instant'))
    .option('--genesis <file>', 'begin with this storage: a raw chain spec, or {"0xKEY": "0xVALUE", …}')
    .option('--fork-state <file>', "begin with another chain's storage; dev author, council and purses are put in")
    .option('--state <file>', 'keep the chain there, and go on with it')
    .addOption(
      new Option('--offchain-worker <when>', 'who bills contracts; never: only those who submit the call themselves')
        .choices(['always', 'never'])
        .default('always'),
    )
    .option('--allow-origin <origin...>', 'web pages that may connect, beside those of this machine and polkadot-js apps', [])
    .option('--json', 'the startup message as one line of JSON')
    .addHelpText(
      'after',
      `
Blocks:
  instant   as soon as something is submitted; chain time is at least 6 s a block
  interval  every 6 s
  manual    on dev_newBlock
Every block is final. Clients can call dev_newBlock, dev_timeTravel, dev_setStorage and dev_setHead as in Chopsticks;
dev_timeTravel also skips the block numbers that would have passed, as grace periods count blocks ({"blocks": 0} does not).

Examples:
  $ tfspec node
  $ tfspec node --runtime 144 --port 9944 --seal interval --state chain.jsonl
  $ tfspec node --port 0 --json --genesis chainSpecRaw.json
  $ tfspec node --fork-state dump.json --seal manual
  $ tfspec export case.json --as genesis --out genesis.json && tfspec node --genesis genesis.json --offchain-worker never

Exit codes: 0 ended by Ctrl-C, 2 usage or a bad file, 3 runtime, port or state unusable.`,
    )
    .action(async (options: NodeCommandOptions) => {
      await runNode(options)
    })
}

async function runNode(options: NodeCommandOptions): Promise<void> {
  if (options.genesis !== undefined && options.forkState !== undefined)
    throw usage('--genesis and --fork-state exclude each other: give one')
  // The other commands need none of it.
  const [{ serveNode }, { NodeInputError, readStorageFile }, { startupText, startupJson }] = await Promise.all([
    import('../node/serve.js'),
    import('../node/storage-file.js'),
    import('../node/startup.js'),
  ])
  const runtime = await findRuntime(options.runtime)
  try {
    const code = await readRuntime(runtime)
    const base =
      options.genesis !== undefined
        ? ({ kind: 'genesis', storage: readStorageFile(options.genesis), file: options.genesis } as const)
        : options.forkState !== undefined
          ? ({ kind: 'fork', storage: readStorageFile(options.forkState), file: options.forkState } as const)
          : ({ kind: 'dev', timeMs: Date.now() } as const)
    const served = await serveNode({
      code,
      codeHash: runtime.hash,
      place: runtime.file,
      base,
      sealing: options.seal,
      ...(options.state === undefined ? {} : { stateFile: options.state }),
      offchainWorker: options.offchainWorker === 'always',
      host: options.host,
      port: options.port,
      origins: options.allowOrigin,
      version: toolVersion(),
      onDefect: (error) =>
        process.stderr.write(`tfspec node: ${error.stack ?? error.message}\nThis is a defect of tfspec: please report it.\n`),
    })
    // Since the process began: what a user waits.
    const startMs = Math.round(performance.now())
    process.stdout.write(options.json === true ? `${JSON.stringify(startupJson(served, startMs))}\n` : startupText(served, startMs))
    await untilEnd(served)
  } catch (error) {
    if (error instanceof NodeInputError)
      throw new CliError(error.kind === 'usage' ? exit.usage : exit.unusable, error.message, { cause: error })
    if (error instanceof UnsupportedMetadata)
      throw new CliError(exit.unusable, `runtime:${options.runtime}: ${error.message}`, { cause: error })
    throw error
  }
}

/** Until Ctrl-C, or until the node cannot go on. */
async function untilEnd({ node, close }: ServedNode): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
    node.listeners.add({
      onFatal: reject,
      onTrouble: (error) => process.stderr.write(`tfspec node: no block could be made: ${error.message}\n`),
    })
  }).finally(close)
}
