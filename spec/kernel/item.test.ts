import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Defect } from './defect.js'
import { doubleMap, findItem, itemNamed, keyArguments, map, pairKey, single, type Item } from './item.js'
import { account, bytes, fixed, u128, u16, u32, u64, u8, type Shape } from './shape.js'

const byteString = (length?: number): fc.Arbitrary<string> =>
  fc
    .uint8Array(length === undefined ? { maxLength: 40 } : { minLength: length, maxLength: length })
    .map((data) => Buffer.from(data).toString('latin1'))

/** Shapes that keys are made of. First parts are numbers, or of fixed length without a slash: `pairKey` says so. */
const numbers: readonly (readonly [Shape<unknown>, fc.Arbitrary<number | bigint | string>])[] = [
  [u8, fc.nat(0xff)],
  [u16, fc.nat(0xffff)],
  [u32, fc.nat(0xffffffff)],
  [u64, fc.bigInt(0n, (1n << 64n) - 1n)],
  [u128, fc.bigInt(0n, (1n << 128n) - 1n)],
]
const seconds = [...numbers, [bytes, byteString()], [account, byteString(32)], [fixed(32), byteString(32)]] as typeof numbers

describe('a key in memory', () => {
  test('of two parts gives back both, whatever bytes the second one has', () => {
    const item = (first: Shape<unknown>, second: Shape<unknown>): Item =>
      ({ keys: [first, second].map((shape) => ({ hasher: 'Blake2_128Concat', shape })) }) as unknown as Item
    const pairs = numbers.flatMap(([first, a]) => seconds.map(([second, b]) => fc.tuple(fc.constant(item(first, second)), a, b)))
    fc.assert(fc.property(fc.oneof(...pairs), ([of, a, b]) => void expect(keyArguments(of, pairKey(a, b))).toEqual([a, b])))
  })

  test('of one part is that part, of none nothing', () => {
    const one = map('ItemTest', 'One', bytes, u32) as unknown as Item
    const none = single('ItemTest', 'None', u32) as unknown as Item
    expect([keyArguments(one, 'a/b'), keyArguments(none, undefined)]).toEqual([['a/b'], []])
  })

  test('tells different pairs apart', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(), (a, b, c, d) => (pairKey(a, b) === pairKey(c, d)) === (a === c && b === d)),
    )
  })
})

describe('names', () => {
  const both = doubleMap('ItemTest', 'Both', u32, bytes, u32)

  test('find their item', () => expect([itemNamed('ItemTest', 'Both'), findItem('ItemTest', 'Nothing')]).toEqual([both, undefined]))
  test('of items that nobody declared are a defect: SPEC-UNKNOWN-NAME', () =>
    expect(() => itemNamed('ItemTest', 'Nothing')).toThrow(Defect))
  test('stand for one item each', () => expect(() => single('ItemTest', 'Both', u32)).toThrow('declared twice'))
})
