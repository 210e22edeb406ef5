import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDegrees, problemOfLocation } from './location.js'

test.each([
  'Unknown',
  '0',
  '-0',
  '90',
  '-90.0',
  '.5',
  '5.',
  '+.5e1',
  '5.e1',
  '9e1',
  '9E+1',
  '00090',
  '0e999999999',
  '1e-99999999999',
  '90.000003',
])('%s is a latitude', (text) => {
  expect(isDegrees(text, 90n)).toBe(true)
})
test.each([
  '',
  '.',
  '+',
  'e5',
  '5e',
  '5e+',
  '1e5.5',
  '--1',
  ' 1',
  '1 ',
  '1_0',
  '0x10',
  '30,35',
  'unknown',
  'inf',
  'NaN',
  '1e99999999999',
  '90.0000039',
  '\xff',
])('%s is none', (text) => {
  expect(isDegrees(text, 90n)).toBe(false)
})

test('the limit is that of the nearest f32, the tie included', () => {
  expect(isDegrees('90.000003814697265625', 90n)).toBe(true)
  expect(isDegrees('90.000003814697265626', 90n)).toBe(false)
  expect(isDegrees('180.00000762939453125', 180n)).toBe(true)
  expect(isDegrees('180.00000762939453126', 180n)).toBe(false)
})

test('a decimal number passes when its f32 lies within the limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000_000, max: 200_000_000 }), fc.integer({ min: -8, max: 2 }), (digits, power) => {
      const f32 = Math.abs(Math.fround(Number(`${digits}e${power}`)))
      expect(isDegrees(`${digits}e${power}`, 90n)).toBe(f32 <= 90)
      expect(isDegrees(`${digits}e${power}`, 180n)).toBe(f32 <= 180)
    }),
  )
})

test('the first problem counts: city, country, latitude, longitude', () => {
  const good = { city: 'X', country: 'BE', latitude: '90', longitude: '-180' }
  expect(problemOfLocation(good)).toBeNull()
  expect(problemOfLocation({ city: '', country: '', latitude: '', longitude: '' })).toBe('CityNameTooShort')
  expect(problemOfLocation({ ...good, country: 'B', latitude: '', longitude: '' })).toBe('CountryNameTooShort')
  expect(problemOfLocation({ ...good, latitude: '', longitude: '' })).toBe('LatitudeInputTooShort')
  expect(problemOfLocation({ ...good, latitude: '91', longitude: '' })).toBe('InvalidLatitudeInput')
  expect(problemOfLocation({ ...good, longitude: '' })).toBe('LongitudeInputTooShort')
  expect(problemOfLocation({ ...good, longitude: '181' })).toBe('InvalidLongitudeInput')
})
