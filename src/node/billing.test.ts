import type { ApiPromise } from '@polkadot/api'
import type { KeyringPair } from '@polkadot/keyring/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runtimeForTests } from '../registry/for-tests.js'
import { connect, nodeForTests, send, signer, testTimeMs, Wire } from './for-tests.js'
import type { ServedNode } from './serve.js'

const day = 24 * 3600 * 1000

describe.skipIf((await runtimeForTests('144')) === undefined)('time', () => {
  let served: ServedNode
  let api: ApiPromise
  let wire: Wire
  let alice: KeyringPair
  let contractId: string
  beforeAll(async () => {
    served = await nodeForTests()
    ;[api, wire, alice] = await Promise.all([connect(served.endpoint), Wire.open(served.endpoint), signer('//Alice')])
    const grid = api.tx['tfgridModule']!
    await send(api, alice, grid['userAcceptTc']!('link', 'hash'))
    await send(api, alice, grid['createTwin']!('relay.example', 'pk'))
    await send(api, alice, api.tx['smartContractModule']!['createNameContract']!('billed'))
    contractId = (await api.query['smartContractModule']!['contractID']!()).toString()
  })
  afterAll(async () => {
    wire.close()
    await api.disconnect()
    await served.close()
  })

  const eventsOf = async (blocks: number): Promise<readonly string[]> => {
    const names: string[] = []
    for (let i = 0; i < blocks; i++) {
      const hash = await wire.result<string>('dev_newBlock')
      const records = (await (
        await api.at(hash)
      ).query['system']!['events']!()) as unknown as { event: { section: string; method: string } }[]
      names.push(...records.map(({ event }) => `${event.section}.${event.method}`))
    }
    return names
  }
  const contract = async (): Promise<{ readonly state: unknown } | null> =>
    (await api.query['smartContractModule']!['contracts']!(contractId)).toJSON() as { readonly state: unknown } | null

  test('the off-chain worker bills contracts as blocks are made, with a true signature of the author', async () => {
    const names = await eventsOf(22)
    expect(names.filter((name) => name === 'smartContractModule.ContractBilled')).toHaveLength(2)
    // The worker's extrinsic as anyone could have sent it: signed, and valid for a verifier that trusts nobody.
    const blocks = served.node.chain.blocks.filter(({ extrinsics }) => extrinsics.length > 1).slice(-1)
    const { block } = await api.rpc.chain.getBlock(`0x${Buffer.from(blocks[0]!.hash, 'latin1').toString('hex')}`)
    const bill = block.extrinsics[1]!
    expect(`${bill.method.section}.${bill.method.method}`).toBe('smartContractModule.billContractForBlock')
    expect(bill.signer.toString()).toBe((await signer('//Validator')).address)
  })

  test('the end of a grace period is one journey away', async () => {
    const account = { data: { free: 1000 }, providers: 1, consumers: 0, nonce: 3 }
    await wire.result('dev_setStorage', { System: { Account: [[[alice.address], account]] } })
    expect(await eventsOf(12)).toContain('smartContractModule.ContractGracePeriodStarted')
    expect(await contract()).toMatchObject({ state: { gracePeriod: expect.any(Number) as number } })
    const now = Number((await api.query['timestamp']!['now']!()).toString())
    const before = (await api.rpc.chain.getHeader()).number.toNumber()
    expect(await wire.result('dev_timeTravel', now + 14 * day)).toBe(now + 14 * day)
    expect(Number((await api.query['timestamp']!['now']!()).toString())).toBe(now + 14 * day)
    const names = await eventsOf(12)
    expect(names).toContain('smartContractModule.NameContractCanceled')
    expect(await contract()).toBeNull()
    const header = await api.rpc.chain.getHeader()
    expect(header.number.toNumber()).toBe(before + 201_600 + 12)
    // The parent is the block before the journey, and heads can be asked for on both sides of the gap.
    expect((await api.rpc.chain.getBlockHash(before)).isEmpty).toBe(false)
    expect(await wire.result('chain_getBlockHash', before + 5)).toBeNull()
  })

  test('without numbers, as in Chopsticks; backwards is refused; dates may be text', async () => {
    const head = (await api.rpc.chain.getHeader()).number.toNumber()
    const now = Number((await api.query['timestamp']!['now']!()).toString())
    await wire.result('dev_timeTravel', new Date(now + day).toISOString(), { blocks: 0 })
    await wire.result('dev_newBlock')
    expect((await api.rpc.chain.getHeader()).number.toNumber()).toBe(head + 1)
    expect((await wire.call('dev_timeTravel', testTimeMs)).error).toMatchObject({
      code: 1,
      message: expect.stringContaining('forward only') as string,
    })
    expect((await wire.call('dev_timeTravel', 'never')).error).toEqual({ code: 1, message: 'Invalid date' })
  })

  test('dev_newBlock: count, to, unsafeBlockHeight, unixTime, transactions', async () => {
    const number = (): number => served.node.chain.head.header.number
    const start = number()
    await wire.result('dev_newBlock', { count: 3 })
    expect(number()).toBe(start + 3)
    await wire.result('dev_newBlock', { to: start + 5 })
    expect(number()).toBe(start + 5)
    await wire.result('dev_newBlock', { count: 2, unsafeBlockHeight: start + 100 })
    expect(number()).toBe(start + 101)
    expect((await wire.call('dev_newBlock', { unsafeBlockHeight: 1 })).error?.code).toBe(1)
    const later = Math.floor(served.node.chain.timeMs / 1000) + 3600
    await wire.result('dev_newBlock', { unixTime: later })
    expect(served.node.chain.timeMs).toBe(later * 1000)
    const bob = await signer('//Bob')
    const signed = await api.tx['system']!['remark']!('0x01').signAsync(bob)
    const hash = await wire.result<string>('dev_newBlock', { transactions: [signed.toHex()] })
    expect((await api.rpc.chain.getBlock(hash)).block.extrinsics.some((one) => one.toHex() === signed.toHex())).toBe(true)
  })

  test('dev_setStorage in both forms, dev_setHead by number and hash', async () => {
    const price = async (): Promise<string> => (await api.query['tfgridModule']!['connectionPrice']!()).toString()
    const { hash, number } = await api.rpc.chain.getHeader()
    await wire.result('dev_newBlock')
    await wire.result('dev_setStorage', { TfgridModule: { ConnectionPrice: 5 } })
    expect(await price()).toBe('5')
    await wire.result('dev_setStorage', [[api.query['tfgridModule']!['connectionPrice']!.key(), '0x06000000']])
    expect(await price()).toBe('6')
    expect((await wire.call('dev_setStorage', { TfgridModule: { Nothing: 5 } })).error).toEqual({
      code: 1,
      message: 'Cannot find storage Nothing in pallet TfgridModule',
    })
    expect(await wire.result('dev_setHead', number.toNumber())).toBe(hash.toHex())
    expect(await price()).toBe('80')
    expect((await api.rpc.chain.getHeader()).hash.toHex()).toBe(hash.toHex())
    await wire.result('dev_newBlock')
    await wire.result('dev_setHead', hash.toHex())
    expect((await wire.call('dev_setHead', 999_999_999)).error).toEqual({ code: 1, message: 'Block not found 999999999' })
    await wire.result('dev_setStorage', { SmartContractModule: { $removePrefix: ['ContractsToBillAt'] } })
    expect(await api.query['smartContractModule']!['contractsToBillAt']!.keys()).toEqual([])
  })
})
