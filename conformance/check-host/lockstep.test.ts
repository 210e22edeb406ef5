import { expect, test } from 'vitest'
import { actors, genesis } from '../../spec/versions/genesis.js'
import type { Bytes } from '../../spec/kernel/shape.js'
import { runtimeForTests } from '../../src/registry/for-tests.js'
import { RuntimeChain } from '../targets/runtime/driver.js'
import type { Called, OtherHost, Writes } from './chopsticks.js'
import { mockSigned } from './extras.js'
import { Lockstep } from './lockstep.js'
import { verifyLikeChopsticks } from './signing.js'

const wasm = await runtimeForTests('144')

/** V8 as its own second host, with a fault where one is wanted: what Chopsticks is in earnest, without its time. */
class Double implements OtherHost {
  private readonly chain: RuntimeChain
  private readonly spoil: (writes: Map<Bytes, Bytes | undefined>) => void

  constructor(chain: RuntimeChain, spoil: (writes: Map<Bytes, Bytes | undefined>) => void) {
    this.chain = chain
    this.spoil = spoil
  }
  call(entry: string, args: Bytes): Promise<Called> {
    const { store, executor } = this.chain
    const mark = store.mark()
    const writes = new Map<Bytes, Bytes | undefined>()
    try {
      const result = executor.call(entry, args)
      store.touched(mark, (key) => writes.set(key, store.get(key)))
      store.revert(mark)
      this.spoil(writes)
      return Promise.resolve({ result, writes })
    } catch (error) {
      return Promise.resolve({ trapped: (error as Error).message })
    }
  }
  keep(writes: Writes): void {
    for (const [key, value] of writes)
      if (value === undefined) this.chain.store.delete(key)
      else this.chain.store.set(key, value)
  }
  settle(): Promise<void> {
    return Promise.resolve()
  }
  reset(): void {
    this.chain.reset()
  }
  get(key: Bytes): Promise<Bytes | undefined> {
    return Promise.resolve(this.chain.store.get(key))
  }
  keys(): Promise<readonly Bytes[]> {
    return Promise.resolve([...this.chain.store.entries()].map(([key]) => key))
  }
}

const chainOf = (code: Uint8Array): RuntimeChain => new RuntimeChain(code, { verify: verifyLikeChopsticks })

/** A block with a transfer, a refusal before dispatch, and a panic. */
async function run(code: Uint8Array, spoil: (writes: Map<Bytes, Bytes | undefined>) => void = () => undefined): Promise<Lockstep> {
  const v8 = chainOf(code)
  const both = new Lockstep(v8, new Double(chainOf(code), spoil))
  both.reset()
  await both.open(1, v8.timeMs + 6000)
  const transfer = v8.call('Balances', 'transferAllowDeath', { dest: { type: 'Id', value: actors.bob }, value: 5n })
  await both.apply('transfer', mockSigned(v8, actors.alice, transfer))
  await both.apply('stale', mockSigned(v8, actors.alice, transfer, 0))
  await both.apply('panic', '\x08\x84\xff')
  await both.finalize()
  return both
}

test.skipIf(wasm === undefined)('two hosts that are the same do not differ', async () => {
  const both = await run(wasm!)
  expect(await both.compareAll()).toBeGreaterThan(genesis(144).length)
  expect(both.differences).toEqual([])
  expect(both.eventBytes).toBeGreaterThan(0)
})

test.skipIf(wasm === undefined)('a write that a host loses is found, with the call that made it', async () => {
  const balance = chainOf(wasm!).metadata.key('System', 'Account', actors.bob)
  const both = await run(wasm!, (writes) => writes.delete(balance))
  expect(both.differences[0]).toMatchObject({ step: 'transfer', block: 1 })
  expect(both.differences[0]?.what).toMatch(/^System\.Account 0x/)
})

test.skipIf(wasm === undefined)('a key that only one host has is found at the end', async () => {
  const both = await run(wasm!)
  both.second.keep(new Map([['stray', 'value']]))
  await both.compareAll()
  expect(both.differences).toMatchObject([{ step: 'all', v8: 'absent' }])
})
