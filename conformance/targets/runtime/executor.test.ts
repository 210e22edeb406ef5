import { describe, expect, test } from 'vitest'
import { runtimeForTests } from '../../../src/registry/for-tests.js'
import { Executor, RuntimeTrap } from './executor.js'
import { header } from './extrinsic.js'
import { Guest } from './guest.js'
import { Intern } from './intern.js'
import { readVersion } from './version.js'
import { layoutOf } from './wasm-file.js'

describe.each(['144', '123', '61', '49'])('the runtime of %s', async (name) => {
  const code = await runtimeForTests(name)
  test.skipIf(code === undefined)('runs: every host function that it imports is there, and it tells its version and metadata', () => {
    const executor = new Executor(code!)
    expect(String(readVersion(executor.call('Core_version')).specVersion)).toBe(name)
    expect(Buffer.from(executor.call('Metadata_metadata'), 'latin1').subarray(4, 8).toString()).toBe('meta')
    expect(executor.has('BlockBuilder_finalize_block')).toBe(true)
  })

  test.skipIf(code === undefined)('the region that each call restores begins behind the literals and ends at the heap', () => {
    const { rodata, dataStart, data, heapBase } = layoutOf(code!, name)
    expect(rodata[0]).toBeLessThan(rodata[1])
    expect(rodata[1]).toBe(dataStart)
    expect(dataStart + data.length).toBe(heapBase)
    // The sketch restored 130 kB before every call; this is what really changes.
    expect(data.length).toBeLessThan(2000)
  })

  test.skipIf(code === undefined)('a trap undoes its writes, tells the panic’s words and leaves a runtime that works', () => {
    const executor = new Executor(code!)
    executor.store.set('before', '1')
    const mark = executor.store.mark()
    let trap: unknown
    try {
      // An empty chain has no authorities: the author of the block cannot be found, or the block not finished.
      executor.call('Core_initialize_block', header(1, 1))
      executor.call('BlockBuilder_apply_extrinsic', '\x04\x04')
    } catch (error) {
      trap = error
    }
    expect(trap).toBeInstanceOf(RuntimeTrap)
    expect((trap as RuntimeTrap).text).toMatch(/panicked at/)
    executor.store.revert(mark)
    expect([...executor.store.entries()]).toEqual([['before', '1']])
    expect(String(readVersion(executor.call('Core_version')).specVersion)).toBe(name)
  })
})

describe.each([
  ['144', true],
  ['123', true],
  ['61', false],
  ['49', false],
])('the runtime of %s', async (name, transactional) => {
  const code = await runtimeForTests(name)
  test.skipIf(code === undefined)(`imports ${transactional ? '' : 'no '}storage transactions`, () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(Buffer.from(code!))).map((entry) => entry.name)
    expect(imports.includes('ext_storage_rollback_transaction_version_1')).toBe(transactional)
  })
})

describe('the allocator in the shim', () => {
  const heapBase = 1000
  const guest = (hash: (span: bigint) => number = () => 0): Guest =>
    new Guest(new WebAssembly.Memory({ initial: 2 }), heapBase, [16, 400], hash)

  test('blocks are 8-aligned, never overlap, and a freed one is given again', () => {
    const { shim, ...rest } = prepared(guest())
    const sizes = [0, 1, 7, 8, 9, 16, 17, 100, 1000, 5000]
    const blocks = sizes.map((size) => [shim.malloc(size), size] as const).sort(([a], [b]) => a - b)
    for (const [i, [start, size]] of blocks.entries()) {
      expect(start % 8).toBe(0)
      expect(start).toBeGreaterThan(heapBase)
      if (i + 1 < blocks.length) expect(start + size).toBeLessThanOrEqual(blocks[i + 1]![0] - 8)
    }
    const [[first]] = [blocks[0]!]
    shim.free(first)
    const again = shim.malloc(blocks[0]![1])
    expect(again).toBe(first)
    expect(rest.guest.bytes.length).toBe(2 * 65536)
  })

  test('the memory grows when the heap is full, and views follow', () => {
    const { shim, guest: g } = prepared(guest())
    const pointer = shim.malloc(1 << 20)
    expect(g.bytes.length).toBeGreaterThan(1 << 20)
    g.write(pointer, 'x'.repeat(1 << 20))
    expect(g.bytes.latin1Slice(pointer + (1 << 20) - 1, pointer + (1 << 20))).toBe('x')
  })

  test('a hash of a literal is computed once; one of anything else each time', () => {
    let computed = 0
    const holder: { guest?: Guest } = {}
    holder.guest = guest((span) => {
      computed++
      holder.guest!.span(span)
      return holder.guest!.put(String.fromCharCode(computed).repeat(16))
    })
    const { shim } = prepared(holder.guest)
    const span = (pointer: number, length: number): bigint => (BigInt(length) << 32n) | BigInt(pointer)
    const read = (s: bigint): number => holder.guest!.bytes[shim.twox128(s)]!
    expect([read(span(16, 5)), read(span(16, 5)), read(span(16, 6)), read(span(16, 5))]).toEqual([1, 1, 2, 1])
    // On the stack, and at the very edges of the literals.
    expect([read(span(15, 5)), read(span(15, 5)), read(span(400, 5)), read(span(400, 5)), read(span(399, 1)), read(span(399, 1))]).toEqual([
      3, 4, 5, 6, 7, 7,
    ])
    holder.guest.reset()
    expect(read(span(16, 5))).toBe(1)
  })

  const prepared = (g: Guest): { readonly guest: Guest; readonly shim: Guest['shim'] } => {
    g.reset()
    return { guest: g, shim: g.shim }
  }
})

test('strings are interned by their bytes, through a full table too', () => {
  const intern = new Intern()
  const memory = Buffer.alloc(200)
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length)
  for (let i = 0; i < 70_000; i++) {
    const length = 4 + (i % 150)
    memory.fill(0x61, 0, length)
    memory.writeUInt32LE(i, length - 4)
    expect(intern.strings[intern.find(memory, view, 0, length)]).toBe(memory.latin1Slice(0, length))
  }
  const number = intern.find(memory, view, 0, 50)
  intern.blake2[number] = 'digest'
  expect(intern.blake2[intern.find(memory, view, 0, 50)]).toBe('digest')
})
