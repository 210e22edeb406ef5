import type { Maker } from '../../model/maker.js'
import { mixSeed } from '../../model/draw.js'
import { extremeMakers } from '../../model/extreme.js'
import { makers as allMakers } from '../../model/makers.js'
import type { Edition } from '../../spec/kernel/version.js'
import { invariants } from '../../spec/invariants.js'
import { machines } from '../../spec/machines.js'
import { Checker, type Broken } from '../../src/reference/checker.js'
import { Corpus, type Prefix } from '../search/corpus.js'
import { Explorer, type Goal } from '../search/explore.js'
import { explainBreak, type Finding } from './finding.js'
import { Trials, withQuirks, type Promised } from './trials.js'

export interface HuntOptions {
  readonly seed: number
  readonly calls?: number
  readonly seconds?: number
  /** Beginnings of cases to continue, kept between runs. */
  readonly corpus?: readonly Prefix[]
  readonly onProgress?: (progress: HuntProgress) => void
  readonly signal?: AbortSignal
}
export interface HuntProgress {
  readonly calls: number
  readonly seconds: number
  readonly findings: number
}

/** A quirk that no search has shown to break a promise, and what was tried. */
export interface Unshown {
  readonly quirk: string
  readonly calls: number
  readonly cases: number
  /** It breaks a promise while other quirks are off, and never at the released version itself. */
  readonly masked: readonly string[]
}

export interface HuntResult {
  readonly findings: readonly Finding[]
  readonly unshown: readonly Unshown[]
  /** Breaks that no quirk explains: the intended spec has them too. */
  readonly unexplained: readonly string[]
  readonly calls: number
  readonly cases: number
  readonly seconds: number
  readonly interrupted: boolean
  readonly corpus: readonly Prefix[]
}

/** Calls of one turn of a target: long enough that the rest does not count, short enough that all targets get theirs. */
const CALLS_PER_TURN = 3000

/**
 * Searches a released version for broken promises.
 *
 * There is a target for every quirk: an edition on which that quirk alone is on, so that whatever breaks there is the quirk's.
 * One more target is the released version without the quirks that are shown already, where quirks can work together. Targets
 * take turns, those that have shown something less often.
 */
export async function hunt(released: Edition, options: HuntOptions): Promise<HuntResult> {
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000
  const trials = new Trials()
  const findings = new Map<string, Finding>()
  const unexplained = new Set<string>()
  const targets = [...released.quirks].map(
    (quirk, i) => new Target(trials, released, [quirk], mixSeed(options.seed, i), options.corpus ?? []),
  )
  const together = new Target(trials, released, [...released.quirks], mixSeed(options.seed, -1), options.corpus ?? [])
  const total = (): number => [together, ...targets].reduce((sum, { calls }) => sum + calls, 0)
  const isOver = (): boolean =>
    options.signal?.aborted === true ||
    (options.seconds === undefined ? total() >= (options.calls ?? 500_000) : seconds() >= options.seconds)

  const take = (target: Target): void => {
    for (const { invariant, steps } of target.turn(CALLS_PER_TURN)) {
      const verdict = explainBreak(trials, released, target.edition, { invariant, steps })
      if (verdict.type === 'unexplained') {
        unexplained.add(invariant)
        target.doubt(invariant)
        continue
      }
      if (verdict.type === 'masked') {
        target.masked.add(invariant)
        continue
      }
      const { finding } = verdict
      const key = `${finding.cause.join('+')} ${finding.invariant}`
      const known = findings.get(key)
      if (known === undefined || isBetter(finding, known)) findings.set(key, finding)
      if (target !== together && !finding.isShared) target.mute(invariant)
      if (finding.cause.length === 1) {
        targets.find(({ quirks }) => quirks[0] === finding.cause[0])!.hasShown = true
        together.without(finding.cause[0]!)
      } else together.mute(invariant)
    }
  }
  for (let round = 0; !isOver(); round++) {
    for (const target of [together, ...targets]) {
      // What was shown is searched for a shorter way and for further promises only now and then.
      if (target.hasShown && round % 4 !== 1) continue
      if (isOver()) break
      take(target)
      options.onProgress?.({ calls: total(), seconds: seconds(), findings: findings.size })
      await new Promise(setImmediate)
    }
  }
  const shown = new Set([...findings.values()].flatMap(({ cause }) => cause))
  return {
    findings: [...findings.values()].sort((a, b) => (`${a.cause.join()} ${a.invariant}` < `${b.cause.join()} ${b.invariant}` ? -1 : 1)),
    unshown: targets
      .filter(({ quirks }) => !shown.has(quirks[0]!))
      .map(({ quirks, calls, cases, masked }) => ({ quirk: quirks[0]!, calls, cases, masked: [...masked] })),
    unexplained: [...unexplained],
    calls: total(),
    cases: [together, ...targets].reduce((sum, { cases }) => sum + cases, 0),
    seconds: seconds(),
    interrupted: options.signal?.aborted === true,
    corpus: [...together.prefixes, ...targets.flatMap(({ prefixes }) => prefixes.filter(({ hot }) => hot).slice(-10))],
  }
}

/** Clean before shared, then the shorter one. */
const isBetter = (a: Finding, b: Finding): boolean => (a.isShared === b.isShared ? a.steps.length < b.steps.length : b.isShared)

/** Pallets with a branch of the quirk; none for a quirk that works inside an effect. */
const palletsOf = (quirk: string): ReadonlySet<string> =>
  new Set(
    machines
      .filter(({ states }) =>
        Object.values(states).some((on) =>
          Object.values(on).some((list) => list.some(({ meta }) => meta.quirk === quirk || meta.instead === quirk)),
        ),
      )
      .map(({ pallet }) => pallet),
  )

/** Calls of tfgrid that contracts cannot do without. */
const groundwork = new Set(['userAcceptTc', 'createTwin', 'createFarm', 'addFarmIp', 'createNode', 'deleteNode', 'deleteNodeFarm'])
const carriers = new Set(['Council', 'Utility'])
const extremes = extremeMakers(({ pallet }) => carriers.has(pallet))

/** Sets of makers that take turns: all of them, those of the quirk's own pallets, and the latter with extreme arguments in between. */
function makersFor(pallets: ReadonlySet<string>): readonly (readonly Maker[])[] {
  if (pallets.size === 0) return [allMakers, [...extremes, ...allMakers]]
  const contracts = pallets.has('SmartContractModule')
  const isNarrow = ({ call: { pallet, name } }: Maker): boolean =>
    pallets.has(pallet) ||
    pallet === 'Balances' ||
    (contracts && (pallet === 'TFTPriceModule' || (pallet === 'TfgridModule' && groundwork.has(name))))
  const narrow = allMakers.filter(isNarrow)
  return [allMakers, narrow, narrow, [...extremes.filter((m) => isNarrow(m) && m.call.pallet !== 'Balances'), ...narrow]]
}

/** An edition under search, with the promises that are not muted there. */
class Target {
  edition: Edition
  quirks: readonly string[]
  hasShown = false
  readonly masked = new Set<string>()
  private readonly trials: Trials
  private readonly released: Edition
  private readonly seed: number
  private promises: readonly Promised[] = invariants
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
