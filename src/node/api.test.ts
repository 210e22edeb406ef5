import type { ApiPromise } from '@polkadot/api'
import type { KeyringPair } from '@polkadot/keyring/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dummySignature } from '../../conformance/targets/runtime/signatures.js'
import { runtimeForTests } from '../registry/for-tests.js'
import { devAccounts } from './dev-accounts.js'
import { connect, nodeForTests, send, signer } from './for-tests.js'
import type { ServedNode } from './serve.js'
import { derivedKey, signingReady } from './signing.js'

test('the development accounts are derived from the phrase', async () => {
  await signingReady()
  for (const who of devAccounts.values()) expect(derivedKey(who)).toBe(who)
})

describe.skipIf((await runtimeForTests('144')) === undefined)('@polkadot/api', () => {
  let served: ServedNode
  let api: ApiPromise
  let alice: KeyringPair
  let bob: KeyringPair
  beforeAll(async () => {
    // Slow machines shall see `inBlock`, too.
    served = await nodeForTests({ finalityLagMs: 1500 })
    api = await connect(served.endpoint)
    ;[alice, bob] = await Promise.all([signer('//Alice'), signer('//Bob')])
  })
  afterAll(async () => {
    await api.disconnect()
    await served.close()
  })

  const free = async (who: string, at?: string): Promise<bigint> => {
    const account = await (at === undefined ? api : await api.at(at)).query['system']!['account']!(who)
    return (account as unknown as { data: { free: { toBigInt: () => bigint } } }).data.free.toBigInt()
  }
  const transfer = (value: number | bigint) => api.tx['balances']!['transfer']!(bob.address, value)

  test('connects and learns what chain this is', async () => {
    expect(api.runtimeVersion.specVersion.toNumber()).toBe(144)
    expect(api.runtimeChain.toString()).toContain('TFChain 144')
    expect(api.registry.chainDecimals).toEqual([7])
    expect((await api.rpc.chain.getBlockHash(0)).toHex()).toBe(api.genesisHash.toHex())
  })

  test('a transfer signed by //Alice is ready, in a block, final, and read back; the block before still shows the state before', async () => {
    const before = await free(bob.address)
    const parent = (await api.rpc.chain.getBlockHash()).toHex()
    const seen: string[] = []
    await new Promise<void>((resolve, reject) => {
      transfer(123_456)
        .signAndSend(alice, ({ status }) => {
          seen.push(status.type)
          if (status.isFinalized) resolve()
        })
        .catch(reject)
    })
    expect(seen).toEqual(['Ready', 'InBlock', 'Finalized'])
    expect(await free(bob.address)).toBe(before + 123_456n)
    expect(await free(bob.address, parent)).toBe(before)
  })

  test('headers hash to the block hashes and link to their parents; the author is known', async () => {
    await send(api, alice, transfer(1))
    const head = await api.rpc.chain.getHeader()
    expect(head.hash.toHex()).toBe((await api.rpc.chain.getBlockHash()).toHex())
    expect(head.parentHash.toHex()).toBe((await api.rpc.chain.getBlockHash(head.number.toNumber() - 1)).toHex())
    const { author } = await api.derive.chain.getHeader(head.hash)
    expect(author?.toString()).toBe((await signer('//Validator')).address)
    const { block } = await api.rpc.chain.getBlock(head.hash)
    expect(block.extrinsics.map(({ method }) => `${method.section}.${method.method}`)).toEqual(['timestamp.set', 'balances.transfer'])
  })

  test('subscriptions to storage, events and heads follow', async () => {
    const balances: bigint[] = []
    const numbers: number[] = []
    const events: string[] = []
    const unsubscribe = await Promise.all([
      api.query['system']!['account']!(bob.address, (account: unknown) => {
        balances.push((account as { data: { free: { toBigInt: () => bigint } } }).data.free.toBigInt())
      }) as unknown as Promise<() => void>,
      api.rpc.chain.subscribeNewHeads(({ number }) => void numbers.push(number.toNumber())),
      api.query['system']!['events']!((records: unknown) => {
        for (const { event } of records as { event: { section: string; method: string } }[]) events.push(`${event.section}.${event.method}`)
      }) as unknown as Promise<() => void>,
    ])
    const first = numbers[0] ?? (await api.rpc.chain.getHeader()).number.toNumber()
    // Different ones: polkadot-js passes over a value that is the same again.
    for (const value of [10, 11, 12]) await send(api, alice, transfer(value))
    await expect.poll(() => numbers).toEqual([first, first + 1, first + 2, first + 3])
    await expect.poll(() => balances.map((b) => b - balances[0]!)).toEqual([0n, 10n, 21n, 33n])
    await expect.poll(() => events.filter((name) => name === 'balances.Transfer').length).toBeGreaterThanOrEqual(3)
    for (const end of unsubscribe) end()
  })

  test('many transfers of one account without waiting share blocks, each once', async () => {
    const before = await free(bob.address)
    const nonce = (await api.rpc.system.accountNextIndex(alice.address)).toNumber()
    const signed = await Promise.all(Array.from({ length: 40 }, (_, i) => transfer(1).signAsync(alice, { nonce: nonce + i })))
    // The last first: they wait for those before.
    await Promise.all(signed.reverse().map((one) => api.rpc.author.submitExtrinsic(one)))
    await expect.poll(() => free(bob.address)).toBe(before + 40n)
    expect((await api.rpc.system.accountNextIndex(alice.address)).toNumber()).toBe(nonce + 40)
  })

  test('a refused call reports the module error by name', async () => {
    await expect(send(api, bob, api.tx['smartContractModule']!['createNameContract']!('x'))).rejects.toThrow(
      'smartContractModule.TwinNotExists',
    )
  })

  test('a batch is carried out in one extrinsic; one that must be whole leaves nothing of it behind', async () => {
    const batch = (calls: readonly ReturnType<typeof transfer>[]) => api.tx['utility']!['batch']!(calls)
    const before = await free(bob.address)
    const events = await send(api, alice, batch([transfer(1), transfer(2), transfer(3)]))
    expect(events.filter((name) => name === 'balances.Transfer')).toHaveLength(3)
    expect(events).toContain('utility.BatchCompleted')
    const tooMuch = transfer(2n ** 100n)
    expect(await send(api, alice, batch([transfer(4), tooMuch, transfer(5)]))).toContain('utility.BatchInterrupted')
    expect(await free(bob.address)).toBe(before + 10n)
    await expect(send(api, alice, api.tx['utility']!['batchAll']!([transfer(6), tooMuch]))).rejects.toThrow('Arithmetic')
    expect(await free(bob.address)).toBe(before + 10n)
  })

  test('a motion of Alice and Bob executes', async () => {
    const call = api.tx['tfgridModule']!['setConnectionPrice']!(77)
    const length = call.method.encodedLength
    expect(await send(api, alice, api.tx['council']!['propose']!(2, call, length))).toContain('council.Proposed')
    const hash = call.method.hash
    const index = Number((await api.query['council']!['proposalCount']!()).toString()) - 1
    for (const member of [alice, bob]) await send(api, member, api.tx['council']!['vote']!(hash, index, true))
    const weight = { refTime: 1_000_000_000, proofSize: 100_000 }
    expect(await send(api, bob, api.tx['council']!['close']!(hash, index, weight, length))).toContain('council.Executed')
    expect((await api.query['tfgridModule']!['connectionPrice']!()).toString()).toBe('77')
  })

  test('fees are told before', async () => {
    const info = await transfer(1).paymentInfo(alice)
    expect(info.class.isNormal).toBe(true)
    const before = await free(alice.address)
    await send(api, alice, transfer(1))
    expect(before - (await free(alice.address)) - 1n).toBe(info.partialFee.toBigInt())
  })

  test('what is not signed as it should be is refused as a Substrate node refuses it', async () => {
    const forged = await transfer(5).signAsync(alice)
    const hex = forged.toHex()
    const signature = forged.signature.toHex().slice(2)
    const submit = (text: string) => api.rpc.author.submitExtrinsic(text)
    await expect(submit(hex.replace(signature, 'ab'.repeat(64)))).rejects.toThrow(
      '1010: Invalid Transaction: Transaction has a bad signature',
    )
    const dummy = Buffer.from(dummySignature, 'latin1').toString('hex')
    await expect(submit(hex.replace(signature, dummy))).rejects.toThrow('1010: Invalid Transaction: Transaction has a bad signature')
    const unsigned = `1011: Unknown Transaction Validity: Could not find an unsigned validator for the unsigned transaction`
    await expect(submit(transfer(5).toHex())).rejects.toThrow(unsigned)
    const stale = await transfer(5).signAsync(alice, { nonce: 0 })
    await expect(submit(stale.toHex())).rejects.toThrow('1010: Invalid Transaction: Transaction is outdated')
    const poor = await transfer(5).signAsync(await signer('//Nobody'))
    await expect(submit(poor.toHex())).rejects.toThrow('1010: Invalid Transaction: Inability to pay some fees')
    const ahead = await transfer(5).signAsync(alice, { nonce: (await api.rpc.system.accountNextIndex(alice.address)).toNumber() + 1 })
    await submit(ahead.toHex())
    await expect(submit(ahead.toHex())).rejects.toThrow('1013: Transaction Already Imported')
    // Fill the gap, so that nothing is left for other tests.
    await send(api, alice, transfer(1))
    expect(served.node.pool.size).toBe(0)
  })
})
