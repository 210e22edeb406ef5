import { invariants } from '../../spec/invariants.js'
import { Defect } from '../../spec/kernel/defect.js'
import { keyArguments, type Item, type Key } from '../../spec/kernel/item.js'
import type { Act } from '../../spec/kernel/step-view.js'
import { machines } from '../../spec/machines.js'
import { SystemNumber, Now } from '../../spec/pallets/system/items.js'
import { editionAt, nearest } from '../../spec/versions/editions.js'
import { genesisNamed } from '../../spec/versions/genesis.js'
import { resolve } from '../../conformance/run/replay.js'
import { Creations } from '../../model/entity.js'
import type { Step } from '../../model/step.js'
import { toPlain, type Plain } from '../codec/plain.js'
import { plainStep, type Fixture } from '../fixtures/fixture.js'
import { Checker, type Broken } from '../reference/checker.js'
import { Reference } from '../reference/reference.js'
import { watchDecisions, type Decision, type Move, type Watch } from './decisions.js'
import type { Lessons } from './learnt.js'
import { keyText, shortened } from './plain-text.js'

/** A storage entry that a step changed; null where there is nothing. */
export interface Change {
  readonly item: string
  readonly key: readonly Plain[]
  readonly before: Plain
  readonly after: Plain
}

/** A step as the trace page shows it. */
export interface TraceStep {
  /** Position, from 0. */
  readonly n: number
  readonly call?: string
  readonly who?: string
  readonly args?: Plain
  readonly advance?: { readonly blocks: number; readonly seconds: number }
  /** The open block after the step, and its time in seconds since 1970. */
  readonly block: number
  readonly time: string
  readonly outcome: { readonly type: string; readonly text?: string }
  /** 1e-7 TFT. */
  readonly fee?: string
  readonly events: readonly { readonly event: string; readonly value: Plain }[]
  readonly changes: readonly Change[]
  readonly decisions: readonly Decision[]
  readonly moves: readonly Move[]
  /** Promises that the step broke, each once a trace. */
  readonly broken: readonly Broken[]
}

/** More invariants than this many checks in a trace are checked together: the first broken one speaks for the others. */
const mostApart = 2000

/**
 * Carries out a fixture on the reference at its own version, step by step.
 * @param lessons watches what the spec's names do
 */
export function* traceOf(fixture: Fixture, lessons: Lessons): Generator<TraceStep> {
  const reference = referenceFor(fixture, lessons)
  const { w } = reference
  const promises = fixture.steps.length > mostApart ? [new Checker(invariants)] : invariants.map((one) => new Checker([one]))
  const alreadyBroken = new Set<string>()
  const creations = new Creations()
  reference.reset()
  reference.open(1, 6)
  const watch = watchOf(reference, lessons)
  for (const [n, { step }] of fixture.steps.entries()) {
    const from = w.mark()
    watch.begin()
    const resolved = step.type === 'call' ? resolve(step, creations) : step
    let answer: Answer
    try {
      answer = carryOut(reference, resolved)
    } catch (error) {
      if (!(error instanceof Defect)) throw error
      yield {
        ...told(n, step, w.get(SystemNumber), w.get(Now)),
        outcome: { type: 'defect', text: error.message },
        events: [],
        changes: [],
        ...watch.end(),
        broken: [],
      }
      return
    }
    creations.note(w, from.journal, step.id)
    const broken: Broken[] = []
    for (const checker of promises) {
      const found = checker.afterStep(w, from.journal, {
        eventsFrom: from.events,
        ...(answer.act === undefined ? {} : { act: answer.act }),
      })
      if (found !== undefined && !alreadyBroken.has(found.invariant)) broken.push(found)
      if (found !== undefined) alreadyBroken.add(found.invariant)
    }
    yield {
      ...told(n, step, w.get(SystemNumber), w.get(Now)),
      outcome: answer.outcome,
      ...(answer.fee === undefined ? {} : { fee: answer.fee }),
      events: w.events
        .slice(from.events)
        .map(({ type, value }) => ({ event: type.fullName, value: shortened(toPlain(type.shapeAt(w.version), value)) })),
      changes: changesSince(reference, from.journal),
      ...watch.end(),
      broken,
    }
  }
}

/** Compiling the machines takes longer than most fixtures: each version and genesis does it once. */
const references = new WeakMap<Lessons, Map<string, Reference>>()

function referenceFor({ info, genesis }: Fixture, lessons: Lessons): Reference {
  let known = references.get(lessons)
  if (known === undefined) references.set(lessons, (known = new Map<string, Reference>()))
  const edition = editionAt(nearest(info.specVersion))
  const key = `${edition.name} ${genesis}`
  let reference = known.get(key)
  if (reference === undefined)
    known.set(key, (reference = new Reference(edition, genesisNamed(genesis, edition.version), lessons.watched(machines))))
  return reference
}

const watches = new WeakMap<Reference, Watch>()
function watchOf(reference: Reference, lessons: Lessons): Watch {
  let watch = watches.get(reference)
  if (watch === undefined) watches.set(reference, (watch = watchDecisions(reference.interpreter, reference.w, lessons)))
  return watch
}

interface Answer {
  readonly outcome: TraceStep['outcome']
  readonly fee?: string
  readonly act?: Act
}

function carryOut(reference: Reference, step: Step): Answer {
  if (step.type === 'advance') {
    reference.advance(step.blocks, step.seconds)
    return { outcome: { type: 'ok' } }
  }
  const { outcome, paid } = reference.call(step.call, step.args, step.who)
  const text =
    outcome.type === 'error'
      ? outcome.error
      : outcome.type === 'invalid'
        ? outcome.reason
        : outcome.type === 'panic'
          ? outcome.message
          : undefined
  return {
    outcome: { type: outcome.type, ...(text === undefined ? {} : { text }) },
    fee: paid.toString(),
    act: { who: step.who, call: step.call, args: step.args, outcome },
  }
}

function told(
  n: number,
  step: Step,
  block: number,
  millis: bigint,
): Pick<TraceStep, 'n' | 'call' | 'who' | 'args' | 'advance' | 'block' | 'time'> {
  const plain = plainStep(step)
  const at = { n, block, time: (millis / 1000n).toString() }
  return 'advance' in plain ? { ...at, advance: plain.advance } : { ...at, call: plain.call, who: plain.who, args: shortened(plain.args) }
}

/** What the journal shows changed, each entry once, in the order of its first write. */
function changesSince({ w }: Reference, from: number): readonly Change[] {
  const seen = new Map<Item, Set<Key>>()
  const changes: Change[] = []
  for (let i = from; i < w.journalItems.length; i++) {
    const item = w.journalItems[i]!
    const key = w.journalKeys[i]
    let keys = seen.get(item)
    if (keys === undefined) seen.set(item, (keys = new Set()))
    if (keys.has(key)) continue
    keys.add(key)
    const plain = (value: unknown): Plain => (value === undefined ? null : shortened(toPlain(item.valueAt(w.version), value)))
    const [before, after] = [plain(w.journalBefore[i]), plain(w.stored(item, key))]
    if (JSON.stringify(before) === JSON.stringify(after)) continue
    changes.push({
      item: `${item.pallet}.${item.name}`,
      key: keyArguments(item, key).map((part, at) => keyText(item.keys[at]!.shape, part)),
      before,
      after,
    })
  }
  return changes
}
