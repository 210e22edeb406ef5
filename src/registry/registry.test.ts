import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { RuntimeFileError, type RuntimeFileCode } from '../../conformance/targets/runtime/wasm-file.js'
import { runtimeForTests } from './for-tests.js'
import { isLoopback, pullRuntime } from './pull.js'
import { addRuntime, findRuntime, keepRuntime, listRuntimes, readRuntime, runtimesDirectory } from './registry.js'

// Before the cache is moved away from under the real one.
const code144 = await runtimeForTests('144')
const code49 = await runtimeForTests('49')

let folder: string
const cacheBefore = process.env['XDG_CACHE_HOME']
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tfspec-registry-'))
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache')
})
afterAll(async () => {
  if (cacheBefore === undefined) delete process.env['XDG_CACHE_HOME']
  else process.env['XDG_CACHE_HOME'] = cacheBefore
  await rm(folder, { recursive: true })
})

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
/** The error, which must be of this kind, name its place and tell a fix. */
const refusal = async (code: RuntimeFileCode, place: string, run: Promise<unknown>): Promise<string> => {
  const error: unknown = await run.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(RuntimeFileError)
  const refused = error as RuntimeFileError
  expect([refused.code, refused.place]).toEqual([code, place])
  expect(refused.fix).not.toBe('')
  expect(refused.message).toBe(`${place}: ${refused.message.slice(place.length + 2)}`)
  return refused.message
}
/** A zstd frame of one raw block. */
const zstd = (content: Uint8Array): Buffer => {
  const parts: Buffer[] = [Buffer.from('28b52ffd', 'hex'), Buffer.from([0b10100000]), Buffer.alloc(4)]
  parts[2]!.writeUInt32LE(content.length)
  for (let at = 0; at < content.length; at += 100_000) {
    const block = content.subarray(at, at + 100_000)
    const header = Buffer.alloc(3)
    header.writeUIntLE((block.length << 3) | (at + 100_000 >= content.length ? 1 : 0), 0, 3)
    parts.push(header, Buffer.from(block))
  }
  return Buffer.concat(parts)
}
const compressed = (content: Uint8Array): Buffer => Buffer.concat([Buffer.from('52bc537646db8e05', 'hex'), zstd(content)])
const emptyWasm = Buffer.from('0061736d01000000', 'hex')

describe('an empty registry', () => {
  test('lists nothing, and finding tells exactly how to register', async () => {
    expect(await listRuntimes()).toEqual([])
    const message = await refusal('RUNTIME-NONE', 'runtime:144', findRuntime('144'))
    expect(message).toContain('tfspec runtime add FILE')
    expect(message).toContain('tfspec runtime pull ws://127.0.0.1:9944')
  })
})

describe('files that hold no runtime', () => {
  test('one that is not there', async () => {
    const path = join(folder, 'nowhere.wasm')
    expect(await refusal('RUNTIME-UNREADABLE', path, addRuntime(path))).toContain('ENOENT')
  })
  test('one that may not be read', async () => {
    const path = await file('secret.wasm', emptyWasm)
    await chmod(path, 0)
    if (process.getuid?.() === 0) return // root reads everything
    expect(await refusal('RUNTIME-UNREADABLE', path, addRuntime(path))).toContain('EACCES')
  })
  test('a folder', async () => {
    expect(await refusal('RUNTIME-UNREADABLE', folder, addRuntime(folder))).toContain('EISDIR')
  })
  test.each([
    ['an empty file', '', /the file is empty/],
    ['a text', 'hello', /not wasm/],
    ['JSON that is cut off', '{"genesis": ', /neither wasm nor JSON/],
    ['JSON without a runtime', '{"name": "x"}', /no chain spec/],
    ['a chain spec whose code is no hex', '{"genesis":{"raw":{"top":{"0x3a636f6465":"0x123"}}}}', /hex digits/],
    ['a chain spec whose code is something else', '{"genesis":{"runtime":{"system":{"code":"0x123456"}}}}', /not wasm/],
    ['a compressed text', compressed(Buffer.from('hello')), /is no wasm/],
  ])('%s', async (name, content, message) => {
    const path = await file(`${name}.bin`, content)
    expect(await refusal('RUNTIME-NOT-WASM', path, addRuntime(path))).toMatch(message)
  })
  test('wasm that is no runtime', async () => {
    const path = await file('empty.wasm', emptyWasm)
    expect(await refusal('RUNTIME-NOT-SUBSTRATE', path, addRuntime(path))).toContain('no Substrate runtime')
  })
  test('nothing is left behind', async () => {
    expect(await readdir(runtimesDirectory()).catch(() => [])).toEqual([])
  })
})

describe.skipIf(code144 === undefined || code49 === undefined)('runtimes', () => {
  const wasm = code144 ?? emptyWasm
  const other = code49 ?? emptyWasm

  test.each([0.001, 0.3, 0.99])('a compressed one cut off after %d of it', async (share) => {
    const whole = compressed(wasm)
    const path = await file('cut.compressed.wasm', whole.subarray(0, Math.ceil(whole.length * share)))
    expect(await refusal('RUNTIME-TRUNCATED', path, addRuntime(path))).toContain('cut off')
  })
  test.each([0.001, 0.3, 0.99])('a plain one cut off after %d of it', async (share) => {
    const path = await file('cut.wasm', wasm.subarray(0, Math.ceil(wasm.length * share)))
    await refusal('RUNTIME-TRUNCATED', path, addRuntime(path))
  })

  test('the same runtime is found in wasm, compressed wasm, a raw and a structured chain spec, and kept once, uncompressed', async () => {
    const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`
    const files = [
      await file('plain.wasm', wasm),
      await file('compressed.wasm', compressed(wasm)),
      await file('raw.json', JSON.stringify({ genesis: { raw: { top: { '0x3a636f6465': hex(wasm) } } } })),
      await file('structured.json', `\n ${JSON.stringify({ genesis: { runtime: { system: { code: hex(compressed(wasm)) } } } })}`),
    ]
    const added = []
    for (const path of files) added.push(await addRuntime(path))
    expect(new Set(added.map(({ name }) => name)).size).toBe(1)
    const [runtime] = added
    expect(runtime).toMatchObject({
      specVersion: 144,
      name: `144@${runtime!.hash}`,
      file: join(runtimesDirectory(), `144-${runtime!.hash}.wasm`),
    })
    expect(await readdir(runtimesDirectory())).toEqual([`144-${runtime!.hash}.wasm`])
    expect(Buffer.compare(await readFile(runtime!.file), wasm)).toBe(0)
    expect(Buffer.compare(await readRuntime(runtime!), wasm)).toBe(0)
    expect(await findRuntime('144')).toEqual(runtime)
    expect(await findRuntime(`144@${runtime!.hash.slice(0, 4)}`)).toEqual(runtime)
  })

  test('one whose entry points are there but which tells no version', async () => {
    // Core_version finds its name in the data: an empty one, and the decoder fails or sees nothing.
    const broken = Buffer.from(wasm)
    const section = broken.indexOf('Core_version')
    broken.write('Core_versioX', section)
    const path = await file('renamed.wasm', broken)
    expect(await refusal('RUNTIME-NOT-SUBSTRATE', path, addRuntime(path))).toContain('Core_version')
  })

  test('two of one version are told apart by the beginning of the hash', async () => {
    // A custom section at the end changes the hash and nothing else.
    const twin = await keepRuntime(Buffer.concat([wasm, Buffer.from([0, 2, 1, 0x78])]), 'twin')
    await keepRuntime(other, 'other')
    const all = await listRuntimes()
    expect(all.map(({ specVersion }) => specVersion)).toEqual([49, 144, 144])
    const message = await refusal('RUNTIME-AMBIGUOUS', 'runtime:144', findRuntime('144'))
    for (const { name, specVersion } of all) if (specVersion === 144) expect(message).toContain(name)
    expect(await findRuntime(twin.name)).toEqual(twin)
    await refusal('RUNTIME-UNKNOWN', 'runtime:149', findRuntime('149'))
    await refusal('RUNTIME-UNKNOWN', 'runtime:latest', findRuntime('latest'))
  })

  test('foreign files in the folder are not runtimes', async () => {
    await mkdir(runtimesDirectory(), { recursive: true })
    await writeFile(join(runtimesDirectory(), '144-0123456789abcdef.wasm.a1b2.part'), '')
    await writeFile(join(runtimesDirectory(), 'notes.txt'), '')
    expect((await listRuntimes()).length).toBe(3)
  })
})

describe('pull', () => {
  type Answer = (request: { id: number; method: string; params: unknown[] }) => string | undefined
  /** A node that answers what the test wants; its endpoint. */
  const serve = async (answer: Answer, run: (endpoint: string) => Promise<void>): Promise<void> => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    server.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        const reply = answer(JSON.parse(data.toString()) as Parameters<Answer>[0])
        if (reply === undefined) socket.close()
        else if (reply !== '') socket.send(reply)
      }),
    )
    await new Promise((resolve) => server.once('listening', resolve))
    try {
      await run(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
    } finally {
      for (const client of server.clients) client.terminate()
      server.close()
    }
  }
  const result = (value: unknown) => JSON.stringify({ jsonrpc: '2.0', id: 1, result: value })

  test.skipIf(code144 === undefined)('reads :code of a node and registers it', async () => {
    const asked: unknown[] = []
    await serve(
      ({ method, params }) => {
        asked.push([method, params])
        return result(`0x${compressed(code144!).toString('hex')}`)
      },
      async (endpoint) => expect((await pullRuntime(endpoint)).specVersion).toBe(144),
    )
    expect(asked).toEqual([['state_getStorage', ['0x3a636f6465']]])
  })
  test('an answer without code', () =>
    serve(
      () => result(null),
      async (endpoint) => expect(await refusal('RUNTIME-ENDPOINT', endpoint, pullRuntime(endpoint))).toContain(':code'),
    ))
  test('an answer with something else for code', () =>
    serve(
      () => result('0x1234'),
      async (endpoint) => void (await refusal('RUNTIME-NOT-WASM', endpoint, pullRuntime(endpoint))),
    ))
  test('an answer that is no JSON', () =>
    serve(
      () => 'what?',
      async (endpoint) => expect(await refusal('RUNTIME-ENDPOINT', endpoint, pullRuntime(endpoint))).toContain('no JSON'),
    ))
  test('a node that refuses', () =>
    serve(
      () => JSON.stringify({ id: 1, error: { message: 'unsafe' } }),
      async (endpoint) => expect(await refusal('RUNTIME-ENDPOINT', endpoint, pullRuntime(endpoint))).toContain('refused: unsafe'),
    ))
  test('a node that hangs up', () =>
    serve(
      () => undefined,
      async (endpoint) => expect(await refusal('RUNTIME-ENDPOINT', endpoint, pullRuntime(endpoint))).toContain('closed'),
    ))
  test('a node that is stuck', () =>
    serve(
      () => '',
      async (endpoint) =>
        expect(await refusal('RUNTIME-ENDPOINT', endpoint, pullRuntime(endpoint, { timeoutMs: 200 }))).toContain('within 0.2 s'),
    ))
  test('nobody there', async () => {
    let free = ''
    await serve(
      () => '',
      async (endpoint) => void (await Promise.resolve((free = endpoint))),
    )
    expect(await refusal('RUNTIME-ENDPOINT', free, pullRuntime(free))).toContain('cannot be reached')
  })
  test('another machine is not asked without leave, nor anything that is no WebSocket', async () => {
    expect(await refusal('RUNTIME-NOT-ALLOWED', 'wss://tfchain.example/ws', pullRuntime('wss://tfchain.example/ws'))).toContain(
      '--allow-remote',
    )
    await refusal('RUNTIME-ENDPOINT', 'http://127.0.0.1', pullRuntime('http://127.0.0.1'))
    await refusal('RUNTIME-ENDPOINT', 'nonsense', pullRuntime('nonsense'))
  })
  test.each([
    ['ws://127.0.0.1:9944', true],
    ['ws://127.9.9.9', true],
    ['ws://localhost:1/ws', true],
    ['ws://[::1]:9944', true],
    ['ws://127.0.0.1.example', false],
    ['ws://localhost.example', false],
    ['ws://10.0.0.1', false],
    ['wss://tfchain.grid.tf/ws', false],
  ])('%s is this machine: %s', (endpoint, loopback) => expect(isLoopback(new URL(endpoint))).toBe(loopback))
})
