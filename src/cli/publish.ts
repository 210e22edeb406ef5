import { join } from 'node:path'
import { annotations, wantsAnnotations } from '../../conformance/report/annotations.js'
import { ctrfReport } from '../../conformance/report/ctrf.js'
import { junitReport } from '../../conformance/report/junit.js'
import type { Report, TestReport } from '../../conformance/report/report.js'
import { textReport } from '../../conformance/report/text.js'
import { exit } from './exit.js'
import { writeWhole } from './write.js'

/** Where a report goes. */
export interface PublishOptions {
  readonly json?: boolean
  readonly junit?: string | undefined
  readonly ctrf?: string | undefined
  readonly out?: string
}

/** The name under which a difference's case is kept. */
export const failureFile = (i: number): string => `difference-${i + 1}.json`

/** Writes what test tools read, where it is wanted. */
export function writeTestReports(report: TestReport, { junit, ctrf }: Pick<PublishOptions, 'junit' | 'ctrf'>): void {
  if (junit !== undefined) writeWhole(junit, junitReport(report))
  if (ctrf !== undefined) writeWhole(ctrf, ctrfReport(report, Date.now()))
}

/**
 * Writes a report wherever it is wanted.
 * @returns the exit code
 */
export function publish(report: Report, { json, junit, ctrf, out }: PublishOptions): number {
  if (out !== undefined) {
    writeWhole(join(out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`)
    report.differences.forEach(({ file }, i) => writeWhole(join(out, failureFile(i)), file))
  }
  writeTestReports(report, { junit, ctrf })
  // On standard error, which GitHub reads too: standard output may hold data alone.
  if (wantsAnnotations(process.env)) process.stderr.write(annotations(report.differences))
  process.stdout.write(json === true ? `${JSON.stringify(report, null, 1)}\n` : `${textReport(report)}\n`)
  return report.interrupted ? exit.interrupted : report.conforms ? exit.conforms : exit.differs
}
