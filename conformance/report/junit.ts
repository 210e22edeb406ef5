import type { TestReport } from './report.js'

const escape = (text: string): string =>
  text
    // Control characters have no place in XML 1.0, not even escaped.

    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
    .replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** JUnit XML: one test case a call of the run, and one a difference. */
export function junitReport(report: TestReport): string {
  const calls = Object.keys(report.perCall).sort()
  const cases = calls.map((name) => `    <testcase classname="${escape(report.target)}" name="${escape(name)}"/>`)
  const failures = report.differences.map(({ difference, signature, replay }) => {
    const body = escape(
      JSON.stringify({ rules: difference.rules, expected: difference.expected, actual: difference.actual, replay }, null, 1),
    )
    return `    <testcase classname="${escape(report.target)}" name="${escape(signature)}"><failure message="${escape(`${difference.kind} differs: ${difference.field} (rule ${difference.rule})`)}">${body}</failure></testcase>`
  })
  const all = [...cases, ...failures]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${all.length}" failures="${failures.length}" time="${report.seconds.toFixed(3)}">`,
    `  <testsuite name="tfspec conform ${escape(report.target)} seed ${report.seed}" tests="${all.length}" failures="${failures.length}" time="${report.seconds.toFixed(3)}">`,
    ...all,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}
