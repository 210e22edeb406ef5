import type { Line } from './graph.js'

/** What a run hit. */
export interface Heat {
  readonly machine: string
  /** How often, by `machine state rule`; undefined in reports from before it was counted. */
  readonly states: Readonly<Record<string, number>> | undefined
  /** How often, by rule, whatever the state. */
  readonly rules: Readonly<Record<string, number>>
}

export interface Hits {
  readonly most: number
  /** The line's own hits are no more than these: its rule leads to several states, or nobody counted by state. */
  readonly isBound: boolean
}

/** How often a line was taken. */
export function hitsOf({ ways }: Line, { machine, states, rules }: Heat): Hits {
  const isBound = ways.some(({ isSplit }) => isSplit) || states === undefined
  const counts =
    states === undefined
      ? [...new Set(ways.map(({ rule }) => rule))].map((rule) => rules[rule])
      : ways.map(({ state, rule }) => states[`${machine} ${state} ${rule}`])
  const most = counts.reduce<number>((sum, n) => sum + (n ?? 0), 0)
  return { most, isBound: isBound && most > 0 }
}

/**
 * How often an arrow was taken. What is counted exactly speaks for it; only where nothing is, the bounds of the others do:
 * a call that leads to several states leads along the arrow by a stage, which stands there as well.
 */
export function arrowHits(lines: readonly Line[], heat: Heat): number {
  const hits = lines.map((line) => hitsOf(line, heat))
  const exact = hits.filter(({ isBound }) => !isBound).reduce((sum, { most }) => sum + most, 0)
  return exact > 0 ? exact : hits.reduce((sum, { most }) => sum + most, 0)
}

/** How hot: 0 was never hit, 5 is the hottest; each step is ten times more. */
export const heatOf = (hits: number): number => (hits === 0 ? 0 : Math.min(5, 1 + Math.floor(Math.log10(hits))))

const short = (n: number): string => (n >= 10_000_000 ? `${Math.round(n / 1e6)}M` : n >= 10_000 ? `${Math.round(n / 1000)}k` : String(n))

export const hitsText = ({ most, isBound }: Hits): string => `${isBound ? '≤ ' : ''}${short(most)}×`
