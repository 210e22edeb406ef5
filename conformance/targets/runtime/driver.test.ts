import { describe, expect, test } from 'vitest'
import { actors, genesis, genesisTimeMs, roles } from '../../../spec/versions/genesis.js'
import { decode, encodeToString } from '../../../src/codec/compile.js'
import { runtimeForTests } from '../../../src/registry/for-tests.js'
import { RuntimeChain, type Step } from './driver.js'
import { RuntimeTrap } from './executor.js'
import { dummySignature, verifySignature } from './signatures.js'

const code144 = await runtimeForTests('144')
const code123 = await runtimeForTests('123')

const { alice, bob, olivia, peggy } = actors
const accept = (chain: RuntimeChain) => chain.call('TfgridModule', 'userAcceptTc', { documentLink: 'a', documentHash: 'b' })
const names = (chain: RuntimeChain, step: Step): string[] => chain.events(step).map(({ pallet, name }) => `${pallet}.${name}`)
const at = (block: number): number => genesisTimeMs + block * 6000
/** A fresh chain with block 1 open. */
const begin = (chain: RuntimeChain): RuntimeChain => {
  chain.reset()
  expect(chain.openBlock(1, at(1)).outcome.kind).toBe('ok')
  return chain
}

describe.each([
  [144, code144],
  [123, code123],
] as const)('the runtime of %i', (version, code) => {
  describe.skipIf(code === undefined)('driven', () => {
    const chain = code === undefined ? (undefined as unknown as RuntimeChain) : new RuntimeChain(code)

    test('says its version', () => {
      expect(chain.version).toMatchObject({ specName: 'substrate-threefold', specVersion: version })
    })

    test('the genesis reads back as it was written', () => {
      chain.reset()
      for (const { pallet, item, args, value, hidden } of genesis(version))
        if (hidden === undefined) expect(chain.read(pallet, item, ...args)).toEqual(value)
      const issued = chain.read('Balances', 'TotalIssuance')
      const held = chain.store
        .keysUnder(chain.metadata.item('System', 'Account').prefix)
        .map(
          (key) =>
            decode<{ data: { free: bigint } }>(chain.metadata.item('System', 'Account').value as never, chain.store.get(key)!).data.free,
        )
      expect(held.reduce((sum, free) => sum + free, 0n)).toBe(issued)
    })

    test('a signed extrinsic is dispatched: outcome, its own events, its own writes', () => {
      begin(chain)
      chain.apply(chain.signed(bob, accept(chain)))
      const step = chain.apply(chain.signed(alice, accept(chain)))
      expect(step.outcome).toEqual({ kind: 'ok' })
      expect(step.eventCount).toBe(4)
      expect(names(chain, step)).toEqual([
        'Balances.Withdraw',
        'Balances.Deposit',
        'TransactionPayment.TransactionFeePaid',
        'System.ExtrinsicSuccess',
      ])
      expect(chain.events(step).every(({ phase }) => JSON.stringify(phase) === '{"type":"ApplyExtrinsic","value":2}')).toBe(true)
      const touched = new Map<string, readonly [unknown, unknown]>()
      chain.touched(step, (key, before, after) => touched.set(key, [before, after]))
      const terms = touched.get(chain.metadata.key('TfgridModule', 'UsersTermsAndConditions', alice))
      expect(terms?.[0]).toBeUndefined()
      expect(terms?.[1]).toBe(chain.store.get(chain.metadata.key('TfgridModule', 'UsersTermsAndConditions', alice)))
      expect(touched.has(chain.metadata.key('System', 'Events'))).toBe(false)
      expect(touched.has(chain.metadata.key('System', 'Account', bob))).toBe(false)
      expect(chain.nonce(alice)).toBe(1)
    })

    test('refusals: a module error by name, another dispatch error, invalid ones that leave no trace', () => {
      begin(chain)
      expect(chain.apply(chain.signed(alice, chain.call('SmartContractModule', 'createNameContract', { name: 'x' }))).outcome).toEqual({
        kind: 'error',
        error: 'SmartContractModule.TwinNotExists',
      })
      expect(chain.apply(chain.signed(bob, chain.call('TfgridModule', 'setConnectionPrice', { price: 9 }))).outcome).toEqual({
        kind: 'error',
        error: 'BadOrigin',
      })
      const mark = chain.store.mark()
      expect(chain.apply(chain.signed(peggy, accept(chain))).outcome).toEqual({ kind: 'invalid', reason: 'Payment' })
      expect(chain.apply(chain.signed(alice, accept(chain), { nonce: 0 })).outcome).toEqual({ kind: 'invalid', reason: 'Stale' })
      expect(chain.apply(chain.signed(alice, accept(chain), { nonce: 9 })).outcome).toEqual({ kind: 'invalid', reason: 'Future' })
      expect(chain.store.mark()).toBe(mark)
    })

    test('addresses that are no account ids fail to look up', () => {
      begin(chain)
      for (const dest of [
        { type: 'Index', value: undefined },
        { type: 'Raw', value: 'xyz' },
        { type: 'Address20', value: 'a'.repeat(20) },
        { type: 'Address32', value: 'a'.repeat(32) },
      ]) {
        expect(chain.apply(chain.signed(alice, chain.call('Balances', 'transfer', { dest, value: 1000n }))).outcome).toEqual({
          kind: 'error',
          error: 'CannotLookup',
        })
      }
      expect(
        chain.apply(chain.signed(alice, chain.call('Balances', 'transfer', { dest: { type: 'Id', value: peggy }, value: 1000n }))).outcome,
      ).toEqual({ kind: 'ok' })
    })

    test('a 51-byte document hash makes the runtime trap: a panic with its words, nothing written, and the next call works', () => {
      begin(chain)
      const before = chain.store.mark()
      const step = chain.apply(
        chain.signed(alice, chain.call('TfgridModule', 'userAcceptTc', { documentLink: 'a', documentHash: 'x'.repeat(51) })),
      )
      expect(step.outcome).toMatchObject({
        kind: 'panic',
        text: expect.stringMatching(/panicked at 'Bad input data provided to apply_extrinsic/) as string,
      })
      expect(chain.store.mark()).toBe(before)
      expect(chain.store.depth).toBe(0)
      expect(step.eventsEnd).toBe(step.eventsStart)
      expect(chain.apply(chain.signed(alice, accept(chain))).outcome.kind).toBe('ok')
      expect(
        chain.apply(
          chain.signed(alice, chain.call('TfgridModule', 'createTwin', version === 144 ? { relay: 'r', pk: 'k' } : { ip: '::1' })),
        ).outcome.kind,
      ).toBe('ok')
    })

    test('a block number that 600 divides refuses every signed extrinsic; the next one does not', () => {
      chain.reset()
      chain.openBlock(600, at(600))
      expect(chain.apply(chain.signed(alice, accept(chain))).outcome).toEqual({ kind: 'invalid', reason: 'ExhaustsResources' })
      chain.finalize()
      chain.openBlock(601, at(601))
      expect(chain.apply(chain.signed(alice, accept(chain))).outcome).toEqual({ kind: 'ok' })
    })

    test('a block may have any number and any later time, 3 s after the last one too, but its slot must grow', () => {
      begin(chain).finalize()
      expect(chain.openBlock(201_601, at(2) + 10).outcome.kind).toBe('ok')
      chain.finalize()
      expect(chain.openBlock(201_602, at(2) + 10_000).outcome.kind).toBe('ok')
      expect(chain.finalize().outcome.kind).toBe('ok')
      const mark = chain.store.mark()
      const refused = chain.openBlock(201_603, at(2) + 11_000)
      expect(refused.outcome).toMatchObject({ kind: 'panic', text: expect.stringMatching(/Slot must increase/) as string })
      expect([chain.open, chain.number, chain.store.mark()]).toEqual([false, 201_602, mark])
      // A new slot, but under 3 s later: the timestamp inherent panics.
      expect(chain.openBlock(201_603, at(4)).outcome.kind).toBe('panic')
      expect(chain.openBlock(201_603, at(4) + 1000).outcome.kind).toBe('ok')
    })

    test('a council of one executes at once, and the extrinsic succeeds though the call inside fails', () => {
      begin(chain)
      const good = chain.apply(chain.signed(alice, chain.motion(chain.call('TfgridModule', 'setConnectionPrice', { price: 91 }))))
      expect(chain.read('TfgridModule', 'ConnectionPrice')).toBe(91)
      expect(names(chain, good)).toContain('Council.Executed')
      const bad = chain.apply(
        chain.signed(
          alice,
          chain.motion(chain.call('SmartContractModule', 'approveSolutionProvider', { solutionProviderId: 7n, approve: true })),
        ),
      )
      expect(bad.outcome.kind).toBe('ok')
      expect(chain.events(bad).find(({ name }) => name === 'Executed')?.value).toMatchObject({ result: { type: 'Err' } })
    })

    test('the scheduler dispatches as Root and as Signed when the block opens', () => {
      begin(chain).finalize()
      chain.schedule(2, { type: 'Root' }, chain.call('TfgridModule', 'setConnectionPrice', { price: 92 }))
      chain.schedule(2, { type: 'Signed', value: bob }, chain.call('TfgridModule', 'setConnectionPrice', { price: 93 }))
      const step = chain.openBlock(2, at(2))
      expect(chain.read('TfgridModule', 'ConnectionPrice')).toBe(92)
      const results = chain.events(step).filter(({ name }) => name === 'Dispatched')
      expect(results.map(({ value }) => (value as { result: { type: string } }).result.type)).toEqual(['Ok', 'Err'])
      expect(() => chain.schedule(3, { type: 'Root' }, 'x'.repeat(129))).toThrow(/motion/)
    })

    test('the withheld fee is told for any extrinsic, and asking changes nothing', () => {
      begin(chain)
      const extrinsic = chain.signed(alice, accept(chain))
      const mark = chain.store.mark()
      const { partialFee, class: kind } = chain.queryInfo(extrinsic)
      expect(chain.store.mark()).toBe(mark)
      expect(kind).toBe('Normal')
      const withdrawn = chain.events(chain.apply(extrinsic)).find(({ name }) => name === 'Withdraw')?.value as { amount: bigint }
      expect(withdrawn.amount).toBe(partialFee)
    })

    test('a tip is withheld with the fee', () => {
      begin(chain)
      const paid = chain
        .events(chain.apply(chain.signed(alice, accept(chain), { tip: 77n })))
        .find(({ name }) => name === 'TransactionFeePaid')
      expect(paid?.value).toMatchObject({ tip: 77n })
    })

    test('events begin anew with each block', () => {
      begin(chain)
      chain.apply(chain.signed(alice, accept(chain)))
      const end = chain.finalize()
      expect(end.eventsStart).toBeGreaterThan(0)
      const step = chain.openBlock(2, at(2))
      expect([step.eventsStart, step.eventCount]).toEqual([0, 1])
      expect(names(chain, step)).toEqual(['System.ExtrinsicSuccess'])
    })

    test('the same calls give the same storage after a reset, a mark and a detour with traps', () => {
      const play = (): string => {
        begin(chain)
        for (const who of [alice, bob]) {
          chain.apply(chain.signed(who, accept(chain)))
          chain.apply(
            chain.signed(who, chain.call('TfgridModule', 'createTwin', version === 144 ? { relay: 'r', pk: 'k' } : { ip: '::1' })),
          )
        }
        chain.apply(chain.signed(alice, chain.call('SmartContractModule', 'createNameContract', { name: 'foobar' })))
        chain.finalize()
        chain.openBlock(11, at(20))
        chain.apply(chain.signed(olivia, chain.call('SmartContractModule', 'billContractForBlock', { contractId: 1n })))
        chain.finalize()
        return JSON.stringify([...chain.store.entries()].map(([key]) => [key, chain.store.get(key)]).sort())
      }
      const first = play()
      const mark = chain.mark()
      chain.openBlock(12, at(30))
      chain.apply(chain.signed(alice, chain.call('TfgridModule', 'userAcceptTc', { documentLink: 'a', documentHash: 'x'.repeat(51) })))
      chain.apply(chain.signed(alice, chain.call('SmartContractModule', 'cancelContract', { contractId: 1n })))
      chain.restore(mark)
      expect(JSON.stringify([...chain.store.entries()].map(([key]) => [key, chain.store.get(key)]).sort())).toBe(first)
      expect(play()).toBe(first)
      expect(new RuntimeChain(code!).store.size).toBeGreaterThan(40)
    })

    test('extrinsics outside of a block, and a block inside of a block, are mistakes of the caller', () => {
      chain.reset()
      expect(() => chain.apply('')).toThrow('no block is open')
      expect(() => chain.finalize()).toThrow('no block is open')
      begin(chain)
      expect(() => chain.openBlock(2, at(2))).toThrow('block 1 is still open')
    })
  })
})

describe.skipIf(code144 === undefined)('on 144', () => {
  const chain = code144 === undefined ? (undefined as unknown as RuntimeChain) : new RuntimeChain(code144)

  test('create_entity with a garbage signature is refused: only the driver’s own signature is taken on trust', () => {
    begin(chain)
    const entity = (signature: string) =>
      chain.call('TfgridModule', 'createEntity', { target: bob, name: 'e', country: 'Belgium', city: 'Ghent', signature })
    const refused = chain.apply(chain.signed(alice, entity('ab'.repeat(64))))
    expect(refused.outcome).toMatchObject({ kind: 'error', error: 'TfgridModule.EntitySignatureDoesNotMatch' })
  })

  test('a signed extrinsic whose signature is not the dummy’s is a bad proof', () => {
    begin(chain)
    const extrinsic = chain.signed(alice, accept(chain)).replace(dummySignature, 'x'.repeat(64))
    expect(chain.apply(extrinsic).outcome).toEqual({ kind: 'invalid', reason: 'BadProof' })
  })

  test('the fee of a Pays::No call is withheld during dispatch and given back', () => {
    begin(chain)
    const gib = 1n << 30n
    const node = {
      farmId: 1,
      resources: { hru: 1024n * gib, sru: 512n * gib, cru: 8n, mru: 16n * gib },
      location: { city: 'Ghent', country: 'Belgium', latitude: '51.05', longitude: '3.72' },
      interfaces: [],
      secureBoot: true,
      virtualized: false,
      serialNumber: undefined,
    }
    for (const [name, args] of [
      ['userAcceptTc', { documentLink: 'a', documentHash: 'b' }],
      ['createTwin', { relay: 'r', pk: 'k' }],
      ['createFarm', { name: 'farm_one', publicIps: [] }],
      ['createNode', node],
    ] as const)
      expect(chain.apply(chain.signed(alice, chain.call('TfgridModule', name, args))).outcome).toEqual({ kind: 'ok' })
    const call = chain.call('TfgridModule', 'reportUptimeV2', { uptime: 500n, timestampHint: BigInt(at(1) / 1000) })
    const step = chain.apply(chain.signed(alice, call))
    expect(step.outcome).toEqual({ kind: 'ok' })
    const events = chain.events(step)
    expect(events[0]).toMatchObject({ name: 'Withdraw', value: { who: alice } })
    expect(events.find(({ name }) => name === 'TransactionFeePaid')?.value).toMatchObject({ actualFee: 0n })
  })

  test('the real off-chain worker submits a bill that the chain accepts, and only with the key of the next author', () => {
    begin(chain)
    for (const call of [
      accept(chain),
      chain.call('TfgridModule', 'createTwin', { relay: 'r', pk: 'k' }),
      chain.call('SmartContractModule', 'createNameContract', { name: 'foobar' }),
    ])
      chain.apply(chain.signed(alice, call))
    chain.finalize()
    chain.openBlock(11, at(1000))
    chain.finalize()
    expect(chain.offchain()).toEqual([])
    expect(chain.offchain({ keys: { aura: [bob] } })).toEqual([])
    const mark = chain.store.mark()
    const submitted = chain.offchain({ keys: { aura: [roles.validator] } })
    expect(chain.store.mark()).toBe(mark)
    expect(submitted).toHaveLength(1)
    chain.openBlock(12, at(1001))
    const step = chain.apply(submitted[0]!)
    expect(step.outcome).toEqual({ kind: 'ok' })
    expect(names(chain, step)).toContain('SmartContractModule.ContractBilled')
  })

  test('the real price worker asks the web, which the test plays, and submits the price', () => {
    begin(chain)
    chain.finalize()
    chain.openBlock(20, at(20))
    chain.finalize()
    const asked: string[] = []
    const http = (method: string, uri: string) => {
      asked.push(`${method} ${uri}`)
      return { status: 200, body: '{"_embedded":{"records":[{"source_amount":"6.2"},{"source_amount":"5.0"}]}}' }
    }
    const submitted = chain.offchain({ keys: { aura: [roles.validator] }, http })
    expect(asked).toEqual([expect.stringMatching(/^GET https:\/\/horizon\.stellar\.org\/paths\/strict-receive/)])
    expect(submitted).toHaveLength(1)
    chain.openBlock(21, at(21))
    const step = chain.apply(submitted[0]!)
    expect(step.outcome).toEqual({ kind: 'ok' })
    expect(names(chain, step)).toContain('TFTPriceModule.PriceStored')
    expect(chain.offchain({ keys: { aura: [roles.validator] }, http: () => ({ status: 500, body: '' }) })).toEqual([])
  })

  test('fees go to the author of the block, who is no actor', () => {
    begin(chain)
    const balance = () => (chain.read('System', 'Account', roles.validator) as { data: { free: bigint } }).data.free
    const before = balance()
    const paid = chain.events(chain.apply(chain.signed(alice, accept(chain)))).find(({ name }) => name === 'TransactionFeePaid')
    expect(balance() - before).toBe((paid?.value as { actualFee: bigint }).actualFee)
    expect(Object.values(actors)).not.toContain(roles.validator)
  })

  test('burns that nobody settles expire at every jump of 20 blocks, in the order of their hashed keys', () => {
    begin(chain)
    const target = 'GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z'
    for (let i = 0; i < 6; i++) {
      expect(
        chain.apply(
          chain.signed(alice, chain.call('TFTBridgeModule', 'swapToStellar', { targetStellarAddress: target, amount: 1000_0000000n })),
        ).outcome,
      ).toEqual({ kind: 'ok' })
    }
    chain.finalize()
    for (const block of [21, 41]) {
      chain.openBlock(block, at(block))
      const expired = chain.events(chain.finalize()).filter(({ name }) => name === 'BurnTransactionExpired')
      expect(expired.map(({ value }) => (value as readonly [bigint])[0])).toEqual([6n, 5n, 3n, 1n, 4n, 2n])
    }
  })

  test('a call that was answered is answered alike again: statics are put back before each call', () => {
    begin(chain)
    const first = chain.executor.call('Metadata_metadata')
    for (let i = 0; i < 3; i++) {
      expect(chain.executor.call('Metadata_metadata')).toBe(first)
      chain.apply(chain.signed(alice, accept(chain)))
    }
  })

  test('an entry point with garbage traps as a RuntimeTrap; an unknown one is a mistake of the caller', () => {
    chain.reset()
    expect(() => chain.executor.call('Core_initialize_block', 'x')).toThrow(RuntimeTrap)
    expect(() => chain.executor.call('Core_nothing')).toThrow(/no entry point/)
    expect(chain.openBlock(1, at(1)).outcome.kind).toBe('ok')
  })

  test('time in blocks of 100 extrinsics stays linear: append is amortised', () => {
    begin(chain)
    for (let i = 0; i < 200; i++) chain.apply(chain.signed(alice, chain.call('System', 'remark', { remark: 'x' })))
    const step = chain.finalize()
    expect(step.outcome.kind).toBe('ok')
    expect((chain.read('System', 'Events') as unknown[]).length).toBe(1 + 200 * 4)
  })

  test('a council of two is configurable, and then one member’s motion only proposes', () => {
    chain.load(genesis(144, { council: [alice, bob] }))
    chain.openBlock(1, at(1))
    const step = chain.apply(chain.signed(alice, chain.motion(chain.call('TfgridModule', 'setConnectionPrice', { price: 91 }))))
    expect(chain.events(step).find(({ name }) => name === 'Executed')?.value).toMatchObject({
      result: { type: 'Err', value: { type: 'BadOrigin' } },
    })
    chain.load(genesis(144))
  })
})

test('signatures are truly verified, but for the dummy', async () => {
  const { sr25519PairFromSeed, sr25519Sign, ed25519PairFromSeed, ed25519Sign } = await import('@polkadot/util-crypto')
  const message = Buffer.from('create_entity')
  const sr = sr25519PairFromSeed(new Uint8Array(32).fill(3))
  const ed = ed25519PairFromSeed(new Uint8Array(32).fill(4))
  const srSignature = sr25519Sign(message, sr)
  const edSignature = ed25519Sign(message, ed)
  expect(verifySignature('sr25519', srSignature, message, sr.publicKey)).toBe(true)
  expect(verifySignature('sr25519', srSignature, Buffer.from('other'), sr.publicKey)).toBe(false)
  expect(verifySignature('ed25519', edSignature, message, ed.publicKey)).toBe(true)
  expect(verifySignature('ed25519', edSignature, message, sr.publicKey)).toBe(false)
  expect(verifySignature('sr25519', new Uint8Array(64), message, sr.publicKey)).toBe(false)
  expect(verifySignature('sr25519', Buffer.from(dummySignature, 'latin1'), message, sr.publicKey)).toBe(true)
})

test('an encoded length is what a motion announces', () => {
  if (code144 === undefined) return
  const chain = new RuntimeChain(code144)
  const call = chain.call('TfgridModule', 'setConnectionPrice', { price: 1 })
  expect(chain.motion(call).endsWith(encodeToString({ kind: 'compact', big: false } as never, call.length as never))).toBe(true)
})
