import type { Plain } from '../codec/plain.js'
import { faults, type DepositStep, type Step } from './step.js'

/** Steps in plain form: amounts are decimal strings, everything else is as it is in memory. */
export const plainSteps = (steps: readonly Step[]): Plain[] => JSON.parse(JSON.stringify(steps, decimal)) as Plain[]

const decimal = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)

type Complain = (field: string, problem: string) => Error

/** Reads steps back. @throws what `complain` makes, with the field and what is wrong with it */
export function stepsOf(plain: unknown, complain: Complain): readonly Step[] {
  if (!Array.isArray(plain)) throw complain('steps', 'is no list')
  return plain.map((step: unknown, i) => stepOf(new Fields(step, `steps[${i}]`, complain)))
}

/** Reads the fields of one object, and says which one is wrong. */
class Fields {
  private readonly of: Readonly<Record<string, unknown>>
  private readonly at: string
  private readonly complain: Complain

  constructor(of: unknown, at: string, complain: Complain) {
    if (typeof of !== 'object' || of === null) throw complain(at, 'is no object')
    this.of = of as Readonly<Record<string, unknown>>
    this.at = at
    this.complain = complain
  }

  has(name: string): boolean {
    return Object.hasOwn(this.of, name)
  }
  integer(name: string, most: number): number {
    const value = this.of[name]
    if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > most)
      throw this.complain(`${this.at}.${name}`, `is no whole number from 0 to ${most}`)
    return value as number
  }
  amount(name: string): bigint {
    const value = this.of[name]
    if (typeof value !== 'string' || !/^\d{1,20}$/.test(value))
      throw this.complain(`${this.at}.${name}`, 'is no amount as a decimal string')
    return BigInt(value)
  }
  oneOf<T extends string>(name: string, known: readonly T[]): T {
    const value = this.of[name]
    if (!known.includes(value as T)) throw this.complain(`${this.at}.${name}`, `is none of ${known.join(', ')}`)
    return value as T
  }
  text(name: string): string {
    const value = this.of[name]
    if (typeof value !== 'string') throw this.complain(`${this.at}.${name}`, 'is no text')
    return value
  }
  inside(name: string): Fields {
    return new Fields(this.of[name], `${this.at}.${name}`, this.complain)
  }
  list(name: string): readonly Fields[] {
    const value = this.of[name]
    if (!Array.isArray(value)) throw this.complain(`${this.at}.${name}`, 'is no list')
    return value.map((one, i) => new Fields(one, `${this.at}.${name}[${i}]`, this.complain))
  }
}

const MOST_USERS = 3
const MOST_ROUNDS = 10_000

function stepOf(f: Fields): Step {
  switch (f.oneOf('type', ['rounds', 'withdraw', 'fault', 'deposit'])) {
    case 'rounds':
      return { type: 'rounds', rounds: f.integer('rounds', MOST_ROUNDS) }
    case 'withdraw':
      return { type: 'withdraw', by: f.integer('by', MOST_USERS), amount: f.amount('amount') }
    case 'fault':
      return {
        type: 'fault',
        fault: f.oneOf('fault', Object.keys(faults) as (keyof typeof faults)[]),
        ...{ who: f.integer('who', MOST_ROUNDS), rounds: f.integer('rounds', MOST_ROUNDS) },
      }
    case 'deposit':
      return depositOf(f)
  }
}

function depositOf(f: Fields): DepositStep {
  const memo = f.inside('memo')
  const type = memo.oneOf('type', ['none', 'text', 'hash', 'return'])
  return {
    type: 'deposit',
    operations: f.list('operations').map((o) => ({
      ...{ from: o.integer('from', MOST_USERS), asset: o.oneOf('asset', ['TFT', 'XLM']), amount: o.amount('amount') },
      ...(o.has('path') ? { path: true } : {}),
    })),
    memo: type === 'none' ? { type } : { type, value: memo.text('value') },
    ...(f.has('otherOperations') ? { otherOperations: f.integer('otherOperations', MOST_ROUNDS) } : {}),
  }
}
