import { createServer, connect, type Server, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { editionNamed } from '../../../spec/versions/editions.js'
import { machines } from '../../../spec/machines.js'
import { mutate, parseMutation } from '../../../src/reference/mutation.js'
import { nodeForTests } from '../../../src/node/for-tests.js'
import type { ServedNode } from '../../../src/node/serve.js'
import { runtimeForTests } from '../../../src/registry/for-tests.js'
import { runLive, type LivePlan, type LiveResult } from './campaign.js'
import { LiveConnection } from './connection.js'
import { diagnose } from './doctor.js'
import { allowedEndpoint, isMainNet, refuseMainNet } from './endpoint.js'
import { readCase } from '../../fixtures/failure.js'
import { replayLive } from './replay.js'
import { signersOf } from './signers.js'

const patience = { connectMs: 5_000, answerMs: 10_000 }
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const plan = (more: Partial<LivePlan>): LivePlan => ({
  edition: editionNamed('144'),
  ...{ calls: 60, seed: 3, maxFailures: 1, inclusionMs: 8_000, finalized: false },
  ...more,
})

async function node(options: Parameters<typeof nodeForTests>[0] = {}): Promise<ServedNode> {
  const served = await nodeForTests(options)
  closers.push(() => served.close())
  return served
}

async function open(endpoint: string): Promise<LiveConnection> {
  const connection = await LiveConnection.open(endpoint, patience)
  closers.push(() => connection.close())
  return connection
}

const play = async (connection: LiveConnection, more: Partial<LivePlan> = {}): Promise<LiveResult> =>
  runLive(connection, await signersOf(['//Alice']), plan(more))

/** A wire that can be cut. */
async function cuttable(endpoint: string): Promise<{ readonly endpoint: string; readonly cut: () => void }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = connect(Number(new URL(endpoint).port), '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  closers.push(async () => {
    cut()
    await new Promise((resolve) => server.close(resolve))
  })
  return { endpoint: `ws://127.0.0.1:${(server.address() as { port: number }).port}`, cut }
}

describe.skipIf((await runtimeForTests('144')) === undefined)('a node', () => {
  test('does what the spec says, twice in a row: the chain need not be empty', async () => {
    const connection = await open((await node()).endpoint)
    const first = await play(connection)
    expect(first.differences).toEqual([])
    expect(first).toMatchObject({ calls: 60, readings: 1, others: { differing: 0 } })
    expect(first.accepted).toBeGreaterThan(15)
    expect(first.rules.length).toBeGreaterThan(8)
    const second = await play(connection, { seed: 4 })
    expect(second.differences).toEqual([])
    expect(second.accepted + second.refused).toBeGreaterThan(50)
  })

  test('a wrong spec is found: by events, and by what nobody predicted to change', async () => {
    const connection = await open((await node()).endpoint)
    const told = await play(connection, { spec: mutate(machines, parseMutation('TG-TWIN-CREATE-1:negate')), calls: 60 })
    expect(told.differences).toMatchObject([{ difference: { kind: 'events' } }])
    const silent = await play(await open((await node()).endpoint), {
      spec: mutate(machines, parseMutation('TG-TERMS-5:drop addConsent')),
      calls: 60,
    })
    expect(silent.differences).toMatchObject([
      { difference: { kind: 'storage', field: expect.stringContaining('TfgridModule.UsersTermsAndConditions') as unknown } },
    ])
  })

  test('a lost connection comes back, and nothing is lost or counted twice', async () => {
    const wire = await cuttable((await node()).endpoint)
    const connection = await open(wire.endpoint)
    let cuts = 0
    const result = await play(connection, {
      calls: 40,
      onProgress: (calls) => {
        if (calls % 15 !== 0) return
        cuts++
        wire.cut()
      },
    })
    expect(cuts).toBe(2)
    expect(connection.reconnections).toBeGreaterThanOrEqual(2)
    expect(result.differences).toEqual([])
    expect(result.calls).toBe(40)
  })

  test('that makes no blocks is told after the time that was given', async () => {
    const connection = await open((await node({ sealing: 'manual' })).endpoint)
    await expect(play(connection, { inclusionMs: 500 })).rejects.toThrow(/extrinsics in no block within 0.5 s after block .*manual sealing/)
  })

  test('replays kept cases: handles become the ids that this chain gives out', async () => {
    const connection = await open((await node()).endpoint)
    const signers = await signersOf(['//Alice'])
    const { edition, inclusionMs, finalized } = plan({})
    const folder = fileURLToPath(new URL('../../../fixtures/144/SmartContractModule/', import.meta.url))
    const { steps } = readCase(`${folder}SC-CREATE-2-1.json`)
    for (let i = 0; i < 2; i++) {
      const { compared, difference } = await replayLive(connection, signers, steps, { edition, inclusionMs, finalized })
      expect(difference).toBeUndefined()
      expect(compared).toBe(steps.length)
    }
  })

  test('is examined: what it can be tested for', async () => {
    const connection = await open((await node()).endpoint)
    const { abilities, specVersion, entries, head } = await diagnose(connection, await signersOf(['//Alice']))
    expect({ specVersion, head }).toEqual({ specVersion: 144, head: 0 })
    expect(entries).toBeGreaterThan(20)
    expect(abilities.map(({ can }) => can)).toEqual([true, true, true, false, true, true])
    const stranger = await diagnose(connection, await signersOf(['0x' + '11'.repeat(32)]))
    expect(stranger.abilities[0]).toMatchObject({ can: false, why: '0 of 6 people whose keys are here have a TFT or more' })
    expect(stranger.abilities[2]).toMatchObject({ can: false, why: "0 of 2 members' keys are here, 2 votes are needed" })
  })
})

test('a server that never answers is told', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await expect(LiveConnection.open(`ws://127.0.0.1:${port}`, { connectMs: 2000, answerMs: 300 })).rejects.toThrow(
    'does not answer within 0.3 s',
  )
  for (const client of server.clients) client.terminate()
})

describe('where a live target may be', () => {
  test.each(['ws://127.0.0.1:9944', 'ws://localhost:1', 'ws://[::1]:9944', 'wss://127.3.2.1'])('%s is this machine', (endpoint) =>
    expect(allowedEndpoint(endpoint, 'write', false).href).toContain('ws'),
  )
  test.each(['ws://192.0.2.1:9944', 'wss://tfchain.dev.grid.tf/ws', 'ws://127.0.0.1.example.com', 'ws://localhost.example.com'])(
    '%s is not, and needs leave',
    (endpoint) => {
      expect(() => allowedEndpoint(endpoint, 'write', false)).toThrow('--allow-remote')
      expect(() => allowedEndpoint(endpoint, 'write', true)).not.toThrow()
    },
  )
  test.each(['wss://tfchain.grid.tf/ws', 'wss://TFCHAIN.grid.tf'])('%s is main net: never', (endpoint) =>
    expect(() => allowedEndpoint(endpoint, 'write', true)).toThrow('main net: nothing is ever submitted'),
  )
  test.each(['http://127.0.0.1', '127.0.0.1:9944', 'ws://', ''])('%j is no endpoint', (endpoint) =>
    expect(() => allowedEndpoint(endpoint, 'read', true)).toThrow('no WebSocket endpoint'),
  )
  test('what calls itself main net is refused, wherever it runs', () => {
    expect(['TFChain Mainnet', 'tfchain_main', 'MAIN'].every(isMainNet)).toBe(true)
    expect(isMainNet('TFChain 144 (tfspec)')).toBe(false)
    expect(() => refuseMainNet('TFChain Mainnet')).toThrow('nothing is ever submitted to main net')
  })
})

test('a secret that cannot be read is not repeated in the message', async () => {
  await expect(signersOf(['//Alice', 'my secret words'])).rejects.toThrow(/^secret 2 cannot be read(?!.*my secret)/)
})
