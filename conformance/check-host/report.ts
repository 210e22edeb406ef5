import type { CheckResult } from './check.js'
import { notCompared } from './lockstep.js'

/** Differences that are shown; the first one tells most. */
const mostShown = 10

/** The result for people. @param target as `--target` names it */
export function textReport(target: string, result: CheckResult): string {
  const { blocks, extrinsics, seed, eventBytes, touchedKeys, finalKeys, millis, differences } = result
  const { total, ok, error, invalid, panic } = extrinsics
  const lines = [
    `${target} on V8 and on Chopsticks, seed ${seed}`,
    `${blocks} blocks, ${total} extrinsics: ${ok} ok, ${error} failed, ${invalid} invalid, ${panic} panicked`,
    `compared: ${touchedKeys} storage keys after calls, ${eventBytes} bytes of events, ${finalKeys} storage keys at the ends of sequences`,
    `time: V8 ${millis.v8.toFixed(0)} ms, Chopsticks ${millis.chopsticks.toFixed(0)} ms`,
    '',
    ...endLines(result),
    '',
    ...notCompared.map(({ what, why }) => `not compared: ${what} (${why})`),
    '',
    differences.length === 0 ? 'no difference' : `${differences.length} differences`,
    ...differences
      .slice(0, mostShown)
      .flatMap(({ block, step, what, v8, chopsticks }) => [
        `block ${block}, ${step}: ${what}`,
        `  V8         ${v8}`,
        `  Chopsticks ${chopsticks}`,
      ]),
  ]
  return `${lines.join('\n')}\n`
}

function endLines({ ends }: CheckResult): readonly string[] {
  const width = Math.max(...Object.keys(ends).map((name) => name.length), 0)
  return Object.entries(ends)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, of]) =>
        `${name.padEnd(width)}  ${Object.entries(of)
          .map(([end, n]) => `${n} ${end}`)
          .join(', ')}`,
    )
}
