/**
 * How long a user waits: from the command to the first answered request, each run a process of its own.
 *
 *   node dist/src/node/measure-start.js [RUNS] [ARGUMENTS of `tfspec node` …]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The command line as it is built. */
const tfspec = fileURLToPath(new URL('../cli/main.js', import.meta.url))

async function measure(more: readonly string[]): Promise<{ readonly answeredMs: number; readonly ownMs: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, [tfspec, 'node', '--port', '0', '--json', ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown]
  if (!Buffer.isBuffer(line)) throw new Error('the node has ended before it answered')
  const { http, startMs } = JSON.parse(line.toString()) as { readonly http: string; readonly startMs: number }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'state_getRuntimeVersion', params: [] })
  await (await fetch(http, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).text()
  const answeredMs = performance.now() - begun
  child.kill('SIGINT')
  await once(child, 'exit')
  return { answeredMs, ownMs: startMs }
}

const [runs = '5', ...more] = process.argv.slice(2)
const answered: number[] = []
for (let i = 0; i < Number(runs); i++) {
  const { answeredMs, ownMs } = await measure(more)
  answered.push(answeredMs)
  process.stdout.write(`run ${i + 1}: listening after ${ownMs} ms, first answer after ${Math.round(answeredMs)} ms\n`)
}
const sorted = answered.sort((a, b) => a - b)
process.stdout.write(
  `first answer: ${Math.round(sorted[0]!)} ms at best, ${Math.round(sorted[Math.floor(sorted.length / 2)]!)} ms in the middle of ${runs}\n`,
)
