import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { Diagnosis } from '../../conformance/targets/live/doctor.js'
import { exit, unusable, usage } from './exit.js'
import { addLiveOptions, endpointOf, readSuris, type LiveOptions } from './live-options.js'

const connectMs = 10_000
const answerMs = 20_000

/** `tfspec doctor`: what a node can be tested for. */
export function addDoctor(program: Command): void {
  addLiveOptions(program.command('doctor'))
    .description('What a node is, and what it can be tested for. Nothing is submitted')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ tfspec doctor --endpoint ws://127.0.0.1:9944\n\nExit codes: 0 calls can be submitted and compared, 1 not, 2 usage, 3 the node is unusable.',
    )
    .action(async (options: LiveOptions & { readonly json?: boolean }) => {
      const endpoint = endpointOf(options)
      if (endpoint === undefined) throw usage('which node? Give --endpoint ws://127.0.0.1:9944, or set TFCHAIN_ENDPOINT')
      const found = await examine(endpoint, options)
      process.stdout.write(options.json === true ? `${JSON.stringify(found, null, 1)}\n` : text(found))
      process.exitCode = found.abilities[0]?.can === true ? exit.conforms : exit.differs
    })
}

async function examine(endpoint: string, options: LiveOptions): Promise<Diagnosis> {
  // The other commands need none of it.
  const [{ diagnose }, { LiveConnection }, { allowedEndpoint, LiveError }, { signersOf }] = await Promise.all([
    import('../../conformance/targets/live/doctor.js'),
    import('../../conformance/targets/live/connection.js'),
    import('../../conformance/targets/live/endpoint.js'),
    import('../../conformance/targets/live/signers.js'),
  ])
  let connection: Awaited<ReturnType<typeof LiveConnection.open>> | undefined
  try {
    allowedEndpoint(endpoint, 'read', options.allowRemote === true)
    const signers = await signersOf(readSuris(options.suri))
    connection = await LiveConnection.open(endpoint, { connectMs, answerMs })
    return await diagnose(connection, signers)
  } catch (error) {
    if (error instanceof LiveError) throw unusable(error.message, error)
    throw error
  } finally {
    await connection?.close()
  }
}

function text({ endpoint, chain, specVersion, head, finalized, secondsPerBlock, entries, people, abilities }: Diagnosis): string {
  const pace = secondsPerBlock === null ? '' : `, ${secondsPerBlock.toFixed(1)} s a block by its own clock`
  return [
    `${endpoint}: ${chain}, spec_version ${specVersion}, block ${head} (${finalized} final)${pace}; ${entries} entries that the spec models`,
    ...abilities.map(({ what, can, why }) => `  ${can ? styleText('green', 'yes') : styleText('yellow', 'no ')} ${what}: ${why}`),
    ...people
      .filter(({ free }) => free !== '0')
      .map(({ address, free }) => `      ${address} ${(Number(free) / 1e7).toLocaleString('en-US')} TFT`),
    '',
  ].join('\n')
}
