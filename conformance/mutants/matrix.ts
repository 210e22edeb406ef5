import type { Edition } from '../../spec/kernel/version.js'
import { intended } from '../../spec/versions/editions.js'
import { genesis } from '../../spec/versions/genesis.js'
import { invariants } from '../../spec/invariants.js'
import { Checker } from '../../src/reference/checker.js'
import { Reference } from '../../src/reference/reference.js'
import type { Judge } from '../compare/judge.js'
import { checkKill, firstBroken } from './check-kill.js'
import { duel, type Survivor, type Tries } from './duel.js'
import { equivalence } from './equivalent.js'
import { explainedAt, type Explained } from './explained.js'
import { kill, type Kill } from './kill.js'
import { allMutants, type Mutant } from './list.js'
import { recordCases } from './recording.js'

export interface MatrixOptions {
  readonly seed: number
  /** Calls to generate for the recording. */
  readonly calls: number
  /** How long the survivors are hunted with fresh cases. */
  readonly seconds: number
  /** Also ask which mutants of the intended spec break a promise. */
  readonly withCheck: boolean
  readonly only?: (mutant: Mutant) => boolean
  readonly onProgress?: (text: string) => void
  readonly signal?: AbortSignal
}

/** A mutant and what kills it. */
export interface Row {
  readonly mutant: string
  /** Where `conform` finds it, null when it survives. */
  readonly conform: string | null
  /** Where the runtime's recorded answers show it in a damaged world only, which `conform` does not make. */
  readonly damaged: string | null
  /** The promise that `check` finds broken; absent when it was not asked. */
  readonly check?: string | null
  /** Cases in which it could have shown; of survivors. */
  readonly tries?: Tries
  readonly why?: string
  /** Set when `why` is a proof: that it does what the spec does, or that nothing comes to it, or that steps cannot say it. */
  readonly proof?: Explained['kind']
}

export const isKilled = ({ conform, damaged, check }: Row): boolean => conform !== null || damaged !== null || (check ?? null) !== null

export interface Matrix {
  readonly at: string
  readonly seed: number
  /** False: nothing was compared with a runtime, only with the reference's own answers. */
  readonly judged: boolean
  readonly cases: number
  readonly steps: number
  /** All that can differ from the spec at all. */
  readonly mutants: number
  /** The same spec by structure: nothing can kill them. They are not among the mutants. */
  readonly equivalent: readonly string[]
  readonly killed: number
  /** Mutants that a proof says nothing kills, or no calls, and that were killed so: the proof is wrong. */
  readonly disproved: readonly string[]
  readonly rows: readonly Row[]
  readonly seconds: number
  readonly interrupted: boolean
}

/** Plants every fault, one at a time, and tells which are found. */
export async function matrix(edition: Edition, judge: Judge | undefined, options: MatrixOptions): Promise<Matrix> {
  const started = performance.now()
  const { seed, calls, seconds, withCheck, only = () => true, onProgress = () => undefined, signal } = options
  const rest = (): Promise<void> => new Promise(setImmediate)
  const isEquivalent = equivalence(edition)
  const every = allMutants(edition).filter(only)
  const equivalent = new Set(every.filter(isEquivalent))
  const mutants = every.filter((mutant) => !equivalent.has(mutant))
  const reference = judge?.reference ?? new Reference(edition, genesis(edition.version))
  const cases = recordCases(reference, judge, { seed, calls, onProgress: (done, of) => onProgress(`recording ${done} of ${of} cases`) })
  const kills = new Map<string, Kill>()
  const survivors: Survivor[] = []
  for (const [i, mutant] of mutants.entries()) {
    if (signal?.aborted === true) break
    const found = kill(mutant, edition, cases)
    if (found === undefined) survivors.push({ mutant, tries: { whole: 0, damaged: 0 } })
    else kills.set(mutant.id, found)
    if (i % 20 === 0) {
      onProgress(`${i} of ${mutants.length} mutants, ${survivors.length} survive`)
      await rest()
    }
  }
  onProgress(`${survivors.length} survivors are hunted with fresh cases`)
  const left = duel(edition, judge, survivors, {
    ...{ seed: seed + 1, seconds },
    onKill: (mutant, found) => void kills.set(mutant.id, found),
    ...(signal === undefined ? {} : { signal }),
  })
  const checks = withCheck ? await checkAll(mutants, seed, calls, onProgress, rest) : undefined
  const tries = new Map(left.map((survivor) => [survivor.mutant.id, survivor.tries]))
  const rows = mutants.map(({ id }): Row => {
    const found = kills.get(id)
    const check = checks === undefined ? {} : { check: checks.get(id) ?? null }
    if (found !== undefined)
      return { mutant: id, conform: found.isDamaged ? null : found.field, damaged: found.isDamaged ? found.field : null, ...check }
    const explained = explainedAt(edition, id)
    const tried = tries.get(id) ?? { whole: 0, damaged: 0 }
    const reason = explained === undefined ? whyNot(tried) : { why: explained.why, proof: explained.kind }
    return { mutant: id, conform: null, damaged: null, ...check, tries: tried, ...reason }
  })
  return {
    ...{
      at: edition.name,
      seed,
      judged: judge !== undefined,
      cases: cases.length,
      steps: cases.reduce((n, one) => n + one.steps.length, 0),
    },
    ...{
      mutants: mutants.length,
      equivalent: [...equivalent].map(({ id }) => id),
      killed: rows.filter(isKilled).length,
      disproved: rows.filter((row) => isDisproved(row, explainedAt(edition, row.mutant))).map(({ mutant }) => mutant),
      rows,
    },
    ...{ seconds: (performance.now() - started) / 1000, interrupted: signal?.aborted === true },
  }
}

/** That no calls come to a decision says nothing of damaged worlds. */
const isDisproved = (row: Row, proof: Explained | undefined): boolean =>
  proof !== undefined && isKilled(proof.kind === 'out of reach' ? { ...row, damaged: null } : row)

const whyNot = ({ whole, damaged }: Tries): { readonly why: string } => ({
  why:
    whole + damaged === 0
      ? 'not proved: no generated case came to this decision'
      : `not proved: made no difference in ${whole} cases that came to this decision, and ${damaged} in damaged worlds`,
})

async function checkAll(
  mutants: readonly Mutant[],
  seed: number,
  calls: number,
  onProgress: (text: string) => void,
  rest: () => Promise<void>,
): Promise<ReadonlyMap<string, string>> {
  const reference = new Reference(intended, genesis(intended.version))
  const checker = new Checker(invariants)
  // A case on which the intended spec itself breaks a promise says nothing about its mutants.
  const cases = recordCases(reference, undefined, { seed, calls }).filter((one) => firstBroken(reference, checker, one) === undefined)
  const found = new Map<string, string>()
  for (const [i, mutant] of mutants.entries()) {
    const broken = checkKill(mutant, intended, cases)
    if (broken !== undefined) found.set(mutant.id, broken)
    if (i % 20 === 0) {
      onProgress(`check: ${i} of ${mutants.length} mutants`)
      await rest()
    }
  }
  return found
}
