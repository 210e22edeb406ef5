import { promisedAt } from '../../spec/kernel/invariant.js'
import { invariants } from '../../spec/invariants.js'
import { editionAt } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import type { Act } from '../../spec/kernel/step-view.js'
import type { Mark } from '../../spec/kernel/world.js'
import { mixSeed } from '../../model/draw.js'
import { Creations } from '../../model/entity.js'
import { advanceStep, callStep } from '../../model/proposal.js'
import type { CallStep, Step } from '../../model/step.js'
import { Checker } from '../../src/reference/checker.js'
import { Reference } from '../../src/reference/reference.js'
import { Judge, type Found } from '../compare/judge.js'
import { guarded } from '../run/case.js'
import { Tally } from '../run/tally.js'
import type { RuntimeChain } from '../targets/runtime/driver.js'
import { forAbout, type Contender } from './measure.js'
import { callsOfSequence, Pace, record } from './pace.js'
import { yardstick } from './reducer.js'

/** Sequences that are recorded: more than one round gets through, or as many as it takes to repeat none of them often. */
const recorded = 200

/** V8 compiles the functions of a runtime twice: at once, and well while they run. */
const WASM_WARM_UP = 20

type Sequences = readonly (readonly Step[])[]
const callsIn = (steps: readonly Step[]): number => steps.filter(({ type }) => type === 'call').length

export const yardstickRow = (): Contender => ({ id: 'reducer', what: 'plain reducer of contract calls (the yardstick)', run: yardstick() })

/** Calls that verify a signature in JavaScript, which takes a hundred times as long as any other. */
const verifying: ReadonlySet<string> = new Set(['TfgridModule.createEntity', 'TfgridModule.addTwinEntity'])
const verifies = (step: Step): boolean => step.type === 'call' && verifying.has(`${step.call.pallet}.${step.call.name}`)

/** The reference replays recorded steps: neither generation nor a comparison, nor invariants. */
export function referenceRow(version: number, seed: number): Contender {
  const reference = new Reference(editionAt(version), genesis(version))
  const sequences = record(reference, seed, recorded, 10)
  return { id: 'reference', what: 'reference alone, invariants off', atLeast: 100_000, run: replaying(reference, sequences) }
}

/** The same steps without the calls that verify signatures. */
export function referenceWithoutSignaturesRow(version: number, seed: number): Contender {
  const reference = new Reference(editionAt(version), genesis(version))
  const sequences = record(reference, seed, recorded, 10).map((steps) => steps.filter((step) => !verifies(step)))
  return {
    id: 'reference-without-signatures',
    what: '  the same, without calls that verify signatures',
    run: replaying(reference, sequences),
  }
}

/** The same, with every promise of the version checked after every step. */
export function invariantsRow(version: number, seed: number): Contender {
  const edition = editionAt(version)
  const reference = new Reference(edition, genesis(version))
  const sequences = record(reference, seed, recorded, 10)
  const promised = invariants.filter((invariant) => promisedAt(edition, invariant))
  const checker = new Checker(promised)
  let broken = 0
  const { w } = reference
  const run = replaying(reference, sequences, (from, act) => {
    if (checker.afterStep(w, from.journal, { eventsFrom: from.events, ...(act === undefined ? {} : { act }) }) !== undefined) broken++
  })
  const note = (): string => `${promised.length} invariants${broken === 0 ? '' : `, broken after ${broken} steps`}`
  return { id: 'reference-invariants', what: 'reference with all invariants', atLeast: 50_000, run, note }
}

/** A recorded step, all of one hidden class: what is measured is the reference, not how fast a union is read. */
interface Played {
  readonly call: CallStep | null
  readonly blocks: number
  readonly seconds: number
}
const played = (step: Step): Played =>
  step.type === 'call'
    ? { call: { type: 'call', id: step.id, who: step.who, call: step.call, args: step.args, refs: step.refs }, blocks: 0, seconds: 0 }
    : { call: null, blocks: step.blocks, seconds: step.seconds }

function replaying(
  reference: Reference,
  sequences: Sequences,
  afterStep?: (from: Mark, act: Act | undefined) => void,
): (millis: number) => number {
  const calls = sequences.map(callsIn)
  const recordings = sequences.map((steps) => steps.map(played))
  const { w } = reference
  return (millis) =>
    forAbout(millis, (turn) => {
      reference.reset()
      reference.open(1, 6)
      const at = turn % sequences.length
      for (const { call, blocks, seconds } of recordings[at]!) {
        const from = afterStep === undefined ? undefined : w.mark()
        const act =
          call === null
            ? void reference.advance(blocks, seconds)
            : { who: call.who, call: call.call, args: call.args, outcome: reference.call(call.call, call.args, call.who).outcome }
        if (from !== undefined) afterStep!(from, act)
      }
      return calls[at]!
    })
}

/** The runtime alone: recorded calls are encoded, applied, and blocks opened and finalized. */
export function runtimeRow(chain: RuntimeChain, seed: number, callsInBlock: number, atLeast: number): Contender {
  const { specVersion } = chain.version
  const sequences = record(new Reference(editionAt(specVersion), genesis(specVersion)), seed, recorded, callsInBlock)
  const calls = sequences.map(callsIn)
  const run = (millis: number): number =>
    forAbout(millis, (turn) => {
      const at = turn % sequences.length
      chain.reset()
      chain.openBlock(1, chain.timeMs + 6000)
      for (const step of sequences[at]!) {
        if (step.type === 'advance') {
          chain.finalize()
          chain.openBlock(chain.number + step.blocks, chain.timeMs + step.seconds * 1000)
        } else chain.apply(chain.signed(step.who, chain.call(step.call.pallet, step.call.name, step.args)))
      }
      return calls[at]!
    })
  return { id: `runtime-${callsInBlock}`, what: `runtime on V8, ${callsInBlock} a block`, atLeast, warmUp: WASM_WARM_UP, run }
}

/** Everything that `conform` does: generation, runtime, reference, comparison of outcome, events and storage, reset. */
export function comparedRow(chain: RuntimeChain, seed: number, callsInBlock: number, atLeast: number): Contender {
  const { specVersion } = chain.version
  const judge = new Judge(chain, new Reference(editionAt(specVersion), genesis(specVersion)))
  const { w } = judge.reference
  const differing = new Set<number>()
  const once = (turn: number): number => {
    const tally = new Tally()
    const creations = new Creations()
    let found: Found | undefined = judge.reset()
    const pace = new Pace(mixSeed(seed, turn), w, callsInBlock)
    for (let id = 0; tally.calls < callsOfSequence && found === undefined; id++) {
      const proposal = pace.next()
      const from = w.mark()
      found = guarded(judge, () => {
        if (proposal.type === 'advance') return judge.advance(advanceStep(proposal, id))
        const step = callStep(proposal, id)
        const result = judge.call(step)
        tally.called(step, result.receipt, w, from.events)
        return result.found
      })
      creations.note(w, from.journal, id)
    }
    found ??= judge.compareAll()
    if (found !== undefined) differing.add(turn)
    return tally.calls
  }
  const note = (): string => (differing.size === 0 ? 'no differences' : `${differing.size} sequences ended early with a difference`)
  return {
    id: `compared-${callsInBlock}`,
    what: `reference against runtime, everything compared, ${callsInBlock} a block`,
    atLeast,
    warmUp: WASM_WARM_UP,
    run: (millis) => forAbout(millis, once),
    note,
  }
}
