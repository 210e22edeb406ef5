/** Something whose speed is measured. */
export interface Contender {
  readonly id: string
  readonly what: string
  /** Steps a second that the design asks for. */
  readonly atLeast?: number
  /** How many rounds' time it takes until V8 has compiled what is hot; a runtime's wasm takes longest. */
  readonly warmUp?: number
  /** Works for about so long and tells how many steps it did. Begins with the same work each time. */
  readonly run: (millis: number) => number
  /** Said beside the figure: what the work met that may not be overlooked. */
  readonly note?: () => string
}

/** Several figures of the same thing. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** @param figures at least one */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, min: sorted[0]!, max: sorted.at(-1)! }
}

/** How many times a round's length the turn before the first round takes, where a contender does not say. */
const WARM_UP = 5

/** Steps in a second of one round: of the processor's time that this process took, and of the clock on the wall. */
export interface Speed {
  readonly cpu: number
  readonly wall: number
}
/** Speeds by contender, round by round. */
export type Rounds = ReadonlyMap<string, readonly Speed[]>

export interface RoundOptions {
  readonly rounds: number
  /** How long a contender works in a round. */
  readonly millis: number
  readonly onProgress?: (done: number, of: number) => void
}

/**
 * Measures contenders in turns: every round has all of them, so that what disturbs the machine disturbs them alike, and
 * ratios are taken within a round. A longer turn before the first round warms up: a run of any length goes on at the speed that
 * comes after, once V8 has compiled what is hot.
 *
 * On a shared machine the wall's clock also counts what others do; the processor's time counts this process alone, garbage
 * collection on other threads included.
 */
export function measure(contenders: readonly Contender[], { rounds, millis, onProgress }: RoundOptions): Rounds {
  const speeds = new Map<string, Speed[]>(contenders.map(({ id }) => [id, []]))
  const of = (rounds + 1) * contenders.length
  let done = 0
  for (let round = 0; round <= rounds; round++) {
    for (const { id, run, warmUp = WARM_UP } of contenders) {
      const from = performance.now()
      const cpuFrom = process.cpuUsage()
      const steps = run(round === 0 ? millis * warmUp : millis)
      const { user, system } = process.cpuUsage(cpuFrom)
      const wall = (steps / (performance.now() - from)) * 1e3
      if (round > 0) speeds.get(id)!.push({ cpu: (steps / (user + system)) * 1e6, wall })
      onProgress?.(++done, of)
    }
  }
  return speeds
}

/** Runs `once` until the time is over. @param once does some steps and tells how many */
export function forAbout(millis: number, once: (turn: number) => number): number {
  const end = performance.now() + millis
  let steps = 0
  let turn = 0
  do steps += once(turn++)
  while (performance.now() < end)
  return steps
}
