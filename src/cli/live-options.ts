import { existsSync, readFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { unusable, usage } from './exit.js'
import { positive } from './options.js'

/** What the command line gives about a node and those who sign there. */
export interface LiveOptions {
  readonly endpoint?: string
  readonly url?: string
  readonly suri?: readonly string[]
  readonly allowRemote?: boolean
  readonly finalized?: boolean
  readonly timeout?: number
}

/** Names a node where a command line does not. */
const endpointVariable = 'TFCHAIN_ENDPOINT'

/** The node that is named, on the command line or else in the environment. */
export const endpointOf = ({ endpoint, url }: LiveOptions): string | undefined => endpoint ?? url ?? process.env[endpointVariable]

/** The options of a node that is reached over WebSocket. */
export const addLiveOptions = (command: Command): Command =>
  command
    .option('-e, --endpoint <url>', `a node, as ws://127.0.0.1:9944; ${endpointVariable} for --target live`)
    .addOption(new Option('--url <url>', 'the same as --endpoint').hideHelp())
    .addOption(
      new Option('--suri <suri...>', 'who signs: a phrase, //Alice, a file that holds one, or - for standard input').env('TFCHAIN_SURI'),
    )
    .option('--allow-remote', 'a node that is not on this machine; main net never')
    .option('--finalized', 'wait for blocks to be final')
    .option('--timeout <seconds>', 'how long a node may take to include an extrinsic', positive)

/**
 * Reads the secrets: a file's name and `-` keep them out of the list of processes.
 * @returns //Alice when none is given, for development chains
 */
export function readSuris(given: LiveOptions['suri']): readonly string[] {
  // From the environment it is one text.
  const suris = given === undefined ? [] : typeof given === 'string' ? [given] : given
  if (suris.length === 0) return ['//Alice']
  return suris.flatMap((suri) => {
    if (suri !== '-' && (suri.startsWith('/') ? suri.startsWith('//') : !existsSync(suri))) return [suri]
    const lines = textOf(suri)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    if (lines.length === 0) throw usage(`${suri === '-' ? 'standard input' : suri} holds no secret: write one a line`)
    return lines
  })
}

function textOf(place: string): string {
  try {
    return readFileSync(place === '-' ? 0 : place, 'utf8')
  } catch (error) {
    throw unusable(
      `${place === '-' ? 'standard input' : place} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      error,
    )
  }
}
