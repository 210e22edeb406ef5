import { mixSeed } from '../../../model/draw.js'
import { Creations } from '../../../model/entity.js'
import { Guide } from '../../../model/guide.js'
import { makers } from '../../../model/makers.js'
import { advanceStep, callStep } from '../../../model/proposal.js'
import type { CallStep, Step } from '../../../model/step.js'
import type { Edition } from '../../../spec/kernel/version.js'
import { genesisNamed, type GenesisName } from '../../../spec/versions/genesis.js'
import { listFixtures, readFixture } from '../../../src/fixtures/file.js'
import { plainStep, type Fixture } from '../../../src/fixtures/fixture.js'
import type { PlainStep } from '../../../src/fixtures/format.js'
import { Reference } from '../../../src/reference/reference.js'
import { signatureOf, type Difference } from '../../compare/difference.js'
import type { PerCall } from '../../run/tally.js'
import { actorList, planCases, withRefs, type CasePlan } from '../../run/case.js'
import { follow, type Asked, type Followed } from './follow.js'
import { shrinkAsync } from './shrink-async.js'
import type { StdioTarget } from './target.js'
import type { Within } from './within.js'

export interface StdioPlan {
  readonly edition: Edition
  readonly fixtures: string
  readonly calls: number
  readonly seed: number
  readonly maxFailures: number
  /** How long a case may be made smaller. */
  readonly shrinkMs?: number
  readonly signal?: AbortSignal
}

export interface StdioDifference {
  /** The fixture's file, or the seed and the number of the case. */
  readonly where: string
  readonly signature: string
  readonly times: number
  readonly difference: Difference
  /** The fewest steps found that still differ. */
  readonly steps: readonly PlainStep[]
}

export interface StdioResult {
  readonly fixtures: { whole: number; inPart: number; leftOut: number; steps: number; ofSteps: number }
  readonly sequences: { cases: number; calls: number; steps: number; leftEarly: number }
  /** Why cases were left before their end, and how often. */
  readonly beyond: Record<string, number>
  readonly rules: readonly string[]
  /** Calls of fixtures and sequences that were answered as expected. */
  readonly perCall: Readonly<Record<string, PerCall>>
  readonly differences: readonly StdioDifference[]
  readonly interrupted: boolean
}

/** Sequences that are asked while one is made smaller, and how long that may take: each may end in a wait for no answer. */
const shrinkBudget = 400
const defaultShrinkMs = 15_000
/** Proposals of calls beyond the declaration that are passed over before a block is made instead. */
const patience = 200

/** Compares an implementation on the fixtures and on generated sequences, as far as it claims to know the chain. */
export async function runStdio(target: StdioTarget, within: Within, plan: StdioPlan): Promise<StdioResult> {
  const { edition } = plan
  const fixtures = { whole: 0, inPart: 0, leftOut: 0, steps: 0, ofSteps: 0 }
  const sequences = { cases: 0, calls: 0, steps: 0, leftEarly: 0 }
  const beyond: Record<string, number> = {}
  const rules = new Set<string>()
  const perCall: Record<string, PerCall> = {}
  const differences = new Map<string, StdioDifference>()
  const references = new Map<GenesisName, Reference>()
  const referenceAt = (genesis: GenesisName): Reference => {
    let reference = references.get(genesis)
    if (reference === undefined) references.set(genesis, (reference = new Reference(edition, genesisNamed(genesis, edition.version))))
    return reference
  }
  const isOver = (): boolean => plan.signal?.aborted === true || differences.size >= plan.maxFailures

  const take = async (where: string, genesis: GenesisName, followed: Followed): Promise<void> => {
    for (const rule of followed.rules) rules.add(rule)
    for (const { call, outcome } of followed.answers) {
      const entry = (perCall[call] ??= { accepted: 0, refused: {} })
      if (outcome === 'ok') entry.accepted++
      else entry.refused[outcome] = (entry.refused[outcome] ?? 0) + 1
    }
    if (followed.beyond !== undefined) beyond[followed.beyond] = (beyond[followed.beyond] ?? 0) + 1
    const { difference } = followed
    if (difference === undefined) return
    const signature = signatureOf(difference)
    const known = differences.get(signature)
    if (known !== undefined) return void differences.set(signature, { ...known, times: known.times + 1 })
    const again = (steps: readonly Step[]): Promise<Followed> =>
      follow(
        target,
        within,
        referenceAt(genesis),
        genesis,
        steps.map((step) => ({ step })),
      )
    const deadline = performance.now() + (plan.shrinkMs ?? defaultShrinkMs)
    const isSame = async (steps: readonly Step[]): Promise<boolean> => {
      if (performance.now() > deadline) return false
      const found = (await again(steps)).difference
      return found !== undefined && signatureOf(found) === signature
    }
    const named = withHandles(referenceAt(genesis), followed.steps)
    // A recorded expectation may differ from the reference's, which shrinking goes by.
    const canShrink = await isSame(named)
    const steps = canShrink ? await shrinkAsync(named, isSame, shrinkBudget) : named
    const last = canShrink ? (await again(steps)).difference : undefined
    differences.set(signature, {
      where,
      signature,
      times: 1,
      difference: last ?? { ...difference, step: steps.length - 1 },
      steps: steps.map((step) => plainStep(step)),
    })
  }

  for (const file of listFixtures(plan.fixtures)) {
    if (isOver()) break
    const fixture = readFixture(file)
    if (fixture.info.specVersion !== edition.version) continue
    fixtures.ofSteps += fixture.steps.length
    if (!within.hasGenesis(fixture.genesis)) {
      fixtures.leftOut++
      continue
    }
    const followed = await follow(target, within, referenceAt(fixture.genesis), fixture.genesis, asIs(fixture))
    fixtures.steps += followed.compared
    if (followed.compared === fixture.steps.length) fixtures.whole++
    else if (followed.compared > 0) fixtures.inPart++
    else fixtures.leftOut++
    await take(file, fixture.genesis, followed)
  }
  for (const one of planCases(plan.seed, plan.calls)) {
    if (isOver()) break
    const reference = referenceAt('default')
    const followed = await follow(target, within, reference, 'default', generated(reference, within, plan.seed, one))
    sequences.cases++
    sequences.steps += followed.compared
    sequences.calls += followed.steps.filter(({ type }) => type === 'call').length
    if (followed.beyond !== undefined) sequences.leftEarly++
    await take(`case ${one.index} of seed ${plan.seed}`, 'default', followed)
  }
  return {
    fixtures,
    sequences,
    beyond,
    rules: [...rules].sort(),
    perCall,
    differences: [...differences.values()],
    interrupted: plan.signal?.aborted === true,
  }
}

const asIs = ({ steps }: Fixture): readonly Asked[] => steps

/** Steps as the guide proposes them, of calls that are declared. It looks at the world that the case has led to. */
function* generated(reference: Reference, within: Within, seed: number, plan: CasePlan): Generator<Asked> {
  const declared = makers.filter(({ call }) => within.hasCall(`${call.pallet}.${call.name}`))
  const guide = new Guide(mixSeed(seed, plan.index), reference.w, actorList, declared)
  for (let calls = 0, id = 0, passed = 0; calls < plan.calls && declared.length > 0;) {
    const proposal = guide.next()
    if (proposal.type === 'advance') {
      passed = 0
      yield { step: advanceStep(proposal, id++) }
    } else if (within.hasCall(`${proposal.call.pallet}.${proposal.call.name}`)) {
      passed = 0
      calls++
      yield { step: callStep(proposal, id++) }
    } else if (++passed > patience) return
  }
}

/** Names what steps created by handles, so that steps can be left out. */
function withHandles(reference: Reference, steps: readonly Step[]): readonly Step[] {
  const creations = new Creations()
  reference.reset()
  reference.open(1, 6)
  for (const step of steps) {
    const from = reference.w.journalItems.length
    if (step.type === 'advance') reference.advance(step.blocks, step.seconds)
    else reference.call(step.call, (step satisfies CallStep).args, step.who)
    creations.note(reference.w, from, step.id)
  }
  return withRefs(steps, creations)
}
