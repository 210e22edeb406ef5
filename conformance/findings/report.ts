import { invariants } from '../../spec/invariants.js'
import { requirements } from '../../spec/requirements.js'
import { severities, type Quirk, type Severity } from '../../spec/versions/quirk.js'
import { quirks } from '../../spec/versions/quirks.js'
import type { Plain } from '../../src/codec/plain.js'
import { plainStep } from '../../src/fixtures/fixture.js'
import type { Confirmation, Elsewhere } from './confirm.js'
import type { Finding } from './finding.js'
import type { HuntResult, Unshown } from './hunt.js'
import { keyOf } from './known.js'
import { whyOutOfReach } from './out-of-reach.js'

/** A finding as reports show it; JSON as it is. */
export interface ReportedFinding {
  readonly cause: readonly string[]
  readonly invariant: string
  /** The promise, and what the version does instead, in words. */
  readonly claim: string
  readonly instead: readonly string[]
  readonly promises: readonly string[]
  /** Requirements that the invariant carries. */
  readonly requirements: readonly string[]
  readonly severity: Severity
  readonly witnesses: readonly string[]
  readonly stepCount: number
  readonly foundAfter: number
  readonly runtime: Confirmation['type']
  /** Where runtime and reference differ, when they do. */
  readonly difference?: string
  readonly fixture?: string
  readonly versions: Readonly<Record<string, Elsewhere>>
  /** The versions with the cause, where the chain's history was looked up. */
  readonly span?: string
  readonly isShared: boolean
  readonly isNew: boolean
  /** Absent from a redacted report. */
  readonly steps?: readonly Plain[]
}

/** `why`: a proof that no sequence shows it. */
export type UnshownQuirk = Unshown & Pick<Quirk, 'says'> & { readonly why?: string }

export interface FindingsReport {
  readonly tool: string
  readonly at: string
  readonly seed: number
  readonly corpus: string | null
  readonly calls: number
  readonly cases: number
  readonly seconds: number
  readonly interrupted: boolean
  readonly redacted: boolean
  /** Distinct root causes: one quirk switch repairs the one and not the other. */
  readonly rootCauses: number
  readonly confirmed: number
  readonly findings: readonly ReportedFinding[]
  readonly unshown: readonly UnshownQuirk[]
  readonly unexplained: readonly string[]
  /** Entries of the baseline that are no longer found. */
  readonly stale: readonly string[]
}

const byId = new Map(quirks.map((quirk) => [quirk.id, quirk]))
/** Promises in words, of documents, that an invariant carries. */
const requirementsOf = (invariant: string): readonly string[] =>
  requirements.filter(({ invariants: carriers = [] }) => carriers.includes(invariant)).map(({ id, says }) => `${id}: ${says}`)

/** The worst that one of the causes can cost. */
const worst = (cause: readonly string[]): Severity =>
  severities.find((severity) => cause.some((id) => byId.get(id)?.severity === severity)) ?? 'wrong record'

const spanOf = (causes: readonly Quirk[]): { readonly span?: string } => {
  const parts = causes.flatMap(({ from, until }) => [
    ...(from === undefined ? [] : [`from ${from} on`]),
    ...(until === undefined ? [] : [`until ${until - 1}`]),
  ])
  return parts.length === 0 ? {} : { span: parts.join(', ') }
}

export interface Told {
  readonly finding: Finding
  readonly confirmation: Confirmation
  readonly fixture?: string
  readonly versions: Readonly<Record<string, Elsewhere>>
  readonly isNew: boolean
}

/** A finding for the report. @param redact leaves out the steps, which are a working attack */
export function reported({ finding, confirmation, fixture, versions, isNew }: Told, redact: boolean): ReportedFinding {
  const { cause, invariant, claim, witnesses, steps, foundAfter, isShared } = finding
  const texts = cause.flatMap((id) => byId.get(id) ?? [])
  const difference =
    confirmation.type === 'differs' ? { difference: `${confirmation.difference.kind} ${confirmation.difference.field}` } : {}
  return {
    ...{
      cause,
      invariant,
      claim,
      instead: texts.map(({ says }) => says),
      promises: texts.map(({ promises }) => promises),
      requirements: requirementsOf(invariant),
    },
    ...{ severity: worst(cause), witnesses: redact ? [] : witnesses, stepCount: steps.length, foundAfter },
    ...{
      runtime: confirmation.type,
      ...difference,
      ...(fixture === undefined || redact ? {} : { fixture }),
      versions,
      ...spanOf(texts),
      isShared,
      isNew,
    },
    ...(redact ? {} : { steps: steps.map((step) => plainStep(step) as Plain) }),
  }
}

/** Quirks that are a cause alone; two that work together are told, and not counted again. */
const singles = (told: readonly Told[]): ReadonlySet<string> =>
  new Set(told.flatMap(({ finding: { cause } }) => (cause.length === 1 ? cause : [])))

export interface ReportInfo {
  readonly tool: string
  readonly at: string
  readonly seed: number
  readonly corpus: string | null
  readonly redacted: boolean
  readonly stale: readonly string[]
}

function unshownQuirk(one: Unshown): UnshownQuirk {
  const why = whyOutOfReach(one.quirk)
  return { ...one, says: byId.get(one.quirk)?.says ?? '', ...(why === undefined ? {} : { why }) }
}

export function findingsReport(result: HuntResult, told: readonly Told[], info: ReportInfo): FindingsReport {
  const { calls, cases, seconds, interrupted, unshown, unexplained } = result
  const order = ({ finding }: Told): string => `${severities.indexOf(worst(finding.cause))} ${keyOf(finding)}`
  const sorted = [...told].sort((a, b) => (order(a) < order(b) ? -1 : 1))
  return {
    ...info,
    ...{ calls, cases, seconds, interrupted },
    rootCauses: singles(told).size,
    confirmed: singles(told.filter(({ confirmation }) => confirmation.type === 'confirmed')).size,
    findings: sorted.map((one) => reported(one, info.redacted)),
    unshown: unshown.map(unshownQuirk),
    unexplained: unexplained.map((id) => `${id}: ${invariants.find((i) => i.id === id)?.claim ?? ''}`),
  }
}
