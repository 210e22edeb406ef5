import type { Report } from '../../conformance/report/report.js'
import type { FindingsReport } from '../../conformance/findings/report.js'
import type { SpecVersion } from '../../spec/kernel/version.js'
import type { Broken } from '../reference/checker.js'
import type { Info } from '../fixtures/format.js'
import type { Lessons } from './learnt.js'
import type { Source } from './sources.js'
import type { SpecView } from './view.js'

/** Everything that pages are made of. */

/** A trace that has a page. */
export interface TraceInfo {
  readonly slug: string
  readonly kind: 'fixture' | 'finding' | 'difference'
  readonly name: string
  readonly what: string
  readonly version: SpecVersion
  readonly info: Info
  readonly steps: number
  readonly rules: ReadonlySet<string>
  readonly calls: ReadonlySet<string>
  readonly errors: ReadonlySet<string>
  readonly events: ReadonlySet<string>
  readonly broken: readonly (Broken & { readonly step: number })[]
}

/** A file that is no trace, and why. */
export interface Unusable {
  readonly file: string
  readonly problem: string
}

export interface SiteData {
  readonly tool: string
  /** Oldest first, `intended` last. */
  readonly views: readonly SpecView[]
  /** The newest released version: what a reader wants who did not choose. */
  readonly main: SpecView
  readonly lessons: Lessons
  readonly sources: ReadonlyMap<string, Source>
  readonly traces: readonly TraceInfo[]
  readonly unusable: readonly Unusable[]
  readonly report: Report | undefined
  readonly findings: FindingsReport | undefined
}

/** A file of the site. */
export interface SiteFile {
  readonly path: string
  readonly content: string
}

/** Traces by what they pass through, the shortest first, so that a page can show a few. */
export const tracesWith = ({ traces }: SiteData, what: 'rules' | 'calls' | 'errors' | 'events', name: string): readonly TraceInfo[] =>
  traces.filter((trace) => trace[what].has(name)).sort((a, b) => a.steps - b.steps || (a.slug < b.slug ? -1 : 1))
