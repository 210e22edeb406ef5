import type { FindingsReport } from '../../conformance/findings/report.js'
import type { Report } from '../../conformance/report/report.js'

/** A file that is not what it was given as. */
export class ReportError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ReportError'
  }
}

type Kind = 'string' | 'number' | 'boolean' | 'list' | 'record' | 'counts' | 'texts'
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const holds: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  string: (v) => typeof v === 'string',
  number: (v) => typeof v === 'number' && Number.isFinite(v),
  boolean: (v) => typeof v === 'boolean',
  list: Array.isArray,
  record: isRecord,
  counts: (v) => isRecord(v) && Object.values(v).every((n) => typeof n === 'number' && Number.isFinite(n)),
  texts: (v) => Array.isArray(v) && v.every((text) => typeof text === 'string'),
}
const words: Readonly<Record<Kind, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  record: 'an object',
  counts: 'an object of numbers',
  texts: 'a list of texts',
}

function check(value: unknown, fields: Readonly<Record<string, Kind>>, path: string): void {
  if (!isRecord(value)) throw new ReportError(`${path === '' ? 'the file' : path} must be an object: give a file that tfspec wrote`)
  for (const [name, kind] of Object.entries(fields))
    if (!holds[kind](Object.hasOwn(value, name) ? value[name] : undefined))
      throw new ReportError(`${path === '' ? '' : `${path}.`}${name} must be ${words[kind]}: give a file that tfspec wrote`)
}

/** The parts of a report that pages show, checked. @throws ReportError */
export function asReport(value: unknown): Report {
  check(
    value,
    {
      tool: 'string',
      at: 'string',
      target: 'string',
      remarks: 'texts',
      seed: 'number',
      calls: 'number',
      cases: 'number',
      conforms: 'boolean',
      differences: 'list',
      coverage: 'record',
      perCall: 'record',
      rules: 'counts',
    },
    '',
  )
  const report = value as Report
  if (report.states !== undefined) check(value, { states: 'counts' }, '')
  for (const part of ['calls', 'errors', 'events', 'rules'] as const)
    check(report.coverage[part], { hit: 'number', total: 'number', missing: 'texts' }, `coverage.${part}`)
  for (const [name, one] of Object.entries(report.perCall)) check(one, { accepted: 'number', refused: 'counts' }, `perCall.${name}`)
  report.differences.forEach((one, i) => check(one, { file: 'string' }, `differences[${i}]`))
  return report
}

/** The parts of a search's report that pages show, checked. @throws ReportError */
export function asFindings(value: unknown): FindingsReport {
  check(value, { at: 'string', rootCauses: 'number', confirmed: 'number', findings: 'list' }, '')
  const report = value as FindingsReport
  report.findings.forEach((one, i) =>
    check(
      one,
      {
        cause: 'texts',
        invariant: 'string',
        claim: 'string',
        instead: 'texts',
        severity: 'string',
        stepCount: 'number',
        runtime: 'string',
      },
      `findings[${i}]`,
    ),
  )
  return report
}
