import type { Step } from './step.js'

/** Traces as text: amounts are decimal strings with a mark, since JSON has no such numbers. */

export const traceText = (steps: readonly Step[]): string =>
  JSON.stringify(steps, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

/** @throws SyntaxError for text that is no trace */
export const traceOf = (text: string): readonly Step[] =>
  JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as readonly Step[]
