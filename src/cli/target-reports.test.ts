import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeForTests } from '../node/for-tests.js'
import { runtimeForTests } from '../registry/for-tests.js'
import { run } from './program.js'

const hasPython = spawnSync('python3', ['--version']).status === 0
if (!hasPython) process.stderr.write('SKIPPED, reports on implementations in Python: there is no python3\n')
const faulty = `stdio:python3 ${fileURLToPath(new URL('../../conformance/targets/stdio/example/faulty.py', import.meta.url))} KeepsOldName`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfspec-reports-'))
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = 0
})

interface Ctrf {
  readonly reportFormat: string
  readonly results: {
    readonly summary: { readonly tests: number; readonly passed: number; readonly failed: number }
    readonly tests: readonly { readonly name: string; readonly status: string; readonly tags?: readonly string[] }[]
    readonly extra: { readonly specVersion: number; readonly seed: number }
  }
}

/** Runs `conform` on a target and reads what it left for test tools. */
async function reports(target: string, ...more: readonly string[]): Promise<{ code: number; junit: string; ctrf: Ctrf['results'] }> {
  const [junit, ctrf] = [join(folder, 'junit.xml'), join(folder, 'ctrf.json')]
  const code = await run(['conform', '--target', target, '--seed', '5', '--junit', junit, '--ctrf', ctrf, ...more])
  const { reportFormat, results } = JSON.parse(readFileSync(ctrf, 'utf8')) as Ctrf
  expect(reportFormat).toBe('CTRF')
  expect(results.extra).toMatchObject({ specVersion: 144, seed: 5 })
  expect(results.summary.passed + results.summary.failed).toBe(results.tests.length)
  return { code, junit: readFileSync(junit, 'utf8'), ctrf: results }
}

test.skipIf(!hasPython)(
  'JUnit and CTRF of an implementation in Python name the calls that were compared, and the rule of a difference',
  async () => {
    const { code, junit, ctrf } = await reports(faulty, '--calls', '400', '--max-failures', '1')
    expect(code).toBe(1)
    expect(ctrf.tests.filter(({ status }) => status === 'passed').map(({ name }) => name)).toContain('TfgridModule.createTwin')
    expect(junit).toContain('name="TfgridModule.createTwin"')
    const failed = ctrf.tests.filter(({ status }) => status === 'failed')
    expect(failed).toHaveLength(1)
    expect(failed[0]!.tags![0]).toMatch(/^[A-Z]+-[A-Z]+/)
    expect(junit).toContain(`(rule ${failed[0]!.tags![0]})`)
  },
)

test.skipIf((await runtimeForTests('144')) === undefined)('JUnit and CTRF of a live node name calls and differences', async () => {
  const [served, other] = [await nodeForTests(), await nodeForTests()]
  try {
    const good = await reports(served.endpoint, '--calls', '40')
    expect(good.code).toBe(0)
    expect(good.ctrf.summary.failed).toBe(0)
    expect(good.ctrf.summary.passed).toBeGreaterThan(3)
    const bad = await reports(other.endpoint, '--calls', '60', '--max-failures', '1', '--fault', 'TG-TWIN-CREATE-1:negate')
    expect(bad.code).toBe(1)
    expect(bad.ctrf.summary.failed).toBe(1)
    expect(bad.junit).toContain('<failure')
  } finally {
    await Promise.all([served.close(), other.close()])
  }
})
