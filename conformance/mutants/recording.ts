import { extremeMakers } from '../../model/extreme.js'
import { Draw, mixSeed } from '../../model/draw.js'
import { acceptable } from '../../model/advance.js'
import { Guide } from '../../model/guide.js'
import type { Maker } from '../../model/maker.js'
import { makers } from '../../model/makers.js'
import type { Proposal } from '../../model/proposal.js'
import { Defect } from '../../spec/kernel/defect.js'
import { Now } from '../../spec/pallets/system/items.js'
import type { GenesisName } from '../../spec/versions/genesis.js'
import { Trap } from '../../src/reference/interpreter.js'
import type { Reference } from '../../src/reference/reference.js'
import type { Judge } from '../compare/judge.js'
import { actorList, genesisOfCase, planCases } from '../run/case.js'
import { agreement } from './agreement.js'
import { begin, observe, type Move, type Observation } from './observation.js'
import type { Scene, Scenery } from './scene.js'
import { drawScene, scenes } from './scenes.js'
import { vandalise, type Write } from './vandal.js'

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
  /** Calls to generate on the reference; what shows something is kept, and judged. Scenes come on top, in proportion. */
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
  const perScene = Math.ceil(calls / CALLS_PER_SCENE)
  for (const [i, scene] of Object.values(scenes).entries())
    for (let n = 0; n < perScene; n++) {
      const one = sceneCase(reference, mixSeed(seed ^ 0x5ce9e, i * 0x10000 + n), scene)
      const agreed = judge === undefined ? one : cut(one, agreement(judge, one))
      if (agreed.steps.length > 0) kept.push(agreed)
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

/** An advance that Aura accepts. */
const stop = ({ w }: Reference, { blocks, seconds }: { readonly blocks: number; readonly seconds: number }) => ({
  blocks,
  seconds: acceptable(w.get(Now), seconds),
})

/** A fresh case on the reference alone. */
export function generate(reference: Reference, seed: number, options: GenerateOptions): RecordedCase {
  begin(reference, options.genesis)
  const guide = new Guide(seed, reference.w, actorList, options.makers)
  const vandal = new Draw(seed ^ 0xbad, reference.w, actorList)
  let scene: Scenery | undefined
  /** What a scene or the vandal wants, if anything. */
  const damage = (): Write | Proposal | undefined => {
    const next = scene?.next()
    if (next?.done === false) return next.value
    // What a scene leaves behind is looked at by other steps first.
    scene = scene === undefined && vandal.chance(6) ? drawScene(vandal) : undefined
    return vandal.chance(7) ? vandalise(vandal) : undefined
  }
  let left = options.calls
  return observed(reference, options.genesis, (id) => {
    if (left <= 0) return undefined
    const move = (options.isDamaged ? damage() : undefined) ?? guide.next()
    if (move.type === 'write') return move
    if (move.type === 'advance') return { type: 'advance', id, ...stop(reference, move) }
    left--
    return { ...move, id, refs: [] }
  })
}

/** Calls of the recording for which every scene gets a case of its own. */
const CALLS_PER_SCENE = 2500
/** Calls before a scene begins: enough for farms, nodes and contracts of all kinds. */
const CALLS_BEFORE = 45
const SCENES_A_CASE = 3

/** A world as sequences of calls make it, in which a scene is played a few times. */
function sceneCase(reference: Reference, seed: number, scene: Scene): RecordedCase {
  begin(reference, 'default')
  const guide = new Guide(seed, reference.w, actorList, makers)
  const d = new Draw(seed ^ 0x5ce9e, reference.w, actorList)
  let before = CALLS_BEFORE
  let [round, playing] = [0, scene(d)]
  const next = (): Write | Proposal | undefined => {
    if (before > 0) {
      const proposal = guide.next()
      if (proposal.type === 'call') before--
      return proposal
    }
    for (; round < SCENES_A_CASE; round++, playing = scene(d)) {
      const move = playing.next()
      if (move.done !== true) return move.value
    }
    return undefined
  }
  return observed(reference, 'default', (id) => {
    const move = next()
    if (move === undefined || move.type === 'write') return move
    return move.type === 'advance' ? { type: 'advance', id, ...stop(reference, move) } : { ...move, id, refs: [] }
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
