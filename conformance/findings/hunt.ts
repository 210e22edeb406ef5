import { mixSeed } from '../../model/draw.js'
import type { Edition } from '../../spec/kernel/version.js'
import type { Prefix } from '../search/corpus.js'
import { explainBreak, type Finding } from './finding.js'
import { Target } from './target.js'
import { Trials } from './trials.js'

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
