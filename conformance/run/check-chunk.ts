import { makers } from '../../model/makers.js'
import { shrink } from '../../model/shrink.js'
import { gates } from '../../spec/gates.js'
import { invariants } from '../../spec/invariants.js'
import { Defect } from '../../spec/kernel/defect.js'
import { promisedAt } from '../../spec/kernel/invariant.js'
import { machines } from '../../spec/machines.js'
import { editionNamed, flip } from '../../spec/versions/editions.js'
import { genesisNamed, genesisNames, type GenesisName } from '../../spec/versions/genesis.js'
import { plainStep } from '../../src/fixtures/fixture.js'
import type { PlainStep } from '../../src/fixtures/format.js'
import { Checker } from '../../src/reference/checker.js'
import { mutate, parseMutation } from '../../src/reference/mutation.js'
import { Reference } from '../../src/reference/reference.js'
import { genesisOfCase, type CasePlan } from './case.js'
import { replayReference, runReferenceCase } from './reference-case.js'
import { Tally } from './tally.js'

/** What a worker needs to know of a check; plain data. */
export interface CheckSpec {
  readonly at: string
  /** Quirks switched over. */
  readonly flipped: readonly string[]
  /** A fault planted into the spec, as `parseMutation` reads it. */
  readonly fault?: string
  readonly seed: number
  /** Promises that are known to be broken: counted, not shrunk again. */
  readonly known: readonly string[]
}

/** A broken promise, with the fewest steps found that break it. */
export interface BrokenPromise {
  readonly case: number
  readonly genesis: GenesisName
  readonly invariant: string
  readonly claim: string
  readonly witnesses: readonly string[]
  readonly steps: readonly PlainStep[]
  readonly foundAfter: number
}
export interface CheckResult {
  readonly tally: Tally
  readonly broken: readonly BrokenPromise[]
  /** Sequences that broke a promise, by its id. */
  readonly counts: Readonly<Record<string, number>>
  /** How often each gate was reached. */
  readonly reached: Readonly<Record<string, number>>
  /** Obligations that sequences left open, by promise. */
  readonly inconclusive: Readonly<Record<string, number>>
}

/** Sequences that shrinking may try. */
const BUDGET = 3000

/**
 * The promises that are checked at an edition, and those that its own quirks are known to break. A quirk that is switched
 * over is a planted fault: the promises that it breaks are checked.
 */
export function promises(at: string) {
  const edition = editionNamed(at)
  return {
    edition,
    checked: invariants.filter((i) => promisedAt(edition, i)),
    passedOver: invariants.filter((i) => !promisedAt(edition, i)),
  }
}

interface Ready {
  readonly key: string
  readonly references: ReadonlyMap<GenesisName, Reference>
}
let ready: Ready | undefined

/** One reference for each genesis, made once a process. */
function referencesFor(spec: CheckSpec): (name: GenesisName) => Reference {
  const key = JSON.stringify([spec.at, spec.flipped, spec.fault])
  if (ready?.key !== key) {
    const edition = flip(editionNamed(spec.at), spec.flipped)
    const faulty = spec.fault === undefined ? machines : mutate(machines, parseMutation(spec.fault))
    ready = {
      key,
      references: new Map(genesisNames.map((name) => [name, new Reference(edition, genesisNamed(name, edition.version), faulty)])),
    }
  }
  const { references } = ready
  return (name) => references.get(name)!
}

/** Runs some of a check's sequences. Runs in the main thread and in workers alike. */
export function checkChunk(spec: CheckSpec, plans: readonly CasePlan[]): CheckResult {
  const reference = referencesFor(spec)
  const { checked } = promises(spec.at)
  const checker = new Checker(checked, gates)
  const tally = new Tally()
  const broken: BrokenPromise[] = []
  const counts: Record<string, number> = {}
  const inconclusive: Record<string, number> = {}
  const known = new Set(spec.known)
  for (const plan of plans) {
    const genesis = genesisOfCase(spec.seed, plan.index)
    const found = runReferenceCase(reference(genesis), checker, spec.seed, plan, makers, tally)
    tally.cases++
    for (const [id, open] of Object.entries(checker.inconclusive())) if (open > 0) inconclusive[id] = (inconclusive[id] ?? 0) + open
    if (found === undefined) continue
    const { invariant } = found.broken
    counts[invariant] = (counts[invariant] ?? 0) + 1
    if (known.has(invariant)) continue
    known.add(invariant)
    const alone = new Checker(checked.filter(({ id }) => id === invariant))
    const again = (steps: Parameters<typeof replayReference>[2]) => {
      try {
        return replayReference(reference(genesis), alone, steps)
      } catch (error) {
        // Shrinking leads to places where nobody has been.
        if (error instanceof Defect) return undefined
        throw error
      }
    }
    const steps = shrink(found.steps, (candidate) => again(candidate) !== undefined, BUDGET)
    broken.push({
      case: plan.index,
      genesis,
      ...(again(steps) ?? found.broken),
      steps: steps.map((step) => plainStep(step)),
      foundAfter: found.steps.length,
    })
  }
  return { tally, broken, counts, reached: checker.reached(), inconclusive }
}
