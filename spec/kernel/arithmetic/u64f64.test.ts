import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Defect } from '../defect.js'
import * as fixed from './u64f64.js'

const TWO_64 = 1n << 64n
const TWO_128 = 1n << 128n

const edges = [
  0n,
  1n,
  TWO_64 / 2n - 1n,
  TWO_64 / 2n,
  TWO_64 - 1n,
  TWO_64,
  TWO_64 + 1n,
  TWO_64 * 3600n,
  TWO_128 / 2n,
  TWO_128 - TWO_64,
  TWO_128 - 1n,
]
const anyBits = fc.oneof(
  fc.constantFrom(...edges),
  fc.tuple(fc.bigInt({ min: 0n, max: TWO_128 - 1n }), fc.integer({ min: 0, max: 127 })).map(([x, shift]) => x >> BigInt(shift)),
)
const anyFixed = anyBits.map(fixed.fromBits)
const u64 = fc.oneof(fc.bigInt({ min: 0n, max: TWO_64 - 1n }), fc.constantFrom(0n, 1n, TWO_64 - 1n))

/** Is `bits`, modulo 2^128, the floor of p / q counted in 2^-64? Told by what is left of p, without dividing. */
const isFloorOf = (bits: bigint, p: bigint, q: bigint): boolean => {
  const cycle = q * TWO_128
  return (((p * TWO_64 - bits * q) % cycle) + cycle) % cycle < q
}

describe('construction', () => {
  test('an integer below 2^64 comes back unchanged', () => {
    fc.assert(fc.property(u64, (x) => fixed.toInt(fixed.fromInt(x)) === x))
  })
  test('an integer loses what is above its 64th bit', () => {
    fc.assert(fc.property(u64, u64, (high, low) => fixed.fromInt(high * TWO_64 + low) === fixed.fromInt(low)))
  })
  test('a float in range becomes the nearest multiple of 2^-64', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 63, noNaN: true }), (x) => {
        const { p, q } = rational(x)
        const error = fixed.fromFloat(x) * q - p * TWO_64
        expect((error < 0n ? -error : error) * 2n <= q).toBe(true)
      }),
    )
  })
  test('the multipliers are the doubles themselves', () => {
    expect(fixed.POINT_8).toBe(14_757_395_258_967_642_112n)
    expect(fixed.POINT_7).toBe(12_912_720_851_596_685_312n)
    expect(fixed.POINT_6).toBe(11_068_046_444_225_730_560n)
    expect(fixed.POINT_4).toBe(7_378_697_629_483_821_056n)
    expect(fixed.ONE_AND_A_QUARTER).toBe(TWO_64 + TWO_64 / 4n)
    expect(Number(fixed.POINT_8) / 2 ** 64).toBe(0.8)
  })
  test('halves of the last bit go to even', () => {
    expect([0.5, 1, 1.5, 2.5].map((x) => fixed.fromFloat(x * 2 ** -64))).toEqual([0n, 1n, 2n, 2n])
  })
  test('out of range wraps, not finite panics', () => {
    expect(fixed.fromFloat(2 ** 64)).toBe(0n)
    expect(fixed.fromFloat(2 ** 200)).toBe(0n)
    expect(fixed.fromFloat(-1)).toBe(TWO_128 - TWO_64)
    for (const x of [NaN, Infinity, -Infinity]) expect(() => fixed.fromFloat(x)).toThrow(Defect)
  })
})

describe('arithmetic', () => {
  test('a sum and a difference wrap at 128 bits', () => {
    fc.assert(
      fc.property(anyFixed, anyFixed, (a, b) => {
        expect(fixed.add(a, b)).toBe((a + b) % TWO_128)
        expect(fixed.sub(a, b)).toBe((a - b + TWO_128) % TWO_128)
        expect(fixed.sub(fixed.add(a, b), b)).toBe(a)
      }),
    )
  })
  test('a product is the exact product, truncated, modulo 2^64', () => {
    fc.assert(fc.property(anyFixed, anyFixed, (a, b) => isFloorOf(fixed.mul(a, b), a * b, TWO_128)))
  })
  test('a quotient is the exact quotient, truncated, modulo 2^64', () => {
    fc.assert(
      fc.property(anyFixed, anyFixed, (a, b) => {
        fc.pre(b !== 0n)
        return isFloorOf(fixed.div(a, b), a, b)
      }),
    )
  })
  test('an integer factor loses nothing, unlike an integer divisor', () => {
    fc.assert(
      fc.property(anyFixed, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (a, n) => {
        expect(fixed.mulInt(a, n)).toBe((a * BigInt(n)) % TWO_128)
        expect(fixed.mulInt(a, n)).toBe(fixed.mul(a, fixed.fromInt(n)))
        expect(fixed.divInt(a, n)).toBe(fixed.div(a, fixed.fromInt(n)))
      }),
    )
  })
  test('division by zero panics', () => {
    expect(() => fixed.div(fixed.ONE, fixed.ZERO)).toThrow(/\[SPEC-ARITHMETIC\].*division by zero/)
    expect(() => fixed.divInt(fixed.ONE, 0)).toThrow(Defect)
  })
  test.each([
    // a, b, a * b and a / b as printed by the crate's own `mul_overflow` and `div_overflow`, compiled without debug assertions
    ['18446744073709551616', '170141183460469231731687303715884105727', '170141183460469231731687303715884105727', '2'],
    ['18446744073709551617', '18446744073709551615', '18446744073709551615', '18446744073709551618'],
    ['340282366920938463463374607431768211454', '18446744073709551615', '340282366920938463444927863358058659838', '18446744073709551614'],
    ['66408278665354385817600', '340282366920938463444927863358058659840', '340282366920938397055095942077382393856', '3600'],
    [
      '170141183460469231731687303715884105727',
      '9223372036854775808',
      '85070591730234615865843651857942052863',
      '340282366920938463463374607431768211454',
    ],
    [
      '340282366920938463463076212662607800223',
      '102228121725594542309',
      '184364164003377467392207120043717542419',
      '61402886303985589049790877816811838582',
    ],
    [
      '340282366920938463444927863358438436084',
      '93170717326433893',
      '1718696377684662254873745839970805366',
      '336418448120570849702553786836333111265',
    ],
    ['135656109538316614883056242467', '553', '4066724635791', '112987727354440993991754313618808770019'],
  ])('%s and %s', (a, b, product, quotient) => {
    const [x, y] = [fixed.fromBits(BigInt(a)), fixed.fromBits(BigInt(b))]
    expect([fixed.mul(x, y), fixed.div(x, y)]).toEqual([BigInt(product), BigInt(quotient)])
  })
})

describe('rounding', () => {
  test('rounds to the nearest integer, ties up, and wraps above the last', () => {
    fc.assert(
      fc.property(anyFixed, (a) => {
        expect(fixed.roundToInt(a)).toBe(((2n * a + TWO_64) / (2n * TWO_64)) % TWO_64)
        expect(fixed.round(a) % TWO_64).toBe(0n)
        expect(fixed.toInt(a)).toBe(a / TWO_64)
      }),
    )
  })
  test('examples', () => {
    expect([0.49, 0.5, 1.5, 2.5].map((x) => fixed.roundToInt(fixed.fromFloat(x)))).toEqual([0n, 1n, 2n, 3n])
    expect(fixed.roundToInt(fixed.fromBits(TWO_128 - 1n))).toBe(0n)
  })
})

describe('comparison', () => {
  test('compares with a float as exact numbers', () => {
    fc.assert(
      fc.property(anyFixed, fc.double({ noNaN: true, noDefaultInfinity: true }), (a, x) => {
        const { p, q } = rational(x)
        const difference = a * q - p * TWO_64
        expect(fixed.compare(a, x)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0)
      }),
    )
  })
  test('compares with an integer as exact numbers', () => {
    fc.assert(
      fc.property(anyFixed, u64, (a, n) => fixed.lessThan(a, n) === a < n * TWO_64 && fixed.atLeast(a, n) === !fixed.lessThan(a, n)),
    )
  })
  test('one bit below a level is below it', () => {
    const level = fixed.fromFloat(1.5)
    const below = fixed.fromBits(level - 1n)
    expect([fixed.atLeast(level, 1.5), fixed.atLeast(below, 1.5), fixed.lessThan(below, 1.5)]).toEqual([true, false, true])
    expect([fixed.compare(level, Infinity), fixed.compare(level, -Infinity)]).toEqual([-1, 1])
    expect([fixed.max(level, below), fixed.min(level, below)]).toEqual([level, below])
  })
})

test('a chain of operations: 3 units · 1800 s / 3600 s · 24 · 30, as the discount level is computed', () => {
  const hourly = fixed.div(fixed.mul(fixed.fromInt(3n), fixed.fromInt(1800n)), fixed.fromInt(3600n))
  expect(fixed.roundToInt(fixed.mulInt(fixed.mulInt(hourly, 24), 30))).toBe(1080n)
})

/** The finite x as a fraction, by doubling: independent of how the module takes a double apart. */
function rational(x: number): { p: bigint; q: bigint } {
  let [p, q] = [x, 1n]
  while (!Number.isInteger(p)) [p, q] = [p * 2, q * 2n]
  return { p: BigInt(p), q }
}
