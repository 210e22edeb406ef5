import { mixSeed } from '../../model/draw.js'
import { makers as allMakers } from '../../model/makers.js'
import { inSpan, type Edition } from '../../spec/kernel/version.js'
import { invariants } from '../../spec/invariants.js'
import { Checker, type Broken } from '../../src/reference/checker.js'
import { Corpus, type Prefix } from '../search/corpus.js'
import { Explorer, type Goal } from '../search/explore.js'
import type { Finding } from './finding.js'
import { makersFor, palletsOf } from './makers-for.js'
import { withQuirks, type Promised, type Trials } from './trials.js'

/** An edition under search, with the promises that are not muted there. */
export class Target {
  edition: Edition
  quirks: readonly string[]
  hasShown = false
  readonly masked = new Set<string>()
  private readonly trials: Trials
  private readonly released: Edition
  private readonly seed: number
  private promises: readonly Promised[]
  private explorers: readonly Explorer<Broken>[] = []
  private done = { calls: 0, cases: 0 }
  private turns = 0
  private readonly doubts = new Map<string, number>()
  private readonly corpus: Corpus

  constructor(trials: Trials, released: Edition, quirks: readonly string[], seed: number, prefixes: readonly Prefix[]) {
    this.trials = trials
    this.released = released
    this.quirks = quirks
    this.seed = seed
    this.edition = withQuirks(released, quirks)
    this.corpus = new Corpus(prefixes)
    this.promises = invariants.filter((promise) => inSpan(released.version, promise))
  }

  get calls(): number {
    return this.explorers.reduce((sum, { calls }) => sum + calls, this.done.calls)
  }
  get cases(): number {
    return this.explorers.reduce((sum, { cases }) => sum + cases, this.done.cases)
  }
  get prefixes(): readonly Prefix[] {
    return this.corpus.all
  }

  /** Looks no longer at a promise. */
  mute(invariant: string): void {
    this.promises = this.promises.filter(({ id }) => id !== invariant)
    this.restart()
  }

  /** The intended spec breaks the promise as well: after a few times it only ends cases that could have shown something else. */
  doubt(invariant: string): void {
    const times = (this.doubts.get(invariant) ?? 0) + 1
    this.doubts.set(invariant, times)
    if (times >= 6) this.mute(invariant)
  }

  /** Takes a quirk away that is shown. */
  without(quirk: string): void {
    if (!this.quirks.includes(quirk)) return
    this.quirks = this.quirks.filter((id) => id !== quirk)
    this.edition = withQuirks(this.released, this.quirks)
    this.restart()
  }

  private restart(): void {
    this.done = { calls: this.calls, cases: this.cases }
    this.explorers = []
  }

  /** Runs cases until the turn is over; the first break of each promise is told. */
  *turn(calls: number): Generator<{ readonly invariant: string; readonly steps: Finding['steps'] }> {
    const seen = new Set<string>()
    for (const end = this.calls + calls; this.calls < end;) {
      const found = this.explorer().run(30 + (this.turns % 3) * 30)
      if (found === undefined || seen.has(found.what.invariant)) continue
      seen.add(found.what.invariant)
      yield { invariant: found.what.invariant, steps: found.steps }
    }
  }

  /** Explorers take turns, with makers of their own; they share the corpus. */
  private explorer(): Explorer<Broken> {
    if (this.explorers.length === 0) {
      const checker = new Checker(this.promises)
      const goal: Goal<Broken> = {
        afterStep: (w, { journal, events }, act) =>
          checker.afterStep(w, journal, { eventsFrom: events, ...(act === undefined ? {} : { act }) }),
        atEnd: (w) => checker.all(w),
      }
      const only = this.quirks.length === 1 ? this.quirks[0] : undefined
      this.explorers = (only === undefined ? [allMakers] : makersFor(palletsOf(only))).map(
        (makers, i) =>
          new Explorer(this.trials.reference(this.edition), goal, {
            seed: mixSeed(this.seed + this.done.cases, i),
            makers,
            corpus: this.corpus,
            aims: ({ meta }) => only !== undefined && meta.quirk === only,
          }),
      )
    }
    return this.explorers[this.turns++ % this.explorers.length]!
  }
}
