import { extremeMakers } from '../../model/extreme.js'
import { Draw, mixSeed } from '../../model/draw.js'
import { Guide } from '../../model/guide.js'
import type { Maker } from '../../model/maker.js'
import { makers } from '../../model/makers.js'
import { Defect } from '../../spec/kernel/defect.js'
import type { GenesisName } from '../../spec/versions/genesis.js'
import { Trap } from '../../src/reference/interpreter.js'
import type { Reference } from '../../src/reference/reference.js'
import type { Judge } from '../compare/judge.js'
import { actorList, genesisOfCase, planCases } from '../run/case.js'
import { agreement } from './agreement.js'
import { begin, observe, type Move, type Observation } from './observation.js'
import { vandalise } from './vandal.js'

/** A case with what the real runtime and the reference both answered, step by step. */
export interface RecordedCase {
  readonly genesis: GenesisName
  /** With concrete ids. */
  readonly steps: readonly Move[]
  readonly observed: readonly Observation[]
  /** The rules that decided, and at which step first. */
  readonly firstAt: ReadonlyMap<string, number>
}

export interface RecordingOptions {
  readonly seed: number
  /** Calls to generate on the reference; what shows something is kept, and judged. */
  readonly calls: number
  /** So many cases are wanted for every branch. */
  readonly wanted?: number
  readonly onProgress?: (done: number, of: number) => void
}

const extremes = extremeMakers(({ pallet }) => pallet === 'Council' || pallet === 'Utility')

/**
 * Records cases that together let every branch decide several times, as far as generated cases reach it. With a judge, only
 * cases on which runtime and reference agree byte for byte are kept, so that the recorded answers are the runtime's own.
 */
export function recordCases(
  reference: Reference,
  judge: Judge | undefined,
  { seed, calls, wanted = 8, onProgress }: RecordingOptions,
): readonly RecordedCase[] {
  const hits = new Map<string, number>()
  const kept: RecordedCase[] = []
  const plans = planCases(seed, calls)
  for (const plan of plans) {
    if (plan.index % 100 === 0) onProgress?.(plan.index, plans.length)
    const isDamaged = plan.index % 4 === 1
    const one = generate(reference, mixSeed(seed, plan.index), {
      ...{ genesis: genesisOfCase(seed, plan.index), calls: plan.calls, isDamaged },
      makers: plan.index % 12 === 6 ? extremes : isDamaged ? withExtremes : makers,
    })
    if (!isWanted(one, hits, wanted)) continue
    const agreed = judge === undefined ? one : cut(one, agreement(judge, one))
    if (agreed.steps.length === 0) continue
    kept.push(agreed)
    for (const rule of agreed.firstAt.keys()) hits.set(rule, (hits.get(rule) ?? 0) + 1)
  }
  return kept
}

const isWanted = ({ firstAt }: RecordedCase, hits: ReadonlyMap<string, number>, wanted: number): boolean =>
  [...firstAt.keys()].some((rule) => (hits.get(rule) ?? 0) < wanted)

/** The beginning of a case. */
export const cut = (one: RecordedCase, length: number): RecordedCase =>
  length === one.steps.length
    ? one
    : {
        genesis: one.genesis,
        steps: one.steps.slice(0, length),
        observed: one.observed.slice(0, length),
        firstAt: new Map([...one.firstAt].filter(([, at]) => at < length)),
      }

export interface GenerateOptions {
  readonly genesis: GenesisName
  readonly calls: number
  /** Now and then an entry is written past all rules. */
  readonly isDamaged: boolean
  readonly makers: readonly Maker[]
}

/** What damaged cases are made of: calls that fit, and in between such as nobody makes. */
export const withExtremes: readonly Maker[] = [...extremes, ...makers]

/** A fresh case on the reference alone. */
export function generate(reference: Reference, seed: number, options: GenerateOptions): RecordedCase {
  begin(reference, options.genesis)
  const guide = new Guide(seed, reference.w, actorList, options.makers)
  const vandal = new Draw(seed ^ 0xbad, reference.w, actorList)
  let left = options.calls
  return observed(reference, options.genesis, (id) => {
    if (left <= 0) return undefined
    const damage = options.isDamaged && vandal.chance(7) ? vandalise(vandal) : undefined
    if (damage !== undefined) return damage
    const proposal = guide.next()
    if (proposal.type === 'advance') return { ...proposal, id }
    left--
    return { ...proposal, id, refs: [] }
  })
}

/** Concrete steps, carried out again to hear what they bring about. */
export function again(reference: Reference, genesis: GenesisName, steps: readonly Move[]): RecordedCase {
  begin(reference, genesis)
  return observed(reference, genesis, (id) => steps[id])
}

function observed(reference: Reference, genesis: GenesisName, next: (id: number) => Move | undefined): RecordedCase {
  const steps: Move[] = []
  const observations: Observation[] = []
  const firstAt = new Map<string, number>()
  try {
    for (let step = next(0); step !== undefined; step = next(steps.length)) {
      observations.push(observe(reference, step))
      for (const { meta } of reference.interpreter.trace) if (!firstAt.has(meta.rule)) firstAt.set(meta.rule, steps.length)
      steps.push(step)
    }
  } catch (error) {
    // Damage leads to places where nobody has been, and to blocks that nobody can make: the case ends before it.
    const isDamaged = steps.some(({ type }) => type === 'write')
    if (!isDamaged && !(error instanceof Defect || error instanceof Trap)) throw error
  }
  return { genesis, steps, observed: observations, firstAt }
}
