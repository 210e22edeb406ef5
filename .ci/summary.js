/**
 * Counts a run: `node .ci/summary.js REPORT GATES STATUS` prints `N passed, N failed, N skipped`.
 * REPORT is the output of vitest's JSON reporter, GATES the number of failed steps before the tests, STATUS vitest's
 * exit code. A gate that failed, a file that did not load and a crash count as one failure each.
 */
import { readFileSync } from 'node:fs'

const [, , report, gates, status] = process.argv

const read = () => {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}

const run = read()
const files = Array.isArray(run?.testResults) ? run.testResults : []
const unloaded = files.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length
const failedTests = (run?.numFailedTests ?? 0) + unloaded
const crashed = failedTests === 0 && (run === undefined || run.success !== true || status !== '0') ? 1 : 0
const passed = run?.numPassedTests ?? 0
const failed = failedTests + crashed + Number(gates)
const skipped = (run?.numPendingTests ?? 0) + (run?.numTodoTests ?? 0)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
