import { readFileSync } from 'node:fs'
import { machines } from '../../spec/machines.js'
import { flip, editionNamed } from '../../spec/versions/editions.js'
import { genesis, type GenesisName } from '../../spec/versions/genesis.js'
import { extremeMakers } from '../../model/extreme.js'
import { makers } from '../../model/makers.js'
import { fixtureText } from '../../src/fixtures/file.js'
import { plainStep } from '../../src/fixtures/fixture.js'
import type { PlainStep } from '../../src/fixtures/format.js'
import { mutate, parseMutation } from '../../src/reference/mutation.js'
import { Reference } from '../../src/reference/reference.js'
import { signatureOf, type Difference } from '../compare/difference.js'
import { Judge } from '../compare/judge.js'
import { RuntimeChain } from '../targets/runtime/driver.js'
import { failureFixture } from '../fixtures/failure.js'
import { codeHashOf } from '../fixtures/record.js'
import { runCase, type CasePlan, type FailedCase } from './case.js'
import { shrinkCase } from './replay.js'
import { countHits } from './hits.js'
import { Tally } from './tally.js'

/** What a worker needs to know of a run; plain data. */
export interface RunSpec {
  /** The registered runtime's file. */
  readonly runtime: string
  readonly at: string
  /** Quirks switched over, for planted faults. */
  readonly flipped: readonly string[]
  /** A fault planted into the spec, as `parseMutation` reads it. */
  readonly fault?: string
  /** Extreme arguments only. */
  readonly extreme?: boolean
  readonly seed: number
  /** Signatures of differences that are known already: they are counted, not shrunk again. */
  readonly known: readonly string[]
}

/** A failed case as it is reported: shrunk, in plain form. */
export interface Failure {
  readonly case: number
  readonly genesis: GenesisName
  readonly signature: string
  readonly difference: Difference
  readonly steps: readonly PlainStep[]
  /** The case as a fixture's text, with what the spec expects of each step. */
  readonly file: string
  /** Steps before shrinking. */
  readonly foundAfter: number
}

export interface ChunkResult {
  readonly tally: Tally
  readonly failures: readonly Failure[]
  /** Cases that differed, by signature. */
  readonly counts: Readonly<Record<string, number>>
}

/** Calls that carry others have makers of their own. */
const extremes = extremeMakers(({ pallet }) => pallet === 'Council' || pallet === 'Utility')

let booted: { readonly key: string; readonly judge: Judge; readonly codeHash: string } | undefined

/** Boots the runtime and the reference once a process and keeps them. */
export function judgeFor({ runtime, at, flipped, fault }: Pick<RunSpec, 'runtime' | 'at' | 'flipped' | 'fault'>): Judge {
  const key = JSON.stringify([runtime, at, flipped, fault])
  if (booted?.key !== key) {
    const edition = flip(editionNamed(at), flipped)
    const code = readFileSync(runtime)
    const chain = new RuntimeChain(code)
    const spec = fault === undefined ? machines : mutate(machines, parseMutation(fault))
    booted = { key, codeHash: codeHashOf(code), judge: new Judge(chain, new Reference(edition, genesis(chain.version.specVersion), spec)) }
  }
  return booted.judge
}

/** Runs some of a run's cases. Runs in the main thread and in workers alike. */
export function runChunk(spec: RunSpec, plans: readonly CasePlan[]): ChunkResult {
  const judge = judgeFor(spec)
  const tally = new Tally()
  const failures: Failure[] = []
  const counts: Record<string, number> = {}
  const known = new Set(spec.known)
  const hits = judge.reference.interpreter.hits
  hits.fill(0)
  for (const plan of plans) {
    const failed = runCase(judge, spec.seed, plan, spec.extreme === true ? extremes : makers, tally)
    tally.cases++
    if (failed === undefined) continue
    const signature = signatureOf(failed.difference)
    counts[signature] = (counts[signature] ?? 0) + 1
    if (known.has(signature)) continue
    known.add(signature)
    const before = [...hits]
    const shrunk = shrinkCase(judge, failed)
    const file = fileOf(judge, shrunk, spec.seed)
    before.forEach((n, i) => (hits[i] = n))
    failures.push({
      case: plan.index,
      genesis: shrunk.genesis,
      signature,
      difference: shrunk.difference,
      steps: shrunk.steps.map((step) => plainStep(step)),
      file,
      foundAfter: failed.steps.length,
    })
  }
  countHits(tally, judge.reference.interpreter)
  return { tally, failures, counts }
}

const fileOf = (judge: Judge, failed: FailedCase, seed: number): string =>
  fixtureText(failureFixture(judge.reference, failed, { seed, codeHash: booted?.codeHash ?? '', tool: 'tfspec conform' }))
