import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { runtimeForTests } from '../registry/for-tests.js'
import { connect, nodeForTests, send, signer, temporaryFile, testTimeMs, Wire } from './for-tests.js'
import { toHex } from './hex.js'
import { readStorageFile } from './storage-file.js'
import { storageOf } from './base.js'

const files: string[] = []
const temporary = (name: string): string => {
  const file = temporaryFile(name)
  files.push(file, `${file}.lock`)
  return file
}
afterAll(() => files.forEach((file) => rmSync(file, { force: true })))

describe.skipIf((await runtimeForTests('144')) === undefined)('a chain on disk', () => {
  test('goes on where it ended, without a farewell, with what waited and a torn line', async () => {
    const stateFile = temporary('chain.jsonl')
    const first = await nodeForTests({ stateFile, sealing: 'manual' })
    const api = await connect(first.endpoint)
    const wire = await Wire.open(first.endpoint)
    const [alice, bob] = await Promise.all([signer('//Alice'), signer('//Bob')])
    const transfer = api.tx['balances']!['transfer']!(bob.address, 7)
    // Immortal, since it waits while the chain travels.
    const immortal = { nonce: 0, era: 0 }
    await wire.result('dev_setStorage', { TfgridModule: { ConnectionPrice: 5 } })
    await wire.result('author_submitExtrinsic', (await transfer.signAsync(alice, { ...immortal })).toHex())
    await wire.result('dev_newBlock', { count: 3 })
    await wire.result('dev_setHead', 2)
    await wire.result('dev_timeTravel', testTimeMs + 3_600_000)
    await wire.result('dev_newBlock')
    const waiting = await wire.result<string>('author_submitExtrinsic', (await transfer.signAsync(bob, { ...immortal })).toHex())
    await wire.result('dev_timeTravel', testTimeMs + 7_200_000)
    const everything = (storage: ReadonlyMap<string, string>): unknown => [...storage].sort(([a], [b]) => (a < b ? -1 : 1))
    const state = everything(storageOf(first.node.chain.state))
    const head = first.node.chain.head
    await expect(nodeForTests({ stateFile })).rejects.toThrow(`another node (process ${process.pid}) is writing it`)
    // As a kill leaves it: no close, the last line torn, the lock of a process that is gone.
    const torn = temporary('torn.jsonl')
    writeFileSync(torn, readFileSync(stateFile))
    appendFileSync(torn, '{"block":"0x00')
    writeFileSync(`${torn}.lock`, '999999999')
    await api.disconnect()
    wire.close()
    await first.close()
    expect(existsSync(`${stateFile}.lock`)).toBe(false)

    const second = await nodeForTests({ stateFile: torn, sealing: 'manual', clock: () => testTimeMs })
    expect(second.node.chain.head).toEqual(head)
    expect(everything(storageOf(second.node.chain.state))).toEqual(state)
    expect(second.node.chain.blocks.map(({ hash }) => hash)).toEqual(first.node.chain.blocks.map(({ hash }) => hash))
    const again = await Wire.open(second.endpoint)
    expect(second.node.pool.all().map(({ hash }) => toHex(hash))).toEqual([waiting])
    await again.result('dev_newBlock')
    expect(second.node.pool.size).toBe(0)
    expect(second.node.chain.head.extrinsics).toHaveLength(2)
    // The journey before the kill is not forgotten.
    expect(second.node.chain.head.header.number).toBe(head.header.number + 599 + 1)
    again.close()
    await second.close()
  })

  test('bad files are named with the line and the way out', async () => {
    const broken = temporary('broken.jsonl')
    const open = () => nodeForTests({ stateFile: broken })
    writeFileSync(broken, 'not JSON\n')
    await expect(open()).rejects.toThrow(/broken.jsonl: line 1 is damaged .*Move the file away/)
    writeFileSync(broken, '{"something":"else"}\n')
    await expect(open()).rejects.toThrow('line 1 is damaged (no state of `tfspec node`)')
    writeFileSync(broken, '{"tfspecNode":1,"specVersion":123,"codeHash":"0123456789abcdef","base":{}}\n')
    await expect(open()).rejects.toThrow('this chain was made by runtime:123@0123456789abcdef')
    await expect(nodeForTests({ stateFile: '/nowhere/at/all.jsonl' })).rejects.toThrow(/cannot be written \(ENOENT\)/)
  })

  test('interval sealing makes blocks by itself', async () => {
    const served = await nodeForTests({ sealing: 'interval', intervalMs: 40, clock: Date.now })
    await expect.poll(() => served.node.chain.head.header.number).toBeGreaterThan(2)
    await served.close()
    const { number } = served.node.chain.head.header
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(served.node.chain.head.header.number).toBe(number)
  })

  test('storage that is no chain is refused at once, with the file and what is missing', async () => {
    const storage = new Map([['a', 'b']])
    await expect(nodeForTests({ base: { kind: 'genesis', storage, file: 'some.json' } })).rejects.toThrow(
      /^some.json: no block can be made on it \(.+\)\. .*Aura.Authorities/,
    )
  })

  test('a dump of one chain is the genesis or the fork of another', async () => {
    const origin = await nodeForTests()
    const originApi = await connect(origin.endpoint)
    await send(originApi, await signer('//Eve'), originApi.tx['tfgridModule']!['userAcceptTc']!('link', 'hash'))
    await originApi.disconnect()
    const dump = Object.fromEntries([...storageOf(origin.node.chain.state)].map(([key, value]) => [toHex(key), toHex(value)]))
    const genesisHash = origin.node.chain.genesisHash
    await origin.close()
    const file = temporary('dump.json')
    writeFileSync(file, JSON.stringify({ genesis: { raw: { top: dump } } }))
    const storage = readStorageFile(file)
    for (const kind of ['genesis', 'fork'] as const) {
      const served = await nodeForTests({ base: { kind, storage } })
      expect(served.node.chain.head.header.number).toBe(1)
      expect(served.node.chain.genesisHash).toBe(genesisHash)
      const api = await connect(served.endpoint)
      const eve = await signer('//Eve')
      const terms = api.query['tfgridModule']!['usersTermsAndConditions']!
      expect((await terms(eve.address)).isEmpty).toBe(false)
      expect(await send(api, eve, api.tx['tfgridModule']!['createTwin']!('relay.example', 'pk'))).toContain('tfgridModule.TwinStored')
      expect(served.node.chain.head.header.number).toBe(2)
      await api.disconnect()
      await served.close()
    }
  })
})

test('bad storage files are named with the entry and the fix', () => {
  const file = temporary('storage.json')
  const reading = (text: string): (() => unknown) => {
    writeFileSync(file, text)
    return () => readStorageFile(file)
  }
  expect(() => readStorageFile(temporary('absent.json'))).toThrow(/absent.json: cannot be read \(ENOENT\)/)
  expect(reading('{')).toThrow('no JSON')
  expect(reading('{}')).toThrow('it holds no storage')
  expect(reading('7')).toThrow('no storage')
  expect(reading('{"genesis":{"runtime":{}}}')).toThrow('a chain spec that is not raw')
  expect(reading('{"0x00":"0x","abc":"0x"}')).toThrow('entry 2: the key "abc" is not "0x"')
  expect(reading('{"0x00":7}')).toThrow('entry 1: the value of 0x00 is not "0x"')
  expect(reading('[["0x00","0x01"],["0x02",null]]')()).toEqual(new Map([['\0', '\x01']]))
})
