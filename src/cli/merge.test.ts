import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import prettier from 'prettier'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runtimeForTests } from '../registry/for-tests.js'
import { run } from './program.js'

const code = await runtimeForTests('144')
const examples = new URL('../../conformance/run/examples/', import.meta.url)
let folder = ''
let out = ''
let err = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfspec-merge-'))
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = 0
})

/** Runs a command and gives what it wrote. */
async function answer(args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  out = err = ''
  const exitCode = await run(args)
  return { code: exitCode, out, err }
}

/** A report without its times. */
const timeless = (text: string): unknown => ({ ...(JSON.parse(text) as object), seconds: 0, callsPerSecond: 0 })

describe.skipIf(code === undefined)('shards of a run against the real runtime', () => {
  const asked = ['conform', '--target', 'runtime:144', '--seed', '7', '--calls', '600']

  test('merged, they are the run in one piece, differences included; GitHub is told', async () => {
    const fault = ['--fault', 'SC-NAME-6:drop registerName', '--max-failures', '3']
    const whole = await answer([...asked, ...fault, '--json'])
    const files = [1, 2, 3, 4].map((i) => join(folder, `${i}.json`))
    for (const [i, file] of files.entries()) await answer([...asked, ...fault, '--shard', `${i + 1}/4`, '--blob', file])
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    const ctrf = join(folder, 'ctrf.json')
    const merged = await answer(['merge', ...files.toReversed(), '--json', '--ctrf', ctrf])
    expect(whole.code).toBe(1)
    expect(merged.code).toBe(1)
    expect(timeless(merged.out)).toEqual(timeless(whole.out))
    expect(JSON.stringify(timeless(merged.out))).toBe(JSON.stringify(timeless(whole.out)))
    const { differences } = JSON.parse(whole.out) as { differences: { difference: { rule: string } }[] }
    for (const { difference } of differences) expect(merged.err).toContain(`::error title=tfspec ${difference.rule}::`)
    const { reportFormat, results } = JSON.parse(readFileSync(ctrf, 'utf8')) as {
      reportFormat: string
      results: { summary: { tests: number; passed: number; failed: number }; tests: unknown[] }
    }
    expect(reportFormat).toBe('CTRF')
    expect(results.summary.failed).toBeGreaterThan(0)
    expect(results.summary.passed + results.summary.failed).toBe(results.tests.length)
  })

  /** The commands of an example, few calls instead of many, files in the test's folder. */
  const short = (command: string): string[] =>
    command
      .split(/[\s,]+/)
      .map((word) => word.replace(/^'|'$/g, ''))
      .map((word, i, all) =>
        all[i - 1] === '--calls' ? '300' : word.endsWith('.json') || word === 'report' ? join(folder, word.replaceAll('/', '_')) : word,
      )

  test('the example for GitHub Actions does what it says', async () => {
    const text = readFileSync(new URL('github-actions.yml', examples), 'utf8')
    const commands = [...text.matchAll(/^ +- run: tfspec ((?:conform|merge) .*)$/gm)].map(([, command]) => command!)
    expect(commands).toHaveLength(2)
    for (const shard of [1, 2, 3, 4]) {
      const command = commands[0]!
        .replaceAll('${{ matrix.shard }}', String(shard))
        .replace('${{ github.run_number }}', '42')
        .replace('--workers 2 ', '')
      expect((await answer(short(command))).code).toBe(0)
    }
    const merged = await answer(short(commands[1]!))
    expect(merged.code).toBe(0)
    expect(merged.out).toContain('300 calls')
  })

  test('the example for Kubernetes does what it says', async () => {
    const text = readFileSync(new URL('kubernetes-job.yaml', examples), 'utf8')
    const commands = [...text.matchAll(/^ +args: \[tfspec, (.*)\]$/gm)].map(([, command]) => command!)
    const completions = Number(/completions: (\d+)/.exec(text)![1])
    expect(commands).toHaveLength(2)
    for (let index = 0; index < completions; index++) {
      vi.stubEnv('JOB_COMPLETION_INDEX', String(index))
      expect((await answer(short(commands[0]!.replace('$(JOB_COMPLETION_INDEX)', String(index))))).code).toBe(0)
    }
    const merged = await answer(short(commands[1]!))
    expect(merged.code).toBe(0)
    expect(merged.out).toContain('300 calls')
  })
})

test.each(['github-actions.yml', 'kubernetes-job.yaml'])('%s is YAML, and names commands and options that exist', async (name) => {
  const text = readFileSync(new URL(name, examples), 'utf8')
  // Prettier refuses what is none.
  expect(await prettier.check(text, { ...(await prettier.resolveConfig(fileURLToPath(examples))), parser: 'yaml' })).toBe(true)
  await expect(prettier.check(`${text}\n  - [`, { parser: 'yaml' })).rejects.toThrow()
  const named = [...text.matchAll(/(?:run: |RUN |args: \[)tfspec,? (.*)$/gm)].map(([, words]) => words!.split(/[\s,\]]+/))
  expect(named.length).toBeGreaterThan(2)
  for (const [command, ...words] of named) {
    const help = (await answer([command!, '--help'])).out
    expect(help).toContain(`Usage: tfspec ${command}`)
    for (const option of words.filter((word) => word.startsWith('--'))) expect(help).toContain(option)
  }
})

describe('what does not fit together gets words and exit code 2', () => {
  test.each([
    [['conform', '--target', 'runtime:144', '--shard', '1/2'], 'add --seed'],
    [['conform', '--target', 'runtime:144', '--shard', '3/2', '--seed', '1'], 'there is no shard 3 of 2'],
    [['conform', '--target', 'runtime:144', '--shard', '1/2', '--seed', '1', '--time', '5s'], 'no shards: give --calls'],
    [['conform', '--target', 'reference', '--shard', '1/2', '--seed', '1'], 'add --target runtime:144'],
    [['merge', 'not-there.json'], 'cannot be read'],
  ])('%j', async (args, message) => {
    const { code: exitCode, err: text } = await answer(args)
    expect(exitCode).toBe(2)
    expect(text).toContain(message)
  })
})
