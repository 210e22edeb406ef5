import { InvalidArgumentError } from 'commander'

/** Values of options, checked while the command line is read. */

export const positive = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('give a whole number of at least 1')
  return n
}

export const natural = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('give a whole number')
  return n
}

export const seedValue = (text: string): number => {
  const n = Number(text)
  if (!Number.isInteger(n) || Math.abs(n) > 0x7fffffff) throw new InvalidArgumentError('give a whole number of at most 31 bits')
  return n
}

/** In seconds. */
export const duration = (text: string): number => {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text)
  if (match === null) throw new InvalidArgumentError('give a time such as 60s, 5m or 1h')
  return Number(match[1]) * { s: 1, m: 60, h: 3600 }[(match[2] ?? 's') as 's' | 'm' | 'h']
}
