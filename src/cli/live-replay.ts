import { differenceLines } from '../../conformance/report/text.js'
import { readCase } from '../../conformance/fixtures/failure.js'
import { LiveConnection } from '../../conformance/targets/live/connection.js'
import { allowedEndpoint, LiveError, refuseMainNet } from '../../conformance/targets/live/endpoint.js'
import { replayLive } from '../../conformance/targets/live/replay.js'
import { signersOf } from '../../conformance/targets/live/signers.js'
import { editionNamed, nearest } from '../../spec/versions/editions.js'
import { exit, unusable } from './exit.js'
import { readSuris, type LiveOptions } from './live-options.js'

const patience = { connectMs: 15_000, answerMs: 30_000 }
const inclusionMs = 60_000

/**
 * `replay FILE… --target ws://…`.
 * @returns the exit code
 */
export async function replayOnNode(
  files: readonly string[],
  endpoint: string,
  options: LiveOptions & { readonly at?: string; readonly json?: boolean },
): Promise<number> {
  let connection: LiveConnection | undefined
  try {
    allowedEndpoint(endpoint, 'write', options.allowRemote === true)
    const cases = files.map((file) => ({ file, steps: readCase(file).steps }))
    const signers = await signersOf(readSuris(options.suri))
    connection = await LiveConnection.open(endpoint, patience)
    refuseMainNet(connection.chainName)
    const edition = editionNamed(options.at ?? String(nearest(connection.specVersion)))
    const wait = options.timeout === undefined ? inclusionMs : options.timeout * 1000
    const results = []
    for (const { file, steps } of cases)
      results.push({
        file,
        steps: steps.length,
        ...(await replayLive(connection, signers, steps, { edition, inclusionMs: wait, finalized: options.finalized === true })),
      })
    if (options.json === true) process.stdout.write(`${JSON.stringify(results, null, 1)}\n`)
    else
      for (const { file, steps, compared, leftOut, difference } of results) {
        const out = leftOut.map(({ step, why }) => `; step ${step} left out: ${why}`).join('')
        process.stdout.write(
          `${file}: ${compared} calls of ${steps} steps compared${out}${difference === undefined ? ', no difference' : ''}\n`,
        )
        if (difference !== undefined)
          process.stdout.write(
            `  step ${difference.step}: ${difference.kind} · ${difference.field}, rule ${difference.rule}\n${differenceLines(difference).join('\n')}\n`,
          )
      }
    return results.some(({ difference }) => difference !== undefined) ? exit.differs : exit.conforms
  } catch (error) {
    if (error instanceof LiveError) throw unusable(error.message, error)
    throw error
  } finally {
    await connection?.close()
  }
}
