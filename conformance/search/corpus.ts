import type { Draw } from '../../model/draw.js'
import type { Step } from '../../model/step.js'

/** The beginning of a case that reached something new. */
export interface Prefix {
  /** With handles, numbered from 0. */
  readonly steps: readonly Step[]
  /** It reached what the search is aimed at: a quirk's own branch, or a distance no larger than the best known. */
  readonly hot: boolean
}

/** Cases grow no longer than this by being continued again and again. */
const LONGEST = 160

/**
 * Interesting beginnings of cases, continued instead of starting from the genesis each time.
 *
 * It begins empty or with what a folder holds. What it learns depends on the seed and the number of cases alone, as long as one
 * thread runs them in order.
 */
export class Corpus {
  private readonly capacity: number
  private readonly prefixes: { readonly prefix: Prefix; picked: number }[] = []

  constructor(prefixes: readonly Prefix[] = [], capacity = 300) {
    this.capacity = capacity
    for (const prefix of prefixes) this.add(prefix)
  }

  get size(): number {
    return this.prefixes.length
  }
  get all(): readonly Prefix[] {
    return this.prefixes.map(({ prefix }) => prefix)
  }

  add(prefix: Prefix): void {
    if (prefix.steps.length === 0 || prefix.steps.length > LONGEST) return
    this.prefixes.push({ prefix, picked: 0 })
    if (this.prefixes.length <= this.capacity) return
    // What was continued most often has shown what it can; what is aimed at stays longer.
    const worth = ({ prefix: { hot }, picked }: { prefix: Prefix; picked: number }): number => picked / (hot ? 8 : 1)
    let worst = 0
    for (let i = 1; i < this.prefixes.length; i++) if (worth(this.prefixes[i]!) > worth(this.prefixes[worst]!)) worst = i
    this.prefixes.splice(worst, 1)
  }

  /** Forgets prefixes that are no longer hot: something nearer was found. */
  cool(): void {
    for (let i = this.prefixes.length - 1; i >= 0; i--) if (this.prefixes[i]!.prefix.hot) this.prefixes.splice(i, 1)
  }

  /** A prefix to continue, a hot one half of the time; undefined while nothing is known. */
  pick(d: Draw): Prefix | undefined {
    if (this.prefixes.length === 0) return undefined
    const hot = d.chance(60) ? this.prefixes.filter(({ prefix }) => prefix.hot) : []
    const entry = d.pick(hot.length > 0 ? hot : this.prefixes)
    entry.picked++
    return entry.prefix
  }
}

/** Steps numbered from 0, with their handles moved along: a prefix from a file may have gaps. */
export function renumbered(steps: readonly Step[]): readonly Step[] {
  const places = new Map(steps.map(({ id }, i) => [id, i]))
  return steps.map((step, id) =>
    step.type === 'advance'
      ? { ...step, id }
      : { ...step, id, refs: step.refs.flatMap((ref) => (places.has(ref.by) ? [{ ...ref, by: places.get(ref.by)! }] : [])) },
  )
}
