import type { TestReport } from './report.js'

/**
 * Common Test Report Format: a test for each call of the run, and one for each difference, which failed.
 * @param stop when the run ended, ms since 1970
 */
export function ctrfReport(report: TestReport, stop: number): string {
  const suite = [report.target, `at ${report.at}`]
  const passed = Object.entries(report.perCall)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { accepted, refused }]) => ({ name, status: 'passed', duration: 0, suite, extra: { accepted, refused } }))
  const failed = report.differences.map(({ difference, signature, times, replay }) => ({
    name: signature,
    status: 'failed',
    duration: 0,
    suite,
    tags: [difference.rule],
    message: `${difference.kind} differs: ${difference.field} (rule ${difference.rule})`,
    trace: JSON.stringify({ rules: difference.rules, expected: difference.expected, actual: difference.actual }, null, 1),
    extra: { rule: difference.rule, times, replay },
  }))
  const tests = [...passed, ...failed]
  const summary = {
    tests: tests.length,
    passed: passed.length,
    failed: failed.length,
    ...{ pending: 0, skipped: 0, other: 0 },
    start: Math.round(stop - report.seconds * 1000),
    stop,
  }
  const { seed, calls, cases, specVersion, interrupted } = report
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    results: {
      tool: { name: 'tfspec', version: report.tool.replace(/^\S+ /, '') },
      summary,
      tests,
      extra: { specVersion, seed, calls, cases, interrupted },
    },
  }
  return `${JSON.stringify(document, null, 1)}\n`
}
