import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as s from '../../spec/kernel/shape.js'
import { anyValue } from './any-value.js'
import { firstProblem } from './check.js'
import { codecOf, decode, encodedLength, encodeToBytes, encodeToString } from './compile.js'
import { decodeStorageKey, itemPrefix, storageKey, type StorageKeyPart } from './storage-key.js'
import { CodecError, Reader, Writer } from './stream.js'

const hex = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('hex')
const of = (digits: string): string => Buffer.from(digits, 'hex').toString('latin1')

const inner = s.struct({ twinId: s.u32, free: s.u128, name: s.bytes })
const everything = s.struct({
  small: s.u8,
  middle: s.u16,
  i: s.i32,
  j: s.i64,
  long: s.u64,
  yes: s.bool,
  who: s.account,
  hash: s.fixed(20),
  pair: s.tuple(s.u32, s.option(inner)),
  list: s.vec(inner),
  three: s.array(s.u16, 3),
  few: s.compact32,
  many: s.compact128,
  what: s.enumeration({ Created: s.unit, Deleted: s.struct({ cause: s.u8 }), Grace: s.u64 }, { Grace: 7 }),
})

describe('the generated codec', () => {
  test('what is encoded decodes to the same value, and takes the length that is told', () => {
    fc.assert(
      fc.property(anyValue(everything), (value) => {
        const encoded = encodeToString(everything, value)
        expect(decode(everything, encoded)).toEqual(value)
        expect(decode(everything, encodeToBytes(everything, value))).toEqual(value)
        expect(encodedLength(everything, value)).toBe(encoded.length)
        expect(firstProblem(everything, value)).toBeUndefined()
      }),
    )
  })

  test.each([
    ['u8', s.u8, 255, 'ff'],
    ['u16', s.u16, 0x1234, '3412'],
    ['u32', s.u32, 0xfffffffe, 'feffffff'],
    ['i32', s.i32, -2, 'feffffff'],
    ['u64 beyond a double', s.u64, 0xfffffffffffffffdn, 'fdffffffffffffff'],
    ['u64 within a double', s.u64, 0x1fffffffffffffn, 'ffffffffffff1f00'],
    ['u128', s.u128, (1n << 127n) + 1n, '01000000000000000000000000000080'],
    ['compact of one byte', s.compact32, 63, 'fc'],
    ['compact of two', s.compact32, 64, '0101'],
    ['compact of four', s.compact32, 16384, '02000100'],
    ['compact of five', s.compact32, 0x40000000, '0300000040'],
    ['big compact of eight', s.compact128, 0xffffffffffffffffn, '13ffffffffffffffff'],
    ['bytes', s.bytes, 'TFT', '0c544654'],
    ['fixed', s.fixed(3), 'TFT', '544654'],
    ['none', s.option(s.u8), undefined, '00'],
    ['some', s.option(s.u8), 1, '0101'],
    ['vector', s.vec(s.u8), [1, 2], '080102'],
    ['a variant at its own index', s.enumeration({ A: s.unit, B: s.u8 }, { B: 5 }), { type: 'B', value: 1 }, '0501'],
  ] as const)('%s has the bytes that SCALE says', (_, shape, value, digits) => {
    expect(hex(encodeToString<unknown>(shape as s.Shape<unknown>, value))).toBe(digits)
    expect(decode<unknown>(shape as s.Shape<unknown>, of(digits))).toEqual(value)
  })

  test('a shape that contains itself', () => {
    type Tree = { readonly children: readonly Tree[] }
    const tree: s.Shape<Tree> = s.struct({ children: s.vec<Tree>({ kind: 'ref', get: () => tree }) })
    const value: Tree = { children: [{ children: [] }, { children: [{ children: [] }] }] }
    expect(hex(encodeToString(tree, value))).toBe('08000400')
    expect(decode(tree, encodeToString(tree, value))).toEqual(value)
  })

  test('several values one after the other, in place', () => {
    const writer = new Writer(4)
    const codec = codecOf(inner)
    const values = [1, 2, 3].map((twinId) => ({ twinId, free: 5n, name: 'x'.repeat(100) }))
    for (const value of values) codec.encodeTo(value, writer)
    const reader = new Reader(writer.bytes.subarray(0, writer.at))
    expect(values.map(() => codec.decodeFrom(reader))).toEqual(values)
    expect(reader.at).toBe(writer.at)
  })
})

const failure = (run: () => unknown): CodecError => {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(CodecError)
    return error as CodecError
  }
  throw new Error('expected a CodecError')
}

describe('what does not fit', () => {
  const good = { twinId: 1, free: 1n, name: '' }
  test.each([
    ['a number for a bigint', s.vec(inner), [good, { ...good, free: 1 }], '[1].free', /bigint/],
    ['a bigint for a number', inner, { ...good, twinId: 1n }, 'twinId', /integer/],
    ['too large a number', inner, { ...good, twinId: 2 ** 32 }, 'twinId', /no u32/],
    ['a negative amount', inner, { ...good, free: -1n }, 'free', /no u128/],
    ['a missing field', inner, { twinId: 1, free: 1n }, 'name', /undefined/],
    ['the wrong length', s.struct({ hash: s.fixed(4) }), { hash: 'abc' }, 'hash', /expected 4 bytes/],
    ['an unknown variant', s.struct({ unit: s.enumeration({ A: s.unit }) }), { unit: { type: 'B' } }, 'unit', /no variant "B"/],
    ['too long a tuple', s.tuple(s.u8, s.u8), [1, 2, 3], '', /expected 2 elements/],
  ] as const)('%s is refused with its path', (_, shape, value, path, message) => {
    const error = failure(() => encodeToString<unknown>(shape, value))
    expect(error.code).toBe('CODEC-VALUE')
    expect(error.path).toBe(path)
    expect(error.message).toMatch(message)
  })

  test.each([
    ['too few bytes', s.u64, '00112233'],
    ['too few bytes inside', inner, '00000000'],
    ['bytes left over', s.u8, '0011'],
    ['an unknown variant', s.enumeration({ A: s.unit, B: s.unit }), '02'],
    ['a boolean that is neither', s.bool, '02'],
    ['a count that asks for memory', s.vec(s.u64), 'feffffff'],
    ['a length that runs over the end', s.bytes, '20aa'],
  ] as const)('%s is no encoding', (_, shape, digits) => {
    expect(failure(() => decode<unknown>(shape as s.Shape<unknown>, of(digits))).code).toBe('CODEC-BYTES')
  })
})

describe('storage keys', () => {
  const parts: readonly StorageKeyPart[] = [
    { hasher: 'Blake2_128Concat', shape: s.u32 },
    { hasher: 'Twox64Concat', shape: s.account },
    { hasher: 'Identity', shape: s.fixed(2) },
  ]
  test('System.Account of Alice is where every Substrate chain has it', () => {
    const alice = of('d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d')
    const key = storageKey(itemPrefix('System', 'Account'), [{ hasher: 'Blake2_128Concat', shape: s.account }], [alice])
    expect(hex(key)).toBe(
      '26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d',
    )
  })
  test('arguments come back from a key', () => {
    const args = [7, 'a'.repeat(32), 'zz']
    const prefix = itemPrefix('A', 'B')
    expect(decodeStorageKey(prefix, parts, storageKey(prefix, parts, args))).toEqual(args)
  })
  test('a key with a wrong hash or a tail is no key of the item', () => {
    const prefix = itemPrefix('A', 'B')
    const key = storageKey(prefix, parts, [7, 'a'.repeat(32), 'zz'])
    expect(failure(() => decodeStorageKey(prefix, parts, `${key}x`)).code).toBe('CODEC-BYTES')
    expect(failure(() => decodeStorageKey(prefix, parts, `${prefix}x${key.slice(33)}`)).code).toBe('CODEC-BYTES')
  })
})
