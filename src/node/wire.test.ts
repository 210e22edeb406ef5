import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runtimeForTests } from '../registry/for-tests.js'
import { connect, nodeForTests, send, signer, Wire, type Reply } from './for-tests.js'
import type { ServedNode } from './serve.js'
import type { Dispatcher } from './rpc/dispatcher.js'
import { RpcServer } from './rpc/server.js'

const request = (id: unknown, method: string, params: unknown = []): object => ({ jsonrpc: '2.0', id, method, params })
const error = (reply: Reply | readonly Reply[]): unknown => {
  const { id, error: problem } = reply as Reply
  return [id, problem?.code]
}

describe.skipIf((await runtimeForTests('144')) === undefined)('JSON-RPC', () => {
  let served: ServedNode
  let wire: Wire
  let http: string
  const defects: Error[] = []
  beforeAll(async () => {
    served = await nodeForTests({ onDefect: (defect) => defects.push(defect) })
    wire = await Wire.open(served.endpoint)
    http = served.endpoint.replace(/^ws/, 'http')
  })
  afterAll(async () => {
    wire.close()
    await served.close()
    expect(defects).toEqual([])
  })
  const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(http, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

  test.each([
    ['{', null, -32700],
    ['', null, -32700],
    ['\0', null, -32700],
    ['[]', null, -32600],
    ['null', null, -32600],
    ['"text"', null, -32600],
    ['{}', null, -32600],
    ['{"jsonrpc":"1.0","id":1,"method":"system_name"}', 1, -32600],
    ['{"jsonrpc":"2.0","id":1,"method":7}', 1, -32600],
    ['{"jsonrpc":"2.0","id":{},"method":"system_name"}', null, -32600],
    ['{"jsonrpc":"2.0","id":1,"method":"system_nothing"}', 1, -32601],
    ['{"jsonrpc":"2.0","id":1,"method":"toString"}', 1, -32601],
    ['{"jsonrpc":"2.0","id":1,"method":"__proto__"}', 1, -32601],
    ['{"jsonrpc":"2.0","id":1,"method":"system_name","params":{"a":1}}', 1, -32602],
    ['{"jsonrpc":"2.0","id":"a","method":"state_getStorage","params":[]}', 'a', -32602],
    ['{"jsonrpc":"2.0","id":"a","method":"state_getStorage","params":["0xabc"]}', 'a', -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"chain_getBlockHash","params":[-1]}', 1, -32602],
    ['{"jsonrpc":"2.0","id":1,"method":"chain_getBlockHash","params":[{}]}', 1, -32602],
    [`{"jsonrpc":"2.0","id":1,"method":"state_getStorage","params":["0x00","0x${'00'.repeat(32)}"]}`, 1, 4003],
    ['{"jsonrpc":"2.0","id":1,"method":"state_call","params":["Core_nothing","0x"]}', 1, 4003],
    ['{"jsonrpc":"2.0","id":1,"method":"state_call","params":["__heap_base","0x"]}', 1, 4003],
    ['{"jsonrpc":"2.0","id":1,"method":"state_call","params":["Core_initialize_block","0x00"]}', 1, 4003],
    ['{"jsonrpc":"2.0","id":1,"method":"state_getKeysPaged","params":["0x",100000]}', 1, 4002],
    ['{"jsonrpc":"2.0","id":1,"method":"author_submitExtrinsic","params":["0x1234"]}', 1, 1001],
    ['{"jsonrpc":"2.0","id":1,"method":"author_submitExtrinsic","params":["0x"]}', 1, 1001],
    ['{"jsonrpc":"2.0","id":1,"method":"author_submitExtrinsic","params":["0x0c84ffff"]}', 1, 1002],
    ['{"jsonrpc":"2.0","id":1,"method":"author_submitAndWatchExtrinsic","params":["0x0c84ffff"]}', 1, 1002],
    ['{"jsonrpc":"2.0","id":1,"method":"system_accountNextIndex","params":["5Grwva"]}', 1, -32602],
  ])('%s', async (text, id, code) => {
    expect(error(await wire.raw(text))).toEqual([id, code])
    // Over HTTP there is nothing to subscribe to.
    const overHttp = text.includes('AndWatch') ? -32601 : code
    expect(error((await (await post(text)).json()) as Reply)).toEqual([id, overHttp])
  })

  test('a batch is answered as a batch, notifications not at all', async () => {
    const batch = [
      request(1, 'system_chainType'),
      { jsonrpc: '2.0', method: 'system_name' },
      7,
      request('b', 'nothing'),
      request(null, 'system_name'),
    ]
    const replies = (await wire.raw(JSON.stringify(batch))) as readonly Reply[]
    expect(replies.map(({ id, result, error: problem }) => [id, result ?? problem?.code])).toEqual([
      [1, 'Development'],
      [null, -32600],
      ['b', -32601],
      [null, 'tfspec node'],
    ])
    wire.socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'system_name' }))
    wire.socket.send(JSON.stringify([{ jsonrpc: '2.0', method: 'nothing' }]))
    expect((await wire.raw(JSON.stringify(request(9, 'system_chainType')))) as Reply).toMatchObject({ id: 9 })
    expect(error(await wire.raw(JSON.stringify(Array.from({ length: 1001 }, (_, i) => request(i, 'system_name')))))).toEqual([null, -32010])
  })

  test('over HTTP: a request, a batch, a notification, no subscriptions', async () => {
    const answer = (await (await post(JSON.stringify(request(3, 'chain_getBlockHash', [0])))).json()) as Reply
    expect(answer).toEqual({ jsonrpc: '2.0', id: 3, result: await wire.result('chain_getBlockHash', 0) })
    expect(await (await post(JSON.stringify([request(1, 'system_name'), request(2, 'system_name')]))).json()).toHaveLength(2)
    expect((await post(JSON.stringify({ jsonrpc: '2.0', method: 'system_name' }))).status).toBe(204)
    expect(error((await (await post(JSON.stringify(request(3, 'chain_subscribeNewHeads')))).json()) as Reply)).toEqual([3, -32601])
    expect((await fetch(http)).status).toBe(405)
    expect((await fetch(`${http}/health`)).status).toBe(200)
    expect((await fetch(http, { method: 'POST', body: '{}' })).status).toBe(415)
  })

  test('huge messages are refused, and the server stays', async () => {
    const huge = JSON.stringify(request(1, 'system_name', ['x'.repeat(16 * 1024 * 1024)]))
    const other = await Wire.open(served.endpoint)
    const closed = new Promise<number>((resolve) => other.socket.once('close', resolve))
    other.socket.send(huge)
    expect(await closed).toBe(1009)
    const response = await post(huge)
    expect(response.status).toBe(413)
    expect(error((await response.json()) as Reply)).toEqual([null, -32007])
    expect(await wire.result('system_chainType')).toBe('Development')
  })

  test('web pages from elsewhere may not connect, those of this machine may', async () => {
    await expect(Wire.open(served.endpoint, { origin: 'https://example.org' })).rejects.toThrow('403')
    await expect(Wire.open(served.endpoint, { headers: { host: 'rebound.example.org' } })).rejects.toThrow('403')
    for (const origin of ['http://localhost:3000', 'https://polkadot.js.org']) (await Wire.open(served.endpoint, { origin })).close()
    expect((await post('{}', { origin: 'https://example.org' })).status).toBe(403)
    await expect(RpcServer.listen({} as Dispatcher, { host: '0.0.0.0', port: 0 })).rejects.toThrow('serves this machine alone')
    await expect(nodeForTests({ port: served.port })).rejects.toThrow('something else listens there')
  })

  const messages = 10_000
  test('10,000 malformed messages: each is answered, the server stays', async () => {
    let seed = 7
    const random = (below: number): number => ((seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) >>> 8) % below
    const names = await wire
      .result<{ methods: string[] }>('rpc_methods')
      .then(({ methods }) => methods.filter((name) => !/^dev_(timeTravel|newBlock)|subscribe|setBlockBuildMode/.test(name)))
    const values = [
      null,
      true,
      -1,
      1e99,
      0.5,
      '',
      '0x',
      '0x00',
      '0xzz',
      `0x${'ab'.repeat(32)}`,
      [],
      {},
      [[]],
      [null],
      '\ud800',
      'x'.repeat(2000),
      '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
    ]
    const pick = <T>(from: readonly T[]): T => from[random(from.length)]!
    const fuzzer = await Wire.open(served.endpoint)
    for (let i = 0; i < messages; i++) {
      const params = Array.from({ length: random(4) }, () => pick(values))
      const text = JSON.stringify(request(`f${i}`, pick(names), params))
      const cut = i % 3 === 1 ? text.slice(0, random(text.length)) : text
      const damaged = Buffer.from(Buffer.from(cut).map((byte) => (random(40) === 0 ? random(128) : byte)))
      fuzzer.socket.send(i % 7 === 1 ? damaged : cut, { binary: false })
      // Damage can make a notification of a request: what is answered next tells that nothing is due any more.
      await fuzzer.result('system_chainType')
    }
    const answered = new Set(fuzzer.inbox.map((reply) => (reply as Reply).id))
    const whole = Array.from({ length: messages }, (_, i) => i).filter((i) => i % 3 !== 1 && i % 7 !== 1)
    expect(whole.filter((i) => !answered.has(`f${i}`))).toEqual([])
    expect(fuzzer.inbox.length).toBeGreaterThan(messages * 0.95)
    fuzzer.close()
    expect(await wire.result('system_chainType')).toBe('Development')
    expect(defects).toEqual([])
  })

  test('a block that ends a session takes no extrinsic: it is in the next one', async () => {
    const other = await nodeForTests()
    const api = await connect(other.endpoint)
    const direct = await Wire.open(other.endpoint)
    await direct.result('dev_newBlock', { unsafeBlockHeight: 599 })
    const transfer = api.tx['balances']!['transfer']!((await signer('//Bob')).address, 1)
    await direct.result('author_submitExtrinsic', (await transfer.signAsync(await signer('//Alice'), { era: 0 })).toHex())
    await expect.poll(() => other.node.chain.head.header.number).toBe(601)
    expect(other.node.chain.blocks.slice(-2).map(({ extrinsics }) => extrinsics.length)).toEqual([1, 2])
    expect(other.node.pool.size).toBe(0)
    await api.disconnect()
    direct.close()
    await other.close()
  })

  test('subscriptions: ids, ends, limits', async () => {
    const client = await Wire.open(served.endpoint)
    const id = await client.result<string>('chain_subscribeNewHeads')
    expect(await client.next()).toMatchObject({ method: 'chain_newHead', params: { subscription: id } })
    expect(await client.result('chain_unsubscribeNewHeads', id)).toBe(true)
    expect(await client.result('chain_unsubscribeNewHeads', id)).toBe(false)
    for (let i = 0; i < 1024; i++) await client.result('state_subscribeRuntimeVersion')
    expect((await client.call('state_subscribeRuntimeVersion')).error?.code).toBe(-32006)
    client.close()
    await expect.poll(() => served.node.listeners.size).toBeLessThan(10)
  })

  test('pages of keys, and storage at past blocks', async () => {
    const api = await connect(served.endpoint)
    await send(api, await signer('//Alice'), api.tx['balances']!['transfer']!((await signer('//Bob')).address, 1))
    await api.disconnect()
    const all = await wire.result<string[]>('state_getKeys', '0x')
    const paged: string[] = []
    for (let start: string | null = null; ; start = paged.at(-1)!) {
      const page: string[] = await wire.result('state_getKeysPaged', '0x', 7, start)
      paged.push(...page)
      if (page.length < 7) break
    }
    expect(paged).toEqual(all)
    expect(all).toEqual([...all].sort())
    const genesis = await wire.result<string>('chain_getBlockHash', 0)
    const number = '0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac'
    expect(await wire.result('state_getStorage', number, genesis)).toBeNull()
    expect(await wire.result('state_queryStorageAt', [number], genesis)).toEqual([{ block: genesis, changes: [[number, null]] }])
    const then = await wire.result<string[]>('state_getKeys', '0x', genesis)
    expect(then).not.toContain(number)
    expect(all).toContain(number)
    // A runtime call sees the state of the block it is asked for.
    const account = '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d'
    expect(await wire.result('state_call', 'AccountNonceApi_account_nonce', account, genesis)).toBe('0x00000000')
    expect(await wire.result('state_call', 'AccountNonceApi_account_nonce', account)).not.toBe('0x00000000')
    expect(await wire.result<string>('state_getStorage', '0x3a636f6465')).toMatch(/^0x0061736d/)
  })
})
