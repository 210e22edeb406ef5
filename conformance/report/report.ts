import { callTypes } from '../../spec/kernel/call.js'
import { eventTypes } from '../../spec/kernel/event.js'
import type { Edition } from '../../spec/kernel/version.js'
import { registeredErrors } from '../../spec/pallets/system/dispatch-error.js'
import { unreachable } from '../../spec/unreachable.js'
import { describedVersions, describes, editionNamed, intended } from '../../spec/versions/editions.js'
import type { Difference } from '../compare/difference.js'
import type { notCompared, observed } from '../compare/not-compared.js'
import type { Failure } from '../run/chunk.js'
import type { PerCall, Tally } from '../run/tally.js'

/** Pallets whose calls, errors and events count as coverage. */
export const palletsInScope = ['SmartContractModule', 'TfgridModule', 'TFTBridgeModule', 'TFTPriceModule']

export interface Coverage {
  readonly hit: number
  readonly total: number
  /** Neither hit nor known to be unreachable. */
  readonly missing: readonly string[]
  /** What no sequence can hit, with the reason from the source. */
  readonly unreachable: readonly { readonly name: string; readonly why: string }[]
}

/** A run's report; JSON as it is. */
export interface Report {
  readonly tool: string
  readonly specVersion: number
  /** The edition compared with: a version or `intended`. */
  readonly at: string
  readonly target: string
  /** Said on top of the report: what the reader must know first. */
  readonly remarks: readonly string[]
  readonly seed: number
  readonly calls: number
  readonly blocks: number
  readonly cases: number
  readonly seconds: number
  readonly callsPerSecond: number
  readonly interrupted: boolean
  readonly conforms: boolean
  readonly differences: readonly (Failure & { readonly times: number; readonly replay: string })[]
  readonly coverage: { readonly calls: Coverage; readonly errors: Coverage; readonly events: Coverage; readonly rules: Coverage }
  readonly perCall: Readonly<Record<string, PerCall>>
  readonly events: Readonly<Record<string, number>>
  readonly rules: Readonly<Record<string, number>>
  /** Hits of a rule in a state, by `machine state rule`; reports from before it was counted lack it. */
  readonly states?: Readonly<Record<string, number>>
  readonly notCompared: typeof notCompared
  readonly observed: typeof observed
}

/** What a report for test tools needs, of whatever kind of target. */
export type TestReport = Pick<
  Report,
  'tool' | 'specVersion' | 'at' | 'target' | 'seed' | 'calls' | 'cases' | 'seconds' | 'interrupted' | 'perCall'
> & {
  readonly differences: readonly (Pick<Report['differences'][number], 'signature' | 'times' | 'replay'> & {
    readonly difference: Difference
  })[]
}

const reasons = new Map(unreachable.map(({ name, why }) => [name, why]))

const coverage = (all: Iterable<string>, hit: (name: string) => boolean): Coverage => {
  const names = [...all].sort()
  const never = names.filter((name) => !hit(name))
  const missing = never.filter((name) => !reasons.has(name))
  return {
    hit: names.length - never.length,
    total: names.length,
    missing,
    unreachable: never.flatMap((name) => (reasons.has(name) ? [{ name, why: reasons.get(name)! }] : [])),
  }
}
const inScope = (name: string): boolean => palletsInScope.includes(name.slice(0, name.indexOf('.')))

/** The calls that the spec describes at an edition, by full name. */
const describedCalls = (edition: Edition): string[] => [...callTypes].filter(([, type]) => describes(edition, type)).map(([name]) => name)

/** Coverage of generated steps: a call counts when it was accepted, an error or event when it was seen. */
export function coverageOf({ perCall, events, rules }: Pick<Tally, 'perCall' | 'events' | 'rules'>, edition: Edition): Report['coverage'] {
  const errors = new Set(Object.values(perCall).flatMap(({ refused }) => Object.keys(refused)))
  return {
    calls: coverage(describedCalls(edition).filter(inScope), (name) => (perCall[name]?.accepted ?? 0) > 0),
    errors: coverage(
      palletsInScope.flatMap((pallet) => registeredErrors(pallet, edition.version).map((error) => `${pallet}.${error}`)),
      (name) => errors.has(name),
    ),
    events: coverage([...eventTypes.keys()].filter(inScope), (name) => (events[name] ?? 0) > 0),
    rules: coverage(Object.keys(rules), (name) => (rules[name] ?? 0) > 0),
  }
}

/** What a reader must know before the figures. */
export function remarksFor(targetVersion: number, at: string): string[] {
  const remarks: string[] = []
  if (!describedVersions.includes(targetVersion))
    remarks.push(`nobody has described spec_version ${targetVersion}; it is compared with the nearest described one (${at})`)
  else if (at !== String(targetVersion)) remarks.push(`the target is spec_version ${targetVersion}, the spec is read at ${at}`)
  const described = describedCalls(editionNamed(at))
  if (described.length < describedCalls(intended).length)
    remarks.push(
      `of spec_version ${at} the spec describes ${described.length} calls, and no others are made: ${described.sort().join(', ')}`,
    )
  return remarks
}
