import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyValue } from '../../src/codec/any-value.js'
import { encodedLength as byCodec, encodeToString } from '../../src/codec/compile.js'
import '../machines.js'
import { callNamed, callTypes } from './call.js'
import { compactLength, encodedLength } from './encoded-length.js'
import { decode } from './decode.js'
import { encode } from './encode.js'
import {
  array,
  bool,
  bytes,
  compact128,
  compact32,
  enumeration,
  fixed,
  i32,
  i64,
  option,
  struct,
  tuple,
  u128,
  u16,
  u32,
  u64,
  u8,
  unit,
  vec,
  account,
  type Shape,
} from './shape.js'

/** Any shape that is no deeper than three levels. */
const { shape } = fc.letrec<{ shape: Shape<unknown>; leaf: Shape<unknown> }>((tie) => ({
  leaf: fc.constantFrom<Shape<unknown>>(
    u8,
    u16,
    u32,
    u64,
    u128,
    i32,
    i64,
    bool,
    bytes,
    account,
    unit,
    fixed(0),
    fixed(7),
    compact32,
    compact128,
  ),
  shape: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    tie('leaf'),
    tie('shape').map((of) => vec(of)),
    fc.tuple(tie('shape'), fc.nat(3)).map(([of, length]) => array(of, length)),
    // An option of what is undefined itself has no form in memory.
    tie('shape')
      .filter(({ kind }) => kind !== 'option' && kind !== 'unit')
      .map((of) => option(of)),
    fc.array(tie('shape'), { maxLength: 3 }).map((of) => tuple(...of)),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('shape'), { maxKeys: 3, noNullPrototype: true }).map((fields) => struct(fields)),
    fc.tuple(tie('shape'), tie('shape'), fc.nat(250)).map(([a, b, index]) => enumeration({ A: a, B: b, C: unit }, { B: index + 3 })),
  ),
}))
const valued = shape.chain((of) => anyValue(of).map((value) => ({ of, value })))

describe('the length of a value', () => {
  test('is the number of bytes that the codec writes, for any shape', () => {
    fc.assert(
      fc.property(valued, ({ of, value }) => encodedLength(of, value) === byCodec(of, value)),
      { numRuns: 400 },
    )
  })

  test('of a compact integer is that of its shortest form, at every edge', () => {
    const edges = [6, 14, 30, 32, 40, 64, 96, 128]
      .flatMap((bits) => [-1n, 0n, 1n].map((by) => (1n << BigInt(bits)) + by))
      .filter((n) => n < 1n << 128n)
    for (const n of [0n, ...edges]) expect(compactLength(n), String(n)).toBe(encodeToString(compact128, n).length)
  })
})

describe('the bytes of a value', () => {
  test('are what the codec writes, and read back as the value', () => {
    fc.assert(
      fc.property(valued, ({ of, value }) => {
        const written = encode(of, value)
        expect(written).toBe(encodeToString(of, value))
        expect(decode(of, written)).toEqual(value)
      }),
      { numRuns: 400 },
    )
  })
})

describe('calls', () => {
  test('are found by their names, and one that nobody declared is a defect: SPEC-UNKNOWN-NAME', () => {
    for (const [name, call] of callTypes) expect(callNamed(name)).toBe(call)
    expect(() => callNamed('Nobody.knows')).toThrow('SPEC-UNKNOWN-NAME')
  })
})
