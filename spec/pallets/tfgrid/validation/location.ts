/**
 * What a node's location must look like. Cities and countries are free text from 131 on.
 * @source pallet-tfgrid/src/node.rs `Location::try_from`, `CityName::try_from`, `CountryName::try_from` @439e6919
 */
import type { Bytes } from '../../../kernel/shape.js'
import type { SpecVersion } from '../../../kernel/version.js'
import type { Location } from '../types.js'

export type LocationProblem =
  | 'CityNameTooShort'
  | 'InvalidCityName'
  | 'CountryNameTooShort'
  | 'InvalidCountryName'
  | 'LatitudeInputTooShort'
  | 'InvalidLatitudeInput'
  | 'LongitudeInputTooShort'
  | 'InvalidLongitudeInput'

/** The shortest names, in bytes; entities' names of city and country obey the same. @source node.rs `MIN_CITY_NAME_LENGTH`, `MIN_COUNTRY_NAME_LENGTH` */
export const MIN_CITY_LENGTH = 1
export const MIN_COUNTRY_LENGTH = 2
const MIN_DEGREES_LENGTH = 1

/** The first version that takes any text for the name of a city or a country. */
export const FREE_NAMES = 131
/** What such a name was before: letters of any script in UTF-8, dashes, points and spaces. @source node.rs `validate_city_name`, `validate_country_name` @a3e802fe */
function nameIsPlain(name: Bytes): boolean {
  try {
    return /^[\p{Alphabetic}. -]*$/u.test(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(name, 'latin1')))
  } catch {
    return false
  }
}

/** The location's first problem, null when there is none; at the newest version when none is given. */
export function problemOfLocation(
  { city, country, latitude, longitude }: Location,
  version: SpecVersion = Infinity,
): LocationProblem | null {
  const anyName = version >= FREE_NAMES
  if (city.length < MIN_CITY_LENGTH) return 'CityNameTooShort'
  if (!anyName && !nameIsPlain(city)) return 'InvalidCityName'
  if (country.length < MIN_COUNTRY_LENGTH) return 'CountryNameTooShort'
  if (!anyName && !nameIsPlain(country)) return 'InvalidCountryName'
  if (latitude.length < MIN_DEGREES_LENGTH) return 'LatitudeInputTooShort'
  if (!isDegrees(latitude, 90n)) return 'InvalidLatitudeInput'
  if (longitude.length < MIN_DEGREES_LENGTH) return 'LongitudeInputTooShort'
  if (!isDegrees(longitude, 180n)) return 'InvalidLongitudeInput'
  return null
}

const UNKNOWN = 'Unknown'

/**
 * True for `Unknown` and for a decimal number within ±limit once it is rounded to an `f32`, as `str::parse::<f32>` reads it:
 * an optional sign, digits with at most one point among them, an optional exponent. `inf` and `nan` are numbers within no limit.
 *
 * The next f32 after 90 is 90 + 2^-17, the next after 180 is 180 + 2^-16. So a little more than the limit is rounded down
 * to it: 90.000003 passes, 90.000004 does not.
 * @source node.rs `validate_latitude_input`, `validate_longitude_input`; core::num::dec2flt
 */
export function isDegrees(text: Bytes, limit: 90n | 180n): boolean {
  if (text === UNKNOWN) return true
  const number = /^[+-]?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (number === null) return false
  const [, whole = '', fraction = '', exponent = '0'] = number
  const digits = (whole + fraction).replace(/^0+/, '')
  if (whole + fraction === '') return false
  return digits === '' || isWithin(BigInt(digits), BigInt(exponent) - BigInt(fraction.length), digits.length, limit)
}

/** Half the distance from 90 to the next f32 is 2^-18, from 180 it is 2^-17. The tie goes to the limit, whose last bit is 0. */
const halfStep = { '90': 18n, '180': 17n } as const

/** True when `digits · 10^power` is at most `limit` and half a step. Exact, for a power of any size. */
function isWithin(digits: bigint, power: bigint, length: number, limit: 90n | 180n): boolean {
  const magnitude = power + BigInt(length)
  if (magnitude > 3n) return false
  if (magnitude < 0n) return true
  const shift = halfStep[`${limit}`]
  const most = (limit << shift) + 1n
  return power >= 0n ? (digits * 10n ** power) << shift <= most : digits << shift <= most * 10n ** -power
}
