/**
 * Opt-in, since Chopsticks' server is no dependency of this project and takes 0.3 s a block:
 *
 *   TFSPEC_CHOPSTICKS='npx @acala-network/chopsticks@1.5.1' npx vitest run conformance/targets/live/chopsticks.test.ts
 *
 * TFSPEC_CHOPSTICKS_CALLS says how many calls (500), TFSPEC_CHOPSTICKS_SEED which (1).
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { editionNamed } from '../../../spec/versions/editions.js'
import { genesisTimeMs } from '../../../spec/versions/genesis.js'
import { genesisStorage } from '../../../src/export/genesis-storage.js'
import { runtimeForTests } from '../../../src/registry/for-tests.js'
import { runLive } from './campaign.js'
import { LiveConnection } from './connection.js'
import { signersOf } from './signers.js'
import { hexOf } from './state.js'

const { TFSPEC_CHOPSTICKS: command, TFSPEC_CHOPSTICKS_CALLS: calls = '500', TFSPEC_CHOPSTICKS_SEED: seed = '1' } = process.env
const code = command === undefined ? undefined : await runtimeForTests('144')

/** Our genesis and the registered runtime as the chain spec of a development chain. */
function chainSpec(wasm: Uint8Array): string {
  const entries = genesisStorage('default', 144).map(([key, value]) => [hexOf(key), hexOf(value)] as const)
  // Its provider looks for the next key in the order of insertion.
  const top = [...entries, [hexOf(':code'), `0x${Buffer.from(wasm).toString('hex')}`] as const].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({
    ...{ name: 'TFChain on Chopsticks', id: 'tfchain-on-chopsticks', chainType: 'Development', bootNodes: [] },
    properties: { ss58Format: 42, tokenDecimals: 7, tokenSymbol: 'TFT' },
    genesis: { raw: { top: Object.fromEntries(top), childrenDefault: {} } },
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test.skipIf(code === undefined)('Chopsticks does what the spec says', { timeout: 3_600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfspec-chopsticks-'))
  const file = join(folder, 'spec.json')
  writeFileSync(file, chainSpec(code!))
  const port = await freePort()
  const [program, ...words] = command!.split(' ')
  const options = ['--genesis', file, '--host', '127.0.0.1', '--port', String(port), '--build-block-mode', 'Instant']
  const child = spawn(program!, [...words, ...options, '--timestamp', String(genesisTimeMs)], { stdio: ['ignore', 'ignore', 'inherit'] })
  try {
    const endpoint = `ws://127.0.0.1:${port}`
    const connection = await LiveConnection.open(endpoint, { connectMs: 60_000, answerMs: 60_000 })
    const started = performance.now()
    const result = await runLive(connection, await signersOf(['//Alice']), {
      edition: editionNamed('144'),
      ...{ calls: Number(calls), seed: Number(seed), maxFailures: 10, inclusionMs: 60_000, finalized: false },
    })
    await connection.close()
    const { perCall: _, rules, differences, ...counts } = result
    const seconds = Math.round((performance.now() - started) / 1000)
    process.stderr.write(`${JSON.stringify({ seed, seconds, rules: rules.length, ...counts })}\n`)
    expect(differences).toEqual([])
    expect(result.calls).toBe(Number(calls))
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})
