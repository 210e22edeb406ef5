/**
 * Many clients at once, and a node that is killed while they write. Small here; in earnest:
 *
 *   TFSPEC_LOAD=50x5000 npx vitest run src/node/load.test.ts
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SubmittableExtrinsic } from '@polkadot/api/types'
import { afterAll, expect, test } from 'vitest'
import { blake2_256 } from '../../spec/kernel/hashes.js'
import { runtimeForTests } from '../registry/for-tests.js'
import { connect, send, signer, temporaryFile, Wire } from './for-tests.js'
import { ownHex, toHex } from './hex.js'

const [clients, extrinsics] = (process.env['TFSPEC_LOAD'] ?? '50x250').split('x').map(Number) as [number, number]
const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const stateFile = temporaryFile('load.jsonl')
let child: ChildProcess | undefined
afterAll(() => {
  child?.kill('SIGKILL')
  for (const file of [stateFile, `${stateFile}.lock`]) rmSync(file, { force: true })
})

/** `tfspec node` in a process of its own. @returns its address */
async function start(): Promise<string> {
  const words = ['--import', 'tsx', main, 'node', '--port', '0', '--json', '--state', stateFile, '--offchain-worker', 'never']
  const started = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  child = started
  for await (const line of createInterface(started.stdout)) return (JSON.parse(line) as { endpoint: string }).endpoint
  throw new Error('the node ended before it began')
}

/** As power goes: no farewell. */
async function kill(): Promise<void> {
  child!.kill('SIGKILL')
  await once(child!, 'exit')
}

/** An extrinsic, and whether the node has answered for it. */
interface Submission {
  readonly hash: string
  readonly text: string
  answered: boolean
}

/**
 * Submits what is not answered yet, in order, all clients at once.
 * @param until how many answers end it early
 */
async function submit(endpoint: string, lists: readonly (readonly Submission[])[], until = Infinity): Promise<void> {
  let answers = 0
  let isOver = false
  let enough = (): void => undefined
  const end = new Promise<void>((resolve) => (enough = resolve))
  const wires = await Promise.all(lists.map(() => Wire.open(endpoint)))
  const work = lists.map(async (list, i) => {
    for (const one of list) {
      if (one.answered) continue
      if (isOver) return
      const { result, error } = await wires[i]!.call('author_submitExtrinsic', one.text)
      // Kept before the kill and not answered: it waits (1013), or a block has it (outdated).
      const isThere = error !== undefined && (error.code === 1013 || (error.code === 1010 && String(error.data).includes('outdated')))
      if (!isThere) expect({ result, error }).toEqual({ result: one.hash, error: undefined })
      one.answered = true
      if (++answers >= until) enough()
    }
  })
  await Promise.race([Promise.all(work), end])
  isOver = true
  if (until < Infinity) return
  // Everybody sees the same chain.
  expect(new Set(await Promise.all(wires.map((wire) => wire.result('chain_getBlockHash', 1)))).size).toBe(1)
  for (const wire of wires) wire.close()
}

test.skipIf((await runtimeForTests('144')) === undefined)(
  `${clients} clients submit ${extrinsics} extrinsics to a node that is killed in between: none is lost, none is there twice`,
  { timeout: 600_000 },
  async () => {
    const first = await start()
    const api = await connect(first)
    const [alice, sink] = await Promise.all([signer('//Alice'), signer('//Sink')])
    const people = await Promise.all(Array.from({ length: clients }, (_, i) => signer(`//Client//${i}`)))
    const transfer = (to: string, value: number): SubmittableExtrinsic<'promise'> => api.tx['balances']!['transfer']!(to, value)
    await send(api, alice, api.tx['utility']!['batchAll']!(people.map(({ address }) => transfer(address, 1e10))))
    const lists: Submission[][] = []
    let total = 0n
    for (const [i, who] of people.entries()) {
      const list: Submission[] = []
      for (let nonce = 0; nonce * clients + i < extrinsics; nonce++) {
        const value = 10_000 + i
        total += BigInt(value)
        const bytes = (await transfer(sink.address, value).signAsync(who, { nonce, era: 0 })).toHex()
        list.push({ text: bytes, hash: toHex(blake2_256(ownHex(bytes))), answered: false })
      }
      lists.push(list)
    }
    await api.disconnect()

    const begun = performance.now()
    await submit(first, lists, Math.floor(extrinsics / 2))
    await kill()
    const answered = lists.flat().filter((one) => one.answered).length
    expect(answered).toBeLessThan(extrinsics)

    const second = await start()
    const wire = await Wire.open(second)
    const chainOf = async (): Promise<ReadonlyMap<string, number>> => {
      const times = new Map<string, number>()
      const { number } = await wire.result<{ number: string }>('chain_getHeader')
      for (let n = 1; n <= Number(number); n++) {
        const hash = await wire.result<string>('chain_getBlockHash', n)
        const { block } = await wire.result<{ block: { extrinsics: readonly string[] } }>('chain_getBlock', hash)
        for (const one of block.extrinsics) {
          const id = toHex(blake2_256(ownHex(one)))
          times.set(id, (times.get(id) ?? 0) + 1)
        }
      }
      return times
    }
    const waiting = (): Promise<readonly string[]> => wire.result('author_pendingExtrinsics')
    // What was answered before is there without anybody's help.
    await expect.poll(async () => (await waiting()).length, { timeout: 60_000 }).toBe(0)
    const kept = await chainOf()
    expect(lists.flat().filter(({ hash, answered: was }) => was && kept.get(hash) !== 1)).toEqual([])

    await submit(second, lists)
    await expect.poll(async () => (await waiting()).length, { timeout: 60_000 }).toBe(0)
    const seconds = (performance.now() - begun) / 1000
    const chain = await chainOf()
    expect(lists.flat().filter(({ hash }) => chain.get(hash) !== 1)).toEqual([])
    expect([...chain.values()].every((times) => times === 1)).toBe(true)
    const { number } = await wire.result<{ number: string }>('chain_getHeader')
    wire.close()
    const again = await connect(second)
    const purse = (await again.query['system']!['account']!(sink.address)) as unknown as { data: { free: { toBigInt: () => bigint } } }
    expect(purse.data.free.toBigInt()).toBe(total)
    await again.disconnect()
    await kill()
    if (process.env['TFSPEC_LOAD'] !== undefined)
      process.stderr.write(
        `${clients} clients, ${extrinsics} extrinsics, killed after ${answered} answers: ${Number(number)} blocks, ${seconds.toFixed(1)} s with the restart, ${(readFileSync(stateFile).length / 1e6).toFixed(1)} MB of state\n`,
      )
  },
)
