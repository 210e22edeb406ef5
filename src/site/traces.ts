import { basename } from 'node:path'
import type { Report } from '../../conformance/report/report.js'
import { FixtureError } from '../fixtures/error.js'
import { listFixtures, parseFixture, readFixture } from '../fixtures/file.js'
import type { Fixture } from '../fixtures/fixture.js'
import { nearest } from '../../spec/versions/editions.js'
import { genesisTimeMs } from '../../spec/versions/genesis.js'
import type { SiteFile, TraceInfo, Unusable } from './data.js'
import { scriptValue, slug } from './html.js'
import type { Lessons } from './learnt.js'
import { accountNames } from './plain-text.js'
import { stepsInChunk, stepsInPage } from './pages/trace-page.js'
import { traceOf, type TraceStep } from './trace.js'

/** A case that becomes a trace. */
export interface Source {
  readonly kind: TraceInfo['kind']
  readonly name: string
  readonly read: () => Fixture
}

export const sourcesIn = (place: string, kind: TraceInfo['kind']): readonly Source[] =>
  listFixtures(place).map((file) => ({ kind, name: basename(file).replace(/\.json$/, ''), read: () => readFixture(file, true) }))

export const sourcesOf = (report: Report): readonly Source[] =>
  report.differences.map(({ file }, i) => ({
    kind: 'difference',
    name: `difference-${i + 1}`,
    read: () => parseFixture(file, `difference ${i + 1} of the report`, true),
  }))

/** A trace, the files of its steps, and its first steps for the page itself. */
export interface MadeTrace {
  readonly info: TraceInfo
  readonly files: readonly SiteFile[]
  readonly first: readonly TraceStep[]
}

/** Reads and replays every case. One that cannot be read is told of, and keeps nobody from the others. */
export function makeTraces(
  sources: readonly Source[],
  lessons: Lessons,
): { readonly traces: readonly MadeTrace[]; readonly unusable: readonly Unusable[] } {
  const traces: MadeTrace[] = []
  const unusable: Unusable[] = []
  const slugs = new Set<string>()
  for (const { kind, name, read } of sources) {
    try {
      const fixture = read()
      let own = slug(name)
      for (let n = 2; slugs.has(own.toLowerCase()); n++) own = `${slug(name)}-${n}`
      // Some file systems do not tell upper from lower case.
      slugs.add(own.toLowerCase())
      traces.push(make(kind, name, own, fixture, lessons))
    } catch (error) {
      if (!(error instanceof FixtureError)) throw error
      unusable.push({ file: name, problem: `${error.path === '' ? '' : `${error.path}: `}${error.problem}. ${error.fix}` })
    }
  }
  return { traces, unusable }
}

/** A timeline shows this many marks; of a longer trace, those steps that matter. */
const mostMarks = 400

function make(kind: TraceInfo['kind'], name: string, own: string, fixture: Fixture, lessons: Lessons): MadeTrace {
  const { info } = fixture
  const version = nearest(info.specVersion)
  const files: SiteFile[] = []
  const first: TraceStep[] = []
  const [rules, calls, errors, events, machines] = [
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
    new Set<string>(),
  ]
  const broken: TraceInfo['broken'][number][] = []
  const marks: [step: number, kind: string, seconds: number][] = []
  const every = Math.ceil(fixture.steps.length / mostMarks)
  const states = new Map<string, string>()
  let pending: TraceStep[] = []
  let steps = 0
  let before = Object.fromEntries(states)
  const flush = (): void => {
    if (pending.length === 0) return
    const number = Math.floor(pending[0]!.n / stepsInChunk)
    files.push({
      path: `trace/${own}.${number}.js`,
      content: `tfspec.chunk(${number}, ${scriptValue({ states: before, steps: pending })})\n`,
    })
    pending = []
    before = Object.fromEntries(states)
  }
  for (const step of traceOf(fixture, lessons)) {
    if (first.length < stepsInPage) first.push(step)
    pending.push(step)
    steps++
    for (const { rule } of step.decisions) rules.add(rule)
    if (step.call !== undefined) calls.add(step.call)
    if (step.outcome.type === 'error') errors.add(step.outcome.text ?? '')
    for (const { event } of step.events) events.add(event)
    for (const one of step.broken) broken.push({ ...one, step: step.n })
    for (const { machine, key, to } of step.moves) {
      machines.add(machine)
      rememberState(states, `${machine} ${key}`, to)
    }
    const isDifference = info.difference?.step === step.n
    const mark = isDifference ? 'differs' : step.broken.length > 0 ? 'broken' : step.advance !== undefined ? 'advance' : step.outcome.type
    if (step.n % every === 0 || isDifference || step.broken.length > 0) marks.push([step.n, mark, step.advance?.seconds ?? 0])
    if (pending.length === stepsInChunk) flush()
  }
  flush()
  const meta = {
    slug: own,
    edition: String(version),
    total: steps,
    size: stepsInChunk,
    start: genesisTimeMs / 1000,
    machines: [...machines].sort(),
    names: accountNames,
    ...(info.difference === undefined ? {} : { difference: info.difference }),
    marks,
  }
  files.push({ path: `trace/${own}.js`, content: `tfspec.trace(${scriptValue(meta)})\n` })
  return {
    info: {
      slug: own,
      kind,
      name: name.trim() === '' ? own : name,
      what: info.what,
      version,
      info,
      steps,
      rules,
      calls,
      errors,
      events,
      broken,
    },
    files,
    first,
  }
}

/** The last entities that a trace touched; nobody looks at thousands of buttons. */
const mostEntities = 80
function rememberState(states: Map<string, string>, entity: string, state: string): void {
  states.delete(entity)
  states.set(entity, state)
  if (states.size > mostEntities) states.delete(states.keys().next().value!)
}
